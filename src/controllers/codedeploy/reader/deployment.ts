import {
  BatchGetDeploymentTargetsCommand,
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
  ListDeploymentTargetsCommand,
  type CodeDeployClient,
  type DeploymentInfo,
  type ECSTarget
} from '@aws-sdk/client-codedeploy'
import { errorName } from '../../../aws/errors.ts'

/*
 * The only code that asks CodeDeploy for a deployment and its target. The gate's functions look
 * the target up, because an event of CodeDeploy names the deployment alone. A job knows the
 * service, and so the target, and needs one call and one right less.
 */

/** CodeDeploy's names for a deployment of the last second, which has no target yet. */
const NO_TARGET_YET = new Set([
  'DeploymentNotStartedException',
  'DeploymentTargetDoesNotExistException'
])

/** Errors: those of GetDeployment. */
export async function getDeployment(
  client: CodeDeployClient,
  deploymentId: string
): Promise<DeploymentInfo> {
  const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId }))
  return deploymentInfo ?? {}
}

/**
 * Looks up the one target of an ECS deployment; undefined before the deployment has started.
 * Errors: those of the calls.
 */
export async function findTarget(
  client: CodeDeployClient,
  deploymentId: string
): Promise<ECSTarget | undefined> {
  try {
    const { targetIds } = await client.send(new ListDeploymentTargetsCommand({ deploymentId }))
    if (!targetIds?.length) return undefined
    const { deploymentTargets } = await client.send(
      new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: targetIds.slice(0, 1) })
    )
    return deploymentTargets?.[0]?.ecsTarget
  } catch (error) {
    if (errorName(error) === 'DeploymentNotStartedException') return undefined
    throw error
  }
}

/**
 * Reads the target of this id, `<cluster>:<service>` (aws-semantics 1.5); undefined before the
 * deployment has started. Errors: those of GetDeploymentTarget.
 */
export async function getTarget(
  client: CodeDeployClient,
  deploymentId: string,
  targetId: string,
  abortSignal: AbortSignal
): Promise<ECSTarget | undefined> {
  try {
    const command = new GetDeploymentTargetCommand({ deploymentId, targetId })
    return (await client.send(command, { abortSignal })).deploymentTarget?.ecsTarget
  } catch (error) {
    if (NO_TARGET_YET.has(errorName(error))) return undefined
    throw error
  }
}

/** The service that a target is; undefined if there is no target yet. */
export function serviceOf(
  target: ECSTarget | undefined
): { readonly cluster: string; readonly name: string } | undefined {
  const [cluster, name] = target?.targetId?.split(':') ?? []
  return cluster && name ? { cluster, name } : undefined
}
