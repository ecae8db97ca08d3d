import type { LoadCheck, LoadEvidence, ScriptTrend, Trend } from '../release/evidence.ts'
import { count, milliseconds, percent } from '../release/report-words.ts'
import { say } from '../words/say.ts'

/** What report and summary show of a load, as plain text: names with values, and rows of tables. */

export const STATISTICS = ['avg', 'min', 'med', 'max', 'p90', 'p95', 'p99'] as const

/** Names and values; what was not measured is left out. */
export function loadFacts({
  engine,
  engineVersion,
  requests,
  rate,
  failed,
  failureRate,
  script
}: LoadEvidence): readonly (readonly [string, string])[] {
  const { iterations, vus, dataReceived, dataSent } = script ?? {}
  const data =
    dataReceived === undefined || dataSent === undefined
      ? undefined
      : say`${bytes(dataReceived)} received, ${bytes(dataSent)} sent`
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say`Engine`, `${engine} ${engineVersion}`],
    // If no request was sent, there is no share of failures to show.
    [say`Requests`, requests === 0 ? '0' : say`${count(requests)}, ${count(rate)} a second`],
    [say`Failed`, requests === 0 ? undefined : share(failed, requests, failureRate)],
    [say`Iterations`, iterations === undefined ? undefined : count(iterations)],
    [say`Virtual users`, vus === undefined ? undefined : say`at most ${count(vus)} at once`],
    [say`Data`, data]
  ]
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}

/** `7 of 9,857 (0.07 %)` */
function share(some: number, all: number, fraction: number): string {
  return some === 0
    ? say`0 of ${count(all)}`
    : say`${count(some)} of ${count(all)} (${percent(fraction)})`
}

/** As the threshold was judged: a rounded figure could seem to keep a limit that is broken. */
export function exactly(measured: number | undefined): string {
  if (measured === undefined) return '–'
  return Number(measured.toPrecision(12)).toLocaleString('en-US', { maximumFractionDigits: 12 })
}

/** How often a check has passed and failed, in which share, and what the file wants. */
export function checkRow({ passes, fails, wanted }: LoadCheck): {
  readonly passes: string
  readonly fails: string
  readonly share: string
  readonly wanted: string
} {
  const all = passes + fails
  return {
    passes: count(passes),
    fails: count(fails),
    share: all === 0 ? '–' : percent(passes / all),
    wanted: wanted === undefined ? '–' : percent(wanted)
  }
}

/** Every trend, the duration of the requests first; k6's own name where k6 ran. */
export function trends({ engine, latency, script }: LoadEvidence): readonly ScriptTrend[] {
  const own = latency && {
    name: engine === 'k6' ? 'http_req_duration' : say`Request duration`,
    unit: 'ms' as const,
    trend: latency
  }
  return [...(own ? [own] : []), ...(script?.trends ?? [])]
}

export function figures({ trend, unit }: ScriptTrend): readonly string[] {
  return STATISTICS.map((name) => figure(trend[name], unit))
}

function figure(value: Trend['avg'], unit: ScriptTrend['unit']): string {
  return unit === 'ms' ? milliseconds(value) : count(value)
}

/** In units of 1,000, as k6 has them. */
function bytes(value: number): string {
  if (value < 1_000) return `${count(value)} B`
  if (value < 1_000_000) return `${count(tidy(value / 1_000))} kB`
  if (value < 1_000_000_000) return `${count(tidy(value / 1_000_000))} MB`
  return `${count(tidy(value / 1_000_000_000))} GB`
}

function tidy(value: number): number {
  return Number(value.toPrecision(3))
}
