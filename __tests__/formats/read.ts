import { membersOf, readRow } from '../../src/ledger/decision-row.ts'
import { readEvidenceItem, readWholeEvidence } from '../../src/ledger/evidence-item.ts'
import { readGate } from '../../src/ledger/gate.ts'
import { readRecord } from '../../src/ledger/release-record.ts'
import type { Item } from '../../src/ledger/table.ts'
import { readVerificationItem } from '../../src/ledger/verification-item.ts'
import { verifyChain } from '../../src/ledger/verify-chain.ts'
import { readWatched } from '../../src/ledger/watched.ts'
import { readFollowed } from '../../src/release/followed.ts'

/**
 * What the readers of job, gate and command make of the items of a ledger, by the items' keys. Each
 * version keeps a bundle of this beside what it has written, so that it can be asked what it makes of
 * what a later one writes.
 */
export async function readAll(items: readonly Item[], deploymentId: string): Promise<unknown> {
  const read = Object.fromEntries(
    items.map((item) => [`${item.pk} ${item.sk}`, readOne(item, deploymentId)])
  )
  const rows = items.flatMap((item) => (item.pk.startsWith('chain#') ? (readRow(item) ?? []) : []))
  // `undefined` and an absent member are the same to a later reader.
  return JSON.parse(
    JSON.stringify({ read, faults: await verifyChain(rows, undefined, undefined) })
  ) as unknown
}

function readOne(item: Item, deploymentId: string): unknown {
  const { pk } = item
  if (pk.startsWith('gate#')) return readGate(item)
  if (pk.startsWith('hold#')) return typeof item['token']
  if (pk.startsWith('watch#')) return readWatched(item)
  if (pk.startsWith('chain#')) {
    const row = readRow(item)
    return row && membersOf(row)
  }
  if (typeof item['record'] === 'string') {
    const { followed } = JSON.parse(item['record']) as { followed?: unknown }
    return { record: readRecord(item['record']), followed: readFollowed(followed) }
  }
  return {
    verification: readVerificationItem(item, deploymentId),
    facts: readEvidenceItem(item, deploymentId),
    evidence: readWholeEvidence(item, deploymentId, 0)
  }
}
