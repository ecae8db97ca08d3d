import type { Vote } from '../../ledger/gate.ts'
import type { RequesterFacts } from '../../ledger/gate-facts.ts'
import type { Intent, Person } from './person.ts'
import { frozenBy } from './freeze.ts'
import type { Policy, Rules } from './policy.ts'

/** Why nobody can approve: self-approval is forbidden, and the gate cannot tell who the requester is. */
export type Closed =
  /** No token proves who asked. `fault` is the verifier's code (identity/fault.ts). */
  | { readonly why: 'unverified'; readonly fault: string }
  /** The requester has no entry in the policy's map. */
  | { readonly why: 'unmapped'; readonly logins: readonly string[] }

/** Why a person may not do what they want. */
export type Denial =
  | { readonly why: 'person-unknown' }
  | { readonly why: 'outsider'; readonly kind: 'other-workspace' | 'guest' | 'bot' | 'deactivated' }
  | { readonly why: 'not-approver' }
  | { readonly why: 'not-break-glass' }
  | { readonly why: 'own-release' }
  | { readonly why: 'nobody-can'; readonly closed: Closed }
  | { readonly why: 'frozen'; readonly windows: readonly string[] }
  /** Required evidence has not arrived yet. */
  | { readonly why: 'evidence-outstanding'; readonly names: readonly string[] }
  /** Required evidence has failed or could not be measured, and is about to reject the gate. */
  | { readonly why: 'evidence-against'; readonly names: readonly string[] }

export type Permission =
  | {
      readonly allowed: true
      /** The id under which the person's decision is recorded (`idAmong`). */
      readonly id: string
      readonly via: 'user' | { readonly group: NonNullable<Vote['group']> }
    }
  | { readonly allowed: false; readonly why: Denial }

export interface Question {
  readonly policy: Policy
  /** The rules of the gate's service. */
  readonly rules: Rules
  readonly requester: RequesterFacts
  readonly person: Person
  readonly intent: Intent
  /** Names of the required evidence that has not arrived yet. */
  readonly outstanding: readonly string[]
  /** Names of the required evidence that speaks against the release. */
  readonly against: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Decides whether a person may do this to this gate now. It goes by what Slack and
 * the policy say at the click, and what cannot be known counts against the person.
 *
 * An approver may always reject, even their own release. A person who may break
 * the glass may reject as well.
 */
export function authorise(question: Question): Permission {
  const { policy, rules, requester, person, intent, outstanding, against, now } = question
  if (person === 'unknown') return denied({ why: 'person-unknown' })
  const kind = outsiderKind(person, policy)
  if (kind) return denied({ why: 'outsider', kind })
  const ofGlass = idAmong(person, rules.breakGlass?.users ?? [])
  if (intent === 'break-glass') {
    return ofGlass === undefined
      ? denied({ why: 'not-break-glass' })
      : { allowed: true, id: ofGlass, via: 'user' }
  }
  const approver = approverBy(person, rules)
  const rejecter =
    approver ?? (ofGlass === undefined ? undefined : ({ id: ofGlass, via: 'user' } as const))
  if (intent === 'reject' && rejecter) return { allowed: true, ...rejecter }
  if (!approver) return denied({ why: 'not-approver' })
  const closed = whyClosed(rules, requester)
  if (closed) return denied({ why: 'nobody-can', closed })
  if (rules.selfApproval === 'forbidden' && idAmong(person, requester.users) !== undefined) {
    return denied({ why: 'own-release' })
  }
  const windows = frozenBy(rules, now)
  if (windows.length > 0) return denied({ why: 'frozen', windows })
  if (against.length > 0) return denied({ why: 'evidence-against', names: against })
  return outstanding.length > 0
    ? denied({ why: 'evidence-outstanding', names: outstanding })
    : { allowed: true, ...approver }
}

/**
 * Says why nobody can approve; undefined if somebody can. If self-approval is
 * forbidden, the requester has to be proven and the policy has to map each of
 * their logins to a Slack user. Otherwise the requester could approve unnoticed.
 */
export function whyClosed(rules: Rules, requester: RequesterFacts): Closed | undefined {
  if (rules.selfApproval === 'allowed') return undefined
  if (!requester.verified) return { why: 'unverified', fault: requester.why ?? 'no-token' }
  if (requester.unmapped.length > 0) return { why: 'unmapped', logins: requester.unmapped }
  // If the token is valid but maps to no Slack user, the requester could not be told from an approver.
  return requester.users.length > 0 ? undefined : { why: 'unmapped', logins: requester.logins }
}

/**
 * Returns the votes that count now, one for each person whom the policy still
 * names. If a person voted as a member of a group, the vote counts while the
 * policy names the group; the membership at the time of the vote decides. The
 * requester's own vote does not count if self-approval is forbidden now, whatever
 * held when it was cast.
 */
export function countVotes(
  votes: readonly Vote[],
  { approvers, selfApproval }: Rules,
  requester: Pick<RequesterFacts, 'users'>
): Vote[] {
  const counted = new Map<string, Vote>()
  for (const vote of votes) {
    const { user, group } = vote
    const stands = group
      ? approvers.groups.includes(group.id) && group.members.includes(user)
      : approvers.users.includes(user)
    const isOwn = selfApproval === 'forbidden' && requester.users.includes(user)
    if (stands && !isOwn && !counted.has(user)) counted.set(user, vote)
  }
  return [...counted.values()]
}

function outsiderKind(
  person: Exclude<Person, 'unknown'>,
  { slack }: Policy
): (Denial & { why: 'outsider' })['kind'] | undefined {
  const isMember =
    person.teams.some((team) => slack.teams.includes(team)) ||
    (slack.enterprise !== undefined && person.enterprise === slack.enterprise)
  if (person.isStranger || !isMember) return 'other-workspace'
  if (person.isBot) return 'bot'
  if (person.deleted) return 'deactivated'
  return person.isRestricted || person.isUltraRestricted ? 'guest' : undefined
}

function approverBy(
  person: Exclude<Person, 'unknown'>,
  { approvers }: Rules
): Omit<Permission & { allowed: true }, 'allowed'> | undefined {
  const id = idAmong(person, approvers.users)
  if (id !== undefined) return { id, via: 'user' }
  for (const group of person.groups) {
    const member = approvers.groups.includes(group.id) ? idAmong(person, group.members) : undefined
    if (member !== undefined) return { id: member, via: { group } }
  }
  return undefined
}

/**
 * The id by which a list names the person; undefined if it does not. Of a person with two
 * ids, the one that the policy or the group has is recorded, so that the vote counts and the
 * same person cannot vote twice.
 */
export function idAmong(
  { ids }: { readonly ids: readonly string[] },
  named: readonly string[]
): string | undefined {
  return ids.find((id) => named.includes(id))
}

function denied(why: Denial): Permission {
  return { allowed: false, why }
}
