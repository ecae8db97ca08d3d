import type { RequesterFacts, Vote } from '../../ledger/gate.ts'
import type { Intent, Person } from './person.ts'
import { frozenBy } from './freeze.ts'
import type { Policy, Rules } from './policy.ts'

/** Why nobody at all can approve: self-approval is forbidden, and who asked cannot be told apart. */
export type Closed =
  /** No token proves who asked; `fault` is the verifier's code (identity/fault.ts). */
  | { readonly why: 'unverified'; readonly fault: string }
  /** Who asked has no entry in the policy's map. */
  | { readonly why: 'unmapped'; readonly logins: readonly string[] }

/** Why one person may not do one thing. */
export type Denial =
  | { readonly why: 'person-unknown' }
  | { readonly why: 'outsider'; readonly kind: 'other-workspace' | 'guest' | 'bot' | 'deactivated' }
  | { readonly why: 'not-approver' }
  | { readonly why: 'not-break-glass' }
  | { readonly why: 'own-release' }
  | { readonly why: 'nobody-can'; readonly closed: Closed }
  | { readonly why: 'frozen'; readonly windows: readonly string[] }
  /** Required evidence is not there yet. */
  | { readonly why: 'evidence-outstanding'; readonly names: readonly string[] }

export type Verdict =
  | {
      readonly allowed: true
      readonly via: 'user' | { readonly group: NonNullable<Vote['group']> }
    }
  | { readonly allowed: false; readonly why: Denial }

export interface Question {
  readonly policy: Policy
  /** Those of the gate's service. */
  readonly rules: Rules
  readonly requester: RequesterFacts
  readonly person: Person
  readonly intent: Intent
  /** Names of required evidence that is not there yet. */
  readonly outstanding: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Whether a person may do this to this gate now. Everything is asked afresh at
 * the click, and whatever cannot be known counts against it.
 *
 * An approver may always reject, their own release too; who may break the glass
 * may reject as well.
 */
export function authorise(question: Question): Verdict {
  const { policy, rules, requester, person, intent, outstanding, now } = question
  if (person === 'unknown') return denied({ why: 'person-unknown' })
  const kind = outsiderKind(person, policy)
  if (kind) return denied({ why: 'outsider', kind })
  const mayBreakGlass = rules.breakGlass?.users.includes(person.id) === true
  if (intent === 'break-glass') {
    return mayBreakGlass ? { allowed: true, via: 'user' } : denied({ why: 'not-break-glass' })
  }
  const via = approverBy(person, rules)
  if (intent === 'reject' && mayBreakGlass) return { allowed: true, via: via ?? 'user' }
  if (!via) return denied({ why: 'not-approver' })
  if (intent === 'reject') return { allowed: true, via }
  const closed = whyClosed(rules, requester)
  if (closed) return denied({ why: 'nobody-can', closed })
  if (rules.selfApproval === 'forbidden' && requester.users.includes(person.id)) {
    return denied({ why: 'own-release' })
  }
  const windows = frozenBy(rules, now)
  if (windows.length > 0) return denied({ why: 'frozen', windows })
  return outstanding.length > 0
    ? denied({ why: 'evidence-outstanding', names: outstanding })
    : { allowed: true, via }
}

/**
 * Why nobody can approve; undefined where somebody can. Where self-approval is
 * forbidden, who asked must be proven and every login of theirs be mapped to a
 * Slack user: otherwise the ban could not be kept.
 */
export function whyClosed(rules: Rules, requester: RequesterFacts): Closed | undefined {
  if (rules.selfApproval === 'allowed') return undefined
  if (!requester.verified) return { why: 'unverified', fault: requester.why ?? 'no-token' }
  if (requester.unmapped.length > 0) return { why: 'unmapped', logins: requester.unmapped }
  // A proof without a login would exclude nobody.
  return requester.users.length > 0 ? undefined : { why: 'unmapped', logins: requester.logins }
}

/**
 * The votes that count now: of people the policy still names, one each. Who
 * voted as a member of a group counts while the policy names that group, by the
 * membership as it was at the vote.
 */
export function countVotes(votes: readonly Vote[], { approvers }: Rules): Vote[] {
  const counted = new Map<string, Vote>()
  for (const vote of votes) {
    const { user, group } = vote
    const stands = group
      ? approvers.groups.includes(group.id) && group.members.includes(user)
      : approvers.users.includes(user)
    if (stands && !counted.has(user)) counted.set(user, vote)
  }
  return [...counted.values()]
}

function outsiderKind(
  person: Exclude<Person, 'unknown'>,
  { slack }: Policy
): (Denial & { why: 'outsider' })['kind'] | undefined {
  if (person.isStranger || person.team !== slack.team) return 'other-workspace'
  if (person.isBot) return 'bot'
  if (person.deleted) return 'deactivated'
  return person.isRestricted || person.isUltraRestricted ? 'guest' : undefined
}

function approverBy(
  person: Exclude<Person, 'unknown'>,
  { approvers }: Rules
): (Verdict & { allowed: true })['via'] | undefined {
  if (approvers.users.includes(person.id)) return 'user'
  const group = person.groups.find(
    ({ id, members }) => approvers.groups.includes(id) && members.includes(person.id)
  )
  return group && { group }
}

function denied(why: Denial): Verdict {
  return { allowed: false, why }
}
