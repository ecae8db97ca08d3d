import { observations } from '../../ledger/observation.ts'
import { probeProduction } from '../../verification/availability/production.ts'
import { nothingAsked } from '../../verification/watch-production.ts'
import { startIn } from './event.ts'
import { measure } from './measure.ts'
import { observedRelease, type Observed } from './release.ts'
import { resultOf, writeResult } from './result.ts'
import { takePart } from './take-part.ts'
import type { Invocation, World } from './world.ts'

/**
 * Observes production through one deployment, or one part of it: Lambda ends a
 * function after fifteen minutes, so it starts the next one in time and hands
 * on the rest.
 * Errors: where what is to be observed could not be read, or what was observed
 * not be written; Lambda tries again, and the alarm rings.
 */
export async function handleObserve(
  world: World,
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
  world: World,
  observed: Observed,
  part: number,
  invocation: Invocation
): Promise<void> {
  const { clock, log } = world
  const { deploymentId, service, availability } = observed
  const items = observations(world.table, service, deploymentId, () => clock.now())
  const target = observed.production ?? (await world.origin(deploymentId))
  const taken = await takePart(world, items, part, availability.rate, invocation.id)
  if (!taken) {
    log('info', 'observed by another', { deployment: deploymentId, part })
    return
  }
  log('info', 'observing', { deployment: deploymentId, part, first: taken.first })
  const breaches: string[] = []
  const prober = await probeProduction({
    ...world,
    availability,
    target,
    startAt: taken.at,
    onBreach: (reason) => void breaches.push(reason)
  })
  if (typeof prober === 'string') {
    // What those before have measured is not to be lost: Lambda tries this part again.
    if (part > 0) throw new Error(prober)
    const now = clock.now()
    await writeResult(world, observed, nothingAsked(availability, prober, now, now))
    return
  }
  const found = await measure({
    ...{ world, observed, items, part, invocation, prober, taken },
    breach: () => breaches[0]
  })
  if (found.isLast) await writeResult(world, observed, resultOf(observed, found.whole))
  log('info', 'observed', { deployment: deploymentId, part, last: found.isLast })
}
