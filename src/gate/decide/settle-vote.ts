import type { Decision, Gate, Person, Vote } from '../../ledger/gate.ts'
import { approve, breakGlass, castVote, expire, findGate, reject } from '../../ledger/gates.ts'
import { countVotes } from '../policy/authorise.ts'
import type { Policy, Rules } from '../policy/policy.ts'
import type { Table } from '../../ledger/table.ts'
import { nobody } from './decision.ts'

/** What one allowed person wants. */
export type Wish =
  | { readonly intent: 'approve'; readonly vote: Vote }
  | { readonly intent: 'reject' | 'break-glass'; readonly person: Person; readonly reason: string }

/**
 * Carries an allowed person's wish into the ledger. Whoever comes second finds
 * the gate as the first left it: the returned gate tells. A wish after the
 * gate's time closes it as expired.
 * Errors: those of the table; then nothing has been decided by this wish, or it
 * has and the next one who looks will see it.
 */
export async function carryOut(
  table: Table,
  gate: Gate,
  wish: Wish,
  { policy, rules, now }: { readonly policy: Policy; readonly rules: Rules; readonly now: number }
): Promise<Gate> {
  if (gate.state !== 'PENDING') return gate
  if (now >= gate.facts.expiresAt) {
    return (await expire(table, gate, nobody(now, undefined, policy))) ?? again(table, gate)
  }
  if (wish.intent === 'approve') {
    const voted = (await castVote(table, gate, wish.vote)) ?? (await again(table, gate))
    if (voted.state !== 'PENDING') return voted
    const counted = countVotes(voted.votes, rules)
    if (counted.length < rules.quorum) return voted
    const by = counted.map(({ user, name }: Vote) => ({ id: user, name }))
    const decision = decided(by, undefined, false)
    return (await approve(table, voted, decision, rules.quorum)) ?? again(table, voted)
  }
  const { intent, person, reason } = wish
  const decision = decided([person], reason, intent === 'break-glass')
  const close = intent === 'reject' ? reject : breakGlass
  return (await close(table, gate, decision)) ?? again(table, gate)

  function decided(by: readonly Person[], reason: string | undefined, glass: boolean): Decision {
    return { at: now, by, reason, breakGlass: glass, policy: policy.digest }
  }
}

async function again(table: Table, gate: Gate): Promise<Gate> {
  const found = await findGate(table, gate.facts.id)
  if (!found) throw new Error(`gate ${gate.facts.id} is gone`)
  return found
}
