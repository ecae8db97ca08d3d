import { segmentsOf } from '../../ledger/availability-segments.ts'
import type { AvailabilityEvidence } from '../../release/evidence.ts'
import { reachProduction, type Begin } from '../../verification/availability/production.ts'
import { nothingAsked } from '../../verification/observe-production.ts'
import type { ObservePlane } from '../../controllers/gate-plane.ts'
import { planeOf } from '../find-plane.ts'
import { startIn } from './event.ts'
import { inPolicyLanguage } from '../runtime/policy-language.ts'
import { refusalOf } from '../runtime/origins.ts'
import { retry } from '../runtime/retry.ts'
import { measure } from './measure.ts'
import { observedRelease, type Observed } from './release.ts'
import { isWritten, resultOf, writeResult } from './result.ts'
import { claimSegment } from './claim-segment.ts'
import type { Invocation, ObservePlatform, Start } from './platform.ts'

/**
 * Observes production through one deployment, or one part of it: Lambda ends a
 * function after fifteen minutes, so the function starts the next one in time and
 * hands on the rest.
 * Errors: if what is to be observed could not be read, or what was observed not be
 * written; Lambda tries again, and the alarm rings.
 */
export async function handleObserve(
  platform: ObservePlatform,
  event: unknown,
  invocation: Invocation
): Promise<void> {
  const { planes, log } = platform
  const start = await startIn(planes, event)
  const plane = await planeOf(planes, start.plane)
  const observed = await observedRelease(platform, plane, start.deploymentId)
  if (typeof observed === 'string') {
    log('info', 'not observed', { deployment: start.deploymentId, why: observed })
    return
  }
  await inPolicyLanguage(platform.table, () =>
    observePart(platform, plane, observed, start, invocation)
  )
}

/**
 * Prepares to ask production at the origin that the file names, if the stack allows it, or
 * at the deployment's own. If production cannot be asked, it returns a text that says why.
 */
async function reach(
  platform: ObservePlatform,
  plane: ObservePlane,
  { deploymentId, availability, production }: Observed,
  onBreach: (reason: string) => void
): Promise<Begin | string> {
  const isAllowed = production !== undefined && platform.origins.includes(production)
  const own = isAllowed ? undefined : await plane.origin(deploymentId)
  const target = production ?? own
  const refused = target === undefined ? undefined : refusalOf(target, platform.origins, [own])
  return refused ?? reachProduction({ ...platform, availability, target, onBreach })
}

async function observePart(
  platform: ObservePlatform,
  plane: ObservePlane,
  observed: Observed,
  start: Start,
  invocation: Invocation
): Promise<void> {
  const { clock, log } = platform
  const { part } = start
  const { deploymentId, service, availability } = observed
  const items = segmentsOf(platform.table, service, deploymentId, () => clock.now())
  const breaches: string[] = []
  const begin = await reach(platform, plane, observed, (reason) => void breaches.push(reason))
  // The part is not taken yet: the function before goes on, and asks for another one.
  if (typeof begin === 'string' && part > 0) throw new Error(begin)
  const { rate } = availability
  const wanted = { part, rate, by: invocation.id, isWritten: () => isWritten(platform, observed) }
  const taken = await claimSegment(platform, items, wanted)
  if (!taken) {
    log('info', 'observed by another', { deployment: deploymentId, part })
    return
  }
  log('info', 'observing', { deployment: deploymentId, part, first: taken.first })
  const write = (evidence: AvailabilityEvidence): Promise<void> =>
    retry(platform, 'writing the evidence', () => writeResult(platform, observed, evidence))
  if (typeof begin === 'string') {
    const now = clock.now()
    await write(nothingAsked(availability, begin, now, now))
    return
  }
  const prober = begin(taken.at)
  try {
    const found = await measure({
      ...{ platform, plane, observed, items, start, invocation, prober, taken },
      breach: () => breaches[0]
    })
    if (found.isLast) await write(resultOf(observed, found.whole))
    log('info', 'observed', { deployment: deploymentId, part, last: found.isLast })
  } finally {
    // If this fails, Lambda keeps the process, and nobody would count the requests that it goes on to send.
    await prober.stop()
  }
}
