import type { Clock } from '../../release/clock.ts'
import type { Availability } from '../file/model.ts'
import { guardedLookup, refusedTarget } from '../http/addresses.ts'
import type { Asked } from './judge.ts'
import type { Prober } from './prober.ts'

export interface ProductionOptions {
  readonly availability: Availability
  /** Origin of production; undefined: it cannot be asked. */
  readonly target: string | undefined
  readonly clock: Clock
  readonly monotonic: () => number
  readonly random: () => number
  readonly onBreach: (reason: string) => void
  /** See PaceOptions. */
  readonly startAt?: number
}

/** Begins to ask production as the file says; a text instead says why it cannot be asked. */
export async function probeProduction(options: ProductionOptions): Promise<Prober | string> {
  const { availability, target, clock, monotonic, random, onBreach, startAt } = options
  if (target === undefined) {
    return 'where production answers could not be found out; set target.production'
  }
  const url = new URL(availability.path, target)
  const refused = await refusedTarget(url)
  if (refused !== undefined) return refused
  const { startProber } = await import('./prober.ts')
  const { timeoutMs, versionHeader } = availability
  return startProber({
    ...askedOf(availability),
    target: { url, headers: {}, lookup: guardedLookup },
    timeoutMs,
    versionHeader,
    clock,
    monotonic,
    random,
    judgeFrom: 'shift',
    onBreach,
    ...(startAt !== undefined && { startAt })
  })
}

/** What is asked, and by what it is judged. */
export function askedOf(availability: Availability): Asked {
  const { onBreach, rate, maxFailureRate, maxP99Ms } = availability
  return {
    name: 'availability',
    required: onBreach === 'stop',
    rate,
    limits: { maxFailureRate, ...(maxP99Ms !== undefined && { maxP99Ms }) }
  }
}
