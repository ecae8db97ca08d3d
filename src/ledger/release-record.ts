import { isMapping, mappingIn, mappingsIn, textIn, type Mapping } from '../documents/mapping.ts'
import type { Followed } from '../release/followed.ts'
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

/** Bytes of UTF-8. A longer record is not read. DynamoDB's own limit is 400 KB an item. */
export const LONGEST_RECORD = 300_000

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
  const after = textIn(revision, 'after')
  if (!cluster || !service || !deploymentId || after === undefined) return undefined
  const evidence = mappingsIn(value['evidence'])
  if (evidence.length > MOST_EVIDENCE) return undefined
  const commit = mappingIn(value, 'commit')
  const sha = textIn(commit, 'sha')
  return {
    version: 1,
    cluster,
    service,
    deploymentId,
    repository: textIn(value, 'repository'),
    ref: textIn(value, 'ref'),
    commit: sha === undefined ? undefined : { sha, url: textIn(commit, 'url') },
    run: readRun(mappingIn(value, 'run')),
    actor: textIn(value, 'actor'),
    triggeringActor: textIn(value, 'triggeringActor'),
    revision: { before: textIn(revision, 'before'), after },
    images: mappingsIn(value['images']).flatMap(readImage),
    changes: mappingsIn(value['changes']).flatMap(readChange),
    testUrl: textIn(value, 'testUrl'),
    evidence: evidence.flatMap(readEvidence),
    availability: value['availability'] === true || undefined,
    breakGlass: textIn(value, 'breakGlass')?.trim() || undefined
  }
}

function readRun(run: Mapping): ReleaseRecord['run'] {
  const id = textIn(run, 'id')
  if (id === undefined) return undefined
  return { id, attempt: textIn(run, 'attempt') ?? '1', url: textIn(run, 'url') }
}

function readImage(image: Mapping): ImageFacts[] {
  const container = textIn(image, 'container')
  const after = textIn(image, 'after')
  if (container === undefined || after === undefined) return []
  return [{ container, before: textIn(image, 'before'), after, digest: textIn(image, 'digest') }]
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
      summary: textIn(evidence, 'summary') ?? ''
    }
  ]
}
