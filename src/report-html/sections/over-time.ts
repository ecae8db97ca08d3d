import type { AvailabilityEvidence } from '../../release/evidence.ts'
import { isTime, milestones } from '../../release/milestones.ts'
import type { Report } from '../../release/report.ts'
import { stageOf } from '../../release/snapshot.ts'
import { shares } from '../../release/traffic-columns.ts'
import { heading, section } from '../blocks.ts'
import { lifecycleLanes, momentList } from '../charts/events.ts'
import { timeAxis, type Frame } from '../charts/frame.ts'
import type { Span } from '../charts/scale.ts'
import { answers, trafficShare } from '../charts/traffic.ts'
import { markup, NOTHING, type Markup } from '../markup.ts'

/** The time axis of the whole release; undefined if there was no deployment. */
export function wholeFrame(report: Report): Frame | undefined {
  if (report.deployment === undefined) return undefined
  const known = milestones(report)
  const times = [
    report.startedAt,
    report.endedAt,
    ...known.map(({ at }) => at),
    ...availabilities(report).flatMap(({ startedAt, endedAt }) => [startedAt, endedAt])
  ].filter(isTime)
  const span = { from: Math.min(...times), until: Math.max(...times) }
  return span.until > span.from ? { id: 'whole', span, moments: known } : undefined
}

/**
 * Traffic, latency and failures below the lifecycle. If the shift is a small part of the
 * release, it is shown once more by itself.
 */
export function overTime(report: Report, frame: Frame | undefined): Markup {
  if (frame === undefined) return NOTHING
  const close = shiftSpan(report, frame.span)
  return section(
    'Over time',
    charts(report, frame),
    momentList(frame, report.startedAt),
    close === undefined
      ? NOTHING
      : markup`${heading('While traffic moved')}${charts(report, { ...frame, id: 'shift', span: close })}`
  )
}

function charts(report: Report, frame: Frame): Markup {
  const known = shares(report)
  return markup`${lifecycleLanes(frame, report)}${known.length > 0 ? trafficShare(frame, known) : NOTHING}${availabilities(
    report
  ).flatMap((each, index) => answers(frame, each, index))}${timeAxis(frame)}`
}

function availabilities({ evidence }: Report): AvailabilityEvidence[] {
  return evidence.filter((each) => each.section === 'availability')
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
