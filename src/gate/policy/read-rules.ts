import { isList } from '../../documents/mapping.ts'
import type { Members } from '../../documents/members.ts'
import { readSlackIds } from './ids.ts'
import type { Approvers, BreakGlass, FreezeWindow, Rules } from './policy.ts'
import { readFreeze } from './read-freeze.ts'
import { say } from '../../words/say.ts'

/** The members of a document, or of one of its services, that say who may open the gate, and when. */
export function readRules(members: Members): Partial<Rules> {
  const approvers = readApprovers(members)
  const quorum = members.wholeNumber('quorum', 1, 20)
  const selfApproval = members.oneOf('self-approval', ['allowed', 'forbidden'] as const)
  const freeze: readonly FreezeWindow[] | undefined = members.has('freeze')
    ? readFreeze(members)
    : undefined
  const breakGlass = readBreakGlass(members)
  const listeners = readListeners(members)
  return {
    ...(approvers && { approvers }),
    ...(quorum !== undefined && { quorum }),
    ...(selfApproval && { selfApproval }),
    ...(freeze && { freeze }),
    ...(breakGlass && { breakGlass }),
    ...(listeners && { listeners })
  }
}

/** The ARN of a listener or rule names account and region, so no pattern is needed. */
const ROUTE = /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:listener(-rule)?\/[\w/-]+$/

function readListeners(members: Members): readonly string[] | undefined {
  const listeners = members.texts('listeners')
  for (const arn of listeners?.filter((each) => !ROUTE.test(each)) ?? []) {
    members.refuse(
      'listeners',
      `found ${JSON.stringify(arn)}, wanted the ARN of a listener or rule`
    )
  }
  return listeners
}

/** The document's own rules, which have to be complete; undefined where that has been complained about. */
export function requireRules(rules: Partial<Rules>): Rules | undefined {
  const { approvers, selfApproval, quorum = 1, freeze = [], breakGlass, listeners } = rules
  if (!approvers || !selfApproval) return undefined
  const own = { approvers, quorum, selfApproval, freeze, breakGlass }
  return listeners ? { ...own, listeners } : own
}

/**
 * Complains where no release at all could ever be approved: a document that
 * closes the gate for good is a slip.
 */
export function isReachable(
  { approvers, quorum, selfApproval }: Rules,
  identities: Readonly<Record<string, string>>,
  members: Members
): void {
  const requesters = Object.values(identities)
  if (selfApproval === 'forbidden' && requesters.length === 0) {
    members.refuse(
      'self-approval',
      say`is forbidden, but github.identities names nobody: who asked could not be told from who approves, so nobody could ever approve; add their logins`
    )
  }
  // Who is in a group is known at the click only.
  if (approvers.groups.length > 0) return
  const { users } = approvers
  if (users.length < quorum) {
    members.refuse('quorum', say`found ${quorum}, but only ${users.length} users may approve`)
    return
  }
  const left = requesters.map((requester) => users.filter((user) => user !== requester).length)
  if (selfApproval === 'forbidden' && left.length > 0 && left.every((count) => count < quorum)) {
    members.refuse(
      'quorum',
      say`found ${quorum}, but whoever of github.identities asks, fewer others may approve (self-approval is forbidden)`
    )
  }
}

function readApprovers(members: Members): Approvers | undefined {
  const approvers = members.mapping('approvers')
  if (!approvers) return undefined
  const users = readSlackIds(approvers, 'users', 'user', 'list') ?? []
  const groups = readSlackIds(approvers, 'groups', 'group', 'list') ?? []
  approvers.refuseOthers()
  const isEmpty = (name: string): boolean => {
    const value = approvers.value(name) ?? []
    return isList(value) && value.length === 0
  }
  // What is there and wrong has been complained about already.
  if (isEmpty('users') && isEmpty('groups')) {
    return members.refuse('approvers', say`names nobody, wanted users or groups of Slack`)
  }
  return { users, groups }
}

function readBreakGlass(members: Members): BreakGlass | undefined {
  const glass = members.mapping('break-glass')
  if (!glass) return undefined
  glass.require('users')
  const users = readSlackIds(glass, 'users', 'user', 'list') ?? []
  const rollback = glass.flag('rollback') ?? false
  glass.refuseOthers()
  return { users, rollback }
}
