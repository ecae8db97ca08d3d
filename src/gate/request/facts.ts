import { sha256 } from '../../ledger/canonical.ts'
import type { GateFacts, ReleaseFacts, RequesterFacts } from '../../ledger/gate.ts'
import { gateId, releaseKey, serviceId } from '../../ledger/keys.ts'
import { readRecord, type ReleaseRecord } from '../../ledger/release-record.ts'
import type { Deployment, Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import type { Fault } from '../identity/fault.ts'
import { runLabel } from './run-label.ts'

/** Who asked, worked out from the token beside the record (identity/requester.ts). Never throws. */
export type FindRequester = (claim: Claim, policy: Policy) => Promise<RequesterFacts>

export interface Claim {
  readonly token: string | undefined
  readonly deploymentId: string
  readonly deploymentCreatedAt: number
  readonly repository: string | undefined
  readonly runId: string | undefined
  /** GitHub logins that the record names. */
  readonly actors: readonly string[]
}

/** CodeDeploy fails a hook after an hour (aws-semantics 1.2); we say no before that. */
const OWN_TIME_MS = 55 * 60_000

/** Everything that is known when the gate opens. Errors: those of the ledger. */
export async function factsOf(
  platform: Platform,
  findRequester: FindRequester,
  deployment: Deployment,
  executionId: string,
  policy: Policy | undefined
): Promise<GateFacts> {
  const { table, deployments, clock } = platform
  const { deploymentId, cluster, service } = deployment
  const [item, definitions, health] = await Promise.all([
    table.get(releaseKey(serviceId(cluster, service), deploymentId)),
    deployments.definitions(deployment),
    deployments.health(deployment)
  ])
  const text = typeof item?.['record'] === 'string' ? item['record'] : undefined
  const record = text === undefined ? undefined : ownRecord(text, deployment)
  const token = typeof item?.['token'] === 'string' ? item['token'] : undefined
  const openedAt = clock.now()
  const began = deployment.hookStartedAt ?? openedAt
  return {
    id: gateId(deploymentId, executionId),
    deploymentId,
    region: deployment.region,
    cluster,
    service,
    application: deployment.application,
    deploymentGroup: deployment.deploymentGroup,
    deploymentCreatedAt: deployment.createdAt,
    openedAt,
    expiresAt: began + OWN_TIME_MS,
    requester: await requesterOf(findRequester, deployment, record, token, policy),
    release: releaseOf(record, text, definitions),
    health
  }
}

/** A record that speaks of another deployment is none of this one's. */
function ownRecord(text: string, deployment: Deployment): ReleaseRecord | undefined {
  const record = readRecord(text)
  const isOwn =
    record?.deploymentId === deployment.deploymentId &&
    record.cluster === deployment.cluster &&
    record.service === deployment.service
  return isOwn ? record : undefined
}

async function requesterOf(
  findRequester: FindRequester,
  { deploymentId, createdAt }: Deployment,
  record: ReleaseRecord | undefined,
  token: string | undefined,
  policy: Policy | undefined
): Promise<RequesterFacts> {
  const actors = [record?.actor, record?.triggeringActor].filter((login) => login !== undefined)
  if (!policy) {
    return {
      verified: false,
      why: 'no-policy' satisfies Fault,
      logins: actors,
      users: [],
      unmapped: []
    }
  }
  const { repository, run } = record ?? {}
  const claim = { token, deploymentId, deploymentCreatedAt: createdAt, repository, runId: run?.id }
  return findRequester({ ...claim, actors }, policy)
}

/** What AWS says of revisions and images goes before what a job has written. */
function releaseOf(
  record: ReleaseRecord | undefined,
  text: string | undefined,
  { revision, images }: Awaited<ReturnType<Platform['deployments']['definitions']>>
): ReleaseFacts {
  return {
    recordDigest: text === undefined ? undefined : sha256(text),
    revision: { before: revision.before ?? record?.revision.before, after: revision.after },
    images: images.length > 0 ? images : withoutDigests(record?.images ?? []),
    changes: record?.changes,
    repository: record?.repository,
    commit: record?.commit,
    run: record?.run && {
      label: runLabel(record.run.id, record.run.attempt === '1' ? undefined : record.run.attempt),
      url: record.run.url
    },
    testUrl: record?.testUrl,
    evidence: record?.evidence ?? [],
    availability: record?.availability,
    breakGlass: record?.breakGlass
  }
}

/** Only AWS says what runs: a digest that a job has written proves nothing. */
function withoutDigests(images: ReleaseFacts['images']): ReleaseFacts['images'] {
  return images.map((image) => ({ ...image, digest: undefined }))
}
