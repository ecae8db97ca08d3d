import type { Tally } from './tally.ts'

/** One check: what it prints is handed over, since others run beside it. */
export interface Step {
  readonly name: string
  readonly run: (signal: AbortSignal, print: (text: string) => void) => Promise<Tally>
}
