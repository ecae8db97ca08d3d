import type { GateFacts } from './gate.ts'
import { gateId, holdKey } from './keys.ts'
import { expiryOf } from './ttl.ts'
import type { Table } from './table.ts'

/*
 * CodeDeploy takes the verdict on a hook from whoever has the hook's execution
 * id and the right to answer hooks. A job may read gates, so the id stands
 * apart from them: only the gate's own functions reach it (infra/gate.yaml).
 */

/** Keeps what answers the hook of a gate; where it is kept already, that stays. Errors: those of the table. */
export async function keepExecution(
  table: Table,
  { id, openedAt }: Pick<GateFacts, 'id' | 'openedAt'>,
  executionId: string
): Promise<void> {
  const key = holdKey(id)
  if (!key) throw new TypeError(`no gate id: ${id}`)
  await table.create({ ...key, execution: executionId, ttl: expiryOf(openedAt) })
}

/** What answers the hook of this gate. Errors: those of the table, and an item that is missing or is not of this gate. */
export async function executionOf(table: Table, id: string): Promise<string> {
  const key = holdKey(id)
  const execution = (key && (await table.get(key)))?.['execution']
  const deploymentId = id.slice(0, id.indexOf('#'))
  if (typeof execution !== 'string' || gateId(deploymentId, execution) !== id) {
    throw new Error(`what answers the hook of gate ${id} is not in the ledger`)
  }
  return execution
}
