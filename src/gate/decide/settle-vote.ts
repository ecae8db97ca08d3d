import type { Decision, Gate, Person, Place, Vote } from '../../ledger/gate.ts'
import {
  approve,
  approveWith,
  breakGlass,
  castVote,
  expire,
  findGate,
  reject,
  type Closing
} from '../../ledger/gates.ts'
import { countVotes } from '../policy/authorise.ts'
import type { Policy, Rules } from '../policy/policy.ts'
import type { Table } from '../../ledger/table.ts'
import { nobody } from './reasons.ts'

/** What one allowed person wants. */
export type Wish =
  | { readonly intent: 'approve'; readonly vote: Vote }
  | { readonly intent: 'reject' | 'break-glass'; readonly person: Person; readonly reason: string }

/** Under what a wish is carried out. */
export interface Ground {
  readonly policy: Policy
  readonly rules: Rules
  readonly now: number
  /** Where the decision's row shall stand, if it comes to one and that was looked up. */
  readonly place: Place | undefined
}

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
  ground: Ground
): Promise<Gate> {
  if (gate.state !== 'PENDING') return gate
  const { policy, now, place } = ground
  if (now >= gate.facts.expiresAt) {
    const closing = { ...nobody(now, undefined, policy), place }
    return (await expire(table, gate, closing)) ?? again(table, gate)
  }
  if (wish.intent === 'approve') return addApproval(table, gate, wish.vote, ground)
  const { intent, person, reason } = wish
  const closing = closingBy(ground, [person], { reason, breakGlass: intent === 'break-glass' })
  const close = intent === 'reject' ? reject : breakGlass
  return (await close(table, gate, closing)) ?? again(table, gate)
}

/**
 * The vote that completes the quorum closes the gate in the same write. Two who
 * vote at once may both believe that theirs does not: whoever's comes last sees
 * both and closes.
 */
async function addApproval(table: Table, gate: Gate, vote: Vote, ground: Ground): Promise<Gate> {
  const { rules } = ground
  let read = gate
  const all = approversOf([...read.votes, vote], rules)
  if (all && !read.votes.some(({ user }) => user === vote.user)) {
    const closed = await approveWith(table, read, closingBy(ground, all), vote)
    if (closed) return closed
    read = await again(table, read)
    if (read.state !== 'PENDING') return read
  }
  const voted = (await castVote(table, read, vote)) ?? (await again(table, read))
  const by = approversOf(voted.votes, rules)
  if (voted.state !== 'PENDING' || !by) return voted
  return (await approve(table, voted, closingBy(ground, by), rules.quorum)) ?? again(table, voted)
}

/** Who has approved it, once they are enough. */
function approversOf(votes: readonly Vote[], rules: Rules): readonly Person[] | undefined {
  const counted = countVotes(votes, rules)
  if (counted.length < rules.quorum) return undefined
  return counted.map(({ user, name }) => ({ id: user, name }))
}

function closingBy(
  { now, policy, place }: Ground,
  by: readonly Person[],
  { reason, breakGlass }: Pick<Decision, 'reason' | 'breakGlass'> = APPROVED
): Closing {
  return { decision: { at: now, by, reason, breakGlass, policy: policy.digest }, place }
}

/** By the quorum: nobody has to say why. */
const APPROVED = { reason: undefined, breakGlass: false }

async function again(table: Table, gate: Gate): Promise<Gate> {
  const found = await findGate(table, gate.facts.id)
  if (!found) throw new Error(`gate ${gate.facts.id} is gone`)
  return found
}
