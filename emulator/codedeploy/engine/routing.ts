import type { TargetGroupWeight } from '../../elbv2/control.ts'
import type { World } from '../../world.ts'
import type { StoredDeployment } from '../state.ts'
import { routeTraffic } from '../traffic.ts'
import { LISTENER_CHANGE } from '../timings.ts'
import { uncertainFailure } from './halt.ts'
import type { Run } from './run.ts'
import { sleep, touch } from './run.ts'

/** AllowTestTraffic: the test listener to green. */
export async function allowTestTraffic(run: Run): Promise<void> {
  const { world, deployment } = run
  const { testListener, targetGroupArns } = deployment.plan
  if (testListener === undefined) return
  const groups = groupsOf(deployment)
  const behind = world.elbControl.weights(testListener, targetGroupArns)
  if (!groups || !behind.some(({ targetGroupArn }) => targetGroupArns.includes(targetGroupArn))) {
    const message =
      'The ELB could not be updated due to the following error: Primary taskset target group must be behind listener'
    throw uncertainFailure(world, 'ELASTIC_LOAD_BALANCING_INVALID', message)
  }
  deployment.formerTestGroup = liveGroup(behind)
  routeTraffic(world, testListener, groups.blue, groups.green, 100)
  touch(run)
  await sleep(run, LISTENER_CHANGE)
}

/** AllowTraffic: production traffic to green, step by step. */
export async function allowTraffic(run: Run): Promise<void> {
  for (const { percent, holdMs } of run.deployment.plan.shift) {
    shiftProduction(run.world, run.deployment, percent)
    touch(run)
    await sleep(run, Math.max(holdMs, LISTENER_CHANGE))
  }
}

/** Sets the share of production traffic on green, on the listener and on the task sets. */
export function shiftProduction(world: World, deployment: StoredDeployment, percent: number): void {
  const groups = groupsOf(deployment)
  if (!groups) return
  routeTraffic(world, deployment.plan.productionListener, groups.blue, groups.green, percent)
  deployment.greenWeight = percent
}

/** Gives a listener back the target group it pointed to when the release began. */
export function restoreListener(
  world: World,
  listenerArn: string,
  live: string,
  targetGroupArns: readonly string[]
): void {
  const [only, ...others] = world.elbControl.weights(listenerArn, targetGroupArns)
  // Untouched until now: writing it would attach the second group for nothing.
  if (others.length === 0 && only?.targetGroupArn === live) return
  const idle = targetGroupArns.find((arn) => arn !== live)
  if (idle !== undefined) routeTraffic(world, listenerArn, live, idle, 0)
}

/** The target group that gets most of a listener's traffic. */
function liveGroup(weights: readonly TargetGroupWeight[]): string | undefined {
  return weights.toSorted((a, b) => b.weight - a.weight)[0]?.targetGroupArn
}

function groupsOf({ blue, green }: StoredDeployment): { blue: string; green: string } | undefined {
  return blue && green && { blue: blue.targetGroupArn, green: green.targetGroupArn }
}
