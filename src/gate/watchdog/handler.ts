import { gatingOf } from '../../controllers/codedeploy/appspec/gating.ts'
import { isMapping } from '../../documents/mapping.ts'
import { fitsAny } from '../../documents/pattern.ts'
import { errorName, describeError } from '../../aws/errors.ts'
import { renderUngated, type UngatedView } from '../card/ungated.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'

/** What the watchdog reads of a deployment besides what every function reads. Errors: CodeDeploy's. */
export interface Revision {
  readonly application: string
  readonly deploymentGroup: string
  readonly isRollback: boolean
  readonly computePlatform: string | undefined
  /** Undefined where CodeDeploy does not show it (an AppSpec in S3). */
  readonly appSpec: string | undefined
}
export type ReadRevision = (deploymentId: string) => Promise<Revision>

/**
 * EventBridge's `CodeDeploy Deployment State-change Notification`: a
 * deployment of a gated group that does not carry the gate is stopped, or
 * reported, as the policy says.
 * Errors: where the policy or the deployment could not be read, the deployment
 * not stopped, or nobody told; EventBridge tries again, and the alarm rings.
 */
export async function handleWatchdog(
  platform: Platform,
  revisionOf: ReadRevision,
  gateFunction: string,
  event: unknown
): Promise<void> {
  const { deployments, log, slack } = platform
  const deploymentId = deploymentIn(event)
  const revision = await revisionOf(deploymentId)
  if (revision.isRollback || revision.computePlatform !== 'ECS') return
  const gating = await gatingOf(revision.appSpec, gateFunction)
  if (gating.gated) return
  const policy = await platform.policy()
  const { application, deploymentGroup } = revision
  if (!fitsAny(policy.watch.deploymentGroups, `${application}/${deploymentGroup}`)) return
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
    application,
    deploymentGroup,
    why: gating.why,
    found: gating.found,
    result
  })

  async function stop(): Promise<UngatedView['result']> {
    try {
      await deployments.stop(deploymentId)
      return 'stopped'
    } catch (error) {
      if (errorName(error) === 'DeploymentAlreadyCompletedException') return 'too-late'
      log('error', 'ungated deployment not stopped', { why: describeError(error) })
      return 'not-stopped'
    }
  }

  async function tell({ slack: { channel } }: Policy, view: UngatedView): Promise<void> {
    await slack.post(channel, renderUngated(view))
    if (view.result === 'not-stopped') throw new Error(`${deploymentId} could not be stopped`)
  }
}

function deploymentIn(event: unknown): string {
  const detail = isMapping(event) ? event['detail'] : undefined
  const id = isMapping(detail) ? detail['deploymentId'] : undefined
  if (typeof id !== 'string') {
    throw new TypeError('wanted an event of CodeDeploy with detail.deploymentId')
  }
  return id
}
