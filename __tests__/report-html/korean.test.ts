import { describe, expect, it } from '@jest/globals'
import { renderSummary } from '../../src/action/summary/render.ts'
import type { Report } from '../../src/release/report.ts'
import { reportToHtml } from '../../src/report-html/render.ts'
import { speaking } from '../../src/words/say.ts'
import { KO } from '../../src/words/ko/catalogue.ts'
import { SAMPLES } from '../action/summary/samples.ts'
import { sentencesOf } from '../words/sentences.ts'
import { spoilt } from './spoilt.ts'

/** Names, units and values for machines, which are the same in every language. */
const SAME = new Set(
  (
    'UTC AWS CodeDeploy GitHub JSON AppSpec OK NG SKIP WARN LATE API ms min med avg max ' +
    'ecs gated deploy report json verify head dry run true wait for completed autocannon details summary https example diff yaml http req duration CloudWatch text ' +
    'PROVISIONING STOPPED Created Succeeded Failed InProgress Skipped Stopped initial healthy evidence'
  ).split(' ')
)

/** Sentences of other folders that the catalogue lacks; its own test finds them. */
const LACKING = new Set(
  sentencesOf('src').flatMap(({ english }) =>
    KO[english] === undefined ? (english.match(/[A-Za-z]{3,}/g) ?? []) : []
  )
)

/** Every word of Latin letters in a page whose report holds no text of its own. */
function englishIn(text: string): string[] {
  const words = text.match(/[A-Za-z]{3,}/g) ?? []
  return [...new Set(words)].filter(
    (word) => !SAME.has(word) && !LACKING.has(word) && !/^p\d+$/.test(word)
  )
}

function visible(html: string): string {
  return html
    .replaceAll(/<style>[\s\S]*?<\/style>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&[a-z#0-9]+;/g, ' ')
}

/** What Mermaid reads, but for the names in it. */
function withoutMermaid(markdown: string): string {
  return markdown.replaceAll(/```mermaid[\s\S]*?```/g, (diagram) =>
    diagram
      .split('\n')
      .filter((line) => /^ +(title|section|x-axis) /.test(line))
      .join('\n')
      .replaceAll(/^ +(title|section|x-axis) /gm, '')
  )
}

describe.each(Object.entries(SAMPLES))('in Korean, %s', (_, report) => {
  // A check of a release may be any text; the sentences of ours are made when it is shown.
  const bare = spoilt(report, '-') as Report

  it('has no English sentence in the report', async () => {
    const html = await speaking('ko', () => Promise.resolve(reportToHtml(bare)))
    expect(html).toMatch(/[가-힣]/)
    expect(englishIn(visible(html))).toEqual([])
  })

  it('has no English sentence in the summary', async () => {
    const summary = await speaking('ko', () => Promise.resolve(renderSummary(bare)))
    expect(summary).toMatch(/[가-힣]/)
    expect(englishIn(visible(withoutMermaid(summary)))).toEqual([])
  })
})
