import type { GateFacts, Hold } from './gate-facts.ts'
import { holdKey } from './keys.ts'
import { expiryOf } from './ttl.ts'
import type { Key, Table } from './table.ts'

/*
 * A plane takes the answer to a hold from whoever has its token and the right to answer: for
 * CodeDeploy, the execution id of the hook. A job may read gates, so tokens stand apart from them:
 * only the gate's own functions reach them (infra/gate.yaml).
 */

/**
 * In place of the token of a hold that was told no before anything was on record: nobody waits for
 * an answer any more.
 */
export const TOLD_BEFORE = 'told-before'

/** Keeps the token of a hold. If one is kept already, that stays. Errors: those of the table. */
export async function keepToken(
  table: Table,
  { id, openedAt }: Pick<GateFacts, 'id' | 'openedAt'>,
  hold: Hold,
  token: string
): Promise<void> {
  await table.create({ ...keyOf(id, hold), token, ttl: expiryOf(openedAt) })
}

/**
 * Returns the token of a hold of this gate. The gate's id is made of the tokens, so the key names
 * no other gate's. Errors: those of the table, and an Error if the token is not there.
 */
export async function tokenOf(table: Table, id: string, hold: Hold): Promise<string> {
  const token = (await table.get(keyOf(id, hold)))?.['token']
  if (typeof token === 'string') return token
  throw new Error(`what answers ${hold.deploymentId} for gate ${id} is not in the ledger`)
}

function keyOf(id: string, { deploymentId }: Hold): Key {
  const key = holdKey(id, deploymentId)
  if (!key) throw new TypeError(`no gate id: ${id}, or no deployment id: ${deploymentId}`)
  return key
}
