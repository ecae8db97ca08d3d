import type { WaitFor } from './settings.ts'
import { STAGES, type Stage } from './snapshot.ts'

/** What a deployment may have to wait for, all in minutes. */
export interface Waits {
  /** Functions that the control plane asks, each with the limit that it has. */
  readonly hooks: readonly { readonly stage: Stage; readonly minutes: number }[]
  readonly readyWaitMinutes: number
  readonly shiftMinutes: number
  readonly terminationWaitMinutes: number
}

/** For everything that has no limit of its own: starting green, moving listeners. */
const SPARE_MINUTES = 30

/** The stage with whose end each goal is reached; undefined: the job waits for none. */
const LAST_STAGE: Readonly<Record<WaitFor, Stage | undefined>> = {
  started: undefined,
  'test-traffic': 'test-traffic',
  approval: 'gate',
  'traffic-shifted': 'after-shift',
  completed: 'cleanup'
}

/** What a release may have to wait for until its goal, in minutes. */
export interface WaitParts {
  readonly hooks: number
  readonly ready: number
  readonly shift: number
  readonly termination: number
}

export function waitParts(goal: WaitFor, waits: Waits): WaitParts {
  const last = LAST_STAGE[goal]
  const stages = last === undefined ? [] : STAGES.slice(0, STAGES.indexOf(last) + 1)
  return {
    hooks: waits.hooks
      .filter(({ stage }) => stages.includes(stage))
      .reduce((sum, { minutes }) => sum + minutes, 0),
    ready: goal === 'started' || goal === 'test-traffic' ? 0 : waits.readyWaitMinutes,
    shift: goal === 'traffic-shifted' || goal === 'completed' ? waits.shiftMinutes : 0,
    termination: goal === 'completed' ? waits.terminationWaitMinutes : 0
  }
}

/**
 * How long a release may take at the most before it is worth asking what went
 * wrong: hook limits, waits and the shift up to the goal, plus 30 minutes.
 */
export function waitLimitMinutes(goal: WaitFor, waits: Waits): number {
  const { hooks, ready, shift, termination } = waitParts(goal, waits)
  return hooks + ready + shift + termination + SPARE_MINUTES
}
