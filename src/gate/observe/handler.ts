import { segmentsOf } from '../../ledger/availability-segments.ts'
import type { AvailabilityEvidence } from '../../release/evidence.ts'
import { reachProduction } from '../../verification/availability/production.ts'
import { nothingAsked } from '../../verification/observe-production.ts'
import { startIn } from './event.ts'
import { retry } from '../runtime/retry.ts'
import { measure } from './measure.ts'
import { observedRelease, type Observed } from './release.ts'
import { isWritten, resultOf, writeResult } from './result.ts'
import { claimSegment } from './claim-segment.ts'
import type { Invocation, ObservePlatform } from './platform.ts'

/**
 * Observes production through one deployment, or one part of it: Lambda ends a
 * function after fifteen minutes, so it starts the next one in time and hands
 * on the rest.
 * Errors: where what is to be observed could not be read, or what was observed
 * not be written; Lambda tries again, and the alarm rings.
 */
export async function handleObserve(
  world: ObservePlatform,
  event: unknown,
  invocation: Invocation
): Promise<void> {
  const start = startIn(event)
  const { log } = world
  const observed = await observedRelease(world, start.deploymentId)
  if (typeof observed === 'string') {
    log('info', 'not observed', { deployment: start.deploymentId, why: observed })
    return
  }
  await observePart(world, observed, start.part, invocation)
}

async function observePart(
  world: ObservePlatform,
  observed: Observed,
  part: number,
  invocation: Invocation
): Promise<void> {
  const { clock, log } = world
  const { deploymentId, service, availability } = observed
  const items = segmentsOf(world.table, service, deploymentId, () => clock.now())
  const target = observed.production ?? (await world.origin(deploymentId))
  const breaches: string[] = []
  const begin = await reachProduction({
    ...{ ...world, availability, target },
    onBreach: (reason) => void breaches.push(reason)
  })
  // Before it is taken: the part before goes on, and asks for another function.
  if (typeof begin === 'string' && part > 0) throw new Error(begin)
  const { rate } = availability
  const wanted = { part, rate, by: invocation.id, isWritten: () => isWritten(world, observed) }
  const taken = await claimSegment(world, items, wanted)
  if (!taken) {
    log('info', 'observed by another', { deployment: deploymentId, part })
    return
  }
  log('info', 'observing', { deployment: deploymentId, part, first: taken.first })
  const write = (evidence: AvailabilityEvidence): Promise<void> =>
    retry(world, 'writing the evidence', () => writeResult(world, observed, evidence))
  if (typeof begin === 'string') {
    const now = clock.now()
    await write(nothingAsked(availability, begin, now, now))
    return
  }
  const prober = begin(taken.at)
  try {
    const found = await measure({
      ...{ world, observed, items, part, invocation, prober, taken },
      breach: () => breaches[0]
    })
    if (found.isLast) await write(resultOf(observed, found.whole))
    log('info', 'observed', { deployment: deploymentId, part, last: found.isLast })
  } finally {
    // Where it fails, Lambda keeps the process: nobody would count what it goes on to send.
    await prober.stop()
  }
}
