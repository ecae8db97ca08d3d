import type { Alarms } from './cloudwatch/alarms.ts'
import type { Metrics } from './cloudwatch/metrics.ts'
import type { Clock } from './clock.ts'
import type { CodeDeployState } from './codedeploy/state.ts'
import type { Streams } from './dynamodb/streams.ts'
import type { Instances } from './ec2/instances.ts'
import type { EcsState } from './ecs/state.ts'
import type { EcsControl } from './ecs/control.ts'
import type { ElbState } from './elbv2/state.ts'
import type { ElbControl } from './elbv2/control.ts'
import type { Events } from './events/bus.ts'
import type { Roles } from './iam/roles.ts'
import type { Keys } from './kms/keys.ts'
import type { Lambda } from './lambda/functions.ts'
import type { LogGroups } from './logs/groups.ts'
import type { Emulated } from './operation.ts'
import type { Secrets } from './secretsmanager/secrets.ts'
import type { Parameters } from './ssm/parameters.ts'
import type { Switches } from './switches.ts'

/** Everything that exists in one emulated account and region. */
export interface World {
  readonly partition: string
  readonly account: string
  readonly region: string
  readonly clock: Clock
  readonly switches: Switches
  readonly ecs: EcsState
  readonly ecsControl: EcsControl
  /** What load balancers reach besides tasks. */
  readonly instances: Instances
  readonly elb: ElbState
  readonly elbControl: ElbControl
  readonly codedeploy: CodeDeployState
  readonly lambda: Lambda
  readonly streams: Streams
  readonly events: Events
  readonly alarms: Alarms
  readonly metrics: Metrics
  readonly keys: Keys
  readonly parameters: Parameters
  readonly secrets: Secrets
  /** What stacks of CloudFormation export, by name. */
  readonly exports: Map<string, string>
  readonly logGroups: LogGroups
  readonly roles: Roles
  /** Aborted when the emulator closes; every background sleep listens to it. */
  readonly closing: AbortSignal
}

/** Who calls, as the access key says. */
export interface Caller {
  readonly accessKeyId: string
  /** `arn:aws:sts::<account>:assumed-role/...` or `arn:aws:iam::<account>:user/...` */
  readonly arn: string
}

/**
 * One API operation: a validated request in the SDK's own shape to the SDK's
 * own response shape (Dates are Dates; the protocol layer writes them).
 * Throws AwsError to refuse, and CommonRefusal for a member that it does not use.
 */
export type Operation = Emulated<(input: never, world: World, caller: Caller) => unknown>

/** The operations of one service, by operation name. */
export type Operations = Readonly<Record<string, Operation>>
