import type { WatchdogPlane } from '../../controllers/gate-plane.ts'
import { fitsAny } from '../../documents/pattern.ts'
import { describeError } from '../../aws/errors.ts'
import { renderUngated, type UngatedView } from '../card/ungated.ts'
import { planeKnowing } from '../find-plane.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'

/**
 * EventBridge tells of a deployment that has started. If the deployment is watched
 * and does not carry the gate, this stops it or reports it, as the policy says.
 * Errors: if the policy or the deployment could not be read, the deployment not be
 * stopped, or nobody be told; EventBridge tries again, and the alarm rings.
 */
export async function handleWatchdog(
  platform: Pick<Platform<WatchdogPlane>, 'planes' | 'policy' | 'log' | 'slack'>,
  event: unknown
): Promise<void> {
  const { planes, log, slack } = platform
  const { plane, found: deploymentId } = await planeKnowing(planes, (each) =>
    each.deploymentIn(event)
  )
  const gateable = await plane.gating(deploymentId)
  if (!gateable || gateable.gating.gated) return
  const { watchedAs, gating } = gateable
  const policy = await platform.policy()
  if (!fitsAny(policy.watch.deploymentGroups, watchedAs)) return
  const result = policy.watch.onUngated === 'stop' ? await stop() : 'reported'
  log('error', 'ungated deployment', {
    deployment: deploymentId,
    why: gating.why,
    found: gating.found,
    result
  })
  await tell(policy, {
    language: policy.language,
    deploymentId,
    watchedAs,
    why: gating.why,
    found: gating.found,
    result
  })

  async function stop(): Promise<UngatedView['result']> {
    try {
      return (await plane.stop(deploymentId)) ? 'stopped' : 'too-late'
    } catch (error) {
      log('error', 'ungated deployment not stopped', { why: describeError(error) })
      return 'not-stopped'
    }
  }

  async function tell({ slack: { channel } }: Policy, view: UngatedView): Promise<void> {
    await slack.post(channel, renderUngated(view))
    if (view.result === 'not-stopped') throw new Error(`${deploymentId} could not be stopped`)
  }
}
