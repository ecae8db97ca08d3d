import {
  CodeDeployClient,
  PutLifecycleEventHookExecutionStatusCommand,
  type CodeDeployClientConfig,
  type DeploymentInfo,
  type ECSTarget
} from '@aws-sdk/client-codedeploy'
import { deploymentUrl } from '../../../aws/console-url.ts'
import { errorName } from '../../../aws/errors.ts'
import type { Clock } from '../../../release/clock.ts'
import type { AnsweredPlane, Answer, Described, GatePlane } from '../../gate-plane.ts'
import { GATE_EVENT } from '../appspec/model.ts'
import { findTarget, getDeployment, serviceOf } from '../reader/deployment.ts'
import { hookIn } from './events.ts'
import { trafficResultOf } from './traffic-result.ts'
import { say } from '../../../words/say.ts'

export interface AnsweredPlaneOptions {
  readonly client: CodeDeployClient
  readonly region: string
  readonly clock: Clock
}

export interface GatePlaneOptions extends AnsweredPlaneOptions {
  readonly running: GatePlane['running']
}

/** CodeDeploy fails a hook that nobody has answered for an hour (aws-semantics 1.2). */
const HOOK_MS = 60 * 60_000

/** The deployment is over, or never had this hook: nobody listens any more (aws-semantics 1.2). */
const GONE = new Set([
  'InvalidLifecycleEventHookExecutionIdException',
  'DeploymentAlreadyCompletedException',
  'DeploymentDoesNotExistException',
  'InvalidDeploymentStatusException'
])

const STATUS = { go: 'Succeeded', 'no-go': 'Failed' } as const satisfies Record<Answer, string>

/** CodeDeploy as a function sees it that answers hooks. */
export function answeredPlane({ client, region, clock }: AnsweredPlaneOptions): AnsweredPlane {
  return {
    waitingIn: hookIn,

    async describe(deploymentId) {
      const [info, target] = await Promise.all([
        getDeployment(client, deploymentId),
        findTarget(client, deploymentId)
      ])
      return describedAs(deploymentId, region, info, target, clock.now())
    },

    async answer({ deploymentId, token }, answer) {
      const command = new PutLifecycleEventHookExecutionStatusCommand({
        deploymentId,
        lifecycleEventHookExecutionId: token,
        status: STATUS[answer]
      })
      try {
        await client.send(command)
        return 'accepted'
      } catch (error) {
        const name = errorName(error)
        if (name === 'LifecycleEventAlreadyCompletedException') return 'answered-before'
        if (GONE.has(name)) return 'gone'
        throw error
      }
    }
  }
}

/** CodeDeploy as the callback and the sweep see it. */
export function gatePlane(options: GatePlaneOptions): GatePlane {
  const { client, clock, running } = options
  return {
    ...answeredPlane(options),
    running,

    async answered({ deploymentId }) {
      return answerIn(await findTarget(client, deploymentId))
    },

    async trafficResult({ deploymentId }) {
      const info = await getDeployment(client, deploymentId)
      const rollbackId = info.rollbackInfo?.rollbackDeploymentId
      const [target, rollback] = await Promise.all([
        findTarget(client, deploymentId),
        rollbackId === undefined ? undefined : getDeployment(client, rollbackId)
      ])
      return trafficResultOf(info, target, rollback, clock.now())
    }
  }
}

/** The same with a client of its own. `running` reads what green runs (green-images.ts). */
export function connectGatePlane(
  config: CodeDeployClientConfig & { readonly region: string },
  clock: Clock,
  running: GatePlane['running']
): GatePlane {
  return gatePlane({ client: new CodeDeployClient(config), region: config.region, clock, running })
}

function describedAs(
  deploymentId: string,
  region: string,
  info: DeploymentInfo,
  target: ECSTarget | undefined,
  now: number
): Described {
  const service = serviceOf(target)
  if (!service) {
    throw new Error(say`deployment ${deploymentId} has no ECS target: its service is not known`)
  }
  const openedAt = hookOf(target)?.startTime?.getTime() ?? now
  return {
    hold: {
      plane: 'codedeploy',
      deploymentId,
      cluster: service.cluster,
      service: service.name,
      openedAt,
      expiresAt: openedAt + HOOK_MS
    },
    region,
    createdAt: info.createTime?.getTime() ?? 0,
    isRollback: info.creator === 'codeDeployRollback',
    answered: answerIn(target),
    consoleUrl: deploymentUrl(region, deploymentId),
    names: {
      application: info.applicationName ?? '',
      deploymentGroup: info.deploymentGroupName ?? ''
    }
  }
}

/** How the gate's hook has ended. */
function answerIn(target: ECSTarget | undefined): Answer | undefined {
  const status = hookOf(target)?.status
  if (status === STATUS.go) return 'go'
  return status === STATUS['no-go'] ? 'no-go' : undefined
}

function hookOf(
  target: ECSTarget | undefined
): NonNullable<ECSTarget['lifecycleEvents']>[number] | undefined {
  return target?.lifecycleEvents?.find((event) => event.lifecycleEventName === GATE_EVENT)
}
