import type { WaitFor } from './settings.ts'

/** What a deployment may have to wait for, all in minutes. */
export interface Waits {
  /** Lifecycle events whose hook names a function. */
  readonly hookedEvents: readonly string[]
  readonly readyWaitMinutes: number
  readonly shiftMinutes: number
  readonly terminationWaitMinutes: number
}

/** A hook's limit; fixed by CodeDeploy (aws-semantics 1.2). */
const HOOK_MINUTES = 60
/** For everything that has no limit of its own: starting green, moving listeners. */
const SPARE_MINUTES = 30

const EVENTS_BEFORE: Readonly<Record<WaitFor, readonly string[]>> = {
  started: [],
  'test-traffic': ['BeforeInstall', 'AfterInstall'],
  approval: ['BeforeInstall', 'AfterInstall', 'AfterAllowTestTraffic', 'BeforeAllowTraffic'],
  'traffic-shifted': [
    'BeforeInstall',
    'AfterInstall',
    'AfterAllowTestTraffic',
    'BeforeAllowTraffic',
    'AfterAllowTraffic'
  ],
  completed: [
    'BeforeInstall',
    'AfterInstall',
    'AfterAllowTestTraffic',
    'BeforeAllowTraffic',
    'AfterAllowTraffic'
  ]
}

/**
 * How long a release may take at the most before it is worth asking what went
 * wrong: hook limits, waits and the shift up to the goal, plus 30 minutes.
 */
export function longestWaitMinutes(goal: WaitFor, waits: Waits): number {
  const hooks = waits.hookedEvents.filter((event) => EVENTS_BEFORE[goal].includes(event)).length
  const ready = goal === 'started' || goal === 'test-traffic' ? 0 : waits.readyWaitMinutes
  const shift = goal === 'traffic-shifted' || goal === 'completed' ? waits.shiftMinutes : 0
  const termination = goal === 'completed' ? waits.terminationWaitMinutes : 0
  return hooks * HOOK_MINUTES + ready + shift + termination + SPARE_MINUTES
}
