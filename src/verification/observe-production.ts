import type { Clock } from '../release/clock.ts'
import type { AvailabilityEvidence } from '../release/evidence.ts'
import { within } from '../release/within.ts'
import type { Availability } from './file/model.ts'
import { follower, type Seen } from './availability/follow.ts'
import { reachProduction } from './availability/production.ts'
import { NOT_ASKED } from './words/requests.ts'

export interface ProductionObserver {
  see(snapshot: Seen): void
  /**
   * Ends the observation and resolves with the evidence. If `inAHurry` is true, it hardly
   * waits for answers.
   */
  end(inAHurry: boolean): Promise<AvailabilityEvidence>
}

export interface ObserveOptions {
  readonly availability: Availability
  /** Origin of production; undefined if it cannot be asked. */
  readonly target: string | undefined
  readonly deploymentId: string
  readonly clock: Clock
  readonly monotonic: () => number
  readonly random: () => number
  readonly onBreach: (reason: string) => void
}

/** How long production is still asked after the shift, even if the job would end earlier. */
export const AFTERWARDS_MS = 10_000
/** If the job is cancelled, it has only seconds left. */
const HURRY_MS = 1_000

/**
 * Asks production at a steady rate, and assigns each request to a phase of the lifecycle.
 * Never rejects: if production cannot be asked, the evidence says so.
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
        return (await within(clock, HURRY_MS, prober.stop())) ?? unasked(NOT_ASKED.interrupted())
      }
      const { shiftedAt } = phases
      const left = shiftedAt === undefined ? 0 : shiftedAt + AFTERWARDS_MS - clock.now()
      if (left > 0) await clock.sleep(Math.min(left, AFTERWARDS_MS))
      return prober.stop()
    }
  }
}

/** Evidence that says why production was not asked. */
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
