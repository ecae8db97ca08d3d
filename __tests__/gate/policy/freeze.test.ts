import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { frozenBy } from '../../../src/gate/policy/freeze.ts'
import { WEEKDAYS, type FreezeWindow } from '../../../src/gate/policy/policy.ts'

const ZONES = [
  'UTC',
  'Asia/Seoul',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu'
]
const WEEK = 7 * 24 * 60

/** The obvious way: every minute of the week that a window covers, one by one. */
function minutesCovered(window: FreezeWindow & { kind: 'weekly' }): Set<number> {
  const covered = new Set<number>()
  const length =
    window.until > window.from ? window.until - window.from : 1440 - window.from + window.until
  for (const day of window.days) {
    const start = WEEKDAYS.indexOf(day) * 1440 + window.from
    for (let minute = 0; minute < length; minute++) covered.add((start + minute) % WEEK)
  }
  return covered
}

/** Minute of the week, from Monday 00:00, on the clocks of a zone. */
function minuteOfWeek(now: number, timeZone: string): number {
  const local = new Date(now).toLocaleString('sv-SE', { timeZone })
  const wall = new Date(`${local.replace(' ', 'T')}Z`)
  return ((wall.getUTCDay() + 6) % 7) * 1440 + wall.getUTCHours() * 60 + wall.getUTCMinutes()
}

const weekly = fc.record({
  name: fc.constant('window'),
  kind: fc.constant('weekly' as const),
  days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
  from: fc.nat(1439),
  until: fc.nat(1440),
  timeZone: fc.constantFrom(...ZONES)
})

describe('freeze windows', () => {
  test('every week, over midnight and over changes of daylight saving, as counted minute by minute', () => {
    fc.assert(
      fc.property(
        weekly,
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) }),
        (window, now) => {
          const expected = minutesCovered(window).has(minuteOfWeek(now, window.timeZone))
          expect(frozenBy({ freeze: [window] }, now)).toEqual(expected ? ['window'] : [])
        }
      ),
      { numRuns: 2_000 }
    )
  })

  test('once: from its first moment, up to its end', () => {
    const freeze = [{ name: 'holidays', kind: 'once' as const, from: 1000, until: 2000 }]
    expect([999, 1000, 1999, 2000].map((now) => frozenBy({ freeze }, now).length)).toEqual([
      0, 1, 1, 0
    ])
  })

  test('the hour that daylight saving repeats is frozen twice', () => {
    const night: FreezeWindow = {
      name: 'night',
      kind: 'weekly',
      days: ['sun'],
      from: 2 * 60,
      until: 3 * 60,
      timeZone: 'Europe/Berlin'
    }
    // 2026-10-25: 03:00 summer time becomes 02:00.
    const hours = [0, 1, 2].map((hour) => Date.UTC(2026, 9, 25, hour, 30))
    expect(hours.map((now) => frozenBy({ freeze: [night] }, now).length)).toEqual([1, 1, 0])
  })

  test('names every window in force', () => {
    const freeze = ['one', 'two'].map((name) => ({
      name,
      kind: 'once' as const,
      from: 0,
      until: 9
    }))
    expect(frozenBy({ freeze }, 5)).toEqual(['one', 'two'])
  })
})
