import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Clock } from '../clock.ts'
import type { Traffic } from '../dataplane/traffic.ts'
import type { ElbTarget } from './control.ts'
import type { HealthChecks } from './health-checks.ts'
import { describe } from './health-checks.ts'
import type { ElbState, StoredTarget, StoredTargetGroup } from './state.ts'

export interface TargetsOptions {
  readonly state: ElbState
  readonly clock: Clock
  readonly closing: AbortSignal
  readonly checks: HealthChecks
  readonly traffic: Traffic
}

/** Targets from registration to the end of draining. */
export class Targets {
  readonly #options: TargetsOptions
  #inUse = new Set<string>()

  constructor(options: TargetsOptions) {
    this.#options = options
  }

  register(group: StoredTargetGroup, target: ElbTarget): void {
    const key = targetKey(target)
    const known = group.targets.get(key)
    if (known && known.state !== 'draining') return
    const stored: StoredTarget = {
      ...target,
      state: 'unused',
      reason: undefined,
      description: undefined
    }
    group.targets.set(key, stored)
    this.#begin(group, stored)
    this.#options.traffic.figures.targets(group)
  }

  /** Resolves when the deregistration delay is over and the target forgotten. */
  async deregister(
    group: StoredTargetGroup,
    { id, port }: Omit<ElbTarget, 'endpoint'>
  ): Promise<void> {
    const { clock, closing, checks, traffic } = this.#options
    const key = targetKey({ id, port })
    const target = group.targets.get(key)
    if (!target || target.state === 'draining') return
    checks.stop(target)
    if (target.state !== 'unused') {
      describe(
        target,
        'draining',
        'Target.DeregistrationInProgress',
        'Target deregistration is in progress'
      )
      traffic.figures.targets(group)
      // AWS shows `draining` for the whole delay, also where no request is open.
      await clock.sleep(group.deregistrationDelaySeconds * 1000, closing)
      traffic.cut(target)
    }
    // Registered again meanwhile: then the key belongs to the new one.
    if (group.targets.get(key) === target) group.targets.delete(key)
    traffic.figures.targets(group)
  }

  health(group: StoredTargetGroup): TargetHealthDescription[] {
    return [...group.targets.values()].map((target) => ({
      Target: { Id: target.id, Port: target.port },
      HealthCheckPort: String(target.port),
      TargetHealth: {
        State: target.state,
        Reason: target.reason,
        Description: target.description
      }
    }))
  }

  /**
   * To be called after any change of listeners or rules: a group is checked
   * while any action names it, at whatever weight, and `unused` otherwise.
   */
  refreshUse(): void {
    const { listeners, rules, targetGroups, loadBalancers } = this.#options.state
    const before = this.#inUse
    this.#inUse = new Set()
    for (const group of targetGroups.values()) group.loadBalancerArns.clear()
    const use = (loadBalancerArn: string | undefined, groupArn: string): void => {
      this.#inUse.add(groupArn)
      const group = targetGroups.get(groupArn)
      if (group && loadBalancerArn && loadBalancers.has(loadBalancerArn))
        group.loadBalancerArns.add(loadBalancerArn)
    }
    for (const listener of listeners.values())
      for (const weight of listener.weights) use(listener.loadBalancerArn, weight.targetGroupArn)
    for (const rule of rules.values())
      for (const weight of rule.weights)
        use(listeners.get(rule.listenerArn)?.loadBalancerArn, weight.targetGroupArn)
    for (const group of targetGroups.values()) {
      if (before.has(group.arn) !== this.#inUse.has(group.arn)) {
        for (const target of group.targets.values())
          if (target.state !== 'draining') this.#begin(group, target)
      }
      this.#options.traffic.figures.targets(group)
    }
  }

  #begin(group: StoredTargetGroup, target: StoredTarget): void {
    if (this.#inUse.has(group.arn)) {
      this.#options.checks.start(group, target)
      return
    }
    this.#options.checks.stop(target)
    const description = 'Target group is not configured to receive traffic from the load balancer'
    describe(target, 'unused', 'Target.NotInUse', description)
  }
}

export function targetKey({ id, port }: Omit<ElbTarget, 'endpoint'>): string {
  return `${id}:${port}`
}
