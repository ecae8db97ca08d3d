import { createHash } from 'node:crypto'
import type { Key } from './table.ts'

/*
 * One table, five kinds of partitions (docs/ledger.md):
 *   release#<cluster>/<service>   what the action writes, and all a CI role may write
 *   gate#<deployment id>          gates: working items, gone after their storage time
 *   hold#<deployment id>          what answers CodeDeploy's hook, for the gate's functions alone
 *   watch#                        what the policy says of the watchdog, for jobs, which cannot read it
 *   chain#<cluster>/<service>     decision rows: written once, kept for ever
 */
export const RELEASE = 'release#'
export const GATE = 'gate#'
export const HOLD = 'hold#'
export const CHAIN = 'chain#'

/** The one item that says what is watched. */
export const WATCH_KEY: Key = { pk: 'watch#', sk: 'policy' }

/** How a service is named in the ledger, in the policy and on the card: `cluster/service`. */
export function serviceId(cluster: string, service: string): string {
  return `${cluster}/${service}`
}

export function releaseKey(service: string, deploymentId: string): Key {
  return { pk: RELEASE + service, sk: deploymentId }
}

/** The id a button carries. It names a gate, it is no credential. */
export function gateId(deploymentId: string, executionId: string): string {
  const hash = createHash('sha256').update(executionId).digest('hex')
  return `${deploymentId}#${hash.slice(0, 32)}`
}

/** Undefined where the text is no gate's id. */
export function gateKey(id: string): Key | undefined {
  return keyUnder(GATE, id)
}

/** Where a gate keeps what answers its hook; undefined where the text is no gate's id. */
export function holdKey(id: string): Key | undefined {
  return keyUnder(HOLD, id)
}

function keyUnder(prefix: string, id: string): Key | undefined {
  const [, deploymentId, hash] = /^(d-[A-Z0-9]{1,32})#([0-9a-f]{32})$/.exec(id) ?? []
  if (deploymentId === undefined || hash === undefined) return undefined
  return { pk: prefix + deploymentId, sk: hash }
}

export function gatePartition(deploymentId: string): string {
  return GATE + deploymentId
}

export function chainPartition(service: string): string {
  return CHAIN + service
}

/** Sorts as text the way it counts. */
export function chainKey(service: string, seq: number): Key {
  return { pk: CHAIN + service, sk: String(seq).padStart(12, '0') }
}
