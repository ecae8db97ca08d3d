import { isMapping, mappingsIn } from '../documents/mapping.ts'
import type { Evidence, RunningImage } from '../release/evidence.ts'
import { canonical } from './canonical.ts'
import type { EvidenceFacts } from './gate.ts'
import { releaseKey } from './keys.ts'
import type { Item, Key } from './table.ts'

/** DynamoDB takes 400 KB an item; what is longer is stored without its details. */
export const LONGEST_DETAIL = 200_000
/** As the card can show it, and more than it does. */
const LONGEST_SUMMARY = 1_000

/**
 * Where one piece of evidence of a deployment stands: beside its release's
 * record, so that who may write the one may write the other, and in an item of
 * its own, so that each is written once.
 */
export function evidenceKey(service: string, deploymentId: string, name: string): Key {
  return releaseKey(service, `${deploymentId}#evidence#${name}`)
}

/** `digest` is the verification file's, SHA-256: what the evidence was asked by. */
export function evidenceItem(
  service: string,
  deploymentId: string,
  evidence: Evidence,
  digest: string
): Item {
  const { name, required, verdict, summary, asked, images } = evidence
  const facts = { deploymentId, name, required, verdict, summary, asked, images, file: digest }
  const detail = canonical(evidence)
  return {
    ...evidenceKey(service, deploymentId, name),
    evidence: canonical(facts),
    ...(detail.length <= LONGEST_DETAIL && { detail })
  }
}

/** What an item says. */
export interface StoredEvidence extends EvidenceFacts {
  readonly verdict: Evidence['verdict']
  /** What green's tasks ran when they were asked; empty: it is not known. */
  readonly images: readonly RunningImage[]
}

/** What an item says, for the gate; undefined where it is no evidence of this deployment. */
export function readEvidenceItem(item: Item, deploymentId: string): StoredEvidence | undefined {
  const { evidence: text } = item
  let value: unknown
  try {
    value = typeof text === 'string' ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
  if (!isMapping(value) || value['deploymentId'] !== deploymentId) return undefined
  const { name, verdict, required, summary, asked, images } = value
  if (typeof name !== 'string' || !isVerdict(verdict)) return undefined
  return {
    name,
    verdict,
    required: required === true,
    summary: typeof summary === 'string' ? summary.slice(0, LONGEST_SUMMARY) : '',
    ...(asked === 'tasks' && { asked }),
    images: mappingsIn(images).flatMap(({ container, digest }) =>
      typeof container === 'string' && typeof digest === 'string' ? [{ container, digest }] : []
    )
  }
}

function isVerdict(value: unknown): value is Evidence['verdict'] {
  return value === 'passed' || value === 'failed' || value === 'unknown'
}
