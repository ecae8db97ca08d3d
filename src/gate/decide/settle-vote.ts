import type { Decision, Gate, Place, Vote } from '../../ledger/gate.ts'
import type { RequesterFacts } from '../../ledger/gate-facts.ts'
import type { Decider } from '../../release/decision.ts'
import {
  approve,
  approveWith,
  breakGlass,
  castVote,
  expire,
  readAgain,
  reject,
  type Closing
} from '../../ledger/gates.ts'
import { countVotes } from '../policy/authorise.ts'
import type { Policy, Rules } from '../policy/policy.ts'
import type { Table } from '../../ledger/table.ts'
import { nobody } from './reasons.ts'

/** What a person wants to do who is allowed to do it. */
export type Wish =
  | { readonly intent: 'approve'; readonly vote: Vote }
  | { readonly intent: 'reject' | 'break-glass'; readonly person: Decider; readonly reason: string }

/** What carrying out a wish depends on. */
export interface Ground {
  readonly policy: Policy
  readonly rules: Rules
  readonly now: number
  /** The place of the decision's row in the chain, if the caller has looked it up. */
  readonly place: Place | undefined
}

/**
 * Writes an allowed person's wish to the ledger and returns the gate as it is
 * then. If somebody else was faster, that is the gate as they left it. If the
 * gate's time is over, it is closed as expired.
 * Errors: those of the table. The wish may or may not have been written then;
 * the next reader of the gate sees which.
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
    return (await expire(table, gate, closing)) ?? readAgain(table, gate)
  }
  if (wish.intent === 'approve') return addApproval(table, gate, wish.vote, ground)
  const { intent, person, reason } = wish
  const closing = closingBy(ground, [person], { reason, breakGlass: intent === 'break-glass' })
  const close = intent === 'reject' ? reject : breakGlass
  return (await close(table, gate, closing)) ?? readAgain(table, gate)
}

/**
 * Adds a vote. If it completes the quorum, the same write closes the gate. If two
 * people vote at once, neither vote may seem to complete it; the one that is
 * written last then sees both votes and closes the gate.
 */
async function addApproval(table: Table, gate: Gate, vote: Vote, ground: Ground): Promise<Gate> {
  const { rules } = ground
  let read = gate
  const { requester } = gate.facts
  const all = approversOf([...read.votes, vote], rules, requester)
  if (all && !read.votes.some(({ user }) => user === vote.user)) {
    const closed = await approveWith(table, read, closingBy(ground, all), vote)
    if (closed) return closed
    read = await readAgain(table, read)
    if (read.state !== 'PENDING' || !isOfSameGreen(read, gate)) return read
  }
  const voted = (await castVote(table, read, vote)) ?? (await readAgain(table, read))
  const by = approversOf(voted.votes, rules, requester)
  if (voted.state !== 'PENDING' || !by || !isOfSameGreen(voted, gate)) return voted
  return (
    (await approve(table, voted, closingBy(ground, by), rules.quorum)) ?? readAgain(table, voted)
  )
}

/** The vote is on what `seen` says that green runs. */
function isOfSameGreen(gate: Gate, seen: Gate): boolean {
  return gate.green?.at === seen.green?.at
}

/** Returns the approvers if they make up the quorum, else undefined. */
function approversOf(
  votes: readonly Vote[],
  rules: Rules,
  requester: RequesterFacts
): readonly Decider[] | undefined {
  const counted = countVotes(votes, rules, requester)
  if (counted.length < rules.quorum) return undefined
  return counted.map(({ user, name }) => ({ id: user, name }))
}

function closingBy(
  { now, policy, place }: Ground,
  by: readonly Decider[],
  { reason, breakGlass }: Pick<Decision, 'reason' | 'breakGlass'> = APPROVED
): Closing {
  return { decision: { at: now, by, reason, breakGlass, policy: policy.digest }, place }
}

/** A gate that the quorum approves has no reason. */
const APPROVED = { reason: undefined, breakGlass: false }
