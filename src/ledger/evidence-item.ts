import { isCount, isMapping, mappingsIn, type Mapping } from '../documents/mapping.ts'
import type {
  AvailabilityEvidence,
  Evidence,
  PhaseOfTraffic,
  RequestResult,
  RunningImage,
  SecondOfTraffic
} from '../release/evidence.ts'
import { firstBytes } from './bytes.ts'
import { canonical } from './canonical.ts'
import { readMeasured, readTrend } from './evidence-detail.ts'
import type { EvidenceFacts } from './gate-facts.ts'
import { MEASURED, measuredKey, releaseKey } from './keys.ts'
import type { Item, Key, Table } from './table.ts'

/**
 * Bytes of UTF-8, as DynamoDB counts (developer guide, "Item sizes and formats"). Longer details are
 * not stored, because an item holds 400 KB.
 */
export const LONGEST_DETAIL = 200_000
/** Bytes of UTF-8. The card shows fewer. */
const LONGEST_SUMMARY = 3_000

/** Who has measured: the job of the release, or a function of the gate. */
export type Measurer = 'job' | 'function'

/**
 * Returns the key of one piece of evidence of a deployment. What a job has measured is in the
 * partition of the release's record, which CI may write; what a function has measured is in one
 * that nobody else may write, so the partition says who has measured. Each piece has its own item,
 * so that each is written only once.
 */
export function evidenceKey(
  service: string,
  deploymentId: string,
  name: string,
  measurer: Measurer = 'job'
): Key {
  const key = measurer === 'function' ? measuredKey : releaseKey
  return key(service, `${deploymentId}#evidence#${name}`)
}

/**
 * Reads one piece of evidence, of the attributes that are named, or whole. What a function has
 * measured goes before what a job says that it has measured. Errors: those of the table.
 */
export async function getEvidence(
  table: Pick<Table, 'get'>,
  service: string,
  deploymentId: string,
  name: string,
  attributes?: readonly string[]
): Promise<Item | undefined> {
  const [byFunction, byJob] = await Promise.all(
    (['function', 'job'] as const).map((measurer) =>
      table.get(evidenceKey(service, deploymentId, name, measurer), attributes)
    )
  )
  return byFunction ?? byJob
}

/** The attribute that `readEvidenceItem` reads. The others may be long. */
export const EVIDENCE_FACTS = ['evidence'] as const

/** Characters. What was measured takes a few thousand. Something longer, as CI may write it, is not read. */
export const LONGEST_FACTS = 32_000

/** `digest` is the SHA-256 of the verification file that says what to measure. */
export function evidenceItem(
  service: string,
  deploymentId: string,
  evidence: Evidence,
  digest: string,
  measurer: Measurer = 'job'
): Item {
  const { name, required, verdict, asked, images } = evidence
  const summary = firstBytes(evidence.summary, LONGEST_SUMMARY)
  const facts = { deploymentId, name, required, verdict, summary, asked, images, file: digest }
  const detail = canonical(evidence)
  return {
    ...evidenceKey(service, deploymentId, name, measurer),
    evidence: canonical(facts),
    ...(Buffer.byteLength(detail) <= LONGEST_DETAIL && { detail })
  }
}

/** The facts of an item, which the gate decides by. */
export interface StoredEvidence extends EvidenceFacts {
  readonly verdict: Evidence['verdict']
  readonly measuredBy: Measurer
  /** The images that green's tasks ran when they were asked; empty if they are not known. */
  readonly images: readonly RunningImage[]
}

/** Reads, for the gate, the facts of an item; undefined if it is not evidence of this deployment. */
export function readEvidenceItem(item: Item, deploymentId: string): StoredEvidence | undefined {
  const { evidence: text } = item
  let value: unknown
  try {
    value = typeof text === 'string' && text.length <= LONGEST_FACTS ? JSON.parse(text) : undefined
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
    summary: typeof summary === 'string' ? firstBytes(summary, LONGEST_SUMMARY) : '',
    // Where the item stands says it, and nothing that is written in the item.
    measuredBy: item.pk.startsWith(MEASURED) ? 'function' : 'job',
    ...(asked === 'tasks' && { asked }),
    images: mappingsIn(images).flatMap(({ container, digest }) =>
      typeof container === 'string' && typeof digest === 'string' ? [{ container, digest }] : []
    )
  }
}

function isVerdict(value: unknown): value is Evidence['verdict'] {
  return value === 'passed' || value === 'failed' || value === 'unknown'
}

