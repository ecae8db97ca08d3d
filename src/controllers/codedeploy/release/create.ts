import {
  CreateDeploymentCommand,
  ListDeploymentsCommand,
  type CreateDeploymentCommandInput,
  type DeploymentInfo
} from '@aws-sdk/client-codedeploy'
import { withBackoff, type Backoff } from '../../../aws/backoff.ts'
import type { CodeDeployClients } from '../clients.ts'
import { describeError, errorName, kindOf } from '../../../aws/errors.ts'
import { getDeployment } from '../reader/deployment.ts'
import { activeDeploymentIn } from './active-deployment.ts'
import { say } from '../../../words/say.ts'

export interface NewDeployment {
  readonly application: string
  readonly deploymentGroup: string
  readonly deploymentConfig: string | undefined
  readonly description: string
  /** JSON of the AppSpec, the revision pinned. */
  readonly appSpec: string
  /** Hex SHA-256 of `appSpec`. */
  readonly sha256: string
}

export interface CreatedDeployment {
  readonly id: string
  /** The answer was lost; the deployment was found again. */
  readonly recovered: boolean
}

/** Another deployment is active in the group. */
export class AnotherIsActive extends Error {
  readonly deploymentId: string | undefined

  constructor(message: string, deploymentId: string | undefined, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AnotherIsActive'
    this.deploymentId = deploymentId
  }
}

/** AWS's clock and ours may differ by this much when a lost deployment is looked for. */
const CLOCK_SKEW_MS = 60_000

/**
 * Creates the deployment exactly once. CreateDeployment has no idempotency
 * token: after an answer that was lost, the deployment is looked for (by
 * revision, description and time) before anything is sent again.
 * Errors: AnotherIsActive, and what CreateDeployment refuses with.
 */
export async function createDeployment(
  clients: CodeDeployClients,
  wanted: NewDeployment,
  backoff: Backoff
): Promise<CreatedDeployment> {
  const startedAt = backoff.clock.now()
  let lost = false
  return withBackoff(
    async () => {
      if (lost) {
        const id = await findLost(clients, wanted, startedAt - CLOCK_SKEW_MS)
        if (id !== undefined) return { id, recovered: true }
      }
      return send()
    },
    (error) => kindOf(error) === 'throttled' || kindOf(error) === 'transient',
    backoff
  )

  async function send(): Promise<CreatedDeployment> {
    try {
      const answer = await clients.codedeployOnce.send(
        new CreateDeploymentCommand(requestFor(wanted))
      )
      if (answer.deploymentId === undefined)
        throw new Error(say`CreateDeployment answered without an id`)
      return { id: answer.deploymentId, recovered: false }
    } catch (error) {
      if (kindOf(error) === 'transient') lost = true
      if (errorName(error) !== 'DeploymentLimitExceededException') throw error
      const message = describeError(error)
      const id = activeDeploymentIn(message)
      if (
        lost &&
        id !== undefined &&
        (await isOurs(clients, id, wanted, startedAt - CLOCK_SKEW_MS))
      ) {
        return { id, recovered: true }
      }
      throw new AnotherIsActive(message, id, { cause: error })
    }
  }
}

function requestFor(wanted: NewDeployment): CreateDeploymentCommandInput {
  return {
    applicationName: wanted.application,
    deploymentGroupName: wanted.deploymentGroup,
    description: wanted.description,
    revision: {
      revisionType: 'AppSpecContent',
      appSpecContent: { content: wanted.appSpec, sha256: wanted.sha256 }
    },
    ...(wanted.deploymentConfig === undefined
      ? {}
      : { deploymentConfigName: wanted.deploymentConfig })
  }
}

/** Looks through the group's deployments since `since`. Without the right to list: undefined. */
async function findLost(
  clients: CodeDeployClients,
  wanted: NewDeployment,
  since: number
): Promise<string | undefined> {
  try {
    const answer = await clients.codedeploy.send(
      new ListDeploymentsCommand({
        applicationName: wanted.application,
        deploymentGroupName: wanted.deploymentGroup,
        createTimeRange: { start: new Date(since) }
      })
    )
    for (const id of answer.deployments ?? []) {
      if (await isOurs(clients, id, wanted, since)) return id
    }
  } catch (error) {
    if (kindOf(error) !== 'denied') throw error
  }
  return undefined
}

async function isOurs(
  clients: CodeDeployClients,
  id: string,
  wanted: NewDeployment,
  since: number
): Promise<boolean> {
  return isSame(await getDeployment(clients.codedeploy, id), wanted, since)
}

function isSame(found: DeploymentInfo, wanted: NewDeployment, since: number): boolean {
  return (
    found.description === wanted.description &&
    (found.createTime?.getTime() ?? 0) >= since &&
    found.revision?.appSpecContent?.sha256 === wanted.sha256
  )
}
