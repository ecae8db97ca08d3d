import type { FlowEvidence, RequestResult } from '../../release/evidence.ts'
import { valuesAt } from '../file/json-path.ts'
import type { Flow, StepSpec } from '../file/model.ts'
import type { Answer } from '../http/send.ts'
import { ask, type Ask } from './ask.ts'
import { flowInWords, PROBLEMS } from '../words/requests.ts'

/** The longest value that one step may hand to the next. */
const LONGEST_VALUE = 8 * 1024

/**
 * Runs a flow's steps in order. Values from answers are used in later requests. If a step
 * fails, the steps after it are skipped. Never throws.
 */
export async function runFlow(
  { name, required, steps }: Flow,
  options: Ask
): Promise<FlowEvidence> {
  const startedAt = options.clock.now()
  const saved = new Map<string, string>()
  const valueOf = (variable: string): string | undefined =>
    saved.get(variable) ?? options.valueOf(variable)
  const results: RequestResult[] = []
  for (const step of steps) {
    const hasFailed = results.some(({ verdict }) => verdict !== 'passed')
    results.push(hasFailed ? skipped(step) : await take(step, { ...options, valueOf }, saved))
  }
  const failed = results.find(({ verdict }) => verdict === 'failed')
  const ms = results.reduce((sum, result) => sum + (result.ms ?? 0), 0)
  return {
    section: 'flow',
    name,
    required,
    verdict: failed ? 'failed' : 'passed',
    summary: flowInWords(steps.length, ms, failed),
    startedAt,
    endedAt: options.clock.now(),
    steps: results
  }
}

async function take(
  step: StepSpec,
  options: Ask,
  saved: Map<string, string>
): Promise<RequestResult> {
  const { result, answer } = await ask(step, options)
  if (result.verdict !== 'passed' || !answer) return result
  const problems: string[] = []
  for (const { variable, from } of step.save) {
    const value =
      from.kind === 'header' ? bounded(answer.headers[from.name]) : await valueAt(from.path, answer)
    if (typeof value === 'string') saved.set(variable, value)
    else problems.push(value ? `${variable}: ${value.problem}` : PROBLEMS.nothingToSave(variable))
  }
  return problems.length === 0 ? result : { ...result, verdict: 'failed', problems }
}

/**
 * A text, a number or a boolean of the answer's body. Any other value cannot be used in a
 * request; the result is then undefined.
 */
async function valueAt(
  path: string,
  answer: Answer
): Promise<string | { readonly problem: string } | undefined> {
  let body: unknown
  try {
    body = JSON.parse(answer.body.toString('utf8'))
  } catch {
    return undefined
  }
  const found = await valuesAt(path, body)
  if (found.kind === 'problem') return { problem: PROBLEMS.notEvaluated(path, found.problem) }
  const [value] = found.values
  if (typeof value === 'string') return bounded(value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

function bounded(value: string | undefined): string | undefined {
  return value !== undefined && value.length <= LONGEST_VALUE ? value : undefined
}

function skipped({ name, method, address }: StepSpec): RequestResult {
  return {
    name,
    method,
    path: address,
    verdict: 'skipped',
    status: undefined,
    ms: undefined,
    attempts: 0,
    problems: []
  }
}
