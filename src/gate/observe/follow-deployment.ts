import { isTerminal } from '../../release/snapshot.ts'
import type { PhaseFollower } from '../../verification/availability/follow.ts'
import { AFTERWARDS_MS } from '../../verification/observe-production.ts'
import type { Look, ObservePlane } from '../../controllers/gate-plane.ts'
import type { ObservePlatform } from './platform.ts'

/** How long a rollback may take to appear on the deployment that has failed. */
const APPEAR_MS = 30_000
/** If the observer has not seen the deployment for so long, it gives up. */
const BLIND_MS = 5 * 60_000

/** Looks at the deployment and its rollback, and knows when there is nothing more to observe. */
export interface DeploymentFollower {
  /** Looks once and tells the phases. Never throws: what is not seen now may be seen later. */
  look(): Promise<void>
  /** Nothing more will happen to production through this deployment. */
  readonly isOver: boolean
  /** It was not seen for so long that it is given up. */
  readonly isBlind: boolean
  /** Whether the deployment itself can still be stopped, as far as was seen. */
  readonly isMoving: boolean
}

export function followDeployment(
  { clock, log }: Pick<ObservePlatform, 'clock' | 'log'>,
  plane: Pick<ObservePlane, 'read'>,
  deploymentId: string,
  phases: PhaseFollower
): DeploymentFollower {
  let last: Look | undefined
  let rollback: Look | undefined
  let seenAt = clock.now()
  const isBlind = (): boolean => clock.now() - seenAt > BLIND_MS
  const isOver = (): boolean => {
    const now = clock.now()
    if (last && isTerminal(last.state) && last.state !== 'succeeded') {
      if (rollback) return isTerminal(rollback.state)
      return last.rollback === undefined && now - (last.completedAt ?? 0) >= APPEAR_MS
    }
    if (phases.shiftedAt !== undefined) return now >= phases.shiftedAt + AFTERWARDS_MS
    // It has ended well without a shift that could be seen.
    return last?.state === 'succeeded'
  }
  return {
    async look() {
      try {
        last = await plane.read(deploymentId)
        phases.see(last)
        if (last.rollback) {
          rollback = await plane.read(last.rollback.deploymentId)
          phases.see(rollback)
        }
        seenAt = clock.now()
      } catch (error) {
        log('warn', 'deployment not seen', { deployment: deploymentId, why: String(error) })
      }
    },
    get isOver() {
      return isOver()
    },
    get isBlind() {
      return isBlind()
    },
    get isMoving() {
      return last === undefined || !isTerminal(last.state)
    }
  }
}
