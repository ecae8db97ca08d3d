import type { TrafficRoutingConfig } from '@aws-sdk/client-codedeploy'
import { MINUTE } from './timings.ts'

/** Percent of production traffic on green, and how long it stays there before the next step. */
export interface ShiftStep {
  readonly percent: number
  readonly holdMs: number
}

export const ALL_AT_ONCE: readonly ShiftStep[] = [{ percent: 100, holdMs: 0 }]

/**
 * The steps of a traffic routing. The first is taken when AllowTraffic starts
 * (observed), so linear 10 % has nine intervals between its first step and 100 %.
 */
export function shiftSteps(routing: TrafficRoutingConfig | undefined): readonly ShiftStep[] {
  const canary = routing?.timeBasedCanary
  if (routing?.type === 'TimeBasedCanary' && canary) {
    const { canaryPercentage = 100, canaryInterval = 0 } = canary
    return [{ percent: canaryPercentage, holdMs: canaryInterval * MINUTE }, ...ALL_AT_ONCE]
  }
  const linear = routing?.timeBasedLinear
  if (routing?.type === 'TimeBasedLinear' && linear) {
    const { linearPercentage = 100, linearInterval = 0 } = linear
    const steps: ShiftStep[] = []
    for (let percent = linearPercentage; percent < 100; percent += linearPercentage)
      steps.push({ percent, holdMs: linearInterval * MINUTE })
    return [...steps, ...ALL_AT_ONCE]
  }
  return ALL_AT_ONCE
}
