import { describeError } from '../../aws/errors.ts'
import {
  headOf,
  readRow,
  releaseIn,
  type DecidedRelease,
  type StoredRow
} from '../../ledger/decision-row.ts'
import type { Gate } from '../../ledger/gate.ts'
import type { BreakGlassRefusal } from '../../ledger/gate-facts.ts'
import { findGate } from '../../ledger/gates.ts'
import { chainPartition } from '../../ledger/keys.ts'
import { isResult } from '../../ledger/result-row.ts'
import { effectOf, trafficResultOf } from '../../ledger/of-all-holds.ts'
import { verifyChain } from '../../ledger/verify-chain.ts'
import type { Platform } from '../platform.ts'

interface Decided {
  readonly row: StoredRow
  readonly release: DecidedRelease
}

/**
 * The newest decision about this revision in the service's chain, if its release
 * has completed and nobody has gone back from it since; else why it does not count.
 *
 * The chain is checked as a whole, and the seals of the decision and of the last
 * row: that row holds the digests of all between them, so no later decision about
 * the revision can have been changed or taken out. What became of the release is
 * in the gate's item, which only the gate's functions can write; its `head` ties
 * it to the row. A release older than the item is kept (400 days) does not count.
 *
 * Errors: those of the table.
 */
export async function findEarlierRelease(
  { table, seal, log }: Platform,
  service: string,
  revision: string
): Promise<DecidedRelease | BreakGlassRefusal> {
  const items = await table.query(chainPartition(service))
  const rows = items.flatMap((item) => readRow(item) ?? [])
  const decisions = rows.filter((row) => !isResult(row))
  const chain = decisions.flatMap((row): Decided[] => {
    const release = releaseIn(row)
    return release ? [{ row, release }] : []
  })
  const [fault] = await verifyChain(rows, undefined, undefined)
  if (fault) return { why: 'chain-damaged', about: String(fault.number) }
  const unread = items.length - rows.length + decisions.length - chain.length
  if (unread > 0) return { why: 'chain-damaged', about: service }
  const at = chain.findLastIndex(({ release }) => release.revision.after === revision)
  const newest = chain[at]
  const last = rows.at(-1)
  if (!newest || !last) return { why: 'never-decided', about: revision }
  const unsealed = await sealFault([newest.row, last])
  if (unsealed) return unsealed
  const { row, release } = newest
  if (release.state !== 'APPROVED') return { why: 'not-approved', about: release.state }
  const back = chain.slice(at + 1).find((later) => goesBackFrom(revision, later.release))
  if (back) return { why: 'gone-back-from', about: back.release.deploymentId }
  return resultFault(row, release, await findGate(table, release.gate)) ?? release

  async function sealFault(sealed: readonly StoredRow[]): Promise<BreakGlassRefusal | undefined> {
    for (const each of new Set(sealed)) {
      try {
        if (await seal.verify(each.digest, each.mac)) continue
        return { why: 'seal-broken', about: headOf(each) }
      } catch (error) {
        log('warn', 'seal not verified', { row: headOf(each), why: describeError(error) })
        return { why: 'seal-unread', about: headOf(each) }
      }
    }
    return undefined
  }
}

/** Why the release of a row is not known to have completed. */
function resultFault(
  row: StoredRow,
  { deploymentId }: DecidedRelease,
  gate: Gate | undefined
): BreakGlassRefusal | undefined {
  const about = deploymentId
  if (gate?.head !== headOf(row)) return { why: 'result-unknown', about }
  const effect = effectOf(gate)
  const trafficResult = trafficResultOf(gate)
  if (effect === 'LATE') return { why: 'late', about }
  if (effect === 'NONE' || !trafficResult || trafficResult.status === 'shifting') {
    return { why: 'result-unknown', about }
  }
  if (trafficResult.rollback === 'in-progress' || trafficResult.rollback === 'succeeded') {
    return { why: 'rolled-back', about }
  }
  return trafficResult.status === 'released' ? undefined : { why: trafficResult.status, about }
}

/**
 * Whether an approved release left the revision for anything but a newer one of
 * its family. Where the chain does not say what it left, it may have been this one.
 */
function goesBackFrom(
  revision: string,
  { state, revision: { before, after } }: DecidedRelease
): boolean {
  if (state !== 'APPROVED' || (before !== undefined && before !== revision)) return false
  const [family, number] = splitRevision(revision)
  const [itsFamily, itsNumber] = splitRevision(after)
  return itsFamily !== family || itsNumber <= number
}

/** `...family:12`; what has no number is older than everything. */
function splitRevision(revision: string): readonly [family: string, number: number] {
  const [, family = revision, number = '0'] = /^(.*):(\d+)$/.exec(revision) ?? []
  return [family, Number(number)]
}
