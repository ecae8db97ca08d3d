import type { Rollback } from './outcome.ts'
import { isTerminal, type Snapshot } from './snapshot.ts'
import { watch, type WatchOptions } from './watch.ts'

export interface RollbackEnd {
  readonly rollback: Rollback
  readonly deploymentId: string | undefined
  readonly last: Snapshot | undefined
}

/** How long a configured rollback may take to appear on the deployment that failed. */
const APPEAR_MS = 30_000
const LOOK_AGAIN_MS = 3_000

/**
 * Follows the rollback of a deployment that has failed or was stopped. A rollback is a
 * deployment of its own and may end before it is ever seen in progress (aws-semantics 1.3),
 * so it is found through the failed deployment.
 *
 * If `expected` is true, auto-rollback covers this end, so the job waits for the rollback to
 * appear.
 */
export async function followRollback(
  options: Omit<WatchOptions, 'goal' | 'gate'>,
  ended: Snapshot,
  expected: boolean
): Promise<RollbackEnd> {
  const found =
    ended.rollback?.deploymentId ?? (expected ? await awaitRollback(options) : undefined)
  if (found === undefined) return { rollback: 'none', deploymentId: undefined, last: undefined }
  if (ended.rollback === undefined) {
    const { clock, deploymentId } = options
    options.emit({ kind: 'rollback', at: clock.now(), deploymentId, rollbackDeploymentId: found })
  }
  const end = await watch({ ...options, deploymentId: found, goal: 'completed', gate: 'none' })
  return { rollback: rollbackState(end.last), deploymentId: found, last: end.last }
}

function rollbackState(last: Snapshot | undefined): Rollback {
  if (last === undefined || !isTerminal(last.state)) return 'in-progress'
  return last.state === 'succeeded' ? 'succeeded' : 'failed'
}

async function awaitRollback(
  options: Omit<WatchOptions, 'goal' | 'gate'>
): Promise<string | undefined> {
  const { controller, clock, deploymentId, cancelled, deadline } = options
  const until = Math.min(clock.now() + APPEAR_MS, Math.max(deadline, clock.now()))
  while (clock.now() < until && !cancelled.aborted) {
    try {
      await clock.sleep(LOOK_AGAIN_MS, cancelled)
      const snapshot = await controller.read(deploymentId, false)
      if (snapshot.rollback) return snapshot.rollback.deploymentId
    } catch {
      // The read failed or the job was cancelled; the condition of the loop decides whether to go
      // on.
    }
  }
  return undefined
}
