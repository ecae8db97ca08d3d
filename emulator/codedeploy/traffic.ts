import type { World } from '../world.ts'

/** Writes a listener as CodeDeploy does: both target groups, weights that add up to 100. */
export function routeTraffic(
  world: World,
  listenerArn: string,
  blueGroupArn: string,
  greenGroupArn: string,
  percentGreen: number
): void {
  world.elbControl.setWeights(listenerArn, [
    { targetGroupArn: blueGroupArn, weight: 100 - percentGreen },
    { targetGroupArn: greenGroupArn, weight: percentGreen }
  ])
}
