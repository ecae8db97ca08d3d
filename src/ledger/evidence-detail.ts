import { isMapping, mappingsIn, type Mapping } from '../documents/mapping.ts'
import type { Evidence, RequestResult } from '../release/evidence.ts'
import { readEvidenceItem } from './evidence-item.ts'
import type { Item } from './table.ts'

/**
 * Checks or a flow as somebody else has stored them, with every row; without
 * rows where the item was too large for them. `at` is when that was, in
 * milliseconds since the epoch, where the item does not say.
 * Undefined where it is no such evidence of this deployment.
 */
export function readRequestsItem(
  item: Item,
  deploymentId: string,
  at: number
): Evidence | undefined {
  const facts = readEvidenceItem(item, deploymentId)
  if (!facts) return undefined
  const { name, required, verdict, summary, asked, images } = facts
  const detail = detailOf(item)
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
  return name === 'checks'
    ? { ...common, section: 'checks', rows: mappingsIn(detail['rows']).flatMap(readRow) }
    : { ...common, section: 'flow', steps: mappingsIn(detail['steps']).flatMap(readRow) }
}

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
