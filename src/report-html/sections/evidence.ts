import { duration } from '../../release/elapsed.ts'
import type {
  AvailabilityEvidence,
  Evidence,
  LoadEvidence,
  MetricsEvidence,
  RecoveryEvidence,
  RequestResult
} from '../../release/evidence.ts'
import { count, milliseconds, percent, shortName, utcTime } from '../../release/report-words.ts'
import type { Report } from '../../release/report.ts'
import {
  badge,
  code,
  facts,
  heading,
  list,
  note,
  paragraph,
  section,
  table,
  type Kind
} from '../blocks.ts'
import type { Frame } from '../charts/frame.ts'
import { timeAxis } from '../charts/frame.ts'
import { metricCharts, range } from '../charts/metrics.ts'
import { recoverySteps } from '../charts/recovery.ts'
import { markup, NOTHING, type Markup } from '../markup.ts'

const KINDS: Readonly<Record<Evidence['verdict'] | RequestResult['verdict'], Kind>> = {
  passed: 'good',
  failed: 'bad',
  unknown: 'open',
  skipped: 'skipped'
}

/** What was measured: each piece of evidence with its verdict, then the tables with the details. */
export function evidence({ evidence: found }: Report, frame: Frame | undefined): Markup {
  if (found.length === 0) return NOTHING
  return section('Evidence', ...found.map((each, index) => piece(each, frame, index)))
}

function piece(each: Evidence, frame: Frame | undefined, index: number): Markup {
  const { name, verdict, summary } = each
  return markup`<article>
${heading(name, markup`${badge(KINDS[verdict], verdict)} <span class="detail">${need(each)}</span>`)}${paragraph(markup`${summary}`)}${details(each, frame, index)}</article>
`
}

function need({ section: kind, required }: Evidence): string {
  if (kind === 'availability') return required ? 'a breach stops' : 'a breach is reported'
  return required ? 'required' : 'advisory'
}

function details(each: Evidence, frame: Frame | undefined, index: number): Markup {
  switch (each.section) {
    case 'checks':
      return requests('Route', each.rows)
    case 'flow':
      return requests('Step', each.steps)
    case 'load':
      return load(each)
    case 'availability':
      return availability(each)
    case 'metrics':
      return metrics(each, frame, index)
    case 'recovery':
      return recovery(each)
  }
}

function requests(what: string, rows: readonly RequestResult[]): Markup {
  if (rows.length === 0) return NOTHING
  return table(
    [what, 'Endpoint', 'Status', 'Time', 'Verdict', 'Not as expected'],
    rows.map(({ name, method, path, status, ms, verdict, attempts, problems }) => [
      markup`${name}`,
      code(`${method} ${path}`),
      markup`${status ?? '–'}`,
      markup`${ms === undefined ? '–' : milliseconds(ms)}`,
      badge(KINDS[verdict], `${verdict}${attempts > 1 ? ` after ${attempts} attempts` : ''}`),
      markup`${problems.join('; ')}`
    ]),
    ['Status', 'Time']
  )
}

const STATISTICS = ['avg', 'min', 'med', 'max', 'p90', 'p95', 'p99'] as const

function load({
  engine,
  engineVersion,
  latency,
  requests: sent,
  rate,
  failureRate,
  thresholds
}: LoadEvidence): Markup {
  return markup`${facts([
    ['Engine', markup`${engine} ${engineVersion}`],
    ['Requests', markup`${count(sent)}, ${count(rate)} a second`],
    ['Failed', markup`${percent(failureRate)}`]
  ])}${
    thresholds.length > 0
      ? table(
          ['Threshold', 'Measured', 'Verdict'],
          thresholds.map(({ text, measured, passed }) => [
            code(text),
            markup`${measured === undefined ? '–' : count(measured)}`,
            passed ? badge('good', 'holds') : badge('bad', 'does not hold')
          ]),
          ['Measured']
        )
      : NOTHING
  }${
    latency === undefined
      ? NOTHING
      : table(
          STATISTICS,
          [STATISTICS.map((name) => markup`${milliseconds(latency[name])}`)],
          STATISTICS
        )
  }`
}

/** Enough to see when and why requests failed. The JSON report has up to 1,000. */
const MOST_FAILURES = 50

function availability({ phases, failures, failed }: AvailabilityEvidence): Markup {
  const shown = failures.slice(0, MOST_FAILURES)
  return markup`${
    phases.length === 0
      ? NOTHING
      : table(
          ['Phase', 'From (UTC)', 'Requests', 'Failed', 'Median', 'p99', 'Max', 'By version'],
          phases.map(({ name, from, total, failed: bad, byVersion, latency }) => [
            markup`${name}`,
            markup`${utcTime(from)}`,
            markup`${count(total)}`,
            bad === 0 ? markup`0` : badge('bad', count(bad)),
            ...[latency?.med, latency?.p99, latency?.max].map(
              (ms) => markup`${ms === undefined ? '–' : milliseconds(ms)}`
            ),
            markup`${Object.entries(byVersion)
              .map(([version, answered]) => `${version}: ${count(answered)}`)
              .join(', ')}`
          ]),
          ['From (UTC)', 'Requests', 'Failed', 'Median', 'p99', 'Max']
        )
  }${
    shown.length === 0
      ? NOTHING
      : markup`<details>
<summary>Failures: ${count(failed)}</summary>
${list(shown.map(({ at, reason }) => markup`${utcTime(at)} ${reason}`))}${failed > shown.length ? note(`and ${count(failed - shown.length)} more`) : NOTHING}</details>
`
  }`
}

function metrics(each: MetricsEvidence, frame: Frame | undefined, index: number): Markup {
  const { series, alarms } = each
  const charts = frame ? metricCharts(frame, each, index) : []
  const known = series.filter(({ points }) => points.length > 0)
  return markup`${charts}${frame && charts.length > 0 ? timeAxis(frame) : NOTHING}${
    known.length > 0
      ? table(
          ['Metric', 'Side', 'By the minute', 'Last'],
          known.map(({ metric, side, unit, points }) => {
            const words = unit === 'ms' ? milliseconds : count
            return [
              markup`${metric}`,
              markup`${side}`,
              markup`${range(points, words)}`,
              markup`${words(points.at(-1)?.value ?? 0)}`
            ]
          }),
          ['By the minute', 'Last']
        )
      : NOTHING
  }${
    alarms.length > 0
      ? table(
          ['Alarm', 'State'],
          alarms.map(({ name, state }) => [
            code(name),
            badge(state === 'OK' ? 'good' : state === 'ALARM' ? 'bad' : 'open', state)
          ])
        )
      : NOTHING
  }`
}

function recovery(each: RecoveryEvidence): Markup {
  const { stoppedTask, steps, requests: sent, failed } = each
  const start = steps[0]?.at
  return markup`${facts([
    ['Stopped task', code(shortName(stoppedTask))],
    ['Requests meanwhile', markup`${count(failed)} of ${count(sent)} failed`]
  ])}${recoverySteps(each)}${
    start === undefined
      ? NOTHING
      : table(
          ['Seen', 'At (UTC)', 'After the stop'],
          steps.map(({ what, at }) => [
            markup`${what}`,
            markup`${utcTime(at)}`,
            markup`${duration(at - start)}`
          ]),
          ['At (UTC)', 'After the stop']
        )
  }`
}
