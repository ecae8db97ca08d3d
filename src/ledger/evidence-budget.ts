import { firstBytes } from './bytes.ts'
import { canonical } from './canonical.ts'
import type { EvidenceFacts } from './gate-facts.ts'

/**
 * Bytes that all evidence of one gate takes in its item and in its row of the chain. DynamoDB takes
 * 400 KB an item (developer guide, "Service, account, and table quotas"), and what the gate knows
 * when it opens stands beside it in the same item.
 */
export const MOST_EVIDENCE_BYTES = 100_000

/**
 * Returns the evidence with summaries that are short enough for the budget: the longest ones are
 * shortened to one length, so that the short ones stay whole. Names, verdicts and what is required
 * stay as they are.
 */
export function withinBudget(evidence: readonly EvidenceFacts[]): readonly EvidenceFacts[] {
  if (sizeOf(evidence) <= MOST_EVIDENCE_BYTES) return evidence
  let fits = 0
  let tooLong = Math.max(...evidence.map(({ summary }) => Buffer.byteLength(summary)))
  while (tooLong - fits > 1) {
    const length = Math.floor((fits + tooLong) / 2)
    if (sizeOf(shortened(evidence, length)) <= MOST_EVIDENCE_BYTES) fits = length
    else tooLong = length
  }
  return shortened(evidence, fits)
}

function shortened(evidence: readonly EvidenceFacts[], most: number): readonly EvidenceFacts[] {
  return evidence.map((each) => ({ ...each, summary: firstBytes(each.summary, most) }))
}

/** As the row has it: JSON, in which a character may take up to six bytes. */
function sizeOf(evidence: readonly EvidenceFacts[]): number {
  return Buffer.byteLength(canonical(evidence))
}
