import type { PhaseOfTraffic } from '../../release/evidence.ts'
import { count } from '../../release/report-words.ts'
import { say } from '../../words/say.ts'

/** Seconds within which a limit was broken; undefined for all of the time. */
type Within = number | undefined

export function tooManyFailed(
  failed: number,
  total: number,
  share: number,
  last: string,
  within: Within
): string {
  const percent = Number((share * 100).toPrecision(3))
  return within === undefined
    ? say`${count(failed)} of ${count(total)} requests failed, at most ${percent} % may; last: ${last}`
    : say`${count(failed)} of ${count(total)} requests failed within ${within} s, at most ${percent} % may; last: ${last}`
}

export function tooSlow(slow: number, answered: number, limitMs: number, within: Within): string {
  // The file may give a limit with three decimals, and all of them are shown.
  const limit = limitMs.toLocaleString('en-US')
  return within === undefined
    ? say`p99 above ${limit} ms: ${count(slow)} of ${count(answered)} answers took longer`
    : say`p99 above ${limit} ms: ${count(slow)} of ${count(answered)} answers took longer within ${within} s`
}

/** Why a broken limit says nothing about the new version. */
export const DOUBTS = {
  notAsked: (): string => say`production was not asked before the shift`,
  notWell: (): string => say`production did not answer well before the shift`,
  notWellEither: (): string => say`production did not answer well before the shift either`
}

/** Writes a line such as `0 of 12,000 requests failed; p99 before 4 ms, shift 9 ms`. */
export function inWords(
  total: number,
  failed: number,
  phases: readonly Pick<PhaseOfTraffic, 'name' | 'latency'>[],
  breach: string | undefined
): string {
  if (total === 0) return say`no request was sent`
  const latencies = phases.flatMap(({ name, latency }) =>
    latency ? [`${phaseInWords(name)} ${milliseconds(latency.p99)}`] : []
  )
  return [
    say`${count(failed)} of ${count(total)} requests failed`,
    ...(latencies.length > 0 ? [say`p99 ${latencies.join(', ')}`] : []),
    ...(breach === undefined ? [] : [say`limit broken: ${breach}`])
  ].join('; ')
}

/** A phase of traffic, as people read it. */
export function phaseInWords(name: PhaseOfTraffic['name']): string {
  switch (name) {
    case 'before':
      return say`before`
    case 'gate':
      return say`gate`
    case 'shift':
      return say`shift`
    case 'after':
      return say`after`
    case 'rollback':
      return say`rollback`
  }
}

function milliseconds(ms: number): string {
  return `${ms < 1 ? ms.toFixed(1) : count(Math.round(ms))} ms`
}
