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

describe('of a release with a load', () => {
  const found = REPORTS.flatMap(([, report]) =>
    report.evidence.flatMap((each) => (each.section === 'load' ? [{ report, load: each }] : []))
  )[0]
  if (!found) throw new Error('no sample has a load')
  const { report, load } = found
  const head = '| Requests | Rate | Failed | avg |'

  it('says how many requests there were, how fast, and how many failed', () => {
    const summary = renderSummary(report)
    expect(summary).toContain(head)
    expect(summary).toContain('| 12,345 | 205.7 /s | 0.02 % | 48 ms | 3 ms | 31 ms | 900 ms |')
  })

  it('says so where nothing was answered', () => {
    const unanswered = { ...load, latency: undefined, requests: 10, rate: 5, failureRate: 1 }
    expect(renderSummary({ ...report, evidence: [unanswered] })).toContain(
      '| 10 | 5 /s | 100 % | – | – |'
    )
  })

  it('does not say that nothing failed where nothing was sent', () => {
    const unsent = { ...load, latency: undefined, requests: 0, rate: 0, failureRate: 0 }
    expect(renderSummary({ ...report, evidence: [unsent] })).not.toContain(head)
  })
})

describe('of a release with a one-off task', () => {
  const [, report] = REPORTS.find(([, { oneOffTask }]) => oneOffTask) ?? []
  const task = report?.oneOffTask
  if (!report || !task) throw new Error('no sample has a one-off task')

  it('shows how it ended, with the exit code of each container', () => {
    const summary = renderSummary(report)
    expect(summary).toContain('### One-off task')
    expect(summary).toContain('❌ failed: container order ended with exit code 1')
    expect(summary).toContain('| `order` | `1` |')
    expect(summary).toContain('| `log-router` | `0` |')
  })

  it('shows one that has succeeded, and one that was last seen running', () => {
    const containers = task.containers.map((container) => ({ ...container, exitCode: 0 }))
    expect(renderSummary({ ...report, oneOffTask: { ...task, containers } })).toContain(
      '✅ succeeded'
    )
    const running = { ...task, status: 'RUNNING', stoppedAt: undefined }
    expect(renderSummary({ ...report, oneOffTask: running })).toContain('⏳ RUNNING')
  })

  it('has no such section without one', () => {
    expect(renderSummary({ ...report, oneOffTask: undefined })).not.toContain('### One-off task')
  })
})
