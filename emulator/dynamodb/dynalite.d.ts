/** As much of dynalite 4 as is used here; the package has no types of its own. */
declare module 'dynalite' {
  import type { Server } from 'node:http'

  interface DynaliteOptions {
    /** Milliseconds a table stays in each of its passing states; 500 unless given. */
    readonly createTableMs?: number
    readonly updateTableMs?: number
    readonly deleteTableMs?: number
  }

  /** A DynamoDB in memory; `close` of the server also closes its store. */
  export default function dynalite(options?: DynaliteOptions): Server
}
