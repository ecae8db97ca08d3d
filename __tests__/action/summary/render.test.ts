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
  const failed = '- Failed: '

  it('says how many requests there were, how fast, and how many failed', () => {
    const summary = renderSummary(report)
    expect(summary).toContain('- Requests: 9,857, 164.28 a second\n- Failed: 7 of 9,857 (0.07 %)\n')
    expect(summary).toContain('- Iterations: 3,285\n- Virtual users: at most 20 at once\n')
    expect(summary).toContain('| `http_req_waiting` | 48 ms | 2.9 ms | 31 ms | 899 ms |')
  })

  it('shows thresholds as they were judged, and each check with its counts', () => {
    const summary = renderSummary(report)
    expect(summary).toMatch(/\| `p99 < 500 ms` \| 612\.400831 \| ❌.does not hold \|/)
    expect(summary).toMatch(
      /\| status is 200 \| 9,849 \| 7 \| 99\.93 % \| – \| \S+.fails sometimes \|/
    )
    expect(summary).toMatch(/total is right \| 0 \| 3,285 \| 0 % \| 100 % \| ❌/)
  })

  it('keeps what script and k6 have written', () => {
    const summary = renderSummary(report)
    expect(summary).toContain('- 7 × order failed with status 503')
    expect(summary).toMatch(/```text\n {2}█ THRESHOLDS/)
  })

  it('says so where nothing was answered', () => {
    const unanswered = { ...load, latency: undefined, requests: 10, failed: 10, failureRate: 1 }
    expect(renderSummary({ ...report, evidence: [unanswered] })).toContain(
      '- Failed: 10 of 10 (100 %)'
    )
  })

  it('does not say that nothing failed where nothing was sent', () => {
    const unsent = { ...load, latency: undefined, requests: 0, rate: 0, failureRate: 0, failed: 0 }
    const without = { ...unsent, checks: [], script: undefined }
    expect(renderSummary({ ...report, evidence: [unsent] })).not.toContain(failed)
    expect(renderSummary({ ...report, evidence: [without] })).not.toContain(failed)
  })
})

describe('of a release that has completed', () => {
  it("lists green's targets, and says when the old tasks stopped", () => {
    const [, released] = REPORTS.find(([, { deployment }]) => deployment?.oldTasks) ?? []
    if (!released) throw new Error('no sample has old tasks')
    const summary = renderSummary(released)
    expect(summary).toContain('<b>Targets of green</b> 3 of 3 healthy')
    expect(summary).toContain('| `10.0.12.1:8080` | healthy |')
    expect(summary).toMatch(
      /the old tasks were told to stop at [\d:]+ UTC, the last of 3 had stopped/
    )
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
