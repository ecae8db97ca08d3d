import type { AvailabilityEvidence, Verdict } from '../../release/evidence.ts'
import { count } from '../../release/report-words.ts'
import { Latencies } from './histogram.ts'
import { FEWEST_REQUESTS, isBroken, MAX_FAILURE_RATE, SLOW_SHARE, type Limits } from './limits.ts'
import type { Part } from './part.ts'
import { summarise } from './summary.ts'
import type { Counts } from './window.ts'

export interface Asked {
  readonly name: string
  readonly required: boolean
  /** Requests a second, as intended. */
  readonly rate: number
  readonly limits: Limits
  /**
   * `shift`: limits are broken only by what is recorded once that phase has
   * been entered, for what was wrong before is not the new version's fault; and
   * only where production had answered well before that, for who could never
   * ask it (a security group, a certificate) does not know what it is like now.
   * `before` unless given: from the first request on, whatever it was like.
   */
  readonly judgeFrom?: 'before' | 'shift'
}

/** Which limit these counts break, and by what; undefined: none. */
export function brokenBy(
  { limits }: Pick<Asked, 'limits'>,
  { total, failed, answered, slow }: Readonly<Counts>,
  lastFailure: string,
  within = ''
): string | undefined {
  const maxFailureRate = limits.maxFailureRate ?? MAX_FAILURE_RATE
  if (isBroken(failed, total, maxFailureRate)) {
    const percent = Number((maxFailureRate * 100).toPrecision(3))
    return `${count(failed)} of ${count(total)} requests failed${within}, at most ${percent} % may; last: ${lastFailure}`
  }
  if (isBroken(slow, answered, SLOW_SHARE)) {
    // A limit may have three decimals in the file, and is shown with all of them.
    const limit = (limits.maxP99Ms ?? 0).toLocaleString('en-US')
    return `p99 above ${limit} ms: ${count(slow)} of ${count(answered)} answers took longer${within}`
  }
  return undefined
}

/** Whether a request before the shift was answered well. */
export function wasWellBefore({ phases }: Pick<Part, 'phases'>): boolean {
  return beforeShift(phases).some(({ total, failed }) => total > failed)
}

/** What was measured, as evidence. */
export function evidenceOf(asked: Asked, part: Part): AvailabilityEvidence {
  const { name, required, rate } = asked
  const { all, startedAt, endedAt, failures, seconds } = part
  const phases = part.phases.map(({ latency, from, until, ...phase }) => {
    const latencies = new Latencies()
    if (latency) latencies.add(latency)
    return {
      ...phase,
      from: Math.round(from),
      until: Math.round(until),
      latency: latencies.trend()
    }
  })
  const breach = part.breach ?? brokenBy(asked, part.judged, part.lastFailure)
  const verdict = breach === undefined ? verdictOf(asked, part) : 'failed'
  const doubt = verdict === 'failed' ? doubtOf(asked, part, breach !== undefined) : undefined
  return {
    section: 'availability',
    name,
    required,
    verdict: doubt === undefined ? verdict : 'unknown',
    summary: [
      summarise(all.total, all.failed, phases, breach),
      ...(doubt === undefined ? [] : [doubt])
    ].join('; '),
    startedAt: Math.round(startedAt),
    endedAt: Math.round(endedAt),
    rate,
    total: all.total,
    failed: all.failed,
    phases,
    failures,
    seconds: seconds.list
  }
}

/** Why a broken limit says nothing of the new version; undefined where it does. */
function doubtOf({ judgeFrom }: Asked, part: Part, isBroken: boolean): string | undefined {
  if (judgeFrom !== 'shift' || wasWellBefore(part)) return undefined
  const wasAsked = beforeShift(part.phases).some(({ total }) => total > 0)
  if (!wasAsked) return 'production was not asked before the shift'
  return `production did not answer well before the shift${isBroken ? ' either' : ''}`
}

function beforeShift(phases: Part['phases']): Part['phases'] {
  return phases.filter(({ name }) => name === 'before' || name === 'gate')
}

/** Too few to be judged are unknown where some of them failed, and good where none did. */
function verdictOf(asked: Asked, { all, lastFailure }: Part): Verdict {
  const { total, failed } = all
  if (total === 0) return 'unknown'
  if (brokenBy(asked, all, lastFailure) !== undefined) return 'failed'
  const tooMany = failed > (asked.limits.maxFailureRate ?? MAX_FAILURE_RATE) * total
  return tooMany && total < FEWEST_REQUESTS ? 'unknown' : 'passed'
}
