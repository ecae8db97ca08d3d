import {
  metricWords,
  needWords,
  phaseOfTrafficWords,
  sideWords,
  stepWords,
  verdictWords
} from '../../pages/evidence-words.ts'
import { duration } from '../../release/elapsed.ts'
import type {
  AvailabilityEvidence,
  Evidence,
  MetricsEvidence,
  RecoveryEvidence,
  RequestResult
} from '../../release/evidence.ts'
import { count, milliseconds, percent, shortName, utcTime } from '../../release/report-words.ts'
import type { Report } from '../../release/report.ts'
import { say } from '../../words/say.ts'
import { badge, code, details, facts, list, note, section, table, type Kind } from '../blocks.ts'
import type { Frame } from '../charts/frame.ts'
import { timeAxis } from '../charts/frame.ts'
import { metricCharts, range } from '../charts/metrics.ts'
import { recoverySteps } from '../charts/recovery.ts'
import { answersByVersion } from '../charts/versions.ts'
import { markup, NOTHING, prose, type Markup } from '../markup.ts'
import { load } from './load.ts'

const KINDS: Readonly<Record<Evidence['verdict'] | RequestResult['verdict'], Kind>> = {
  passed: 'good',
  failed: 'bad',
  unknown: 'open',
  skipped: 'skipped'
}

/** What was measured: one line for each piece with its verdict and figures; its tables are folded. */
export function evidence({ evidence: found }: Report, frame: Frame | undefined): Markup {
  if (found.length === 0) return NOTHING
  return section(
    say`Evidence`,
    markup`<div class="pieces">
${found.map((each, index) => piece(each, frame, index))}</div>
`
  )
}

function piece(each: Evidence, frame: Frame | undefined, index: number): Markup {
  const { name, verdict, summary } = each
  const content = detailsOf(each, frame, index)
  const head = markup`<span class="piece"><b>${name}</b> ${badge(KINDS[verdict], verdictWords(verdict))} <span class="detail">${needWords(each)}</span></span><span class="figure">${prose(summary)}</span>`
  return content.length === 0
    ? markup`<div class="bare">${head}</div>
`
    : markup`<details>
<summary>${head}</summary>
<div class="inside">${content}</div>
</details>
`
}

function detailsOf(each: Evidence, frame: Frame | undefined, index: number): readonly Markup[] {
  switch (each.section) {
    case 'checks':
      return requests(say`Route`, each.rows)
    case 'flow':
      return requests(say`Step`, each.steps)
    case 'load':
      return load(each)
    case 'availability':
      return availability(each, frame, index)
    case 'metrics':
      return metrics(each, frame, index)
    case 'recovery':
      return recovery(each)
  }
}

function requests(what: string, rows: readonly RequestResult[]): Markup[] {
  if (rows.length === 0) return []
  const [status, time] = [say`Status`, say`Time`]
  return [
    table(
      [what, say`Endpoint`, status, time, say`Verdict`, say`Not as expected`],
      rows.map(({ name, method, path, status: answered, ms, verdict, attempts, problems }) => [
        markup`${name}`,
        code(`${method} ${path}`),
        markup`${answered ?? '–'}`,
        markup`${ms === undefined ? '–' : milliseconds(ms)}`,
        badge(
          KINDS[verdict],
          attempts > 1
            ? say`${verdictWords(verdict)} after ${attempts} attempts`
            : verdictWords(verdict)
        ),
        prose(problems.join('; '))
      ]),
      [status, time]
    )
  ]
}

/** Enough to see when and why requests failed. The JSON report has up to 1,000. */
const MOST_FAILURES = 50

function availability(
  each: AvailabilityEvidence,
  frame: Frame | undefined,
  index: number
): Markup[] {
  const { phases } = each
  const charts = frame ? answersByVersion(frame, each, index) : []
  return [
    ...charts,
    frame && charts.length > 0 ? timeAxis(frame) : NOTHING,
    ...(phases.length === 0 ? [] : [phaseTable(phases)]),
    ...failureList(each)
  ]
}

function failureList({
  failures,
  failed
}: Pick<AvailabilityEvidence, 'failures' | 'failed'>): Markup[] {
  const shown = failures.slice(0, MOST_FAILURES)
  if (shown.length === 0) return []
  return [
    details(
      say`Failures: ${count(failed)}`,
      list(shown.map(({ at, reason }) => markup`${utcTime(at)} ${prose(reason)}`)),
      failed > shown.length ? note(say`and ${count(failed - shown.length)} more failures`) : NOTHING
    )
  ]
}

