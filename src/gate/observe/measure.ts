import type { ObservePlane } from '../../controllers/gate-plane.ts'
import { describeError } from '../../aws/errors.ts'
import type { Begun, Segments, Segment } from '../../ledger/availability-segments.ts'
import { within } from '../../release/within.ts'
import { follower } from '../../verification/availability/follow.ts'
import { wasWellBefore } from '../../verification/availability/judge.ts'
import { readPartText } from '../../verification/availability/part-text.ts'
import type { Prober } from '../../verification/availability/prober.ts'
import { intendedAt } from '../../verification/availability/schedule.ts'
import { retry } from '../runtime/retry.ts'
import type { Observed } from './release.ts'
import { keptAs, timeOf, wholeOf, type Whole } from './result.ts'
import { stopWithReason } from './stop.ts'
import { successorOf } from './hand-over.ts'
import type { Taken } from './claim-segment.ts'
import { followDeployment } from './follow-deployment.ts'
import type { Invocation, ObservePlatform, Start } from './platform.ts'
import { say } from '../../words/say.ts'

export interface Measuring {
  readonly platform: ObservePlatform
  readonly plane: ObservePlane
  readonly observed: Observed
  readonly items: Segments
  readonly start: Start
  readonly invocation: Invocation
  readonly prober: Prober
  readonly taken: Taken
  /** The limit that is broken; undefined while none is. */
  readonly breach: () => string | undefined
}

export interface Found {
  /** Everything up to the end of this part. */
  readonly whole: Whole
  readonly isLast: boolean
}

/**
 * How many parts an observation may have, so that no chain of functions goes on for ever: some
 * 190 hours, longer than CodeDeploy lets a deployment go on before all traffic
 * has moved (an hour a hook, 120 hours for ContinueDeployment, two days for the
 * shift; aws-semantics 1.3 and 1.4).
 */
const MOST_PARTS = 800

const LOOK_MS = 3_000
/** How often it looks while another function is about to take over, or the deployment to be stopped. */
const LOOK_CLOSELY_MS = 500
/** How long the last look may take. What was measured must not be lost for what the look would show. */
const LAST_LOOK_MS = 5_000
/** How long it takes to look once more and to store what was measured, after the last answer. */
const STORE_MS = 20_000
/** How long the next function has to begin before that: a cold start, the time it says ahead, and another one. */
const BEGIN_MS = 50_000
/** If no function has begun by then, another is asked. */
const ASK_AGAIN_MS = 25_000

/** Goes on until the release is over or another function has taken over. Errors: those of the table. */
export async function measure(options: Measuring): Promise<Found> {
  const { platform, plane, observed, items, start, invocation, prober, taken, breach } = options
  const { clock } = platform
  const { part } = start
  const { deploymentId, availability } = observed
  const { startAt } = taken.schedule
  const phases = follower(prober, deploymentId)
  const followed = followDeployment(platform, plane, deploymentId, phases)
  const successor = successorOf(
    platform,
    items,
    { ...start, part: part + 1 },
    { by: invocation.id, startAt }
  )
  const lastMs = STORE_MS + availability.timeoutMs
  let stopping: Promise<void> | undefined
  let looking: Promise<unknown> | undefined
  let lookedAt = -Infinity
  let earlier: Segment | undefined
  let asked = 0
  for (;;) {
    stopWhereBroken()
    // The loop does not wait for it: a slow answer must not keep it from seeing who takes over.
    if (!looking && clock.now() - lookedAt >= LOOK_MS) {
      lookedAt = clock.now()
      looking = Promise.all([followed.look(), recall()]).finally(() => (looking = undefined))
    }
    if (followed.isOver || followed.isBlind) return finish(followed.isBlind, undefined)
    const left = invocation.remaining() - lastMs
    if (part + 1 < MOST_PARTS && left <= (asked === 0 ? BEGIN_MS : ASK_AGAIN_MS) && asked < 2) {
      asked++
      await successor.ask()
    }
    const begun = asked > 0 ? await successor.begun() : undefined
    if (begun) return finish(true, begun)
    if (left <= 0) return finish(true, await successor.close())
    await clock.sleep(LOOK_CLOSELY_MS)
  }

  function stopWhereBroken(): void {
    const reason = breach()
    if (reason === undefined || availability.onBreach !== 'stop' || !followed.isMoving) return
    stopping ??= stopWithReason(platform, plane, items, deploymentId, reason)
  }

  async function finish(early: boolean, begun: Begun | undefined): Promise<Found> {
    if (begun) {
      const leftAt = intendedAt(taken.schedule, begun.first)
      prober.leaveFrom(leftAt)
      const until = leftAt - clock.now()
      if (until > 0) await clock.sleep(until)
    }
    // The last look tells the phases that have begun before the last request.
    const look = Promise.resolve(looking).then(() => followed.look())
    await within(clock, LAST_LOOK_MS, look)
    const measured = await prober.part()
    // The last answers, which only this function has got, may have broken a limit.
    stopWhereBroken()
    const whole = wholeOf(await before(), part === 0, {
      part: measured,
      first: taken.first,
      next: begun?.first ?? firstAfter(measured.endedAt)
    })
    stopWhereBroken()
    if (begun) {
      const kept = keptAs(whole)
      await retry(platform, 'keeping what was measured', () => items.keep(part, kept))
    }
    await stopping
    if (begun) return { whole, isLast: false }
    const lost = early ? say`nobody observed it after ${timeOf(measured.endedAt)}` : ''
    return { whole: { ...whole, lost: whole.lost || lost }, isLast: true }
  }

  function firstAfter(at: number): number {
    const { rate } = taken.schedule
    return Math.max(taken.first, Math.floor(((at - startAt) * rate) / 1000) + 1)
  }

  /** What the part before has stored, which it does when its last answer has arrived. */
  async function before(): Promise<Segment | undefined> {
    if (part === 0) return undefined
    const until = clock.now() + Math.min(lastMs, Math.max(0, invocation.remaining() - STORE_MS))
    for (;;) {
      await recall()
      if (earlier || clock.now() >= until) return earlier
      await clock.sleep(LOOK_CLOSELY_MS)
    }
  }

  /** Reads it, and whether production was well before the shift: without that no limit is broken. Never throws. */
  async function recall(): Promise<void> {
    if (part === 0 || earlier) return
    try {
      earlier = await items.kept(part - 1)
    } catch (error) {
      platform.log('warn', 'ledger not read', {
        deployment: deploymentId,
        why: describeError(error)
      })
    }
    const measured = earlier && readPartText(earlier.part)
    if (measured && wasWellBefore(measured)) prober.wasWell()
  }
}
