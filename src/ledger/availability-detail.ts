import { isCount, isMapping, mappingsIn, type Mapping } from '../documents/mapping.ts'
import type {
  AvailabilityEvidence,
  PhaseOfTraffic,
  SecondOfTraffic,
  Trend
} from '../release/evidence.ts'
import { readEvidenceItem } from './evidence-item.ts'
import type { Item } from './table.ts'

/**
 * Availability as somebody else has stored it; without phases and seconds where
 * the item was too large for them. Undefined where it is no evidence of this
 * deployment, or without any figures.
 */
export function readAvailabilityItem(
  item: Item,
  deploymentId: string
): AvailabilityEvidence | undefined {
  const facts = readEvidenceItem(item, deploymentId)
  const detail = detailOf(item)
  if (!facts || !detail || detail['section'] !== 'availability') return undefined
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

function detailOf({ detail }: Item): Mapping | undefined {
  try {
    const value: unknown = typeof detail === 'string' ? JSON.parse(detail) : undefined
    return isMapping(value) ? value : undefined
  } catch {
    return undefined
  }
}

const NAMES: readonly PhaseOfTraffic['name'][] = ['before', 'gate', 'shift', 'after', 'rollback']

function readPhase(value: Mapping): PhaseOfTraffic[] {
  const { from, until, total, failed } = value
  const name = NAMES.find((each) => each === value['name'])
  if (name === undefined || !isCount(from) || !isCount(until)) return []
  if (!isCount(total) || !isCount(failed)) return []
  const byVersion = countsIn(value['byVersion'])
  return [{ name, from, until, total, failed, byVersion, latency: readTrend(value['latency']) }]
}

function readTrend(value: unknown): Trend | undefined {
  if (!isMapping(value)) return undefined
  const { avg, min, med, max, p90, p95, p99 } = value
  if (!isCount(avg) || !isCount(min) || !isCount(med) || !isCount(max)) return undefined
  if (!isCount(p90) || !isCount(p95) || !isCount(p99)) return undefined
  return { avg, min, med, max, p90, p95, p99 }
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
