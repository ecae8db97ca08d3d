import type { SecondOfTraffic } from './evidence.ts'
import type { Report } from './report.ts'

/** Requests over time, in columns of equal width. */
export interface Columns {
  /** The time that one column covers: a power of two of seconds. */
  readonly widthMs: number
  readonly columns: readonly SecondOfTraffic[]
}

const SECOND = 1_000
/** The limit ends the loop whatever the times are: a column would cover more than 34,000 years. */
const MOST_DOUBLINGS = 40

/**
 * Merges seconds into columns that are just wide enough for at most `most` of them, counting
 * those in which nothing was sent. A column begins at a multiple of its width, as the wider
 * entries of the prober do, so no entry is split.
 */
export function inColumns(seconds: readonly SecondOfTraffic[], most: number): Columns {
  let widthMs = finest(seconds)
  let columns: readonly SecondOfTraffic[] = merged(seconds, widthMs)
  for (
    let doublings = 0;
    slots({ widthMs, columns }) > most && doublings < MOST_DOUBLINGS;
    doublings++
  ) {
    widthMs *= 2
    columns = merged(columns, widthMs)
  }
  return { widthMs, columns }
}

/** The number of columns from the first to the last, counting those without a request. */
export function slots({ widthMs, columns }: Columns): number {
  const [first] = columns
  const last = columns.at(-1)
  return first === undefined || last === undefined ? 0 : (last.at - first.at) / widthMs + 1
}

/** The width of the prober's own entries, which may already cover more than a second. */
function finest(seconds: readonly SecondOfTraffic[]): number {
  const gaps = seconds.flatMap(({ at }, index) => {
    const before = seconds[index - 1]
    return before === undefined || at <= before.at ? [] : [at - before.at]
  })
  const gap = gaps.reduce((least, each) => Math.min(least, each), Infinity)
  let widthMs = SECOND
  if (gap === Infinity) return widthMs
  while (widthMs * 2 <= gap) widthMs *= 2
  return widthMs
}

function merged(seconds: readonly SecondOfTraffic[], widthMs: number): SecondOfTraffic[] {
  const byStart = new Map<number, SecondOfTraffic>()
  for (const second of seconds) {
    const at = Math.floor(second.at / widthMs) * widthMs
    const known = byStart.get(at)
    byStart.set(at, known ? together(known, second) : { ...second, at })
  }
  return [...byStart.values()].sort((one, other) => one.at - other.at)
}

function together(one: SecondOfTraffic, other: SecondOfTraffic): SecondOfTraffic {
  const counts = new Map(Object.entries(one.byVersion))
  for (const [version, count] of Object.entries(other.byVersion)) {
    counts.set(version, (counts.get(version) ?? 0) + count)
  }
  return {
    at: one.at,
    total: one.total + other.total,
    failed: one.failed + other.failed,
    slowestMs: Math.max(one.slowestMs, other.slowestMs),
    byVersion: Object.fromEntries(counts)
  }
}

/** From `at` on, this percentage of production traffic was on green. */
export interface Share {
  readonly at: number
  readonly green: number
}

/**
 * How production traffic moved. The job sees it by polling, so a step may be seconds late;
 * the ends of the shift and of a rollback are AWS's own times. Empty if the traffic is not
 * known.
 */
export function shares(report: Report): readonly Share[] {
  const { deployment, rollbackDeployment, rollback, timeline } = report
  if (deployment === undefined) return []
  const seen = timeline.flatMap(({ at, ...event }) =>
    event.kind === 'traffic' ? [{ at, green: percent(event.green) }] : []
  )
  const { createdAt, trafficShiftedAt } = deployment
  const whole = trafficShiftedAt === undefined ? [] : [{ at: trafficShiftedAt, green: 100 }]
  if (seen.length === 0 && whole.length === 0 && deployment.traffic === undefined) return []
  const known = [...seen, ...whole].sort((one, other) => one.at - other.at)
  const last = known.at(-1)
  const back =
    rollback === 'succeeded' && last !== undefined && last.green > 0
      ? rollbackDeployment?.completedAt
      : undefined
  const steps =
    back === undefined ? known : [...known, { at: Math.max(back, last?.at ?? back), green: 0 }]
  const begin = {
    at: Math.min(createdAt ?? report.startedAt, ...steps.map(({ at }) => at)),
    green: 0
  }
  return [begin, ...steps].filter(
    (step, index, all) => index === 0 || step.green !== all[index - 1]?.green
  )
}

function percent(green: number): number {
  return Math.min(100, Math.max(0, green))
}
