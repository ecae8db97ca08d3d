import type { WaitFor } from './settings.ts'
import { STAGES, type Stage } from './snapshot.ts'

/** What a deployment may have to wait for, all in minutes. */
export interface Waits {
  /** The functions that the control plane calls, each with its time limit. */
  readonly hooks: readonly { readonly stage: Stage; readonly minutes: number }[]
  readonly readyWaitMinutes: number
  readonly shiftMinutes: number
  readonly terminationWaitMinutes: number
}

/** For everything without a time limit of its own: starting green, switching listeners. */
const SPARE_MINUTES = 30

/** The last stage that the job waits for, by goal; undefined if it waits for none. */
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
 * How long a release may take before the job gives up waiting, in minutes: the hooks'
 * limits, the waits and the shift up to the goal, plus 30 minutes.
 */
export function waitLimitMinutes(goal: WaitFor, waits: Waits): number {
  const { hooks, ready, shift, termination } = waitParts(goal, waits)
  return hooks + ready + shift + termination + SPARE_MINUTES
}
