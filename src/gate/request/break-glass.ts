import { UNREAD_REVISION, type Gate } from '../../ledger/gate.ts'
import { membersOf, readRow } from '../../ledger/decision-row.ts'
import { chainPartition, serviceId } from '../../ledger/keys.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import { rulesFor } from '../policy/rules.ts'

/**
 * Whether a `rollback-to` with a reason goes through without a person: the
 * policy allows it, GitHub's token proves who asks, and the revision was
 * approved before, in this service's own chain.
 */
export async function passesAsRollback(
  { table, log }: Platform,
  policy: Policy,
  { facts }: Gate
): Promise<boolean> {
  const { release, requester } = facts
  const { after } = release.revision
  // What could not be read is nothing that anybody can have approved.
  if (release.breakGlass === undefined || after === UNREAD_REVISION) return false
  const service = serviceId(facts.cluster, facts.service)
  const allowed = rulesFor(policy, service).breakGlass?.rollback === true
  const rows = (await table.query(chainPartition(service))).flatMap((item) => readRow(item) ?? [])
  const approvedBefore = rows.some((row) => {
    const { state, revision } = (membersOf(row) ?? {}) as { state?: unknown; revision?: object }
    return (
      state === 'APPROVED' && revision !== undefined && Reflect.get(revision, 'after') === after
    )
  })
  log('info', 'break-glass rollback', { allowed, approvedBefore, verified: requester.verified })
  return allowed && approvedBefore && requester.verified
}
