import { watchMarkKey, watchMarksPartition } from './keys.ts'
import type { Table, Value } from './table.ts'
import { expiryOf } from './ttl.ts'

/**
 * What the watchdog has done about a deployment, one item each, so that two invocations do it once:
 * `claim0`, `claim1`, ...: one of them is at it, and each that goes on where another was cut off has
 * the next number, `result`: what became of the deployment, `told`: people know of a
 * deployment that could not be stopped, `judged`: nothing is left to do,
 * `ended`: people know how the rollback of a deployment that was stopped has ended, `observer`: the function
 * that observes was started, `failed`: it carries the gate and has failed, `handed-on`: the request
 * function has been told of that, or need not be.
 */
export type WatchMark =
  | `claim${number}`
  | 'result'
  | 'told'
  | 'judged'
  | 'ended'
  | 'observer'
  | 'failed'
  | 'handed-on'

/** Longer than CodeDeploy lets any deployment wait (two days for each of its waits). */
const STORED_DAYS = 30

export interface WatchMarks {
  /** Every mark that is there, with when it was made and the text that came with it. */
  read(): Promise<ReadonlyMap<string, { readonly at: number; readonly text: string }>>
  /** Returns false if the mark was there already. */
  make(mark: WatchMark, text?: string): Promise<boolean>
}

/** The marks of one deployment. Errors: those of the table. */
export function watchMarks(
  table: Pick<Table, 'query' | 'create'>,
  plane: string,
  deploymentId: string,
  now: () => number
): WatchMarks {
  const id = `${plane}/${deploymentId}`
  return {
    async read() {
      const items = await table.query(watchMarksPartition(id))
      return new Map(
        items.map(({ sk, at, text }) => [sk, { at: numberOf(at), text: textOf(text) }])
      )
    },
    make(mark, text = '') {
      const at = now()
      return table.create({ ...watchMarkKey(id, mark), at, text, ttl: expiryOf(at, STORED_DAYS) })
    }
  }
}

function numberOf(value: Value | undefined): number {
  return typeof value === 'number' ? value : 0
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}
