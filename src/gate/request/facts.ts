import { sha256 } from '../../ledger/canonical.ts'
import type {
  EvidenceFacts,
  GateFacts,
  Hold,
  Holds,
  ReleaseFacts,
  RequesterFacts
} from '../../ledger/gate-facts.ts'
import { gateId, releaseKey, serviceId } from '../../ledger/keys.ts'
import { readRecord, type ReleaseRecord } from '../../ledger/release-record.ts'
import type { Definitions, Described, RequestPlane } from '../../controllers/gate-plane.ts'
import type { Platform } from '../platform.ts'
import type { Clock } from '../../release/clock.ts'
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
  readonly runAttempt: string | undefined
  /** The login that the record names for who started this attempt. */
  readonly triggeringActor: string | undefined
  /** GitHub logins that the record names. */
  readonly actors: readonly string[]
}

/** Each takes 3 s at most (identity/requester.ts). */
const KEY_TRIES = 3
const BETWEEN_KEY_TRIES_MS = 2_000

/** The gate says no this long before its first hold runs out, so that its answer still arrives. */
const BEFORE_HOLD_ENDS_MS = 5 * 60_000

/** When a gate with these holds expires. */
export function expiryOfGate(holds: Holds): number {
  return Math.min(...holds.map(({ expiresAt }) => expiresAt)) - BEFORE_HOLD_ENDS_MS
}

/** Everything that is known when the gate opens. Errors: those of the ledger. */
export async function factsOf(
  { table, clock }: Pick<Platform, 'table' | 'clock'>,
  plane: Pick<RequestPlane, 'health' | 'definitions' | 'shift'>,
  findRequester: FindRequester,
  deployment: Described,
  token: string,
  policy: Policy | undefined
): Promise<GateFacts> {
  const { hold } = deployment
  const { deploymentId, cluster, service } = hold
  const [item, definitions, health, shift] = await Promise.all([
    table.get(releaseKey(serviceId(cluster, service), deploymentId)),
    plane.definitions(hold),
    plane.health(hold),
    plane.shift(hold)
  ])
  const text = typeof item?.['record'] === 'string' ? item['record'] : undefined
  const record = text === undefined ? undefined : ownRecord(text, hold)
  const idToken = typeof item?.['token'] === 'string' ? item['token'] : undefined
  const openedAt = clock.now()
  const holds: Holds = [hold]
  return {
    id: gateId(deploymentId, [token]),
    releaseId: deploymentId,
    holds,
    region: deployment.region,
    createdAt: deployment.createdAt,
    consoleUrl: deployment.consoleUrl,
    names: deployment.names,
    openedAt,
    expiresAt: expiryOfGate(holds),
    requester: await requesterOf(clock, findRequester, deployment, record, idToken, policy),
    release: releaseOf(record, text, definitions),
    health,
    ...(shift && { shift })
  }
}

/** A record that speaks of another deployment is none of this one's. */
function ownRecord(text: string, hold: Hold): ReleaseRecord | undefined {
  const record = readRecord(text)
  const isOwn =
    record?.deploymentId === hold.deploymentId &&
    record.cluster === hold.cluster &&
    record.service === hold.service
  return isOwn ? record : undefined
}

async function requesterOf(
  clock: Clock,
  findRequester: FindRequester,
  { hold: { deploymentId }, createdAt }: Described,
  record: ReleaseRecord | undefined,
  token: string | undefined,
  policy: Policy | undefined
): Promise<RequesterFacts> {
  const { repository, run, actor, triggeringActor } = record ?? {}
  const actors = [...new Set([actor, triggeringActor].filter((login) => login !== undefined))]
  if (!policy) {
    return {
      verified: false,
      why: 'no-policy' satisfies Fault,
      logins: actors,
      users: [],
      unmapped: []
    }
  }
  const claim = {
    token,
    deploymentId,
    deploymentCreatedAt: createdAt,
    repository,
    runId: run?.id,
    runAttempt: run?.attempt,
    triggeringActor,
    actors
  }
  for (let tries = 1; ; tries++) {
    const found = await findRequester(claim, policy)
    // Who asked counts for as long as the gate is open, so a disturbance on the way to GitHub must not decide it.
    if (found.why !== ('keys-unavailable' satisfies Fault) || tries === KEY_TRIES) return found
    await clock.sleep(BETWEEN_KEY_TRIES_MS)
  }
}

/** What AWS says of revisions, images and changes goes before what a job has written. */
function releaseOf(
  record: ReleaseRecord | undefined,
  text: string | undefined,
  { revision, images, changes }: Definitions
): ReleaseFacts {
  return {
    recordDigest: text === undefined ? undefined : sha256(text),
    revision: { before: revision.before ?? record?.revision.before, after: revision.after },
    images: images.length > 0 ? images : withoutDigests(record?.images ?? []),
    changes: changes ?? record?.changes,
    repository: record?.repository,
    commit: record?.commit,
    run: record?.run && {
      label: runLabel(record.run.id, record.run.attempt === '1' ? undefined : record.run.attempt),
      url: record.run.url
    },
    testUrl: record?.testUrl,
    evidence: (record?.evidence ?? []).map(announcedAlone),
    availability: record?.availability,
    breakGlass: record?.breakGlass
  }
}

/** A record announces evidence. What it says was found is nobody's measurement, so it counts as pending. */
function announcedAlone({ name, required }: EvidenceFacts): EvidenceFacts {
  return { name, required, verdict: 'pending', summary: '' }
}

/** Only AWS says what runs: a digest that a job has written proves nothing. */
function withoutDigests(images: ReleaseFacts['images']): ReleaseFacts['images'] {
  return images.map((image) => ({ ...image, digest: undefined }))
}
