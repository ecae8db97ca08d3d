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
  /** Whether the group rolls back by itself after a deployment that ended so. */
  readonly rollsBack: (ended: Snapshot) => boolean
  /** What the ledger says of the gate, where there is one to ask. Never throws. */
  readonly decision: () => Promise<GateDecision | undefined>
  /** Told as soon as the deployment has failed, while the evidence is fresh. */
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
  /** Why it is out of sight. */
  readonly lost: string | undefined
}

/** How long the end of something that we stopped ourselves, or a rollback, is waited for. */
const AFTERMATH_MS = 15 * 60_000

/** Watches a deployment to the goal or to whatever else ends it, its rollback included. */
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

/** A cancelled job has seconds: what was asked for is asked for, and its end is not waited for. */
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
    const outcome = goalReached(options.goal, last, options.gate)
      ? reached(options)
      : outcomeOfFailure(last, options, await options.decision())
    return { ...nothingMore(outcome, last), interrupted }
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
