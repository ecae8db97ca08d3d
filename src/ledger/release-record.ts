import { isMapping, mappingIn, mappingsIn, textIn, type Mapping } from '../documents/mapping.ts'
import type { Followed } from '../release/followed.ts'
import { firstBytes } from './bytes.ts'
import type { ChangeFacts, EvidenceFacts, ImageFacts } from './gate-facts.ts'

/**
 * What the action knows about a release and AWS does not. The job writes it
 * once, right after CreateDeployment, under `release#<cluster>/<service>`. The
 * gate shows it and records its digest. The gate trusts only those parts that
 * the OIDC token beside it proves. It never contains values of environment
 * variables.
 */
export interface ReleaseRecord {
  readonly version: 1
  readonly cluster: string
  readonly service: string
  readonly deploymentId: string
  /** `owner/name` */
  readonly repository: string | undefined
  readonly ref: string | undefined
  readonly commit: { readonly sha: string; readonly url: string | undefined } | undefined
  readonly run:
    | { readonly id: string; readonly attempt: string; readonly url: string | undefined }
    | undefined
  readonly actor: string | undefined
  /** The login of the person who re-ran the workflow. */
  readonly triggeringActor: string | undefined
  readonly revision: { readonly before: string | undefined; readonly after: string }
  readonly images: readonly ImageFacts[]
  readonly changes: readonly ChangeFacts[]
  readonly testUrl: string | undefined
  readonly evidence: readonly EvidenceFacts[]
  /** Production is probed during the shift, and the result will be in the ledger. */
  readonly availability: true | undefined
  /** The reason for passing the gate without a person (`rollback-to`). */
  readonly breakGlass: string | undefined
}

/** The record as a job writes it. */
export interface WrittenRecord extends ReleaseRecord {
  /** What it takes another job to go on with the deployment. The gate does not read it. */
  readonly followed: Followed
}

/**
 * Bytes of UTF-8. A longer record is not read. What the gate keeps of it stands in the gate's item
 * beside the evidence (evidence-budget.ts) and what AWS says, and DynamoDB takes 400 KB an item. Two
 * task definitions, which the changes are read from, have 64 KB each at most (Amazon ECS, "Service
 * quotas").
 */
export const LONGEST_RECORD = 200_000

/** Bytes of UTF-8 of one text that stands in the gate's item and in its row, such as the reason. */
export const LONGEST_TEXT = 2_000

/**
 * Bytes of UTF-8. A record that announces evidence with a longer name is not read: the name is a part
 * of a key, of which DynamoDB takes 1,024 bytes, and a shortened one would be of other evidence.
 */
export const LONGEST_EVIDENCE_NAME = 250

/** As many as a task definition has containers (Amazon ECS, "Service quotas"). */
const MOST_IMAGES = 10

/**
 * A record that announces more evidence is not read: a click reads each piece that is still to come.
 */
export const MOST_EVIDENCE = 200

/** Reads the record from a text that a CI job wrote; undefined if it is not a record. */
export function readRecord(text: string): ReleaseRecord | undefined {
  if (Buffer.byteLength(text) > LONGEST_RECORD) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isMapping(value) || value['version'] !== 1) return undefined
  const [cluster, service, deploymentId] = ['cluster', 'service', 'deploymentId'].map((name) =>
    textIn(value, name)
  )
  const revision = mappingIn(value, 'revision')
  const after = shortIn(revision, 'after')
  if (!cluster || !service || !deploymentId || after === undefined) return undefined
  const evidence = mappingsIn(value['evidence'])
  if (evidence.length > MOST_EVIDENCE || evidence.some(isNamedTooLong)) return undefined
  const commit = mappingIn(value, 'commit')
  const sha = shortIn(commit, 'sha')
  return {
    version: 1,
    cluster,
    service,
    deploymentId,
    repository: shortIn(value, 'repository'),
    ref: shortIn(value, 'ref'),
    commit: sha === undefined ? undefined : { sha, url: shortIn(commit, 'url') },
    run: readRun(mappingIn(value, 'run')),
    actor: shortIn(value, 'actor'),
    triggeringActor: shortIn(value, 'triggeringActor'),
    revision: { before: shortIn(revision, 'before'), after },
    images: mappingsIn(value['images']).slice(0, MOST_IMAGES).flatMap(readImage),
    changes: mappingsIn(value['changes']).flatMap(readChange),
    testUrl: shortIn(value, 'testUrl'),
    evidence: evidence.flatMap(readEvidence),
    availability: value['availability'] === true || undefined,
    breakGlass: shortIn(value, 'breakGlass')?.trim() || undefined
  }
}

function isNamedTooLong(evidence: Mapping): boolean {
  return Buffer.byteLength(textIn(evidence, 'name') ?? '') > LONGEST_EVIDENCE_NAME
}

/** The text, or the beginning of one that is too long. */
function shortIn(mapping: Mapping, name: string): string | undefined {
  const text = textIn(mapping, name)
  return text === undefined ? undefined : firstBytes(text, LONGEST_TEXT)
}

function readRun(run: Mapping): ReleaseRecord['run'] {
  const id = shortIn(run, 'id')
  if (id === undefined) return undefined
  return { id, attempt: shortIn(run, 'attempt') ?? '1', url: shortIn(run, 'url') }
}

function readImage(image: Mapping): ImageFacts[] {
  const container = shortIn(image, 'container')
  const after = shortIn(image, 'after')
  if (container === undefined || after === undefined) return []
  return [{ container, before: shortIn(image, 'before'), after, digest: shortIn(image, 'digest') }]
}

function readChange(change: Mapping): ChangeFacts[] {
  const path = textIn(change, 'path')
  const kind = change['kind']
  if (path === undefined || (kind !== 'added' && kind !== 'removed' && kind !== 'changed'))
    return []
  const before = textIn(change, 'before')
  const after = textIn(change, 'after')
  return [
    {
      path,
      kind,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after })
    }
  ]
}

function readEvidence(evidence: Mapping): EvidenceFacts[] {
  const name = textIn(evidence, 'name')
  if (name === undefined) return []
  const verdict = evidence['verdict']
  const known =
    verdict === 'passed' || verdict === 'failed' || verdict === 'warning' || verdict === 'pending'
  return [
    {
      name,
      verdict: known ? verdict : 'unknown',
      required: evidence['required'] === true,
      summary: shortIn(evidence, 'summary') ?? ''
    }
  ]
}
