import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../release/clock.ts'

/** The machine's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {})
}
