import type { ActiveDeployment } from '../controllers/control-plane.ts'
import { CannotStop } from '../release/controller.ts'
import { shiftBegun } from '../release/goal.ts'
import { Refused } from '../release/refusal.ts'
import { followRollback } from '../release/rollback.ts'
import type { Settings } from '../release/settings.ts'
import { isTerminal } from '../release/snapshot.ts'
import { watch, type WatchOptions } from '../release/watch.ts'
import { say } from '../words/say.ts'

export interface Active {
  readonly policy: Settings['onActiveDeployment']
  readonly deployment: ActiveDeployment
  readonly watching: Omit<WatchOptions, 'goal' | 'gate'>
}

/**
 * Deals with a deployment that is already under way, as `on-active-deployment` says.
 * `attach`: this run follows that deployment; `gone`: that deployment has ended. Errors:
 * Refused.
 */
export async function settleActive(active: Active): Promise<'attach' | 'gone'> {
  switch (active.policy) {
    case 'attach': {
      const difference = await active.deployment.differs()
      if (difference === undefined) return 'attach'
      return refuse(active, say`${difference}, so this run does not attach to it`)
    }
    case 'wait':
      return outlast(active)
    case 'stop':
      return stop(active)
    case 'fail':
      return refuse(active, say`and \`on-active-deployment\` is \`fail\``)
  }
}

function refuse({ deployment }: Active, reason: string): never {
  throw new Refused([say`deployment ${deployment.id} is under way: ${reason}`])
}

async function outlast(active: Active): Promise<'gone'> {
  const { watching } = active
  const end = await watch({ ...watching, goal: 'completed', gate: 'none' })
  switch (end.kind) {
    case 'goal':
      return 'gone'
    case 'ended':
      await followRollback(watching, end.last, false)
      return 'gone'
    case 'cancelled':
      return refuse(active, say`this run was cancelled while it waited for it`)
    case 'deadline':
      return refuse(active, say`it did not end within \`wait-for-minutes\``)
    case 'lost':
      return refuse(active, say`it can no longer be seen: ${end.reason}`)
  }
}

async function stop(active: Active): Promise<'gone'> {
  const { watching } = active
  const { controller, deploymentId } = watching
  const snapshot = await controller.read(deploymentId, true)
  if (!isTerminal(snapshot.state)) {
    if (snapshot.steps === undefined && snapshot.state !== 'created') {
      return refuse(
        active,
        say`its lifecycle events may not be read, so whether it moves production traffic is not known; it is not stopped`
      )
    }
    if (snapshot.isRollback) {
      return refuse(active, say`it is a rollback, which is not stopped`)
    }
    if (shiftBegun(snapshot)) {
      return refuse(active, say`it already moves production traffic, so it is not stopped`)
    }
    try {
      await controller.stop(deploymentId, true)
    } catch (error) {
      if (!(error instanceof CannotStop)) throw error
      if (!error.alreadyEnded) return refuse(active, error.message)
    }
  }
  const end = await watch({ ...watching, goal: 'completed', gate: 'none' })
  if (end.kind === 'goal') return 'gone'
  if (end.kind !== 'ended')
    return refuse(active, say`its end was not seen after it was asked to stop`)
  const { rollback } = await followRollback(watching, end.last, true)
  if (rollback === 'failed' || rollback === 'in-progress') {
    return refuse(active, say`it was stopped, and its rollback is ${rollback}`)
  }
  return 'gone'
}
