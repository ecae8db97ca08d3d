import {
  CodeDeployClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
  PutLifecycleEventHookExecutionStatusCommand,
  StopDeploymentCommand
} from '@aws-sdk/client-codedeploy'
import type {
  CreateDeploymentInput,
  DeploymentInfo,
  ECSTarget,
  StopDeploymentInput
} from '@aws-sdk/client-codedeploy'
import { ECSClient } from '@aws-sdk/client-ecs'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { ManualClock } from '../../emulator/clock.ts'
import type { StoredDeployment } from '../../emulator/codedeploy/state.ts'
import { InstantRuntime } from '../../emulator/dataplane/instant-runtime.ts'
import type { Behaviour } from '../../emulator/dataplane/instant-runtime.ts'
import type { TaskSpec } from '../../emulator/dataplane/runtime.ts'
import { startEmulator } from '../../emulator/emulator.ts'
import type { Emulator } from '../../emulator/emulator.ts'
import type { Switches } from '../../emulator/switches.ts'
import { demoWorld } from '../../emulator/worlds/demo.ts'
import type { DemoOptions, DemoWorld } from '../../emulator/worlds/demo.ts'
import type { GateRequest, Verdict } from '../../emulator/worlds/gate.ts'
import { registerVersion } from '../../emulator/worlds/gated-service.ts'
import { drive } from '../helpers/drive.ts'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

export interface LabOptions extends DemoOptions {
  readonly switches?: Partial<Switches>
  readonly behaviour?: (task: TaskSpec) => Behaviour
}

/** What one release asks for, where it differs from version 2 behind the gate. */
export interface ReleaseOptions {
  readonly version?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Function by event. */
  readonly hooks?: Readonly<Record<string, string>>
  readonly container?: string
  readonly containerPort?: number
  readonly taskDefinition?: string
  readonly input?: Partial<CreateDeploymentInput>
}

/** The demo's account in virtual time, and SDK clients that see it over HTTP. */
export class Lab {
  readonly emulator: Emulator
  readonly clock: ManualClock
  readonly demo: DemoWorld
  readonly codedeploy: CodeDeployClient
  readonly ecs: ECSClient
  readonly elb: ElasticLoadBalancingV2Client

  constructor(emulator: Emulator, clock: ManualClock, demo: DemoWorld) {
    this.emulator = emulator
    this.clock = clock
    this.demo = demo
    const settings = {
      endpoint: emulator.endpoint,
      region: emulator.world.region,
      credentials: emulator.userKeys,
      maxAttempts: 1
    }
    this.codedeploy = new CodeDeployClient(settings)
    this.ecs = new ECSClient(settings)
    this.elb = new ElasticLoadBalancingV2Client(settings)
  }

  /** What CreateDeployment would be sent for a release; a new revision is registered for it. */
  request(options: ReleaseOptions = {}): CreateDeploymentInput {
    const { demo, emulator } = this
    const { version = '2', hooks = { BeforeAllowTraffic: demo.gate.name } } = options
    const taskDefinition =
      options.taskDefinition ??
      registerVersion(
        emulator,
        { service: demo.service, container: demo.container, sidecars: [] },
        version,
        options.environment
      )
    return {
      applicationName: demo.application,
      deploymentGroupName: demo.deploymentGroup,
      ...options.input,
      revision: options.input?.revision ?? {
        revisionType: 'AppSpecContent',
        appSpecContent: {
          content: JSON.stringify({
            version: 0.0,
            Resources: [
              {
                TargetService: {
                  Type: 'AWS::ECS::Service',
                  Properties: {
                    TaskDefinition: taskDefinition,
                    LoadBalancerInfo: {
                      ContainerName: options.container ?? demo.container,
                      ContainerPort: options.containerPort ?? demo.containerPort
                    }
                  }
                }
              }
            ],
            Hooks: Object.entries(hooks).map(([event, name]) => ({ [event]: name }))
          })
        }
      }
    }
  }

  /** Creates a deployment and returns its id. */
  async release(options: ReleaseOptions = {}): Promise<string> {
    const created = await this.codedeploy.send(new CreateDeploymentCommand(this.request(options)))
    return created.deploymentId ?? ''
  }

