import { say } from '../words/say.ts'
import type { Clock } from './clock.ts'
import { CannotStop, type Controller } from './controller.ts'
import { fullyShifted } from './goal.ts'
import type { OnInterrupt } from './settings.ts'
import { isTerminal, type Snapshot } from './snapshot.ts'
import type { TimelineEvent } from './timeline.ts'
import { within } from './within.ts'

export interface InterruptOptions {
  readonly cause: 'cancel' | 'timeout'
  readonly policy: OnInterrupt
  readonly controller: Controller
  readonly clock: Clock
  readonly deploymentId: string
  /** The newest snapshot, if there is one. */
  readonly last: Snapshot | undefined
  readonly emit: (event: TimelineEvent) => void
}

export interface InterruptEnding {
  /** `stopped`: the control plane has accepted the stop. */
  readonly done: 'stopped' | 'left'
  /** Why the deployment was left alone, or what the control plane was asked to do. */
  readonly reason: string
  readonly snapshot: Snapshot | undefined
  /** True if the deployment should have been stopped, but the stop failed. */
  readonly failed?: boolean
}

/** A runner gives a cancelled job 7.5 s in all, and one read must not use them up. */
const READ_LIMIT_MS = 2_000

/**
 * Ends this run's work on a deployment, as `on-cancel` or `on-timeout` says. A cancel never
 * undoes a release whose traffic is all on green.
 */
export async function interrupt(options: InterruptOptions): Promise<InterruptEnding> {
  const { cause, policy, controller, clock, deploymentId, emit } = options
  const snapshot = (await readOnce(options)) ?? options.last
  const end = await act()
  emit({ kind: 'interrupted', at: clock.now(), cause, action: end.reason })
  return end

  async function act(): Promise<InterruptEnding> {
    if (policy === 'leave') {
      const reason = say`the deployment goes on (on-${cause}: leave)`
      return { done: 'left', reason, snapshot }
    }
    if (snapshot && isTerminal(snapshot.state)) {
      return {
        done: 'left',
        reason: say`the deployment had already ended: ${snapshot.status}`,
        snapshot
      }
    }
    if (cause === 'cancel' && snapshot && fullyShifted(snapshot)) {
      const reason = say`production traffic is already on the new revision: a cancel does not undo it`
      return { done: 'left', reason, snapshot }
    }
    const rollback = policy === 'stop-and-rollback'
    try {
      await controller.stop(deploymentId, rollback)
      const reason = rollback ? say`asked to stop and roll back` : say`asked to stop`
      return { done: 'stopped', reason, snapshot }
    } catch (error) {
      if (!(error instanceof CannotStop)) throw error
      return { done: 'left', reason: error.message, snapshot, failed: true }
    }
  }
}

async function readOnce({
  controller,
  clock,
  deploymentId
}: InterruptOptions): Promise<Snapshot | undefined> {
  const read = controller.read(deploymentId, true).catch(() => undefined)
  return within(clock, READ_LIMIT_MS, read)
}
