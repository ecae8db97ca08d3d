import { availabilities, wholeSpan, type Span } from '../../pages/course.ts'
import { milestones } from '../../release/milestones.ts'
import { count, milliseconds, utcTime } from '../../release/report-words.ts'
import type { Report } from '../../release/report.ts'
import { stageOf } from '../../release/snapshot.ts'
import { inColumns, shares } from '../../release/traffic-columns.ts'
import { say } from '../../words/say.ts'
import { details, section, table } from '../blocks.ts'
import { lifecycleLanes, momentList } from '../charts/events.ts'
import { timeAxis, type Frame } from '../charts/frame.ts'
import { answers, trafficShare } from '../charts/traffic.ts'
import { versionsIn } from '../charts/versions.ts'
import { markup, NOTHING, type Markup } from '../markup.ts'

/** The time axis of the whole release; undefined if there was no deployment. */
export function wholeFrame(report: Report): Frame | undefined {
  const span = wholeSpan(report)
  return span && { id: 'whole', span, moments: milestones(report) }
}

/**
 * Lifecycle, traffic, latency and failures over one time axis. If the shift is a small part of
 * the release, it is shown once more by itself; that and the figures are folded.
 */
export function overTime(report: Report, frame: Frame | undefined): Markup {
  if (frame === undefined) return NOTHING
  const close = shiftSpan(report, frame.span)
  return section(
    say`The release over time`,
    charts(report, frame),
    momentList(frame),
    close === undefined
      ? NOTHING
      : details(
          say`Closer: while traffic moved`,
          charts(report, { ...frame, id: 'shift', span: close })
        ),
    figures(report)
  )
}

function charts(report: Report, frame: Frame): Markup {
  const known = shares(report)
  return markup`${lifecycleLanes(frame, report)}${known.length > 0 ? trafficShare(frame, known, report.deployment?.sides) : NOTHING}${availabilities(
    report
  ).flatMap((each, index) => answers(frame, each, index))}${timeAxis(frame)}`
}

/** More rows than this would be read by nobody; the JSON report has every second. */
const MOST_ROWS = 60

/** The figures of the charts as tables, for people who cannot see the charts. */
function figures(report: Report): Markup {
  const traffic = shares(report)
  const at = say`At (UTC)`
  const [green, blue] = [say`Green`, say`Blue`]
  const tables = [
    ...(traffic.length === 0
      ? []
      : [
          table(
            [at, green, blue],
            traffic.map((share) => [
              markup`${utcTime(share.at)}`,
              markup`${Math.round(share.green * 10) / 10} %`,
              markup`${Math.round((100 - share.green) * 10) / 10} %`
            ]),
            [green, blue]
          )
        ]),
    ...availabilities(report).flatMap(({ seconds }) => answerTable(seconds))
  ]
  return tables.length === 0
    ? NOTHING
    : details(say`The figures of the charts as tables`, ...tables)
}

function answerTable(seconds: Parameters<typeof inColumns>[0]): Markup[] {
  const { columns, widthMs } = inColumns(seconds, MOST_ROWS)
  const [sent, failed, slowest] = [say`Requests`, say`Failed`, say`Slowest`]
  const versions = versionsIn(columns)
  if (columns.length === 0) return []
  return [
    table(
      [say`${widthMs / 1_000} s from (UTC)`, sent, failed, slowest, ...versions],
      columns.map((column) => [
        markup`${utcTime(column.at)}`,
        markup`${count(column.total)}`,
        markup`${count(column.failed)}`,
        markup`${milliseconds(column.slowestMs)}`,
        ...versions.map((version) => markup`${count(column.byVersion[version] ?? 0)}`)
      ]),
      [sent, failed, slowest, ...versions]
    )
  ]
}

/** If the shift takes less than this share of the release, it is shown by itself too. */
const SMALL = 0.3
const LEAST_PAD_MS = 5_000

/** From before the shift until after it or, if there was a rollback, until after the rollback. */
function shiftSpan({ deployment, rollbackDeployment }: Report, whole: Span): Span | undefined {
  const shift = deployment && stageOf(deployment, 'shift')
  const from = shift?.startedAt
  if (from === undefined) return undefined
  const until = Math.max(shift?.endedAt ?? whole.until, rollbackDeployment?.completedAt ?? 0)
  const pad = Math.max(LEAST_PAD_MS, (until - from) * 0.15)
  const span = { from: Math.max(whole.from, from - pad), until: Math.min(whole.until, until + pad) }
  const part = (span.until - span.from) / (whole.until - whole.from)
  return span.until > span.from && part <= SMALL ? span : undefined
}