  async deployment(deploymentId: string): Promise<DeploymentInfo> {
    const answer = await this.codedeploy.send(new GetDeploymentCommand({ deploymentId }))
    return answer.deploymentInfo ?? {}
  }

  async target(deploymentId: string): Promise<ECSTarget> {
    const targetId = `${this.demo.cluster}:${this.demo.service}`
    const command = new GetDeploymentTargetCommand({ deploymentId, targetId })
    return (await this.codedeploy.send(command)).deploymentTarget?.ecsTarget ?? {}
  }

  /** Status by lifecycle event. */
  async events(deploymentId: string): Promise<Record<string, string>> {
    const { lifecycleEvents = [] } = await this.target(deploymentId)
    return Object.fromEntries(
      lifecycleEvents.map(({ lifecycleEventName = '', status = '' }) => [
        lifecycleEventName,
        status
      ])
    )
  }

  /** Reports a verdict as a hook's function or a person's click does. */
  async put({ deploymentId, executionId }: GateRequest, status: Verdict): Promise<void> {
    await this.codedeploy.send(
      new PutLifecycleEventHookExecutionStatusCommand({
        deploymentId,
        lifecycleEventHookExecutionId: executionId,
        status
      })
    )
  }

  /** What the gate has been asked about this deployment. */
  asked(deploymentId: string): GateRequest {
    const found = this.demo.gate.requests().find((each) => each.deploymentId === deploymentId)
    if (!found) throw new Error(`the gate was not asked about ${deploymentId}`)
    return found
  }

  /** Waits for the gate to be asked, and answers. */
  async decide(deploymentId: string, verdict: Verdict): Promise<void> {
    await this.untilEvent(deploymentId, 'BeforeAllowTraffic')
    await this.put(this.asked(deploymentId), verdict)
    await this.clock.advance(SECOND)
  }

  async stop(deploymentId: string, input: Partial<StopDeploymentInput> = {}): Promise<void> {
    await this.codedeploy.send(new StopDeploymentCommand({ deploymentId, ...input }))
    await this.clock.advance(SECOND)
  }

  /** The deployment that rolls this one back. */
  async rollbackOf(deploymentId: string): Promise<string | undefined> {
    return (await this.deployment(deploymentId)).rollbackInfo?.rollbackDeploymentId
  }

  /** Moves time on until the deployment is so; fails when that takes a day. */
  async until(
    deploymentId: string,
    reached: (deployment: StoredDeployment) => boolean
  ): Promise<void> {
    const { clock } = this
    const deployment = this.emulator.world.codedeploy.deployments.get(deploymentId)
    if (!deployment) throw new Error(`no deployment ${deploymentId}`)
    const giveUpAt = clock.now() + 24 * HOUR
    while (!reached(deployment)) {
      if (clock.now() >= giveUpAt) throw new Error(`${deploymentId}: not within a day`)
      await clock.advance(SECOND)
    }
  }

  async untilEvent(deploymentId: string, name: string): Promise<void> {
    await this.until(deploymentId, ({ events }) =>
      events.some((each) => each.lifecycleEventName === name && each.status === 'InProgress')
    )
  }

  async untilStatus(deploymentId: string, ...statuses: readonly string[]): Promise<void> {
    await this.until(deploymentId, ({ info }) => statuses.includes(info.status ?? ''))
  }

  async untilEnd(deploymentId: string): Promise<void> {
    await this.untilStatus(deploymentId, 'Succeeded', 'Failed', 'Stopped')
  }

  async close(): Promise<void> {
    for (const client of [this.codedeploy, this.ecs, this.elb]) client.destroy()
    await this.emulator.close()
  }
}

/** Opens a lab whose service already runs version 1. */
export async function openLab({ switches, behaviour, ...demo }: LabOptions = {}): Promise<Lab> {
  const clock = new ManualClock()
  const emulator = await startEmulator({
    clock,
    // A laboratory asks more at once than a client would.
    switches: { codedeployThrottle: 'none', ...switches },
    runtime: (time) => new InstantRuntime(time, behaviour),
    proxies: false
  })
  try {
    return new Lab(emulator, clock, await drive(clock, demoWorld(emulator, demo)))
  } catch (error) {
    await emulator.close()
    throw error
  }
}

/** The name of the exception an SDK call ends in, or `answered`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'answered'
  } catch (error) {
    return error instanceof Error ? error.name : String(error)
  }
}
