import type { Clock } from '../../release/clock.ts'
import type { RequestResult } from '../../release/evidence.ts'
import type { RequestSpec } from '../file/model.ts'
import { fill } from '../file/templates.ts'
import { NoAnswer, send, type Answer } from '../http/send.ts'
import { problemsOf } from './judge.ts'
import { PROBLEMS } from '../words/requests.ts'

/** Where requests go, and the values that they may use. */
export interface Ask {
  /** Origin of green, such as `http://10.0.0.1:8443`. */
  readonly target: string
  /** The values of `{{...}}`. */
  readonly valueOf: (name: string) => string | undefined
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Why no request may go to an origin; undefined for any that may. Absent: all may. */
  readonly refusal?: (origin: string) => string | undefined
  /** Monotonic milliseconds, for measuring durations. */
  readonly monotonic: () => number
}

export interface Asked {
  readonly result: RequestResult
  /** Undefined if no answer came. */
  readonly answer: Answer | undefined
  /** Nothing was sent, and another attempt would send nothing either. */
  readonly isFinal?: boolean
}

/** Between two attempts at one request. */
const PAUSE_MS = 1_000

/**
 * Sends a request until it is answered as expected, or until its retries are used up. Never
 * throws.
 */
export async function ask(spec: RequestSpec, options: Ask): Promise<Asked> {
  for (let attempt = 1; ; attempt++) {
    const asked = await once(spec, options, attempt)
    const isOver = asked.result.verdict === 'passed' || asked.isFinal || options.signal.aborted
    if (isOver || attempt > spec.retries) return asked
    try {
      await options.clock.sleep(PAUSE_MS, options.signal)
    } catch {
      return asked
    }
  }
}

async function once(
  spec: RequestSpec,
  { target, valueOf, signal, monotonic, refusal }: Ask,
  attempts: number
): Promise<Asked> {
  const { name, method, expect, timeoutMs } = spec
  const row = { name, method, path: spec.address, attempts }
  const address = fill(spec.address, valueOf, encodeURIComponent)
  const headers = filledHeaders(spec.headers, valueOf)
  const body = spec.body === undefined ? undefined : fill(spec.body, valueOf, inBody(spec.headers))
  if (address === undefined || !headers || (spec.body !== undefined && body === undefined)) {
    return nothing(PROBLEMS.valueMissing())
  }
  const url = new URL(address, target)
  const refused = refusal?.(url.origin)
  if (refused !== undefined) return { ...nothing(refused), isFinal: true }
  let answer: Answer
  try {
    answer = await send({ url, method, headers, body, timeoutMs }, signal, monotonic)
  } catch (error) {
    if (error instanceof NoAnswer) return nothing(error.message)
    throw error
  }
  const problems = await problemsOf(expect, answer)
  const verdict = problems.length === 0 ? 'passed' : 'failed'
  return { result: { ...row, verdict, status: answer.status, ms: answer.ms, problems }, answer }

  function nothing(problem: string): Asked {
    const result = { ...row, verdict: 'failed', status: undefined, ms: undefined } as const
    return { result: { ...result, problems: [problem] }, answer: undefined }
  }
}

/** The headers with every `{{...}}` filled; undefined if a value is missing. */
export function filledHeaders(
  headers: RequestSpec['headers'],
  valueOf: Ask['valueOf']
): Record<string, string> | undefined {
  const pairs = Object.entries(headers).map(
    ([name, text]) => [name, fill(text, valueOf, oneLine)] as const
  )
  const whole = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined)
  return whole.length === pairs.length ? Object.fromEntries(whole) : undefined
}

/** Removes the characters with which a value from green's answer could start a new header. */
function oneLine(value: string): string {
  return value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
}

/**
 * How to write a value into a body of this type. In JSON it is escaped, because it stands
 * inside a text.
 */
export function inBody(headers: RequestSpec['headers']): (value: string) => string {
  const isJson = /\bjson\b/i.test(headers['content-type'] ?? '')
  return (value) => (isJson ? JSON.stringify(value).slice(1, -1) : value)
}
