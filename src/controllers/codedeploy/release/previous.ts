import {
  BatchGetDeploymentsCommand,
  ListDeploymentsCommand,
  type DeploymentInfo
} from '@aws-sdk/client-codedeploy'
import { parseAppSpec } from '../appspec/parse.ts'
import { appSpecText } from '../reader/app-spec-text.ts'
import type { CodeDeployClients } from '../clients.ts'
import { explain } from '../../../aws/next-step.ts'
import { parseDocument } from '../../../documents/parse.ts'
import { Refused } from '../../../release/refusal.ts'
import { say } from '../../../words/say.ts'

/** BatchGetDeployments takes 25 (aws-semantics 1.5); nobody goes back further by "previous". */
const LATEST = 25

export interface Previous {
  readonly taskDefinition: string
  readonly deploymentId: string
  readonly releasedAt: number | undefined
}

/**
 * The revision that served before the running one: that of the latest
 * deployment that succeeded with another. A revision that was registered and
 * never released, or released and rolled back, is none.
 * Errors: Refused, saying what to set instead, where it cannot be told.
 */
export async function previousRelease(
  clients: CodeDeployClients,
  group: { readonly application: string; readonly deploymentGroup: string },
  runningArn: string
): Promise<Previous> {
  let deployments: readonly DeploymentInfo[]
  try {
    deployments = await succeeded(clients, group)
  } catch (error) {
    throw refused(say`the group's deployments could not be read: ${explain(error)}`, error)
  }
  for (const info of deployments) {
    const taskDefinition = await taskDefinitionOf(clients, info)
    if (taskDefinition !== runningArn) {
      return {
        taskDefinition,
        deploymentId: info.deploymentId ?? '',
        releasedAt: info.completeTime?.getTime()
      }
    }
  }
  throw refused(say`none of the last ${deployments.length} deployments released another revision`)
}

function refused(reason: string, cause?: unknown): Refused {
  const message = say`\`rollback-to: previous\`: ${reason}; name the revision, as family:revision`
  return new Refused([message], cause === undefined ? {} : { cause })
}

/** Newest first; CodeDeploy's own rollbacks release nothing new. */
async function succeeded(
  { codedeploy }: CodeDeployClients,
  { application, deploymentGroup }: { application: string; deploymentGroup: string }
): Promise<DeploymentInfo[]> {
  const { deployments = [] } = await codedeploy.send(
    new ListDeploymentsCommand({
      applicationName: application,
      deploymentGroupName: deploymentGroup,
      includeOnlyStatuses: ['Succeeded']
    })
  )
  if (deployments.length === 0) return []
  const { deploymentsInfo = [] } = await codedeploy.send(
    new BatchGetDeploymentsCommand({ deploymentIds: deployments.slice(0, LATEST) })
  )
  return deploymentsInfo
    .filter(({ creator }) => creator !== 'codeDeployRollback')
    .sort((a, b) => (b.createTime?.getTime() ?? 0) - (a.createTime?.getTime() ?? 0))
}

async function taskDefinitionOf(
  { codedeploy }: CodeDeployClients,
  info: DeploymentInfo
): Promise<string> {
  const which = say`the AppSpec of deployment ${info.deploymentId ?? '?'}`
  try {
    const text = await appSpecText(codedeploy, info)
    if (text !== undefined) {
      const { taskDefinition } = parseAppSpec(await parseDocument(text, 'AppSpec'))
      if (taskDefinition !== undefined) return taskDefinition
    }
  } catch (error) {
    throw refused(say`${which} could not be read: ${explain(error)}`, error)
  }
  throw refused(say`${which} is not in CodeDeploy, or names no task definition`)
}
