import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2'

/** What CodeDeploy and ECS do to the load balancer. */
export interface ElbControl {
  /** Starts health-checking `host:port` for the group (if a listener uses the group; else it is `unused`). */
  register(targetGroupArn: string, target: ElbTarget): void
  /** Stops sending new requests, lets open ones finish for the deregistration delay, then forgets the target. */
  deregister(targetGroupArn: string, target: ElbTarget): Promise<void>
  health(targetGroupArn: string): TargetHealthDescription[]
  /** Sets what of the listener forwards to these groups to a weighted forward, as CodeDeploy writes it: its default action, else a rule, or all by switch. */
  setWeights(listenerArn: string, weights: readonly TargetGroupWeight[]): void
  /** Live weights of the listener's default action, or of the rule that forwards to one of the pair where the default action does not. */
  weights(listenerArn: string, pair?: readonly string[]): readonly TargetGroupWeight[]
  /** ARN of the group with this name, or undefined. */
  targetGroupArn(name: string): string | undefined
}

export interface ElbTarget {
  /** The task's address as AWS would show it. */
  readonly id: string
  readonly port: number
  /** Where its process really listens, always on loopback. */
  readonly endpoint: { readonly host: string; readonly port: number }
}

export interface TargetGroupWeight {
  readonly targetGroupArn: string
  readonly weight: number
}
