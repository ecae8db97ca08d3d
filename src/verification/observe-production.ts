import type { Clock } from '../release/clock.ts'
import type { AvailabilityEvidence } from '../release/evidence.ts'
import { within } from '../release/within.ts'
import type { Availability } from './file/model.ts'
import { follower, type Seen } from './availability/follow.ts'
import { reachProduction } from './availability/production.ts'

export interface ProductionObserver {
  see(snapshot: Seen): void
  /** What was found. In a hurry, it waits for no answer any more. */
  end(inAHurry: boolean): Promise<AvailabilityEvidence>
}

export interface ObserveOptions {
  readonly availability: Availability
  /** Origin of production; undefined: it cannot be asked. */
  readonly target: string | undefined
  readonly deploymentId: string
  readonly clock: Clock
  readonly monotonic: () => number
  readonly random: () => number
  readonly onBreach: (reason: string) => void
}

/** How long after the shift production is still asked, where the job would end with it. */
export const AFTERWARDS_MS = 10_000
/** A cancelled job has seconds. */
const HURRY_MS = 1_000

/**
 * Asks production at a steady rate, and tells by the lifecycle in which phase
 * each request was. Never rejects: what cannot be asked is evidence too.
 */
export async function observeProduction(options: ObserveOptions): Promise<ProductionObserver> {
  const { availability, clock, deploymentId } = options
  const startedAt = clock.now()
  const unasked = (summary: string): AvailabilityEvidence =>
    nothingAsked(availability, summary, startedAt, clock.now())
  const begin = await reachProduction(options)
  if (typeof begin === 'string') {
    return { see: () => undefined, end: () => Promise.resolve(unasked(begin)) }
  }
  const prober = begin()
  const phases = follower(prober, deploymentId)
  return {
    see: (snapshot) => phases.see(snapshot),
    async end(inAHurry) {
      if (inAHurry) {
        return (await within(clock, HURRY_MS, prober.stop())) ?? unasked('interrupted')
      }
      const { shiftedAt } = phases
      const left = shiftedAt === undefined ? 0 : shiftedAt + AFTERWARDS_MS - clock.now()
      if (left > 0) await clock.sleep(Math.min(left, AFTERWARDS_MS))
      return prober.stop()
    }
  }
}

/** Evidence that there is none, and why. */
export function nothingAsked(
  { onBreach, rate }: Pick<Availability, 'onBreach' | 'rate'>,
  summary: string,
  startedAt: number,
  endedAt: number
): AvailabilityEvidence {
  return {
    section: 'availability',
    name: 'availability',
    required: onBreach === 'stop',
    verdict: 'unknown',
    summary,
    startedAt,
    endedAt,
    rate,
    total: 0,
    failed: 0,
    phases: [],
    failures: [],
    seconds: []
  }
}
