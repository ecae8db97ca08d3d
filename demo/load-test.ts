import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** The section of the verification file that `--load` adds. k6 runs its script; without k6 the requests are sent. */
export const LOAD_SECTION = `load:
  required: true
  script: load.js
  connections: 5
  duration: 6 s
  thresholds: [p99 < 1 s, failure-rate < 1 %]
  requests:
    - { path: /version }
    - { path: /orders, method: POST, body: { items: [{ name: tea, price: 350, quantity: 2 }] } }
`

/** What k6 runs: the script of the examples, with its ramp of virtual users, thresholds and checks. */
export const LOAD_SCRIPT = 'load/orders.js'

/**
 * How version 2 has its queue: all of k6's users share the token that the script takes in `setup`.
 * The built-in load keeps no token, so with it an order needs none.
 */
export function queueFor(k6: string | undefined): string {
  return k6 === undefined ? '' : '\nQUEUE=shared'
}

/** Where the user's k6 is, as the action will find it on the PATH; undefined if there is none. */
export async function findK6(path = process.env['PATH'] ?? ''): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const program = join(folder, 'k6')
    const isThere = await access(program, constants.X_OK).then(
      () => true,
      () => false
    )
    if (folder !== '' && isThere) return program
  }
  return undefined
}
