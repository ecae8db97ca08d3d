import type { World } from '../world.ts'
import type {
  CodeDeployState,
  StateChange,
  StateChangeListener,
  StoredDeployment
} from './state.ts'

/** Calls `listener` at every state change of any deployment, until the returned function is called. */
export function onStateChange(state: CodeDeployState, listener: StateChangeListener): () => void {
  state.listeners.add(listener)
  return () => void state.listeners.delete(listener)
}

/** Tells every listener. If a listener throws, the deployment goes on and the other listeners are told. */
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
