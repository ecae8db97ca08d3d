import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ManualClock } from '../../../emulator/clock.ts'
import {
  EARLY_MS,
  intendedAt,
  keepPace,
  type Course
} from '../../../src/verification/availability/schedule.ts'

/** A course on a virtual clock, and what was sent and dropped on it. */
function begin(rate: number, given: Partial<Course> = {}) {
  const clock = new ManualClock(0)
  const ended = new AbortController()
  const sent: { intended: number; at: number }[] = []
  const dropped: { intended: number; reason: string }[] = []
  const schedule = { startAt: 0, rate }
  const course = keepPace({
    schedule,
    now: () => clock.now(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
    ended: ended.signal,
    mostInFlight: Infinity,
    send: async (intended) => void sent.push({ intended, at: clock.now() }),
    drop: (intended, reason) => void dropped.push({ intended, reason }),
    ...given
  })
  const end = async (): Promise<void> => {
    ended.abort()
    await course
  }
  const due = (at: number): number[] => {
    const times: number[] = []
    for (let n = 0; intendedAt(schedule, n) <= at + EARLY_MS; n++)
      times.push(intendedAt(schedule, n))
    return times
  }
  return { clock, ended, course, end, sent, dropped, due }
}

const rates = fc.oneof(
  fc.integer({ min: 1, max: 1_000 }),
  fc.double({ min: 0.05, max: 200, noNaN: true })
)

describe('an open-loop schedule', () => {
  test('every request goes once, in order, half a millisecond from its time at most', async () => {
    await fc.assert(
      fc.asyncProperty(rates, fc.integer({ min: 0, max: 60 }), async (rate, requests) => {
        const { clock, end, sent, due } = begin(rate)
        await clock.advance(Math.floor((requests * 1000) / rate))
        await end()
        expect(sent.map(({ intended }) => intended)).toEqual(due(clock.now()))
        for (const { intended, at } of sent) {
          expect(Math.abs(at - intended)).toBeLessThanOrEqual(EARLY_MS)
        }
        expect(clock.pending).toBe(0)
      }),
      { numRuns: 60 }
    )
  })

  test('none is lost and none goes twice, however the process stalls and whenever it ends', async () => {
    // `now` jumps ahead of the timer, as it does when the process was held up.
    const stalls = fc.array(
      fc.record({
        run: fc.integer({ max: 400, min: 0 }),
        stall: fc.integer({ max: 3_000, min: 0 })
      }),
      { maxLength: 5 }
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), stalls, async (rate, parts) => {
        let behind = 0
        const stalled = new ManualClock(0)
        const now = (): number => stalled.now() + behind
        const late: number[] = []
        const sent: number[] = []
        const { end, due } = begin(rate, {
          now,
          sleep: (ms, signal) => stalled.sleep(ms, signal),
          send: async (intended) => {
            late.push(now() - intended)
            sent.push(intended)
          }
        })
        for (const { run, stall } of parts) {
          await stalled.advance(run)
          behind += stall
        }
        await end()
        expect(sent).toEqual(due(now()))
        for (const ms of late) expect(ms).toBeGreaterThanOrEqual(-EARLY_MS)
      }),
      { numRuns: 60 }
    )
  })

  test('an answer that does not come holds up nobody', async () => {
    const sent: number[] = []
    let answer: () => void = () => undefined
    const { clock, end } = begin(10, {
      send: (intended) => {
        sent.push(intended)
        return new Promise((resolve) => {
          const before = answer
          answer = () => {
            before()
            resolve()
          }
        })
      }
    })
    await clock.advance(1_000)
    expect(sent).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000])
    answer()
    await end()
  })

  test('what cannot be in flight any more is dropped, with its own time', async () => {
    let answer: () => void = () => undefined
    const { clock, end, dropped } = begin(10, {
      mostInFlight: 3,
      send: () =>
        new Promise((resolve) => {
          const before = answer
          answer = () => {
            before()
            resolve()
          }
        })
    })
    await clock.advance(500)
    expect(dropped).toEqual([
      { intended: 300, reason: 'not sent: 3 in flight' },
      { intended: 400, reason: 'not sent: 3 in flight' },
      { intended: 500, reason: 'not sent: 3 in flight' }
    ])
    answer()
    await clock.advance(100)
    expect(dropped).toHaveLength(3)
    answer()
    await end()
  })

  test('it is over when the last request that was open has ended', async () => {
    let answer: () => void = () => undefined
    const { ended, course } = begin(1, {
      send: () => new Promise((resolve) => (answer = resolve))
    })
    let over = false
    const finished = course.then(() => (over = true))
    ended.abort()
    await new Promise((resolve) => setImmediate(resolve))
    expect(over).toBe(false)
    answer()
    await finished
  })

  test('at a low rate it does not wait for the next request before it ends', async () => {
    const { clock, end, sent } = begin(0.01)
    await clock.advance(10)
    await end()
    expect(sent).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  test('a clock that breaks is said', async () => {
    const { course } = begin(1, { sleep: () => Promise.reject(new Error('no clock')) })
    await expect(course).rejects.toThrow('no clock')
  })
})
