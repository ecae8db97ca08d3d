import { createHash } from 'node:crypto'
import { outcomeWords, utc } from '../release/report-words.ts'
import { passes } from '../release/outcome.ts'
import type { Report } from '../release/report.ts'
import { markup, STYLE_ELEMENT, type Markup } from './markup.ts'
import { lifecycle, preflight, timeline } from './sections/course.ts'
import { checks, decision } from './sections/decision.ts'
import { evidence } from './sections/evidence.ts'
import { oneOffTask } from './sections/one-off-task.ts'
import { overTime, wholeFrame } from './sections/over-time.ts'
import { changes, footer, released, trouble } from './sections/release.ts'
import { STYLE } from './style.ts'

/**
 * The report of a release as one HTML file for people. The file loads nothing and runs no
 * script, and its content security policy forbids both, so it can be kept, sent and printed.
 */
export function reportToHtml(report: Report): string {
  return `<!doctype html>\n${document(report).source}`
}

function document(report: Report): Markup {
  const { outcome, where } = report
  // The words begin with a sign, which screen readers should skip.
  const [, sign = '', words = ''] = /^(\S+) (.*)$/u.exec(outcomeWords(outcome)) ?? []
  const name = where.service === '' ? 'Release' : where.service
  const frame = wholeFrame(report)
  // The hash allows only this style sheet; even style attributes have no effect.
  const policy = `default-src 'none'; style-src 'sha256-${digest(STYLE)}'; base-uri 'none'; form-action 'none'`
  return markup`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${words}: ${name}</title>
${STYLE_ELEMENT}
</head>
<body>
<header class="${passes(outcome) ? 'good' : 'bad'}">
<p class="where">${name} · ${utc(report.endedAt)} UTC</p>
<h1><span aria-hidden="true">${sign}</span> ${words}</h1>
<p class="headline">${report.headline}</p>
</header>
<main>
${trouble(report)}${checks(report)}${released(report)}${decision(report)}${overTime(report, frame)}${evidence(report, frame)}${changes(report)}${oneOffTask(report)}${lifecycle(report)}${preflight(report)}${timeline(report)}</main>
<footer>${footer()}</footer>
</body>
</html>
`
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
