import type { Gate } from '../../ledger/gate.ts'
import { expire, findGate, giveUp, openGates } from '../../ledger/gates.ts'
import { hasEnded } from '../../ledger/of-all-holds.ts'
import { readGateSays, sayWatched, type GateSays } from '../../ledger/watched.ts'
import type { TryKeys } from '../identity/keys.ts'
import { reconcile } from '../reconcile/reconcile.ts'
import { followAvailability } from '../reconcile/follow-availability.ts'
import { followTraffic } from '../reconcile/follow-traffic.ts'
import { remind } from '../reconcile/remind.ts'
import { IN_LEDGER, nobody } from '../decide/reasons.ts'
import { isSuperseded } from '../decide/superseded.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import { VERSION } from '../../release/version.ts'
import { speaking } from '../../words/say.ts'

/**
 * Handles EventBridge's schedule, state changes of deployments and new evidence
 * in the ledger in the same way: it ignores the event and sweeps every open
 * gate. A lost or doubled event therefore costs a minute at most.
 *
 * @throws Error if a gate could not be swept, so that EventBridge tries again
 * and the function's error alarm goes off.
 */
export async function handleSweep(platform: Platform, tryKeys: TryKeys): Promise<void> {
  const { gates, failed } = await sweep(platform, tryKeys)
  if (failed > 0) throw new Error(`${failed} of ${gates} gates could not be swept`)
}

/** What one sweep did. */
interface Swept {
  readonly gates: number
  /** Gates for which something due could not be done; the next sweep tries again. */
  readonly failed: number
}

/**
 * Goes over every gate that is not settled. It closes the gate if its time is
 * over or its deployment has ended, applies a decision that is recorded and not
 * applied yet, reminds the approvers and updates the card. It also notes in the
 * ledger what jobs may know of the policy. If one gate fails, the others are
 * swept all the same.
 * Errors: those of listing the open gates.
 */
async function sweep(platform: Platform, tryKeys: TryKeys): Promise<Swept> {
  const policy = await readPolicy(platform)
  await tellJobs(platform, policy, tryKeys)
  const gates = await openGates(platform.table)
  let failed = 0
  for (const listed of gates) {
    try {
      await sweepOne(platform, policy, listed, gates)
    } catch (error) {
      failed++
      platform.log('error', 'gate not swept', { gate: listed.facts.id, why: String(error) })
    }
  }
  return { gates: gates.length, failed }
}

/** Undefined if it cannot be read: gates still expire then, and recorded decisions are still applied. */
async function readPolicy({ policy, log }: Platform): Promise<Policy | undefined> {
  try {
    return await policy()
  } catch (error) {
    log('error', 'policy not readable', { why: String(error) })
    return undefined
  }
}

/** How long it is known whether the issuer's keys can be fetched. What failed is tried again sooner. */
const KEYS_KNOWN_MS = 3_600_000
const NO_KEYS_KNOWN_MS = 300_000
const LONGEST_WHY = 300

/** Notes what jobs may know of the policy, which a release's pre-flight shows. If that fails, the sweep goes on. */
async function tellJobs(
  { table, clock, log }: Platform,
  policy: Policy | undefined,
  tryKeys: TryKeys
): Promise<void> {
  try {
    await sayWatched(
      table,
      policy && { ...policy.watch, version: VERSION, ...(await rest(policy)) }
    )
  } catch (error) {
    log('warn', 'what jobs may know of the policy could not be noted', { why: String(error) })
  }

  async function rest({ language, github }: Policy): Promise<Rest> {
    const { issuer } = github
    const before = await readGateSays(table)
    const known = typeof before === 'object' && before.issuer === issuer ? before.keys : undefined
    const now = clock.now()
    const until = known && known.at + (known.why === undefined ? KEYS_KNOWN_MS : NO_KEYS_KNOWN_MS)
    if (known && until !== undefined && now < until) return { language, issuer, keys: known }
    const why = (await speaking(language, () => tryKeys(issuer)))
      ?.slice(0, LONGEST_WHY)
      .toWellFormed()
    return { language, issuer, keys: { at: now, ...(why !== undefined && { why }) } }
  }
}

type Rest = Pick<GateSays, 'language' | 'issuer' | 'keys'>

async function sweepOne(
  platform: Platform,
  policy: Policy | undefined,
  listed: Gate,
  all: readonly Gate[]
): Promise<void> {
  const { table, log } = platform
  // The index may lag behind the table.
  let gate = await findGate(table, listed.facts.id)
  if (!gate?.open) return
  gate = await followTraffic(platform, gate)
  gate = await tolerant(gate, (each) => followAvailability(platform, each))
  gate = await closeIfOver(platform, policy, gate, all)
  gate = await reconcile(platform, gate, policy)
  if (policy) await tolerant(gate, (each) => remind(platform, policy, each))

  /** If a step before fails, the gate still has to expire. */
  async function tolerant(before: Gate, next: (gate: Gate) => Promise<Gate>): Promise<Gate> {
    try {
      return await next(before)
    } catch (error) {
      log('warn', 'swept in part', { gate: before.facts.id, why: String(error) })
      return before
    }
  }
}

async function closeIfOver(
  { table, clock }: Platform,
  policy: Policy | undefined,
  gate: Gate,
  all: readonly Gate[]
): Promise<Gate> {
  if (gate.state !== 'PENDING') return gate
  const now = clock.now()
  const newer = all.find(({ facts }) => isSuperseded(gate.facts, facts))
  const withdraw = (reason: string): ReturnType<typeof giveUp> =>
    giveUp(table, gate, 'WITHDRAWN', nobody(now, reason, policy))
  const closed = newer
    ? await withdraw(IN_LEDGER.superseded(newer.facts.releaseId))
    : hasEnded(gate)
      ? await withdraw(IN_LEDGER['deployment-ended']())
      : now >= gate.facts.expiresAt
        ? await expire(table, gate, nobody(now, undefined, policy))
        : gate
  return closed ?? (await findGate(table, gate.facts.id)) ?? gate
}
