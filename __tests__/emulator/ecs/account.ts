import { ManualClock } from '../../../emulator/clock.ts'
import type { Clock } from '../../../emulator/clock.ts'
import { InstantRuntime } from '../../../emulator/dataplane/instant-runtime.ts'
import type { Behaviour } from '../../../emulator/dataplane/instant-runtime.ts'
import type { TaskRuntime, TaskSpec } from '../../../emulator/dataplane/runtime.ts'
import { createEcs } from '../../../emulator/ecs/ecs.ts'
import type { Ecs } from '../../../emulator/ecs/ecs.ts'
import type { StoredService, StoredTaskSet } from '../../../emulator/ecs/state.ts'
import { createElb } from '../../../emulator/elbv2/elb.ts'
import type { Elb } from '../../../emulator/elbv2/elb.ts'

export const caller = { accessKeyId: 'AKIATEST', arn: 'arn:aws:iam::123456789012:user/test' }
const place = { partition: 'aws', account: '123456789012', region: 'eu-west-1' }

export interface Account<C extends Clock = ManualClock> {
  readonly clock: C
  readonly elb: Elb
  readonly ecs: Ecs
  close(): Promise<void>
}

/** ECS and load balancers over any runtime and clock. */
export function account<C extends Clock>(
  clock: C,
  runtime: TaskRuntime,
  proxies: boolean
): Account<C> {
  const closing = new AbortController()
  const elb = createElb({
    ...place,
    clock,
    closing: closing.signal,
    switches: { listenerRules: 'default-action-only' },
    probe: runtime.probe,
    proxies,
    idleTimeoutMs: 500
  })
  const switches = { stoppedTask: 'signalled-at-once' } as const
  const ecs = createEcs({
    ...place,
    switches,
    clock,
    closing: closing.signal,
    elb,
    runtime,
    logs: { write: () => undefined }
  })
  const close = async (): Promise<void> => {
    closing.abort()
    await Promise.all([ecs.close(), elb.close()])
  }
  return { clock, elb, ecs, close }
}

export function virtualAccount(behaviour?: (task: TaskSpec) => Behaviour): Account {
  const clock = new ManualClock()
  return account(clock, new InstantRuntime(clock, behaviour), false)
}

export interface Stage {
  readonly service: StoredService
  readonly listenerArn: string
  readonly blueGroup: string
  readonly greenGroup: string
}

/** One CODE_DEPLOY service behind one listener, with a second target group that nobody uses yet. */
export async function stage(
  { ecs, elb }: Account<Clock>,
  options: { desiredCount?: number; image?: string; grace?: number; interval?: number } = {}
): Promise<Stage> {
  const balancer = elb.operations.CreateLoadBalancer({ Name: 'shop' }).LoadBalancers?.[0]
  const group = (Name: string): string => {
    const made = elb.operations.CreateTargetGroup({
      Name,
      Port: 8080,
      TargetType: 'ip',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: options.interval ?? 10,
      UnhealthyThresholdCount: 2,
      HealthyThresholdCount: 2
    })
    const arn = made.TargetGroups?.[0]?.TargetGroupArn ?? ''
    elb.operations.ModifyTargetGroupAttributes({
      TargetGroupArn: arn,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }]
    })
    return arn
  }
  const blueGroup = group('orders-blue')
  const greenGroup = group('orders-green')
  const listener = await elb.operations.CreateListener({
    LoadBalancerArn: balancer?.LoadBalancerArn,
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: blueGroup }]
  })
  register(ecs, options.image ?? 'orders:1')
  ecs.operations.CreateService(
    {
      serviceName: 'orders',
      taskDefinition: 'orders',
      desiredCount: options.desiredCount ?? 2,
      deploymentController: { type: 'CODE_DEPLOY' },
      healthCheckGracePeriodSeconds: options.grace,
      loadBalancers: [{ targetGroupArn: blueGroup, containerName: 'orders', containerPort: 8080 }]
    },
    undefined,
    caller
  )
  const service = ecs.control.findService('default', 'orders')
  if (!service) throw new Error('the service was not created')
  const listenerArn = listener.Listeners?.[0]?.ListenerArn ?? ''
  return { service, listenerArn, blueGroup, greenGroup }
}

/** Registers a revision of `orders` and returns its ARN. */
export function register(
  ecs: Ecs,
  image: string,
  environment: Record<string, string> = {}
): string {
  const made = ecs.operations.RegisterTaskDefinition(
    {
      family: 'orders',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        {
          name: 'orders',
          image,
          portMappings: [{ containerPort: 8080 }],
          environment: Object.entries(environment).map(([name, value]) => ({ name, value }))
        },
        { name: 'sidecar', image: 'proxy:1' }
      ]
    },
    undefined,
    caller
  )
  return made.taskDefinition?.taskDefinitionArn ?? ''
}

/** Starts green as CodeDeploy does. */
export function startGreen(
  { ecs }: Account<Clock>,
  { service, greenGroup }: Stage,
  taskDefinitionArn: string
): StoredTaskSet {
  return ecs.control.createTaskSet(service, {
    taskDefinitionArn,
    externalId: 'd-TEST12345',
    targetGroupArn: greenGroup,
    containerName: 'orders',
    containerPort: 8080
  })
}

export function messages({ events }: StoredService): string[] {
  return events.map(({ message = '' }) => message)
}
