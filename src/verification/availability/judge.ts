import type { AvailabilityEvidence, Verdict } from '../../release/evidence.ts'
import { DOUBTS, inWords, tooManyFailed, tooSlow } from '../words/availability.ts'
import { Latencies } from './histogram.ts'
import type { Part } from './part.ts'
import type { Counts } from './window.ts'

/** The limits that production has to keep while traffic moves. */
export interface Limits {
  /** 0 to 1. Default: 0.01. With 0, a single failure breaks the limit. */
  readonly maxFailureRate?: number
  /** Milliseconds, for the requests that were answered. Undefined if there is no such limit. */
  readonly maxP99Ms?: number
}

export interface Asked {
  readonly name: string
  readonly required: boolean
  /** Intended requests a second. */
  readonly rate: number
  readonly limits: Limits
  /**
   * `shift`: limits are judged only from the phase `shift` on, because what was
   * wrong before is not the new version's fault. They are judged only if
   * production had answered well before: if it never could be reached (a
   * security group, a certificate), its failures say nothing about the new
   * version. `before`, the default: limits are judged from the first request on.
   */
  readonly judgeFrom?: 'before' | 'shift'
}

const MAX_FAILURE_RATE = 0.01

/** A p99 is over its limit if more than this share of the answers took longer. */
const SLOW_SHARE = 0.01

/** With fewer requests no limit is judged, because a share of so few means nothing. */
const FEWEST_REQUESTS = 20

/** One or two failed requests break no limit, although among 20 requests they are 5 or 10 %. */
const FEWEST_BAD = 3

/**
 * Says which limit these counts break, and by how much; undefined if they break none.
 *
 * @param within the seconds that were counted; undefined for all of the time
 */
export function brokenBy(
  { limits }: Pick<Asked, 'limits'>,
  { total, failed, answered, slow }: Readonly<Counts>,
  lastFailure: string,
  within?: number
): string | undefined {
  const maxFailureRate = limits.maxFailureRate ?? MAX_FAILURE_RATE
  if (isBroken(failed, total, maxFailureRate)) {
    return tooManyFailed(failed, total, maxFailureRate, lastFailure, within)
  }
  if (isBroken(slow, answered, SLOW_SHARE)) {
    return tooSlow(slow, answered, limits.maxP99Ms ?? 0, within)
  }
  return undefined
}

/** Whether a request before the shift was answered well. */
export function wasWellBefore({ phases }: Pick<Part, 'phases'>): boolean {
  return beforeShift(phases).some(({ total, failed }) => total > failed)
}

/** Makes evidence of what was measured. */
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
      inWords(all.total, all.failed, phases, breach),
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

/** Says why a broken limit tells nothing about the new version; undefined if it does tell something. */
function doubtOf({ judgeFrom }: Asked, part: Part, isBroken: boolean): string | undefined {
  if (judgeFrom !== 'shift' || wasWellBefore(part)) return undefined
  const wasAsked = beforeShift(part.phases).some(({ total }) => total > 0)
  if (!wasAsked) return DOUBTS.notAsked()
  return isBroken ? DOUBTS.notWellEither() : DOUBTS.notWell()
}

function beforeShift(phases: Part['phases']): Part['phases'] {
  return phases.filter(({ name }) => name === 'before' || name === 'gate')
}

/**
 * If there are too few requests to be judged, the verdict is `unknown` if too many of them
 * failed, and `passed` otherwise.
 */
function verdictOf(asked: Asked, { all, lastFailure }: Part): Verdict {
  const { total, failed } = all
  if (total === 0) return 'unknown'
  if (brokenBy(asked, all, lastFailure) !== undefined) return 'failed'
  const tooMany = failed > (asked.limits.maxFailureRate ?? MAX_FAILURE_RATE) * total
  return tooMany && total < FEWEST_REQUESTS ? 'unknown' : 'passed'
}

/**
 * Whether `bad` of `total` requests break a limit: at least 20 requests, at
 * least three of them bad, and more than the share. If the share is 0, the
 * first bad request breaks it.
 */
function isBroken(bad: number, total: number, share: number): boolean {
  if (share === 0) return bad > 0
  return total >= FEWEST_REQUESTS && bad >= FEWEST_BAD && bad > share * total
}
