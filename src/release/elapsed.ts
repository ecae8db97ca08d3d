import { say } from '../words/say.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Time since the start, for people: `+02:13`, or `+1:02:13` from an hour on. */
export function elapsed(ms: number): string {
  const total = Math.max(0, ms)
  const hours = Math.floor(total / HOUR)
  const rest = `${two((total % HOUR) / MINUTE)}:${two((total % MINUTE) / SECOND)}`
  return hours > 0 ? `+${hours}:${rest}` : `+${rest}`
}

/** A duration, for people: `37 ms`, `0.4 s`, `12 s`, `4 min 05 s`, `1 h 02 min`. */
export function duration(ms: number): string {
  const total = Math.max(0, ms)
  if (total < 100) return `${Math.round(total)} ms`
  // The time is rounded before the unit is chosen, so that 59.9 s is `1 min 00 s` and never `60 s`.
  if (total < 0.95 * SECOND) return say`${(total / SECOND).toFixed(1)} s`
  const seconds = Math.round(total / SECOND) * SECOND
  if (seconds < MINUTE) return say`${seconds / SECOND} s`
  if (seconds < HOUR) {
    return say`${Math.floor(seconds / MINUTE)} min ${two((seconds % MINUTE) / SECOND)} s`
  }
  const minutes = Math.round(total / MINUTE) * MINUTE
  return say`${Math.floor(minutes / HOUR)} h ${two((minutes % HOUR) / MINUTE)} min`
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0')
}
