import type { Clock } from '../release/clock.ts'

/** Everything outside the action that it uses. It is passed in, so that tests can replace it. */
export interface Io {
  readonly core: typeof import('@actions/core')
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** 0 to 1. */
  readonly random: () => number
  /** Aborted if the runner asks the process to end. */
  readonly cancelled: AbortSignal
  /**
   * Calls `act` when the process exits, for whatever reason. `act` must be synchronous. The
   * returned function cancels the call.
   */
  readonly atExit: (act: () => void) => () => void
}
