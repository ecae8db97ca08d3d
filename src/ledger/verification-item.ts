import { sha256 } from './canonical.ts'
import { releaseKey } from './keys.ts'
import type { Item, Key } from './table.ts'
import { say } from '../words/say.ts'

/** A verification file as the job read it. */
export interface VerificationFile {
  /** Within the workspace; what problems are named by. */
  readonly path: string
  readonly text: string
}

/** Longest file, in bytes of UTF-8: DynamoDB takes 400 KB an item, keys and digest included. */
export const LONGEST_VERIFICATION = 256 * 1024

/**
 * Where the verification file of a deployment stands: beside its release's
 * record, so that who may write the one may write the other. The functions that
 * ask green and production from inside the VPC read it there.
 */
export function verificationKey(service: string, deploymentId: string): Key {
  return releaseKey(service, `${deploymentId}#verification`)
}

/** Throws a RangeError for a file that is too long. */
export function verificationItem(
  service: string,
  deploymentId: string,
  { path, text }: VerificationFile
): Item {
  const length = Buffer.byteLength(text)
  if (length > LONGEST_VERIFICATION) {
    throw new RangeError(
      say`${path}: found ${length} bytes, wanted at most ${LONGEST_VERIFICATION}`
    )
  }
  const file = sha256(text)
  return { ...verificationKey(service, deploymentId), deploymentId, path, text, file }
}

/**
 * The file in an item that a CI job wrote; undefined where it is none of this
 * deployment, or where its text is not the one that its digest is of.
 */
export function readVerificationItem(
  item: Item,
  deploymentId: string
): VerificationFile | undefined {
  const { path, text, file } = item
  if (item['deploymentId'] !== deploymentId) return undefined
  if (typeof path !== 'string' || typeof text !== 'string') return undefined
  if (Buffer.byteLength(text) > LONGEST_VERIFICATION || sha256(text) !== file) return undefined
  return { path, text }
}
