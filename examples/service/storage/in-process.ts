import type { Order } from '../order.ts'
import { PROJECTS } from '../projects.ts'
import { Expiring } from './expiring.ts'
import { NEWEST, TOKEN_SECONDS } from './stores.ts'
import type { OrderStore, ProjectStore, QueueStore, SessionStore, Stores } from './stores.ts'

/** The default: what one process knows, for as long as it lives. */
export function inProcessStores(now: () => number = Date.now): Stores {
  return {
    orders: ordersInProcess(),
    sessions: sessionsInProcess(now),
    queue: queueInProcess(now),
    projects: projectsInProcess(),
    close: async () => undefined
  }
}

function ordersInProcess(): OrderStore {
  const orders = new Map<string, Order>()
  let created = 0
  return {
    async add(draft) {
      const order: Order = { id: `order-${++created}`, ...draft, status: 'created' }
      orders.set(order.id, order)
      const [oldest] = orders.keys()
      if (orders.size > NEWEST && oldest !== undefined) orders.delete(oldest)
      return order
    },
    find: async (id) => orders.get(id),
    newest: async () => [...orders.values()],
    async pay(id) {
      const order = orders.get(id)
      if (order?.status !== 'created') return false
      orders.set(id, { ...order, status: 'paid' })
      return true
    }
  }
}

function sessionsInProcess(now: () => number): SessionStore {
  const users = new Expiring<string>(TOKEN_SECONDS * 1000, now)
  return {
    keep: async (token, user) => users.set(token, user),
    userOf: async (token) => users.get(token)
  }
}

function queueInProcess(now: () => number): QueueStore {
  const positions = new Expiring<number>(TOKEN_SECONDS * 1000, now)
  let joined = 0
  return {
    async join(token) {
      positions.set(token, ++joined)
      return joined
    },
    has: async (token) => positions.get(token) !== undefined,
    spend: async (token) => positions.take(token) !== undefined
  }
}

function projectsInProcess(): ProjectStore {
  return {
    all: async () => [...PROJECTS],
    find: async (id) => PROJECTS.find((project) => project.id === id)
  }
}