/**
 * Reads, for the job, evidence that a function or an earlier job has stored, with
 * its rows and figures. They are missing if the item was too large for them.
 * `at`, in milliseconds since the epoch, stands for the times that the item does
 * not give. Undefined if it is not evidence of this deployment.
 */
export function readWholeEvidence(
  item: Item,
  deploymentId: string,
  at: number
): Evidence | undefined {
  const facts = readEvidenceItem(item, deploymentId)
  if (!facts) return undefined
  const { name, required, verdict, summary, asked, images } = facts
  const detail = detailOf(item)
  if (detail['section'] === 'availability') return readAvailabilityItem(item, deploymentId)
  const common = {
    name,
    required,
    verdict,
    summary,
    startedAt: numberIn(detail, 'startedAt') ?? at,
    endedAt: numberIn(detail, 'endedAt') ?? at,
    ...(asked && { asked }),
    ...(images.length > 0 && { images })
  }
  const measured = readMeasured(detail)
  if (measured) return { ...common, ...measured }
  return name === 'checks'
    ? { ...common, section: 'checks', rows: mappingsIn(detail['rows']).flatMap(readRow) }
    : { ...common, section: 'flow', steps: mappingsIn(detail['steps']).flatMap(readRow) }
}

/**
 * Reads, for the job, availability that the observer has stored. Phases and
 * seconds are missing if the item was too large for them. Undefined if it is not
 * evidence of this deployment, or if it has no figures.
 */
export function readAvailabilityItem(
  item: Item,
  deploymentId: string
): AvailabilityEvidence | undefined {
  const facts = readEvidenceItem(item, deploymentId)
  const detail = detailOf(item)
  if (!facts || detail['section'] !== 'availability') return undefined
  const { name, required, verdict, summary } = facts
  const { startedAt, endedAt, rate, total, failed } = detail
  if (!isCount(startedAt) || !isCount(endedAt) || !isCount(rate)) return undefined
  if (!isCount(total) || !isCount(failed)) return undefined
  return {
    section: 'availability',
    ...{ name, required, verdict, summary, startedAt, endedAt, rate, total, failed },
    phases: mappingsIn(detail['phases']).flatMap(readPhase),
    failures: mappingsIn(detail['failures']).flatMap(readFailure),
    seconds: mappingsIn(detail['seconds']).flatMap(readSecond)
  }
}

/** Returns what was stored as detail; empty if the item has none that can be read. */
function detailOf({ detail }: Item): Mapping {
  try {
    const value: unknown = typeof detail === 'string' ? JSON.parse(detail) : undefined
    return isMapping(value) ? value : {}
  } catch {
    return {}
  }
}

function readRow(row: Mapping): RequestResult[] {
  const { name, method, path, verdict, problems } = row
  if (typeof name !== 'string' || typeof method !== 'string' || typeof path !== 'string') return []
  if (verdict !== 'passed' && verdict !== 'failed' && verdict !== 'skipped') return []
  return [
    {
      name,
      method,
      path,
      verdict,
      status: numberIn(row, 'status'),
      ms: numberIn(row, 'ms'),
      attempts: numberIn(row, 'attempts') ?? 0,
      problems: Array.isArray(problems)
        ? problems.filter((problem) => typeof problem === 'string')
        : []
    }
  ]
}

function numberIn(mapping: Mapping, name: string): number | undefined {
  const value = mapping[name]
  return typeof value === 'number' ? value : undefined
}

const PHASES: readonly PhaseOfTraffic['name'][] = ['before', 'gate', 'shift', 'after', 'rollback']

function readPhase(value: Mapping): PhaseOfTraffic[] {
  const { from, until, total, failed } = value
  const name = PHASES.find((each) => each === value['name'])
  if (name === undefined || !isCount(from) || !isCount(until)) return []
  if (!isCount(total) || !isCount(failed)) return []
  const byVersion = countsIn(value['byVersion'])
  return [{ name, from, until, total, failed, byVersion, latency: readTrend(value['latency']) }]
}

function readFailure({ at, reason }: Mapping): AvailabilityEvidence['failures'][number][] {
  return isCount(at) && typeof reason === 'string' ? [{ at, reason }] : []
}

function readSecond(value: Mapping): SecondOfTraffic[] {
  const { at, total, failed, slowestMs } = value
  if (!isCount(at) || !isCount(total) || !isCount(failed) || !isCount(slowestMs)) return []
  return [{ at, total, failed, slowestMs, byVersion: countsIn(value['byVersion']) }]
}

function countsIn(value: unknown): Record<string, number> {
  if (!isMapping(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, count]) => (isCount(count) ? [[name, count]] : []))
  )
}
