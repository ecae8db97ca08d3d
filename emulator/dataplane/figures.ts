import type { StoredTargetGroup } from '../elbv2/state.ts'

/** Who is told what a load balancer publishes of its target groups. */
export interface Figures {
  /** The load balancer has chosen a target of the group for a request. */
  chosen(loadBalancerArn: string, group: StoredTargetGroup): void
  /** That target began to answer, this long after the request had left the load balancer. */
  responded(
    loadBalancerArn: string,
    group: StoredTargetGroup,
    status: number,
    seconds: number
  ): void
  /** The load balancer has answered by itself, because no target could. */
  failed(loadBalancerArn: string, status: number): void
  /** The group's targets, their health or who uses the group may have changed. */
  targets(group: StoredTargetGroup): void
}

/** Nobody. */
export const NO_FIGURES: Figures = {
  chosen: () => undefined,
  responded: () => undefined,
  failed: () => undefined,
  targets: () => undefined
}
