import type { ManualClock } from '../../emulator/clock.ts'
import { quiet } from '../../runner/quiet.ts'

/** Moves the clock on until `work` is done; fails when it takes longer than `limitMs` of virtual time. */
export async function drive<T>(
  clock: ManualClock,
  work: Promise<T>,
  { stepMs = 500, limitMs = 24 * 3_600_000 } = {}
): Promise<T> {
  const progress = { done: false }
  const settled = work.finally(() => {
    progress.done = true
  })
  settled.catch(() => undefined)
  const until = clock.now() + limitMs
  while (!progress.done && clock.now() < until) {
    await quiet()
    await clock.advance(stepMs)
  }
  if (!progress.done) throw new Error(`still not done after ${limitMs} ms of virtual time`)
  return settled
}
