import type { Clock } from '../../release/clock.ts'

/** Of news that come often, what people are shown. Milliseconds. */
const APART = 5_000

/** Hands texts on: the first at once, later ones only when five seconds have passed since the last. */
export function throttled(clock: Clock, say: (text: string) => void): (text: string) => void {
  let last = -Infinity
  return (text) => {
    if (clock.now() - last < APART) return
    last = clock.now()
    say(text)
  }
}
