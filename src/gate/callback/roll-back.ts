import { describeError } from '../../aws/errors.ts'
import type { Gate } from '../../ledger/gate.ts'
import { serviceOf } from '../../ledger/gate-facts.ts'
import { noteRollback } from '../../ledger/gate-results.ts'
import { readAgain } from '../../ledger/gates.ts'
import { canRollBack } from '../card/sections/buttons.ts'
import { viewOf } from '../card/view-of-gate.ts'
import type { Refusal } from '../card/refusal.ts'
import type { Platform } from '../platform.ts'
import { authorise } from '../policy/authorise.ts'
import { lookUp } from '../policy/person.ts'
import { type Policy, rulesFor } from '../policy/policy.ts'
import { reconcile } from '../reconcile/reconcile.ts'
import { followTraffic } from '../reconcile/follow-traffic.ts'

/**
 * Decides, for whoever has clicked, that the traffic goes back to where it was. Who may reject may
 * do this, their own release, a freeze and missing evidence regardless: it takes the new version
 * from users and gives them nothing. It is a decision: it is written once, goes on record as a
 * sealed row, and is then carried out, by the sweep if this function does not come to it.
 * Returns why it was not decided; undefined if it was. Errors: those of the ledger.
 */
export async function rollBack(
  platform: Platform,
  policy: Policy,
  found: Gate,
  user: string
): Promise<Refusal | undefined> {
  const { table, clock, log, slack } = platform
  const rules = rulesFor(policy, serviceOf(found.facts))
  const [person, gate] = await Promise.all([
    lookUp(slack, user, rules),
    followTraffic(platform, found)
  ])
  const now = clock.now()
  const { requester } = gate.facts
  const verdict = authorise({
    ...{ policy, rules, requester, person, intent: 'reject', now },
    outstanding: [],
    against: []
  })
  if (!verdict.allowed || person === 'unknown') {
    return verdict.allowed ? { why: 'person-unknown' } : verdict.why
  }
  if (gate.rollback) return before(gate.rollback)
  if (!canRollBack(viewOf(gate, { policy, moving: [], now }))) return { why: 'nothing-moves' }
  const by = { id: verdict.id, name: person.name }
  const noted = await noteRollback(table, gate, { at: now, by, policy: policy.digest })
  const after = noted ?? (await readAgain(table, gate))
  if (!after.rollback) return { why: 'nothing-moves' }
  log('info', 'roll back', { gate: gate.facts.id, user, first: noted !== undefined })
  try {
    await reconcile(platform, after, policy)
  } catch (error) {
    log('error', 'left to the sweep', { gate: gate.facts.id, why: describeError(error) })
  }
  return noted ? undefined : before(after.rollback)
}

function before({ by, at }: NonNullable<Gate['rollback']>): Refusal {
  return { why: 'rolled-back-before', by, at }
}
