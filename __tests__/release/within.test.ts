import { expect, test } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { within } from '../../src/release/within.ts'

/** A clock whose sleepers can be asked whether they still sleep. */
function clockOf(): { clock: ManualClock; signals: AbortSignal[] } {
  const clock = new ManualClock()
  const signals: AbortSignal[] = []
  const sleep = clock.sleep.bind(clock)
  clock.sleep = (ms, signal) => {
    if (signal) signals.push(signal)
    return sleep(ms, signal)
  }
  return { clock, signals }
}

test('an answer in time is the answer, and nobody waits any longer', async () => {
  const { clock, signals } = clockOf()
  expect(await within(clock, 2_500, Promise.resolve('answer'))).toBe('answer')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
})

test('one that takes longer is none', async () => {
  const { clock } = clockOf()
  let found: unknown = 'not yet'
  const waited = within(clock, 2_500, new Promise(() => undefined)).then((value) => (found = value))
  await clock.advance(2_499)
  expect(found).toBe('not yet')
  await clock.advance(1)
  await waited
  expect(found).toBeUndefined()
})

test('an answer that fails is its failure', async () => {
  const { clock, signals } = clockOf()
  await expect(within(clock, 2_500, Promise.reject(new Error('gone')))).rejects.toThrow('gone')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
})
