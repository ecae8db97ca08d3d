import type { Table } from '../../ledger/table.ts'
import type { Clock } from '../../release/clock.ts'
import type { Snapshot } from '../../release/snapshot.ts'
import type { Log } from '../platform.ts'

/** All that the observer reaches of the world, handed in. Errors of the calls: those of AWS. */
export interface ObservePlatform {
  readonly clock: Clock
  /** Milliseconds that only ever grow, with fractions. */
  readonly monotonic: () => number
  readonly random: () => number
  readonly log: Log
  readonly table: Pick<Table, 'get' | 'create'>
  look(deploymentId: string): Promise<Look>
  /** Origin of the deployment's production listener; undefined where it cannot be found out. */
  origin(deploymentId: string): Promise<string | undefined>
  /** Stops the deployment with a rollback; false where it had already ended. */
  stop(deploymentId: string): Promise<boolean>
  /** Starts the next part in a function of its own, and does not wait for it. */
  handOn(next: Start): Promise<void>
}

/** What CodeDeploy says of a deployment at one moment. */
export interface Look extends Pick<
  Snapshot,
  'deploymentId' | 'state' | 'createdAt' | 'completedAt' | 'steps' | 'rollback' | 'isRollback'
> {
  readonly isEcs: boolean
  /** Undefined while the deployment has no target yet. */
  readonly service: { readonly cluster: string; readonly name: string } | undefined
}

export interface Start {
  readonly deploymentId: string
  /** Of the observation, from 0: one function after another measures a part. */
  readonly part: number
}

/** Of one invocation. */
export interface Invocation {
  /** The same for Lambda's retries of it. */
  readonly id: string
  /** Milliseconds until Lambda ends it. */
  readonly remaining: () => number
}
