import { createHash } from 'node:crypto'
import type { Key } from './table.ts'

/*
 * One table, ten kinds of partitions (docs/ledger.md):
 *   release#<cluster>/<service>   what the action writes, and all a CI role may write
 *   measured#<cluster>/<service>  what the functions inside the VPC write, for themselves alone
 *   gate#<release id>             gates: working items, gone after their storage time
 *   hold#<deployment id>          what answers a deployment that waits, for the gate's functions alone
 *   move#<deployment id>          how far weights of a listener have moved, for the gate's functions alone
 *   route#<ARN>                   who moves the weights of a listener or rule, for the same
 *   watch#                        what jobs may know of the policy, which they cannot read
 *   seen#<plane>/<deployment id>  what the watchdog has done about a deployment, for itself alone
 *   seen#stopped                  the deployments that it has stopped, until it has told how that ended
 *   chain#<cluster>/<service>     decision rows: written once, kept for ever
 */
export const RELEASE = 'release#'
export const MEASURED = 'measured#'
export const GATE = 'gate#'
export const HOLD = 'hold#'
export const CHAIN = 'chain#'
export const MOVE = 'move#'
const ROUTE = 'route#'
const SEEN = 'seen#'

/** The one item that says what jobs may know of the policy (watched.ts). */
export const WATCH_KEY: Key = { pk: 'watch#', sk: 'policy' }

/** Where the marks of the watchdog about one deployment stand (watch-marks.ts). */
export function watchMarksPartition(deploymentId: string): string {
  return SEEN + deploymentId
}

/** The deployments that the watchdog has stopped in the last days (watched-stops.ts). No plane is called `stopped`. */
export const STOPPED_PARTITION = `${SEEN}stopped`

export function stoppedKey(plane: string, deploymentId: string): Key {
  return { pk: STOPPED_PARTITION, sk: `${plane}/${deploymentId}` }
}

export function watchMarkKey(deploymentId: string, mark: string): Key {
  return { pk: watchMarksPartition(deploymentId), sk: mark }
}

/** How a service is named in the ledger, in the policy and on the card: `cluster/service`. */
export function serviceId(cluster: string, service: string): string {
  return `${cluster}/${service}`
}

export function releaseKey(service: string, deploymentId: string): Key {
  return { pk: RELEASE + service, sk: deploymentId }
}

/**
 * The key of what a function inside the VPC writes about a deployment. It stands apart from what
 * CI may write, so that CI cannot write it, and cannot pass for the function.
 */
export function measuredKey(service: string, name: string): Key {
  return { pk: MEASURED + service, sk: name }
}

/** Makes the id that a button carries. It names a gate and is no credential, because it hides the tokens of the gate's holds. */
export function gateId(releaseId: string, tokens: readonly string[]): string {
  const hash = createHash('sha256').update(tokens.join('\n')).digest('hex')
  return `${releaseId}#${hash.slice(0, 32)}`
}

/** Returns the key of a gate; undefined if the text is no gate's id. */
export function gateKey(id: string): Key | undefined {
  const [, releaseId, hash] = ID.exec(id) ?? []
  if (releaseId === undefined || hash === undefined) return undefined
  return { pk: GATE + releaseId, sk: hash }
}

/** A release's id is a name or an ARN. It has no dot, because a dot in a path of the table names a member of a member. */
const ID = /^([\w:/-]{1,256})#([0-9a-f]{32})$/

/**
 * Returns the key under which a gate keeps the token of one of its holds; undefined if the first
 * text is no gate's id or the second no deployment's.
 */
export function holdKey(id: string, deploymentId: string): Key | undefined {
  const key = gateKey(id)
  return key && DEPLOYMENT.test(deploymentId) ? { pk: HOLD + deploymentId, sk: key.sk } : undefined
}

const DEPLOYMENT = /^[\w:/-]{1,256}$/

/** A move of weights: a release has one after another if it moves traffic several times. */
export interface MoveId {
  /** The deployment id under which the release's record stands. */
  readonly deploymentId: string
  /** The plan's own id, which for a release with one move is the same. */
  readonly moveId: string
}

/** What the job hands in for a move: its plan, or the request that the start weights come back. */
export function handedKey(
  service: string,
  { deploymentId, moveId }: MoveId,
  what: 'plan' | 'back'
): Key {
  return releaseKey(service, `${deploymentId}#move#${moveId}#${what}`)
}

export function movePartition(deploymentId: string): string {
  return MOVE + deploymentId
}

export function moveKey({ deploymentId, moveId }: MoveId): Key {
  return { pk: movePartition(deploymentId), sk: moveId }
}

/** What a person has said of a move: the answer before a step, or that it goes back. */
export function saidKey({ deploymentId, moveId }: MoveId, what: `answer#${number}` | 'back'): Key {
  return { pk: movePartition(deploymentId), sk: `${moveId}#${what}` }
}

/** Whether a text can be the id of a deployment, and so a part of a key. */
export function isDeploymentId(text: string): boolean {
  return DEPLOYMENT.test(text)
}

export function routeKey(arn: string): Key {
  return { pk: ROUTE + arn, sk: 'lease' }
}

export function gatePartition(releaseId: string): string {
  return GATE + releaseId
}

export function chainPartition(service: string): string {
  return CHAIN + service
}

/** Row numbers have leading zeros, so that sorting them as texts sorts them as numbers. */
export function chainKey(service: string, seq: number): Key {
  return { pk: CHAIN + service, sk: String(seq).padStart(12, '0') }
}
