import { duration } from '../../../release/elapsed.ts'
import type {
  AvailabilityEvidence,
  Evidence,
  MetricsEvidence,
  PhaseOfTraffic,
  RecoveryEvidence,
  RequestResult,
  Verdict
} from '../../../release/evidence.ts'
import {
  metricWords,
  needWords,
  phaseOfTrafficWords,
  sideWords,
  stepWords,
  verdictWords
} from '../../../pages/evidence-words.ts'
import { count, milliseconds, utcTime } from '../../../release/report-words.ts'
import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { availabilityCharts } from '../availability-charts.ts'
import { diagram, fold, list, paragraph, table, type Block, type Section } from '../blocks.ts'
import { code, line, text, type Inline } from '../markdown.ts'
import { recoveryGantt } from '../recovery-gantt.ts'
import { load } from './load.ts'

/** What was measured: one line for each piece, which opens its tables and charts. */
export function evidence({ evidence: found }: Report): Section | undefined {
  if (found.length === 0) return undefined
  const pieces = found.map((each) => {
    const blocks = detailsOf(each)
    return blocks.length > 0 ? fold(verdict(each), blocks) : paragraph(verdict(each))
  })
  return { title: say`Evidence`, importance: 90, blocks: pieces }
}

const SIGNS: Readonly<Record<Verdict | RequestResult['verdict'], string>> = {
  passed: '✅',
  failed: '❌',
  unknown: '❔',
  skipped: '➖'
}

/** Elements, because GitHub reads no Markdown in the line that opens something. */
function verdict(each: Evidence): Inline {
  const { name, verdict: said, summary } = each
  return line`${SIGNS[said]} <b>${name}</b> ${verdictWords(said)} (${needWords(each)}): ${summary}`
}

function detailsOf(each: Evidence): Block[] {
  switch (each.section) {
    case 'checks':
      return [routes(each.rows)]
    case 'flow':
      return each.steps.length > 0 ? [routes(each.steps)] : []
    case 'load':
      return load(each)
    case 'availability':
      return [
        ...(each.phases.length > 0 ? [phases(each.phases)] : []),
        ...pictures(...availabilityCharts(each)),
        ...failures(each)
      ]
    case 'metrics':
      return metrics(each)
    case 'recovery':
      return [recovery(each), ...pictures(recoveryGantt(each)), ...failures(each)]
  }
}

function metrics({ series, alarms }: MetricsEvidence): Block[] {
  const rows = series.flatMap(({ metric, side, unit, points }) => {
    const values = points.map(({ value }) => value)
    const last = values.at(-1)
    if (last === undefined) return []
    const shown = (value: number): Inline =>
      text(unit === 'ms' ? milliseconds(value) : count(value))
    return [
      [
        text(metricWords(metric)),
        text(sideWords(side)),
        shown(values.reduce((one, other) => Math.min(one, other), last)),
        shown(values.reduce((one, other) => Math.max(one, other), last)),
        shown(last)
      ]
    ]
  })
  const head = [say`Metric`, say`Side`, say`Least`, say`Most`, say`Last`]
  return [
    ...(rows.length > 0 ? [table(head, rows)] : []),
    ...(alarms.length > 0
      ? [list(alarms.map(({ name, state }) => line`${say`Alarm`} ${name}: ${state}`))]
      : [])
  ]
}

function recovery({ steps }: RecoveryEvidence): Block {
  const start = steps[0]?.at ?? 0
  return table(
    [say`Seen`, say`At (UTC)`, say`After the stop`],
    steps.map(({ what, at }) => [
      text(stepWords(what)),
      text(utcTime(at)),
      text(duration(at - start))
    ])
  )
}

function phases(found: readonly PhaseOfTraffic[]): Block {
  return table(
    [
      say`Phase`,
      say`From (UTC)`,
      say`Requests`,
      say`Failed`,
      say`By version`,
      say`Median`,
      'p99',
      say`Max`
    ],
    found.map(({ name, from, total, failed, byVersion, latency }) => [
      text(phaseOfTrafficWords(name)),
      text(utcTime(from)),
      text(count(total)),
      text(failed === 0 ? '0' : `❌\u00A0${count(failed)}`),
      text(
        Object.entries(byVersion)
          .map(([version, answered]) => `${version}: ${count(answered)}`)
          .join(', ') || '–'
      ),
      ...[latency?.med, latency?.p99, latency?.max].map((ms) =>
        text(ms === undefined ? '–' : milliseconds(ms))
      )
    ])
  )
}

function pictures(...sources: readonly (string | undefined)[]): Block[] {
  return sources.flatMap((source) => (source === undefined ? [] : [diagram(source)]))
}

/** Enough to see when and why requests failed. The report has up to 1,000. */
const MOST_FAILURES = 50

function failures({
  failures: found,
  failed
}: Pick<AvailabilityEvidence, 'failures' | 'failed'>): Block[] {
  if (failed === 0) return []
  const shown = found.slice(0, MOST_FAILURES)
  const left = failed - shown.length
  return [
    list(shown.map(({ at, reason }) => line`${utcTime(at)} ${reason}`)),
    ...(left > 0 ? [paragraph(text(say`and ${count(left)} more failures`))] : [])
  ]
}

/** One row per request or per step of a flow. */
function routes(rows: readonly RequestResult[]): Block {
  return table(
    [say`Request`, say`Endpoint`, say`Status`, say`Time`, say`Verdict`],
    rows.map(({ name, method, path, status, ms, verdict: found, attempts, problems }) => {
      const words = verdictWords(found)
      const said = attempts > 1 ? say`${words} after ${attempts} attempts` : words
      const why = problems.length > 0 ? `: ${problems.join('; ')}` : ''
      return [
        text(name),
        code(`${method} ${path}`, 200),
        text(status === undefined ? '–' : String(status)),
        text(ms === undefined ? '–' : `${Math.round(ms)} ms`),
        line`${SIGNS[found]}\u00A0${said}${why}`
      ]
    })
  )
}
