import type { RecoveryEvidence } from '../../release/evidence.ts'
import { count } from '../../release/report-words.ts'
import { say } from '../../words/say.ts'
import type { FleetState } from '../recovery/fleet.ts'
import type { Outcome } from '../recovery/outcome.ts'
import { sideInWords } from './side.ts'

type Step = RecoveryEvidence['steps'][number]

/** Why no task was stopped. */
export const WORDS = {
  notStopped: (why: string): string => say`no task was stopped: ${why}`,
  otherCluster: (allowed: string, cluster: string): string =>
    say`no task was stopped: it may be done in ${allowed}, not in ${cluster}`,
  nowhere: (side: RecoveryEvidence['side']): string =>
    side === 'green'
      ? say`there is no test listener to ask; set target.test`
      : say`where production answers could not be found out; set target.production`,
  notWhole: (side: RecoveryEvidence['side'], { desired, tasks, targets }: FleetState): string => {
    const healthy = targets.filter(({ state }) => state === 'healthy').length
    return say`no task was stopped: ${sideInWords(side)} was not whole before, ${tasks.length} of ${desired} tasks and ${healthy} healthy targets`
  },
  interrupted: (): string => say`interrupted`
}

/**
 * Writes a line such as `whole again after 12 s (draining 1 s, started 4 s, registered 5 s);
 * 3 of 120 requests failed, at most 1 % may`.
 */
export function inWords(
  withinMs: number,
  { maxFailureRate, progress, asked, blind, isInterrupted, endedAt }: Outcome
): string {
  const [stopped, ...others] = progress.steps
  const since = (at: number): string => seconds(at - (stopped?.at ?? at))
  const whole = others.find(({ what }) => what === 'healthy')
  const steps = others
    .filter((step) => step !== whole)
    .map(({ what, at }) => `${stepInWords(what)} ${since(at)}`)
  const head = whole
    ? say`whole again after ${since(whole.at)}`
    : isInterrupted
      ? say`interrupted ${since(endedAt)} after a task was stopped`
      : say`not whole again within ${seconds(withinMs)}`
  return [
    steps.length > 0 ? `${head} (${steps.join(', ')})` : head,
    ...(blind === undefined ? [] : [blind]),
    ...requestsInWords(asked, maxFailureRate)
  ].join('; ')
}

function requestsInWords(
  asked: Outcome['asked'],
  maxFailureRate: number | undefined
): readonly string[] {
  if (!asked) return [say`requests were not counted`]
  const failed = say`${count(asked.failed)} of ${count(asked.total)} requests failed`
  const last = asked.failures.at(-1)?.reason
  const share = Number(((maxFailureRate ?? 0) * 100).toPrecision(3))
  return [
    maxFailureRate === undefined ? failed : say`${failed}, at most ${share} % may`,
    ...(last === undefined ? [] : [say`last: ${last}`])
  ]
}

/** A step of a recovery, as people read it. */
export function stepInWords(what: Step['what']): string {
  switch (what) {
    case 'stopped':
      return say`stopped`
    case 'draining':
      return say`draining`
    case 'started':
      return say`started`
    case 'registered':
      return say`registered`
    case 'healthy':
      return say`healthy`
  }
}

function seconds(ms: number): string {
  return say`${(ms / 1000).toLocaleString('en-US', { maximumFractionDigits: 1 })} s`
}
