import type { ObservePlane, Planes } from '../../controllers/gate-plane.ts'
import type { Table } from '../../ledger/table.ts'
import type { Clock } from '../../release/clock.ts'
import type { Log } from '../platform.ts'

/** Everything outside that the observer uses. It is handed in. */
export interface ObservePlatform {
  readonly clock: Clock
  /** Milliseconds that only ever grow, with fractions. */
  readonly monotonic: () => number
  readonly random: () => number
  readonly log: Log
  readonly table: Pick<Table, 'get' | 'create'>
  /** Origins that a verification file may name besides those of the deployment itself. */
  readonly origins: readonly string[]
  readonly planes: Planes<ObservePlane>
  /** Starts the next part in a function of its own, and does not wait for it. Errors: Lambda's. */
  handOn(next: Start): Promise<void>
}

export interface Start {
  /** Kind of the control plane that moves the traffic. */
  readonly plane: string
  readonly deploymentId: string
  /** Number of the part of the observation, from 0. One function after another measures a part. */
  readonly part: number
}

/** Of one invocation. */
export interface Invocation {
  /** The same for Lambda's retries of it. */
  readonly id: string
  /** Milliseconds until Lambda ends it. */
  readonly remaining: () => number
}
