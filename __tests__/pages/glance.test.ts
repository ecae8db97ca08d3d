import { describe, expect, it, test } from '@jest/globals'
import { renderSummary } from '../../src/action/summary/render.ts'
import { axisTop } from '../../src/pages/course.ts'
import { glance } from '../../src/pages/glance.ts'
import type { GateDecision } from '../../src/release/decision.ts'
import type { Report } from '../../src/release/report.ts'
import { reportToHtml } from '../../src/report-html/render.ts'
import { decision, deployment, ID, report } from '../action/summary/sample-parts.ts'
import { SAMPLES } from '../action/summary/samples.ts'

const plain = (parts: Partial<Report>): Report =>
  report({}, { deployment: deployment(ID, {}), ...parts })
const tile = (parts: Partial<Report>, place: number) => glance(plain(parts))[place]

describe('the tiles', () => {
  it.each(Object.entries(SAMPLES))('are five, in one order, or none: %s', (_, sample) => {
    const labels = glance(sample).map(({ label }) => label)
    const five = ['Traffic now', 'Requests failed', 'Decision', 'Start to shifted', 'Rollback']
    expect(labels).toEqual(sample.deployment === undefined ? [] : five)
  })

  it.each([
    ['released', 'approved', 'approved'],
    ['rejected', 'rejected', 'rejected'],
    ['expired', 'expired', 'expired'],
    ['failed', 'none needed', 'not-required'],
    ['started', 'not decided', 'pending']
  ] as const)('say the decision without a ledger: %s, %s', (outcome, value, approval) => {
    expect(tile({ outcome, approval }, 2)).toMatchObject({ label: 'Decision', value })
  })

  it.each([
    ['PENDING', 'not decided'],
    ['APPROVED', 'approved'],
    ['REJECTED', 'rejected'],
    ['EXPIRED', 'expired'],
    ['FAILED', 'nobody could be asked'],
    ['WITHDRAWN', 'withdrawn']
  ] as const)('say the decision that the ledger has: %s', (state, value) => {
    const found: GateDecision = { ...decision('REJECTED'), state }
    expect(tile({ decision: found }, 2)).toMatchObject({ label: 'Decision', value })
  })

  it.each([
    ['succeeded', 'succeeded', 'good'],
    ['in-progress', 'in progress', 'attention'],
    ['failed', 'failed', 'bad'],
    ['none', 'none', 'plain']
  ] as const)('say the rollback: %s', (rollback, value, kind) => {
    expect(tile({ rollback }, 4)).toMatchObject({ label: 'Rollback', value, kind })
  })

  it('say whether production was measured', () => {
    expect(tile({}, 1)).toMatchObject({ value: 'not measured', detail: undefined })
    expect(glance(SAMPLES.released)[1]?.value).toMatch(/^1\u00A0of\u00A0[\d,]+$/)
  })

  it('say where traffic is: back on blue after a rollback, else where it was seen', () => {
    expect(tile({ outcome: 'failed', rollback: 'succeeded' }, 0)?.value).toBe('100 % blue')
    expect(glance(SAMPLES.released)[0]?.value).toBe('100 % green')
    expect(glance(SAMPLES.released)[3]?.value).not.toBe('not shifted')
    expect(tile({ outcome: 'rejected' }, 3)?.value).toBe('not shifted')
  })

  it.each(Object.entries(SAMPLES))('are the same on report and summary: %s', (_, sample) => {
    const [html, summary] = [reportToHtml(sample), renderSummary(sample)]
    for (const { label, value } of glance(sample)) {
      expect(html).toContain(`<dt>${label}</dt>`)
      expect(html).toContain(`${value}</span>`)
      expect(summary).toContain(label)
      expect(summary).toContain(`<b>${value}</b>`)
    }
  })
})

test('the axis of both charts ends at one round figure, and is cut far above the median', () => {
  expect(axisTop([10, 20, 41])).toEqual({ top: 50, most: 41, isCut: false })
  expect(axisTop([10, 10, 10, 5_000])).toEqual({ top: 50, most: 5_000, isCut: true })
})

test('report and summary show the same top of the axis', () => {
  const found = SAMPLES.released.evidence.find(({ section }) => section === 'availability')
  const seconds = found?.section === 'availability' ? found.seconds : []
  const { top } = axisTop(seconds.map(({ slowestMs }) => slowestMs))
  expect(renderSummary(SAMPLES.released)).toContain(`y-axis 0 --> ${top}`)
})
