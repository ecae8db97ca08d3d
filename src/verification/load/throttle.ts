import type { Clock } from '../../release/clock.ts'

/** Milliseconds between two texts. */
const APART = 5_000

/**
 * Passes texts on to `say`: the first one at once, a later one only if five seconds have
 * passed since the last. All others are dropped.
 */
export function throttled(clock: Clock, say: (text: string) => void): (text: string) => void {
  let last = -Infinity
  return (text) => {
    if (clock.now() - last < APART) return
    last = clock.now()
    say(text)
  }
}
