import { record } from '../../ledger/chain.ts'
import type { Gate } from '../../ledger/gate.ts'
import { settle } from '../../ledger/gates.ts'
import { effectOf, isAtRest } from '../../ledger/of-all-holds.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import { speaking } from '../../words/say.ts'
import { showCard } from './card.ts'
import { answerHolds } from './answer-holds.ts'
import { gatherEvidence } from './evidence.ts'
import { awaitsAvailability } from './follow-availability.ts'

/** After this, a gate whose card or whose deployment can no longer be reached is left alone. */
const GIVEN_UP_MS = 48 * 3_600_000

/**
 * Does everything that a gate's state calls for and that is not done yet, in
 * this order: new evidence is taken in, the decision goes on record, then the
 * holds are answered, then the card shows it. Every part can be done again, by whichever function comes first.
 *
 * Without a policy (it cannot be read) there is no channel and no language, so
 * no card; record and effect need none.
 * Errors: of the record and the effect. A card that cannot be shown is logged.
 */
export async function reconcile(
  platform: Platform,
  gate: Gate,
  policy: Policy | undefined
): Promise<Gate> {
  const { table, seal, log, clock } = platform
  // What speaks against a release becomes the reason on record, in the policy's language.
  let current = await speaking(policy?.language ?? 'en', () =>
    gatherEvidence(platform, gate, policy)
  )
  if (current.state !== 'PENDING') {
    current = await answerHolds(platform, await record(table, seal, current))
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
  const old = clock.now() - current.facts.openedAt > GIVEN_UP_MS
  if (
    current.open &&
    ((shown && isFinal(current, clock.now())) || (old && effectOf(current) !== 'NONE'))
  ) {
    current = (await settle(table, current)) ?? current
  }
  return current
}

/** Decided, on record, told, the traffic has come to rest, and what production has shown is known. */
function isFinal(gate: Gate, now: number): boolean {
  const { state, head } = gate
  if (state === 'PENDING' || head === undefined || effectOf(gate) === 'NONE') return false
  return !awaitsAvailability(gate, now) && isAtRest(gate)
}
