import type { Clock } from '../../release/clock.ts'
import type { Availability } from '../file/model.ts'
import { guardedLookup, refusedTarget } from '../http/addresses.ts'
import type { Asked } from './judge.ts'
import type { Prober } from './prober.ts'
import { NOT_ASKED } from '../words/requests.ts'

export interface ProductionOptions {
  readonly availability: Availability
  /** Origin of production; undefined if it cannot be asked. */
  readonly target: string | undefined
  readonly clock: Clock
  readonly monotonic: () => number
  readonly random: () => number
  readonly onBreach: (reason: string) => void
}

/** Begins to ask production; `startAt` as in PaceOptions. */
export type Begin = (startAt?: number) => Prober

/**
 * Prepares to ask production as the file says. If production cannot be asked, it returns a
 * text that says why.
 */
export async function reachProduction(options: ProductionOptions): Promise<Begin | string> {
  const { availability, target, clock, monotonic, random, onBreach } = options
  if (target === undefined) {
    return NOT_ASKED.productionUnknown()
  }
  const url = new URL(availability.path, target)
  const refused = await refusedTarget(url)
  if (refused !== undefined) return refused
  const { startProber } = await import('./prober.ts')
  const { timeoutMs, versionHeader } = availability
  return (startAt) =>
    startProber({
      ...askedOf(availability),
      target: { url, headers: {}, lookup: guardedLookup },
      timeoutMs,
      versionHeader,
      clock,
      monotonic,
      random,
      onBreach,
      ...(startAt !== undefined && { startAt })
    })
}

/** What is asked, and the limits by which it is judged. */
export function askedOf(availability: Availability): Asked {
  const { onBreach, rate, maxFailureRate, maxP99Ms } = availability
  return {
    name: 'availability',
    required: onBreach === 'stop',
    rate,
    limits: { maxFailureRate, ...(maxP99Ms !== undefined && { maxP99Ms }) },
    judgeFrom: 'shift'
  }
}
