import type {
  Action,
  TargetGroupStickinessConfig,
  TargetHealthReasonEnum
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Condition } from './conditions.ts'
import type { ElbTarget, TargetGroupWeight } from './control.ts'
import type { OwnAnswer } from './own-answers.ts'

/** Load balancers, listeners and target groups of one emulated account. */
export interface ElbState {
  /** By ARN. */
  readonly loadBalancers: Map<string, StoredLoadBalancer>
  readonly listeners: Map<string, StoredListener>
  readonly rules: Map<string, StoredRule>
  readonly targetGroups: Map<string, StoredTargetGroup>
}

export interface StoredLoadBalancer {
  readonly arn: string
  readonly name: string
  readonly dnsName: string
  readonly scheme: 'internet-facing' | 'internal'
  readonly type: 'application' | 'network'
  readonly subnets: string[]
  readonly securityGroups: string[]
  /** Emulated time, milliseconds since the epoch. */
  readonly createdAt: number
}

export interface StoredListener {
  readonly arn: string
  readonly loadBalancerArn: string
  readonly port: number
  readonly protocol: 'HTTP' | 'HTTPS'
  /** Where the real proxy listens on loopback. 0 until it has been bound, and for ever if it speaks HTTPS. */
  boundPort: number
  /** One group: written with a top-level TargetGroupArn; several: ForwardConfig only. */
  weights: TargetGroupWeight[]
  /** If it is enabled, the proxies keep a client with its group by a cookie. */
  stickiness: TargetGroupStickinessConfig
  /** Given: it answers by itself, and forwards to no group. */
  answer?: OwnAnswer | undefined
  /** What is asked of a client before its request is routed. */
  before: readonly Action[]
}

export interface StoredRule {
  readonly arn: string
  readonly listenerArn: string
  readonly priority: string
  /** All of them have to hold. */
  conditions: readonly Condition[]
  weights: TargetGroupWeight[]
  stickiness: TargetGroupStickinessConfig
  answer?: OwnAnswer | undefined
  /** What is asked of a client before its request is routed. */
  before: readonly Action[]
}

export interface StoredTargetGroup {
  readonly arn: string
  readonly name: string
  readonly port: number
  readonly targetType: 'instance' | 'ip'
  readonly vpcId: string | undefined
  readonly loadBalancerArns: Set<string>
  readonly healthCheck: {
    readonly path: string
    readonly intervalSeconds: number
    readonly timeoutSeconds: number
    readonly healthyThreshold: number
    readonly unhealthyThreshold: number
    readonly matcher: string
  }
  deregistrationDelaySeconds: number
  /** By `id:port`. */
  readonly targets: Map<string, StoredTarget>
}

export interface StoredTarget extends ElbTarget {
  state: 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining'
  reason: TargetHealthReasonEnum | undefined
  description: string | undefined
}
