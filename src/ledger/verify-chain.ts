import { say } from '../words/say.ts'
import { canonical, sha256 } from './canonical.ts'
import { GENESIS, headOf, membersOf, type StoredRow } from './decision-row.ts'
import type { Seal } from './seal.ts'

/** What is wrong with a chain, and where. */
export interface Fault {
  readonly number: number
  readonly kind: 'edited' | 'removed' | 'reordered' | 'forged' | 'cut-off'
  readonly detail: string
}

/**
 * Checks one service's rows, in the order in which they are stored, against
 * themselves, against their seals and against a head that somebody kept: the
 * card's or the summary's. Without a head, rows cut off at the end cannot be
 * noticed; without a seal, a chain rewritten as a whole cannot.
 * `head` may be shortened to its number and at least 12 hex digits.
 * Errors: those of KMS, where it could not be asked.
 */
export async function verifyChain(
  rows: readonly StoredRow[],
  head: string | undefined,
  seal: Seal | undefined
): Promise<Fault[]> {
  const faults: Fault[] = []
  let previous = GENESIS
  let expected = 1
  for (const row of rows) {
    const { number } = row
    const note = (kind: Fault['kind'], detail: string): void => {
      faults.push({ number, kind, detail })
    }
    for (; expected < number; expected++) {
      faults.push({
        number: expected,
        kind: 'removed',
        detail: say`there is no row of this number`
      })
    }
    expected = number + 1
    const members = membersOf(row)
    if (!members || canonical(members) !== row.text || sha256(row.text) !== row.digest) {
      note('edited', say`the text does not have the digest that stands beside it`)
    }
    if (members?.['number'] !== number || members['service'] !== row.service) {
      note('reordered', say`it was written for another place`)
    }
    if (members?.['previous'] !== previous) {
      note('reordered', say`it was not written after the row before it`)
    }
    if (seal && !(await seal.verify(row.digest, row.mac))) {
      note('forged', say`its seal was not made by the key of the ledger`)
    }
    previous = row.digest
  }
  if (head !== undefined && !rows.some((row) => fits(headOf(row), head))) {
    faults.push({
      number: Number.parseInt(head, 10),
      kind: 'cut-off',
      detail: say`no row has the head ${head}`
    })
  }
  return faults
}

/** `12-ab34...`, in full or shortened. */
export function isHead(text: string): boolean {
  return /^[1-9][0-9]{0,11}-[0-9a-f]{12,64}$/.test(text)
}

function fits(full: string, head: string): boolean {
  return isHead(head) && full.startsWith(head)
}