function phaseTable(phases: AvailabilityEvidence['phases']): Markup {
  const from = say`From (UTC)`
  const [sent, failures, median, most] = [say`Requests`, say`Failed`, say`Median`, say`Max`]
  return table(
    [say`Phase`, from, sent, failures, median, 'p99', most, say`By version`],
    phases.map(({ name, from: begun, total, failed: bad, byVersion, latency }) => [
      markup`${phaseOfTrafficWords(name)}`,
      markup`${utcTime(begun)}`,
      markup`${count(total)}`,
      bad === 0 ? markup`0` : badge('bad', count(bad)),
      ...[latency?.med, latency?.p99, latency?.max].map(
        (ms) => markup`${ms === undefined ? '–' : milliseconds(ms)}`
      ),
      markup`${Object.entries(byVersion)
        .map(([version, answered]) => `${version}: ${count(answered)}`)
        .join(', ')}`
    ]),
    [from, sent, failures, median, 'p99', most]
  )
}

function metrics(each: MetricsEvidence, frame: Frame | undefined, index: number): Markup[] {
  const { series, alarms } = each
  const charts = frame ? metricCharts(frame, each, index) : []
  const known = series.filter(({ points }) => points.length > 0)
  const [minutes, last] = [say`By the minute`, say`Last`]
  return [
    ...charts,
    frame && charts.length > 0 ? timeAxis(frame) : NOTHING,
    ...(known.length === 0
      ? []
      : [
          table(
            [say`Metric`, say`Side`, minutes, last],
            known.map(({ metric, side, unit, points }) => {
              const words = unit === 'ms' ? milliseconds : count
              return [
                markup`${metricWords(metric)}`,
                markup`${sideWords(side)}`,
                markup`${range(points, words)}`,
                markup`${words(points.at(-1)?.value ?? 0)}`
              ]
            }),
            [minutes, last]
          ),
          details(say`Every minute as a table`, minuteTable(known))
        ]),
    ...(alarms.length === 0
      ? []
      : [
          table(
            [say`Alarm`, say`State`],
            alarms.map(({ name, state }) => [
              code(name),
              badge(state === 'OK' ? 'good' : state === 'ALARM' ? 'bad' : 'open', state)
            ])
          )
        ])
  ]
}

/** One row for each minute, one column for each metric and side. */
function minuteTable(series: MetricsEvidence['series']): Markup {
  const times = [...new Set(series.flatMap(({ points }) => points.map(({ at }) => at)))].sort(
    (one, other) => one - other
  )
  const values = series.map(({ points }) => new Map(points.map(({ at, value }) => [at, value])))
  const heads = series.map(({ metric, side }) => `${metricWords(metric)}, ${sideWords(side)}`)
  return table(
    [say`At (UTC)`, ...heads],
    times.map((at) => [
      markup`${utcTime(at)}`,
      ...series.map(({ unit }, index) => {
        const value = values[index]?.get(at)
        const words = unit === 'ms' ? milliseconds : count
        return markup`${value === undefined ? '–' : words(value)}`
      })
    ]),
    heads
  )
}

function recovery(each: RecoveryEvidence): Markup[] {
  const { side, tasks, stoppedTask, steps, requests: sent, failed, maxFailureRate } = each
  const start = steps[0]?.at
  const [at, after] = [say`At (UTC)`, say`After the stop`]
  return [
    facts([
      [say`Side`, markup`${sideWords(side)}`],
      // Evidence of an earlier version has no number of tasks.
      [say`Tasks`, tasks === 0 ? undefined : markup`${count(tasks)}`],
      [say`Stopped task`, stoppedTask === '' ? undefined : code(shortName(stoppedTask))],
      [
        say`Requests meanwhile`,
        markup`${
          maxFailureRate === undefined
            ? say`${count(failed)} of ${count(sent)} failed`
            : say`${count(failed)} of ${count(sent)} failed, at most ${percent(maxFailureRate)} may`
        }`
      ]
    ]),
    recoverySteps(each),
    ...(start === undefined
      ? []
      : [
          table(
            [say`Seen`, at, after],
            steps.map((step) => [
              markup`${stepWords(step.what)}`,
              markup`${utcTime(step.at)}`,
              markup`${duration(step.at - start)}`
            ]),
            [at, after]
          )
        ]),
    ...failureList(each)
  ]
}
