import { describe, expect, it } from '@jest/globals'
import { availabilityCharts } from '../../../src/action/summary/availability-charts.ts'
import { recoveryGantt } from '../../../src/action/summary/recovery-gantt.ts'
import { renderSummary } from '../../../src/action/summary/render.ts'
import type { AvailabilityEvidence, PhaseOfTraffic } from '../../../src/release/evidence.ts'
import { availability, RECOVERY } from './sample-evidence.ts'
import { at } from './sample-parts.ts'
import { SAMPLES } from './samples.ts'

const COURSE = availability({ shift: 60, after: 90, until: 102, failing: { 65: 3 } })

function figures(chart: string | undefined): number[] {
  const [, line = ''] = /^ {2}line \[(.*)\]$/m.exec(chart ?? '') ?? []
  return line.split(', ').map(Number)
}

function phase(name: PhaseOfTraffic['name'], from: number): PhaseOfTraffic {
  const nothing = { total: 0, failed: 0, byVersion: {}, latency: undefined }
  return { name, from: at(from), until: at(102), ...nothing }
}

/** With one answer of `ms` in every second but those named. */
function answering(ms: number, others: Readonly<Record<number, number>>): AvailabilityEvidence {
  const seconds = Array.from({ length: 60 }, (_, second) => ({
    at: at(second),
    total: 1,
    failed: 0,
    slowestMs: others[second] ?? ms,
    byVersion: {}
  }))
  return { ...COURSE, seconds }
}

describe('the charts of availability', () => {
  it('have a point for each column, and say where each phase begins', () => {
    const [slowest, failed] = availabilityCharts({
      ...COURSE,
      phases: [phase('before', 2), phase('gate', 32), phase('shift', 62)]
    })
    expect(figures(slowest)).toHaveLength(100)
    expect(slowest).toContain('"seconds from 21:57:05 UTC, at the gate 30, shift 60" 0 --> 99')
    expect(figures(failed)[63]).toBe(3)
    expect(figures(failed).filter((each) => each !== 0)).toHaveLength(1)
  })

  it('cut what would make the rest flat, and say so', () => {
    const [cut] = availabilityCharts(answering(50, { 7: 3_000 }))
    expect(cut).toContain('cut at 200 ms of 3000 ms')
    expect(Math.max(...figures(cut))).toBe(200)
    const [whole] = availabilityCharts(answering(50, { 7: 500 }))
    expect(whole).not.toContain('cut')
    expect(Math.max(...figures(whole))).toBe(500)
  })

  it('have no chart of failures where none failed, and none at all of a single second', () => {
    expect(availabilityCharts(answering(50, {}))).toHaveLength(1)
    expect(availabilityCharts({ ...COURSE, seconds: COURSE.seconds.slice(0, 1) })).toEqual([])
  })

  it('show a time without requests as zero, at its place', () => {
    const { seconds } = answering(50, {})
    const gap = seconds.filter(({ at: sent }) => sent < at(20) || sent >= at(40))
    expect(figures(availabilityCharts({ ...COURSE, seconds: gap })[0]).slice(18, 42)).toEqual([
      50,
      50,
      ...Array.from({ length: 20 }, () => 0),
      50,
      50
    ])
  })

  it('stay small for hours, and for times far apart', () => {
    const { seconds } = answering(50, {})
    const [second] = seconds
    if (!second) throw new Error('there are seconds')
    const hours = Array.from({ length: 36_000 }, (_, index) => ({ ...second, at: at(index) }))
    for (const found of [hours, [...seconds, { ...second, at: 7e15 }]]) {
      const [chart] = availabilityCharts({ ...COURSE, seconds: found })
      expect(figures(chart).length).toBeGreaterThan(1)
      expect(figures(chart).length).toBeLessThanOrEqual(120)
    }
  })
})

describe('the gantt of a recovery', () => {
  it('has a bar for each wait', () => {
    expect(recoveryGantt(RECOVERY)?.match(/^ {4}Until .*$/gm)).toEqual([
      '    Until draining :done, 2026-11-20 21:58:53.200, 2026-11-20 21:58:55.900',
      '    Until a new task started :done, 2026-11-20 21:58:55.900, 2026-11-20 21:59:10.400',
      '    Until registered :done, 2026-11-20 21:59:10.400, 2026-11-20 21:59:24.000',
      '    Until healthy :done, 2026-11-20 21:59:24.000, 2026-11-20 21:59:41.400'
    ])
  })

  it('is not there where no task was stopped', () => {
    expect(recoveryGantt({ ...RECOVERY, steps: [] })).toBeUndefined()
  })
})

it('the summary of a release has both below its one chart, and the lifecycle', () => {
  const kinds = [...renderSummary(SAMPLES.released).matchAll(/```mermaid\n(?:%%.*\n)?(\S+)/g)]
  expect(kinds.map(([, kind]) => kind)).toEqual([
    'gantt',
    'gantt',
    'xychart-beta',
    'xychart-beta',
    'gantt'
  ])
})
