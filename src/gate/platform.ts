import type { GatePlane, Planes } from '../controllers/gate-plane.ts'
import type { Clock } from '../release/clock.ts'
import type { Seal } from '../ledger/seal.ts'
import type { Table } from '../ledger/table.ts'
import type { Policy } from './policy/policy.ts'
import type { Slack } from './slack/slack.ts'

/**
 * Everything outside that the gate's functions use. It is handed in, so that tests can replace it.
 * A function that needs more of a control plane says which interface of controllers/gate-plane.ts.
 */
export interface Platform<Plane = GatePlane> {
  readonly clock: Clock
  readonly log: Log
  readonly table: Table
  readonly seal: Seal
  readonly planes: Planes<Plane>
  readonly slack: Slack
  /** Errors: PolicyError if the document is not valid, else those of the store it is read from. */
  readonly policy: () => Promise<Policy>
}

/** Writes one line. An event, a token or a policy is never logged. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, string | number | boolean | undefined>>
) => void
