import type { World } from '../world.ts'
import type { CodeDeployState, StoredDeployment } from './state.ts'

/** What EventBridge's `CodeDeploy Deployment State-change Notification` says. */
export interface StateChange {
  readonly state: 'START' | 'SUCCESS' | 'FAILURE' | 'STOP' | 'READY'
  /** Emulated time, milliseconds since the epoch. */
  readonly at: number
  readonly deploymentId: string
  readonly application: string
  readonly deploymentGroup: string
}

export type StateChangeListener = (change: StateChange) => void

/** Calls `listener` at every state change of any deployment, until the returned function is called. */
export function onStateChange(state: CodeDeployState, listener: StateChangeListener): () => void {
  state.listeners.add(listener)
  return () => void state.listeners.delete(listener)
}

/** Tells every listener; a throwing listener is its own problem and no deployment's. */
export function notify(
  world: World,
  { info }: StoredDeployment,
  state: StateChange['state']
): void {
  for (const listener of world.codedeploy.listeners) {
    try {
      listener({
        state,
        at: world.clock.now(),
        deploymentId: info.deploymentId ?? '',
        application: info.applicationName ?? '',
        deploymentGroup: info.deploymentGroupName ?? ''
      })
    } catch {
      // EventBridge does not report its consumers' failures to CodeDeploy either.
    }
  }
}
