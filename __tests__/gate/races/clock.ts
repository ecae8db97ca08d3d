import type { Clock } from '../../../emulator/clock.ts'

/** Time that goes where it is told, and never back. */
export class SettableClock implements Clock {
  #now = Date.UTC(2026, 0, 1)

  now(): number {
    return this.#now
  }

  set(now: number): void {
    this.#now = Math.max(now, this.#now)
  }

  sleep(ms: number): Promise<void> {
    this.set(this.#now + ms)
    return Promise.resolve()
  }
}
