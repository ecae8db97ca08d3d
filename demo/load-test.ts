import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** The section of the verification file that `--load` adds. k6 runs its script; without k6 the requests are sent. */
export const LOAD_SECTION = `load:
  required: true
  script: load.js
  arguments: [--vus, "5", --duration, 6s]
  connections: 5
  duration: 6 s
  thresholds: [p99 < 1 s, failure-rate < 1 %]
  requests:
    - { path: /version }
    - { path: /orders, method: POST, body: { items: [{ name: tea, price: 350, quantity: 2 }] } }
`

/** What k6 runs: an order, and its payment. */
export const LOAD_SCRIPT = `import http from 'k6/http'
import { check } from 'k6'

const json = { headers: { 'content-type': 'application/json' } }

export default function () {
  const body = JSON.stringify({ items: [{ name: 'tea', price: 350, quantity: 2 }] })
  const order = http.post(__ENV.BASE_URL + '/orders', body, json)
  check(order, { 'the order is taken': ({ status }) => status === 201 })
  const paid = http.post(
    __ENV.BASE_URL + '/orders/' + order.json('id') + '/payment',
    JSON.stringify({ amount: 700 }),
    json
  )
  check(paid, { 'the payment is taken': ({ status }) => status === 200 })
}
`

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
