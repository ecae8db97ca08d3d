// A k6 script for the example service with QUEUE=shared: everybody logs in once, waits in the queue
// once, and then orders and pays, first a few and then more. Run by `load` of
// ../verification/load.yml; by hand: k6 run -e BASE_URL=http://127.0.0.1:8080 examples/load/orders.js
import { check, fail, group, sleep } from 'k6'
import http from 'k6/http'

export const options = {
  scenarios: {
    shoppers: {
      executor: 'ramping-vus',
      startVUs: 1,
      stages: [
        { duration: '10s', target: 10 },
        { duration: '20s', target: 20 },
        { duration: '5s', target: 0 }
      ],
      gracefulRampDown: '5s'
    }
  },
  thresholds: {
    http_req_duration: ['p(99)<500'],
    checks: ['rate>0.999']
  }
}

const BASE_URL = __ENV.BASE_URL
const JSON_BODY = { 'content-type': 'application/json' }

/** Runs once, before the load: what it returns, every virtual user gets. */
export function setup() {
  const credentials = {
    user: __ENV.LOGIN_USER || 'minji',
    password: __ENV.LOGIN_PASSWORD || 'tea-time'
  }
  const login = http.post(`${BASE_URL}/login`, JSON.stringify(credentials), { headers: JSON_BODY })
  if (login.status !== 200) fail(`no login: status ${login.status}`)
  const queue = http.post(`${BASE_URL}/queue`)
  if (queue.status !== 201) fail(`no token of the queue: status ${queue.status}`)
  return { login: login.json('token'), queue: queue.json('token') }
}

export default function (tokens) {
  group('look around', () => {
    const headers = { authorization: `Bearer ${tokens.login}` }
    const projects = http.get(`${BASE_URL}/projects`, { headers })
    check(projects, { 'projects are listed': ({ status }) => status === 200 })
  })

  group('order and pay', () => {
    const headers = { ...JSON_BODY, 'x-queue-token': tokens.queue }
    const items = [{ name: 'tea', price: 350, quantity: 2 }]
    const made = http.post(`${BASE_URL}/orders`, JSON.stringify({ items }), { headers })
    const isMade = check(made, {
      'order is made': ({ status }) => status === 201,
      'total is right': (answer) => answer.status === 201 && answer.json('total') === 700
    })
    if (!isMade) {
      // It stands in the report, each message once with its count.
      console.error(`order failed with status ${made.status}`)
      return
    }
    const order = `${BASE_URL}/orders/${made.json('id')}`
    const named = { headers: JSON_BODY, tags: { name: 'payment' } }
    const paid = http.post(`${order}/payment`, JSON.stringify({ amount: 700 }), named)
    check(paid, { 'payment is taken': ({ status }) => status === 200 })
    const read = http.get(order, { tags: { name: 'order' } })
    check(read, { 'order is paid': (answer) => answer.json('status') === 'paid' })
  })

  sleep(0.2)
}
