import { describeError } from '../../aws/errors.ts'
import type { Begun, Observations, Observed as Kept } from '../../ledger/observation.ts'
import { follower } from '../../verification/availability/follow.ts'
import type { Prober } from '../../verification/availability/prober.ts'
import { intendedAt } from '../../verification/availability/schedule.ts'
import type { Observed } from './release.ts'
import { keptAs, timeOf, wholeOf, type Whole } from './result.ts'
import { stopDeployment } from './stop.ts'
import type { Taken } from './take-part.ts'
import { watchDeployment } from './watch.ts'
import type { Invocation, World } from './world.ts'

export interface Measuring {
  readonly world: World
  readonly observed: Observed
  readonly items: Observations
  readonly part: number
  readonly invocation: Invocation
  readonly prober: Prober
  readonly taken: Taken
  /** The limit that is broken, once one is. */
  readonly breach: () => string | undefined
}

export interface Found {
  /** Everything up to the end of this part. */
  readonly whole: Whole
  readonly isLast: boolean
}

/**
 * Parts of an observation, so that no chain of functions goes on for ever: some
 * 190 hours, longer than CodeDeploy lets a deployment go on before all traffic
 * has moved (an hour a hook, 120 hours for ContinueDeployment, two days for the
 * shift; aws-semantics 1.3 and 1.4).
 */
const MOST_PARTS = 800

const LOOK_MS = 3_000
/** While another function is about to take over, or the deployment to be stopped. */
const LOOK_CLOSELY_MS = 500
/** What it takes to look once more and to store what was measured, after the last answer. */
const STORE_MS = 10_000
/** Before that the next function has this long to begin: a cold start, and another one. */
const BEGIN_MS = 40_000
/** When nobody has begun by then, another is asked. */
const ASK_AGAIN_MS = 20_000

/** Goes on until the release is over or another function has taken over. Errors: those of the table. */
export async function measure(options: Measuring): Promise<Found> {
  const { world, observed, items, part, invocation, prober, taken, breach } = options
  const { clock } = world
  const { deploymentId, availability } = observed
  const phases = follower(prober, deploymentId)
  const watch = watchDeployment(world, deploymentId, phases)
  const lastMs = STORE_MS + availability.timeoutMs
  let stopping: Promise<void> | undefined
  let asked = 0
  let lookedAt = -Infinity
  for (;;) {
    const reason = breach()
    if (reason !== undefined && availability.onBreach === 'stop' && watch.isMoving) {
      stopping ??= stopDeployment(world, items, deploymentId, reason)
    }
    if (clock.now() - lookedAt >= LOOK_MS) {
      lookedAt = clock.now()
      await watch.look()
    }
    if (watch.isOver || watch.isBlind) return finish(watch.isBlind, undefined)
    const left = invocation.remaining() - lastMs
    if (part + 1 < MOST_PARTS && left <= (asked === 0 ? BEGIN_MS : ASK_AGAIN_MS) && asked < 2) {
      asked++
      await handOn()
    }
    const successor = asked > 0 ? await begun() : undefined
    if (successor) return finish(true, successor)
    if (left <= 0) return finish(true, await closed())
    await clock.sleep(LOOK_CLOSELY_MS)
  }

  async function handOn(): Promise<void> {
    try {
      await world.handOn({ deploymentId, part: part + 1 })
    } catch (error) {
      world.log('error', 'not handed on', { deployment: deploymentId, why: describeError(error) })
    }
  }

  async function begun(): Promise<Begun | undefined> {
    try {
      return await items.begun(part + 1)
    } catch (error) {
      world.log('warn', 'ledger not read', { deployment: deploymentId, why: describeError(error) })
      return undefined
    }
  }

  /** From now on nobody takes over; undefined, unless somebody just has. */
  async function closed(): Promise<Begun | undefined> {
    const none = { by: invocation.id, first: -1, startAt: taken.schedule.startAt }
    return (await items.begin(part + 1, none)) ? undefined : items.begun(part + 1)
  }

  async function finish(early: boolean, successor: Begun | undefined): Promise<Found> {
    if (successor) {
      const leftAt = intendedAt(taken.schedule, successor.first)
      prober.leaveFrom(leftAt)
      const until = leftAt - clock.now()
      if (until > 0) await clock.sleep(until)
    }
    await stopping
    // Phases that have begun before the last request.
    await watch.look()
    const measured = await prober.part()
    const whole = wholeOf(await before(), part === 0, {
      part: measured,
      first: taken.first,
      next: successor?.first ?? firstAfter(measured.endedAt)
    })
    if (successor) {
      await items.keep(part, keptAs(whole))
      return { whole, isLast: false }
    }
    const lost = early ? `nobody observed it after ${timeOf(measured.endedAt)}` : ''
    return { whole: { ...whole, lost: whole.lost || lost }, isLast: true }
  }

  function firstAfter(at: number): number {
    const { startAt, rate } = taken.schedule
    return Math.max(taken.first, Math.floor(((at - startAt) * rate) / 1000) + 1)
  }

  /** What the part before has stored, which it does once its last answer is there. */
  async function before(): Promise<Kept | undefined> {
    if (part === 0) return undefined
    const until = clock.now() + Math.min(lastMs, Math.max(0, invocation.remaining() - STORE_MS))
    for (;;) {
      const kept = await items.kept(part - 1)
      if (kept || clock.now() >= until) return kept
      await clock.sleep(LOOK_CLOSELY_MS)
    }
  }
}
