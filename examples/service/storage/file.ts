import { DatabaseSync } from 'node:sqlite'
import type { SQLOutputValue } from 'node:sqlite'
import type { Order, OrderItem } from '../order.ts'
import { inProcessStores } from './in-process.ts'
import { orderId, orderNumber } from './order-id.ts'
import { NEWEST, TOKEN_SECONDS } from './stores.ts'
import type { OrderStore, QueueStore, SessionStore, Stores } from './stores.ts'

/** How long a process waits for another one to finish its write. */
const PATIENCE_MS = 5000

/** For several tasks on one machine, which are to know each other's orders and logins. */
export function openFile(path: string, now: () => number = Date.now): Stores {
  const database = new DatabaseSync(path, { timeout: PATIENCE_MS })
  database.exec(`
    PRAGMA synchronous = OFF; -- an example survives its own end, not the machine's
    CREATE TABLE IF NOT EXISTS orders (
      number INTEGER PRIMARY KEY AUTOINCREMENT, items TEXT NOT NULL, total INTEGER NOT NULL,
      status TEXT NOT NULL DEFAULT 'created'
    ) STRICT;
    CREATE TABLE IF NOT EXISTS sessions (
      token TEXT PRIMARY KEY, user TEXT NOT NULL, until INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS queue (
      position INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL UNIQUE, until INTEGER NOT NULL
    ) STRICT;
  `)
  return {
    orders: ordersIn(database),
    sessions: sessionsIn(database, now),
    queue: queueIn(database, now),
    projects: inProcessStores().projects, // nobody changes them
    close: async () => database.close()
  }
}

type Row = Record<string, SQLOutputValue>

function ordersIn(database: DatabaseSync): OrderStore {
  const insert = database.prepare('INSERT INTO orders (items, total) VALUES (?, ?) RETURNING *')
  const find = database.prepare('SELECT * FROM orders WHERE number = ?')
  const newest = database.prepare('SELECT * FROM orders ORDER BY number DESC LIMIT ?')
  const pay = database.prepare(
    `UPDATE orders SET status = 'paid' WHERE number = ? AND status = 'created'`
  )
  return {
    add: async ({ items, total }) => orderOf(insert.get(JSON.stringify(items), total) ?? {}),
    async find(id) {
      const row = find.get(orderNumber(id) ?? 0)
      return row && orderOf(row)
    },
    newest: async () => newest.all(NEWEST).reverse().map(orderOf),
    pay: async (id) => pay.run(orderNumber(id) ?? 0).changes === 1
  }
}

function orderOf({ number, items, total, status }: Row): Order {
  return {
    id: orderId(Number(number)),
    items: JSON.parse(String(items)) as OrderItem[],
    total: Number(total),
    status: status === 'paid' ? 'paid' : 'created'
  }
}

function sessionsIn(database: DatabaseSync, now: () => number): SessionStore {
  const insert = database.prepare('INSERT INTO sessions (token, user, until) VALUES (?, ?, ?)')
  const find = database.prepare('SELECT user FROM sessions WHERE token = ? AND until > ?')
  return {
    keep: async (token, user) => void insert.run(token, user, endOf(now)),
    async userOf(token) {
      const row = find.get(token, now())
      return row && String(row.user)
    }
  }
}

function queueIn(database: DatabaseSync, now: () => number): QueueStore {
  const insert = database.prepare('INSERT INTO queue (token, until) VALUES (?, ?)')
  const find = database.prepare('SELECT 1 FROM queue WHERE token = ? AND until > ?')
  const remove = database.prepare('DELETE FROM queue WHERE token = ? AND until > ?')
  return {
    join: async (token) => Number(insert.run(token, endOf(now)).lastInsertRowid),
    has: async (token) => find.get(token, now()) !== undefined,
    spend: async (token) => remove.run(token, now()).changes === 1
  }
}

function endOf(now: () => number): number {
  return now() + TOKEN_SECONDS * 1000
}
