import type { GateDecision } from './decision.ts'
import { outcomeOfFailure } from './decide.ts'
import type { Followed } from './followed.ts'
import { goalReached } from './goal.ts'
import { interrupt } from './interrupt.ts'
import type { Outcome, Rollback } from './outcome.ts'
import { followRollback } from './rollback.ts'
import type { OnInterrupt } from './settings.ts'
import { isTerminal, type Snapshot } from './snapshot.ts'
import { watch, type WatchOptions, type WatchEnding } from './watch.ts'

export interface FollowOptions extends WatchOptions, Pick<Followed, 'onlyHook'> {
  readonly onCancel: OnInterrupt
  readonly onTimeout: OnInterrupt
  /** Whether the control plane rolls back by itself after this end of a deployment. */
  readonly rollsBack: (ended: Snapshot) => boolean
  /** Reads what the ledger says of the gate; undefined without a ledger. Never throws. */
  readonly decision: () => Promise<GateDecision | undefined>
  /** Called as soon as the deployment has failed, because ECS soon forgets the causes. */
  readonly onFailure: (ended: Snapshot, outcome: Outcome) => Promise<void>
}

export interface FollowEnding {
  readonly outcome: Outcome
  readonly rollback: Rollback
  readonly last: Snapshot | undefined
  readonly rollbackId: string | undefined
  readonly rollbackLast: Snapshot | undefined
  readonly interrupted:
    | {
        readonly cause: 'cancel' | 'timeout'
        readonly done: 'stopped' | 'left'
        readonly reason: string
      }
    | undefined
  /** Why the deployment can no longer be read. */
  readonly lost: string | undefined
}

/**
 * How long the job waits for the end of a rollback, or of a deployment that it has stopped
 * itself.
 */
const AFTERMATH_MS = 15 * 60_000

/**
 * Follows a deployment until the goal or another end. If the deployment fails, that includes
 * its rollback.
 */
export async function follow(options: FollowOptions): Promise<FollowEnding> {
  const end = await watch(options)
  switch (end.kind) {
    case 'goal':
      return nothingMore(reached(options), end.last)
    case 'ended':
      return failure(options, end.last, options.rollsBack(end.last))
    case 'lost':
      return { ...nothingMore('unknown', end.last), lost: end.reason }
    case 'cancelled':
      return cancelled(options, end)
    case 'deadline':
      return timedOut(options, end)
  }
}

function reached({ goal }: FollowOptions): Outcome {
  return goal === 'traffic-shifted' || goal === 'completed' ? 'released' : 'started'
}

function nothingMore(outcome: Outcome, last: Snapshot | undefined): FollowEnding {
  return {
    outcome,
    rollback: 'none',
    last,
    rollbackId: undefined,
    rollbackLast: undefined,
    interrupted: undefined,
    lost: undefined
  }
}

async function failure(
  options: FollowOptions,
  ended: Snapshot,
  expected: boolean
): Promise<FollowEnding> {
  const outcome = outcomeOfFailure(ended, options, await options.decision())
  const until = Math.max(options.deadline, options.clock.now() + AFTERMATH_MS)
  const [rollback] = await Promise.all([
    followRollback({ ...options, deadline: until }, ended, expected),
    options.onFailure(ended, outcome)
  ])
  return {
    ...nothingMore(outcome, ended),
    rollback: rollback.rollback,
    rollbackId: rollback.deploymentId,
    rollbackLast: rollback.last
  }
}

/**
 * A cancelled job only has seconds, so it asks for what `on-cancel` says and does not wait
 * for the end.
 */
async function cancelled(options: FollowOptions, end: WatchEnding): Promise<FollowEnding> {
  const { onCancel: policy } = options
  const done = await interrupt({ ...options, cause: 'cancel', policy, last: end.last })
  const last = done.snapshot ?? end.last
  const interrupted = { cause: 'cancel', done: done.done, reason: done.reason } as const
  if (done.done === 'stopped') {
    const rollback = policy === 'stop-and-rollback' ? 'in-progress' : 'none'
    return { ...nothingMore('stopped', last), rollback, interrupted }
  }
  if (last && isTerminal(last.state)) {
    if (goalReached(options.goal, last, options.gate)) {
      return { ...nothingMore(reached(options), last), interrupted }
    }
    const outcome = outcomeOfFailure(last, options, await options.decision())
    // Whether a stop that somebody asked for comes with a rollback shows only later.
    const isDue = last.stoppedBy !== 'request' && options.rollsBack(last)
    const rollback = last.rollback !== undefined || isDue ? 'in-progress' : 'none'
    return { ...nothingMore(outcome, last), rollback, interrupted }
  }
  return { ...nothingMore('unknown', last), interrupted }
}

async function timedOut(options: FollowOptions, end: WatchEnding): Promise<FollowEnding> {
  const { onTimeout: policy, clock } = options
  const done = await interrupt({ ...options, cause: 'timeout', policy, last: end.last })
  const last = done.snapshot ?? end.last
  const interrupted = { cause: 'timeout', done: done.done, reason: done.reason } as const
  if (done.done === 'left') {
    if (last?.state === 'succeeded') return { ...nothingMore(reached(options), last), interrupted }
    if (last && isTerminal(last.state)) return failure(options, last, options.rollsBack(last))
    return { ...nothingMore('timed-out', last), interrupted }
  }
  const aftermath = { ...options, goal: 'completed', deadline: clock.now() + AFTERMATH_MS } as const
  const after = await watch(aftermath)
  if (after.kind !== 'ended') {
    const rollback = policy === 'stop-and-rollback' ? 'in-progress' : 'none'
    return { ...nothingMore('timed-out', after.last ?? last), rollback, interrupted }
  }
  const ended = await failure(options, after.last, policy === 'stop-and-rollback')
  return { ...ended, outcome: 'timed-out', interrupted }
}
