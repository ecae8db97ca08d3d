import type { Table } from '../../ledger/table.ts'
import { readGateSays } from '../../ledger/watched.ts'
import { speaking } from '../../words/say.ts'

/**
 * Runs `work` in the language of the gate's policy, for a function that may not read the policy:
 * the gate has left the language in the ledger. If it has not, or if it cannot be read, English
 * is spoken, because evidence in another language is better than none.
 */
export async function inPolicyLanguage<T>(
  table: Pick<Table, 'get'>,
  work: () => Promise<T>
): Promise<T> {
  const says = await readGateSays(table).catch(() => undefined)
  return speaking((typeof says === 'object' && says.language) || 'en', work)
}
