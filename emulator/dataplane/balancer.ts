import type { TargetGroupWeight } from '../elbv2/control.ts'
import type { StoredTarget, StoredTargetGroup } from '../elbv2/state.ts'

/** Picks a group by weight. Weights are relative, not percentages; all zero picks none. */
export function pickGroup(
  weights: readonly TargetGroupWeight[],
  random: () => number
): string | undefined {
  const total = weights.reduce((sum, { weight }) => sum + weight, 0)
  let point = random() * total
  for (const { targetGroupArn, weight } of weights) {
    if (point < weight) return targetGroupArn
    point -= weight
  }
  return undefined
}

/** Round robin over the targets of a group that may get a new request. */
export class RoundRobin {
  readonly #turns = new WeakMap<StoredTargetGroup, number>()

  next(group: StoredTargetGroup): StoredTarget | undefined {
    const targets = eligible(group)
    const turn = this.#turns.get(group) ?? 0
    this.#turns.set(group, turn + 1)
    return targets[turn % targets.length]
  }
}

/** The healthy ones; without any, all that are not leaving: the load balancer fails open. */
function eligible(group: StoredTargetGroup): StoredTarget[] {
  const staying = [...group.targets.values()].filter((target) => target.state !== 'draining')
  const healthy = staying.filter((target) => target.state === 'healthy')
  return healthy.length > 0 ? healthy : staying
}
