import { describe, expect, it } from '@jest/globals'
import type { SecondOfTraffic } from '../../src/release/evidence.ts'
import { inColumns, shares } from '../../src/release/traffic-columns.ts'
import { at, deployment, report } from '../action/summary/sample-parts.ts'
import { SAMPLES } from '../action/summary/samples.ts'

const START = Date.UTC(2026, 0, 1)

function second(index: number, facts: Partial<SecondOfTraffic> = {}): SecondOfTraffic {
  const byVersion = { [index % 2 === 0 ? 'old' : 'new']: 50 }
  return { at: START + index * 1_000, total: 50, failed: 0, slowestMs: index, byVersion, ...facts }
}

describe('columns', () => {
  it('are the seconds where there is room for them', () => {
    const seconds = [second(0), second(1), second(2)]
    expect(inColumns(seconds, 3)).toEqual({ widthMs: 1_000, columns: seconds })
  })

  it('hold what their seconds hold together', () => {
    expect(inColumns([second(0, { failed: 2 }), second(1), second(2)], 2)).toEqual({
      widthMs: 2_000,
      columns: [
        {
          at: START,
          total: 100,
          failed: 2,
          slowestMs: 1,
          byVersion: { old: 50, new: 50 }
        },
        second(2)
      ]
    })
  })

  it('are bounded for an hour at 50 requests a second, and lose none', () => {
    const { columns, widthMs } = inColumns(
      Array.from({ length: 3_600 }, (_, index) => second(index)),
      240
    )
    expect(widthMs).toBe(16_000)
    expect(columns).toHaveLength(225)
    expect(columns.reduce((sum, { total }) => sum + total, 0)).toBe(180_000)
  })

  it('are no narrower than the seconds were measured', () => {
    expect(inColumns([second(0), second(8), second(16)], 240).widthMs).toBe(8_000)
  })

  it('end whatever the times are', () => {
    const found = inColumns([second(0), second(0, { at: 8e15 }), second(0, { at: -8e15 })], 240)
    expect(found.columns.length).toBeGreaterThan(0)
    expect(inColumns([], 240).columns).toEqual([])
  })
})

describe('shares of traffic', () => {
  it('go up with the shift and down with a rollback', () => {
    const told = shares(SAMPLES.stopped).map(({ at: when, green }) => [when - at(0), green])
    expect(told).toEqual([
      [1_900, 0],
      [497_000, 10],
      [527_000, 0]
    ])
  })

  it('end with AWS’s own time of a rollback where nobody saw it', () => {
    const found = shares(
      report(
        {},
        {
          rollback: 'succeeded',
          deployment: deployment('d-1', { createdAt: at(1), trafficShiftedAt: at(10) }),
          rollbackDeployment: deployment('d-2', { completedAt: at(20) })
        }
      )
    )
    expect(found.at(-1)).toEqual({ at: at(20), green: 0 })
  })

  it('are not known without a deployment, and without traffic', () => {
    expect(shares(report({}, {}))).toEqual([])
    expect(shares(report({}, { deployment: deployment('d-1', {}) }))).toEqual([])
  })
})
