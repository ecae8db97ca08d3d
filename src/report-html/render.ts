import { createHash } from 'node:crypto'
import { outcomeWords, utc } from '../release/report-words.ts'
import { passes } from '../release/outcome.ts'
import type { Change, Report } from '../release/report.ts'
import { say, spokenLanguage } from '../words/say.ts'
import { markup, prose, STYLE_ELEMENT, type Markup } from './markup.ts'
import { lifecycle, preflight, timeline } from './sections/course.ts'
import { checks, decision } from './sections/decision.ts'
import { evidence } from './sections/evidence.ts'
import { tiles } from './sections/glance.ts'
import { oneOffTask } from './sections/one-off-task.ts'
import { overTime, wholeFrame } from './sections/over-time.ts'
import { changes, footer, released, warnings } from './sections/release.ts'
import { targets } from './sections/targets.ts'
import { diagnosis, problems } from './sections/trouble.ts'
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
  const name = where.service === '' ? say`Release` : where.service
  const frame = wholeFrame(report)
  // The hash allows only this style sheet; even style attributes have no effect.
  const policy = `default-src 'none'; style-src 'sha256-${digest(STYLE)}'; base-uri 'none'; form-action 'none'`
  return markup`<html lang="${spokenLanguage()}">
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
<p class="where">${[name, ...newImage(report), `${utc(report.endedAt)} UTC`].join(' · ')}</p>
<h1><span aria-hidden="true">${sign}</span> ${words}</h1>
<p class="headline">${prose(report.headline)}</p>
</header>
<main>
${problems(report)}${tiles(report)}${overTime(report, frame)}${diagnosis(report)}${evidence(report, frame)}${rest(report)}</main>
<footer>${footer()}</footer>
</body>
</html>
`
}

/** Everything else, folded. What a dry run or a refusal is about comes first, and is open. */
function rest(report: Report): readonly Markup[] {
  const wentOn = report.outcome !== 'planned' && report.outcome !== 'refused'
  const planned = [changes(report), preflight(report)]
  return [
    ...(wentOn ? [] : planned),
    warnings(report),
    checks(report),
    decision(report),
    released(report),
    ...(wentOn ? planned.slice(0, 1) : []),
    oneOffTask(report),
    lifecycle(report),
    // A failure's cause shows them already.
    report.diagnosis === undefined ? targets(report) : markup``,
    ...(wentOn ? planned.slice(1) : []),
    timeline(report)
  ]
}

/** What the new version is, if one image has changed: `order:1.8.3 → 1.9.0`. */
function newImage({ taskDefinition }: Report): string[] {
  const [first, ...others] =
    taskDefinition?.changes.filter(({ path }) => path.endsWith('.image')) ?? []
  if (first?.before === undefined || first.after === undefined || others.length > 0) return []
  const [before, after] = [imageName(first.before), imageName(first.after)]
  const isSame = before.split(':')[0] === after.split(':')[0]
  return [`${before} → ${isSame ? after.slice(after.indexOf(':') + 1) : after}`]
}

/** Without the registry, and with the first characters of a digest only. */
function imageName(image: NonNullable<Change['after']>): string {
  const last = image.split('/').at(-1) ?? image
  return last.replace(/@(sha256:[0-9a-f]{12})[0-9a-f]*$/, '@$1')
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
