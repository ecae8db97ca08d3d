import { record } from '../../ledger/chain.ts'
import type { Gate } from '../../ledger/gate.ts'
import { settle } from '../../ledger/gate-results.ts'
import { gatesOf } from '../../ledger/gates.ts'
import { effectOf } from '../../ledger/of-all-holds.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import { showCard } from './card.ts'
import { postDigest } from './digest.ts'
import { carryRollback } from './carry-rollback.ts'
import { answerHolds } from './answer-holds.ts'
import { gatherEvidence } from './evidence.ts'
import { recordResults } from './record-results.ts'

/**
 * After this without news, a gate whose card or whose deployment can no longer be reached is left
 * alone. CodeDeploy keeps the old tasks for two days at most once the traffic has moved
 * (CodeDeploy's API reference, BlueInstanceTerminationOption).
 */
const GIVEN_UP_MS = 72 * 3_600_000

/**
 * Does everything that a gate's state calls for and that is not done yet, in
 * this order: new evidence is taken in, the decision goes on record, then the
 * holds are answered, a person's roll back is carried out, what became of the traffic goes on record, then the card shows it, and once
 * the end is on record the digest says it in the channel. Every part can be done again, by
 * whichever function comes first.
 *
 * Without a policy (it cannot be read) there is no channel and no language, so
 * no card and no digest; record and effect need none.
 * Errors: of the record and the effect. What cannot be shown is logged, and if what became of
 * the release cannot be put on record, the card is shown all the same.
 */
export async function reconcile(
  platform: Platform,
  gate: Gate,
  policy: Policy | undefined
): Promise<Gate> {
  const { table, seal, log, clock } = platform
  let current = await gatherEvidence(platform, gate, policy)
  const unrecorded: unknown[] = []
  if (current.state !== 'PENDING') {
    current = await answerHolds(platform, await record(table, seal, current))
    current = await carryRollback(platform, current)
    try {
      current = await recordResults(platform, current, isGivenUp(current, clock.now()))
    } catch (error) {
      unrecorded.push(error)
    }
  }
  let shown = false
  if (policy) {
    try {
      const result = await showCard(platform, policy, current)
      current = result.gate
      shown = result.shown
    } catch (error) {
      log('warn', 'card not shown', { gate: current.facts.id, why: String(error) })
    }
  }
  if (unrecorded.length > 0) throw unrecorded[0]
  const done = current.results.ended?.head !== undefined
  let told = false
  // A card that somebody has deleted keeps nobody from reading how the release has ended.
  if (policy && done) {
    try {
      if (await isToldByAnother(platform, current)) told = true
      else {
        const result = await postDigest(platform, policy, current)
        current = result.gate
        told = result.posted
      }
    } catch (error) {
      log('warn', 'digest not posted', { gate: current.facts.id, why: String(error) })
    }
  }
  if (current.open && done && ((shown && told) || isGivenUp(current, clock.now()))) {
    current = (await settle(table, current)) ?? current
  }
  return current
}

/**
 * Whether a later gate of the same move says how it has ended: of a move that asks before several
 * steps each gate has a card, and the channel reads one end.
 */
async function isToldByAnother({ table }: Platform, { facts }: Gate): Promise<boolean> {
  if (facts.shift?.kind !== 'steps' || facts.shift.asksBefore === undefined) return false
  const all = await gatesOf(table, facts.releaseId)
  return all.some((other) => other.facts.openedAt > facts.openedAt)
}

/** Whether nobody can say any more what becomes of it, or show it. */
function isGivenUp(gate: Gate, now: number): boolean {
  const news = Object.values(gate.trafficResults).map(({ at, shiftedAt = at }) => shiftedAt)
  return effectOf(gate) !== 'NONE' && now - Math.max(gate.facts.openedAt, ...news) > GIVEN_UP_MS
}
