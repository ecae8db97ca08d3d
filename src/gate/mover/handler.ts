import type { Driven, MoverPlane } from '../../controllers/gate-plane.ts'
import { describeError } from '../../aws/errors.ts'
import type { MoveId } from '../../ledger/keys.ts'
import { speaking } from '../../words/say.ts'
import type { Policy } from '../policy/policy.ts'
import type { MoverPlatform } from './platform.ts'
import { refusalOf } from './refusal.ts'

/** What Lambda says of an invocation. */
export interface Invocation {
  /** Unique for each: the owner of its leases. */
  readonly id: string
  readonly remainingMs: number
}

/** As long as a minute takes, less the start: the schedule then starts the next invocation. */
const STAYS_MS = 55_000
/** What one call of the function's may still take when Lambda ends it. */
const MARGIN_MS = 30_000
/** How often a move is looked at while its traffic is watched. */
const BETWEEN_LOOKS_MS = 5_000
/** How long the request function may take to open a gate before it is invoked again. */
const ASKED_AGAIN_MS = 30_000

/**
 * Moves the weights of listeners, from the plans of jobs. It is woken every minute, by a plan, and
 * by what people have said; the event is not read, because each time it looks at everything that
 * is open. While traffic is watched it stays, so that a broken condition is answered within
 * seconds and a short bake ends in time. If a move fails, the others are driven all the same.
 * Errors: if a move could not be driven, or a person not be asked; the next minute tries again,
 * and the alarm rings.
 */
export async function handleMover(platform: MoverPlatform, invocation: Invocation): Promise<void> {
  const { clock, planes } = platform
  const endsAt = clock.now() + Math.min(STAYS_MS, invocation.remainingMs - MARGIN_MS)
  const asked = new Map<string, number>()
  const opened = await Promise.all(
    Object.entries(planes).map(async ([kind, load]) => ({ kind, plane: await load() }))
  )
  const failed = new Set<string>()
  try {
    for (;;) {
      failed.clear()
      const policy = await readPolicy(platform)
      let next: number | undefined
      for (const { kind, plane } of opened) {
        const at = await speaking(policy?.language ?? 'en', () => look(kind, plane, policy))
        if (at !== undefined) next = Math.min(next ?? at, at)
      }
      const now = clock.now()
      if (next === undefined || now >= endsAt) break
      const sleep = Math.max(0, Math.min(next - now, BETWEEN_LOOKS_MS, endsAt - now))
      // A look that is due at once has changed something, so the loop ends.
      if (sleep > 0) await clock.sleep(sleep)
    }
  } finally {
    for (const { plane } of opened) await plane.leave(invocation.id)
  }
  if (failed.size > 0) throw new Error(`moves could not be driven: ${[...failed].join(', ')}`)

  /** Returns when a move has to be looked at again; undefined if no move goes on by itself. */
  async function look(
    kind: string,
    plane: MoverPlane,
    policy: Policy | undefined
  ): Promise<number | undefined> {
    // Without a policy nobody could be asked, and a plan may wait for it.
    if (policy) {
      await plane.takePlans((service, route) => refusalOf(policy, platform.routes, service, route))
    }
    let next: number | undefined
    let changed = false
    for (const move of await plane.open()) {
      const driven = await driveOne(kind, plane, move)
      changed ||= driven.changed
      const at =
        driven.kind === 'due'
          ? driven.at
          : driven.kind === 'busy'
            ? clock.now() + BETWEEN_LOOKS_MS
            : undefined
      if (at !== undefined) next = Math.min(next ?? at, at)
    }
    if (changed) await tell()
    return next
  }

  /** The sweep runs every minute anyway, so if this fails, the card is a minute late. */
  async function tell(): Promise<void> {
    try {
      await platform.tell()
    } catch (error) {
      platform.log('warn', 'the card is not told', { why: describeError(error) })
    }
  }

  async function driveOne(
    kind: string,
    plane: MoverPlane,
    move: MoveId
  ): Promise<Driven & { readonly changed: boolean }> {
    const { log } = platform
    try {
      const driven = await plane.drive(move, invocation.id)
      if (driven.kind === 'ended') log('info', 'move ended', { move: move.moveId, how: driven.how })
      if (driven.kind === 'waits' && driven.ask) {
        const { token } = driven.ask
        const before = asked.get(token)
        if (before === undefined || clock.now() - before > ASKED_AGAIN_MS) {
          asked.set(token, clock.now())
          await platform.ask({ plane: kind, ...driven.ask })
        }
      }
      return driven
    } catch (error) {
      failed.add(move.moveId)
      log('error', 'move not driven', { move: move.moveId, why: describeError(error) })
      return { kind: 'busy', changed: true }
    }
  }
}

/** Undefined if it cannot be read: moves that have begun go on, and none begins. */
async function readPolicy({ policy, log }: MoverPlatform): Promise<Policy | undefined> {
  try {
    return await policy()
  } catch (error) {
    log('error', 'policy not readable', { why: String(error) })
    return undefined
  }
}
