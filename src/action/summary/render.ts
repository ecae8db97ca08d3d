import type { Report } from '../../release/report.ts'
import type { Section } from './blocks.ts'
import { bytes, fit, SUMMARY_LIMIT } from './fit.ts'
import { code, line, text } from './markdown.ts'
import { appSpec } from './sections/app-spec.ts'
import { approval } from './sections/approval.ts'
import { checks } from './sections/checklist.ts'
import { changes } from './sections/changes.ts'
import { evidence } from './sections/evidence.ts'
import { diagnosis } from './sections/diagnosis.ts'
import { glance } from './sections/glance.ts'
import { lifecycle } from './sections/lifecycle.ts'
import { links } from './sections/links.ts'
import { oneOffTask } from './sections/one-off-task.ts'
import { overview } from './sections/overview.ts'
import { preflight } from './sections/preflight.ts'
import { problems } from './sections/problems.ts'
import { rollback } from './sections/rollback.ts'
import { skipped } from './sections/skipped.ts'
import { targets } from './sections/targets.ts'
import { timeline } from './sections/timeline.ts'
import { traffic } from './sections/traffic.ts'
import { warnings } from './sections/warnings.ts'
import { outcomeWords } from '../../release/report-words.ts'

export interface SummaryLimits {
  /** The most bytes of UTF-8 that the summary may have. */
  readonly bytes: number
}

/** In the order in which people read them: what happened, why, what was measured, then all details. */
const SECTIONS: readonly ((report: Report) => Section | undefined)[] = [
  problems,
  glance,
  diagnosis,
  evidence,
  rollback,
  warnings,
  checks,
  approval,
  overview,
  changes,
  preflight,
  oneOffTask,
  lifecycle,
  targets,
  traffic,
  appSpec,
  timeline,
  skipped,
  links
]

/** What a dry run is made to see. */
const PLAN = [changes, preflight, appSpec]

function sectionsOf(report: Report): readonly Section[] {
  const order =
    report.outcome === 'planned'
      ? [...PLAN, ...SECTIONS.filter((section) => !PLAN.includes(section))]
      : SECTIONS
  return order.flatMap((section) => section(report) ?? [])
}

/** The job summary of one release in GitHub-flavoured Markdown. The outcome comes first. */
export function renderSummary(
  report: Report,
  limits: SummaryLimits = { bytes: SUMMARY_LIMIT }
): string {
  return fit(head(report, limits.bytes), sectionsOf(report), limits.bytes)
}

const LONGEST_HEADLINE = 4_000

/** Outcome and headline are always there. If the headline alone is too long, it is clipped. */
function head(report: Report, limit: number): string {
  const service = report.where.service
  const of = service === '' ? text('') : line`: ${code(service, 255)}`
  const heading = line`## ${outcomeWords(report.outcome)}${of}`.source
  for (let longest = LONGEST_HEADLINE; longest > 8; longest = Math.floor(longest / 2)) {
    const whole = `${heading}\n\n${text(report.headline, longest).source}`
    if (bytes(whole) < limit) return whole
  }
  return `## ${outcomeWords(report.outcome)}`
}
