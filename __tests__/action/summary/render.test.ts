import { describe, expect, it } from '@jest/globals'
import { bytes, SUMMARY_LIMIT } from '../../../src/action/summary/fit.ts'
import { renderSummary } from '../../../src/action/summary/render.ts'
import type { Report } from '../../../src/release/report.ts'
import { SAMPLES } from './samples.ts'

const REPORTS: readonly [string, Report][] = Object.entries(SAMPLES)

describe.each(REPORTS)('the summary of %s', (_, report) => {
  it('begins with the outcome and its one sentence', () => {
    const [heading = '', , sentence = ''] = renderSummary(report).split('\n')
    expect(heading).toMatch(/^## \S/)
    expect(sentence.length).toBeGreaterThan(10)
  })

  it.each([200, 600, 1_500, 4_000, 12_000])('fits into %d bytes, outcome still first', (limit) => {
    const whole = renderSummary(report)
    const short = renderSummary(report, { bytes: limit })
    expect(bytes(short)).toBeLessThanOrEqual(limit)
    expect(short.split('\n')[0]).toContain((whole.split('\n')[0] ?? '').split(':')[0])
  })
})

it('of a release with too many events is shortened, and says so', () => {
  const [, report] = REPORTS.find(([, { timeline }]) => timeline.length > 5) ?? []
  if (!report) throw new Error('no sample has a timeline')
  const timeline = Array.from({ length: 20_000 }, () => report.timeline).flat()
  const summary = renderSummary({ ...report, timeline })
  expect(bytes(summary)).toBeLessThanOrEqual(SUMMARY_LIMIT)
  expect(bytes(summary)).toBeGreaterThan(SUMMARY_LIMIT / 4)
  expect(summary).toMatch(/more|Left out for size/)
})

it('of a followed release holds the timeline as a table and as a Gantt chart', () => {
  const [, released] = REPORTS.find(([, { outcome }]) => outcome === 'released') ?? []
  if (!released) throw new Error('no sample is released')
  const summary = renderSummary(released)
  expect(summary).toMatch(/```mermaid\ngantt\n/)
  expect(summary).toMatch(/\| At \(UTC\) \|/)
  expect(summary).toContain('.console.aws.amazon.com/')
})
