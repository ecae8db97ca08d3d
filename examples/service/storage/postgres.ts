import type { Order, OrderItem } from '../order.ts'
import { orderId, orderNumber } from './order-id.ts'
import { load } from './package.ts'
import { NEWEST } from './stores.ts'
import type { OnError, OrderStore, Part } from './stores.ts'

/** What is used of the package `pg`. */
export interface Pool {
  query(
    text: string,
    values?: readonly unknown[]
  ): Promise<{ readonly rows: readonly Row[]; readonly rowCount: number | null }>
  on(event: 'error', listener: OnError): unknown
  end(): Promise<void>
}

interface Row {
  /** A bigint comes as text. */
  readonly number: string
  readonly items: readonly OrderItem[]
  readonly total: string
  readonly status: string
}

interface PostgresPackage {
  readonly Pool: new (options: {
    readonly connectionString: string
    readonly connectionTimeoutMillis: number
  }) => Pool
}

// Two tasks that start at once must not both create the table.
const SCHEMA = `
  BEGIN;
  SELECT pg_advisory_xact_lock(hashtext('orders'));
  CREATE TABLE IF NOT EXISTS orders (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    items json NOT NULL,
    total bigint NOT NULL,
    status text NOT NULL DEFAULT 'created' CHECK (status IN ('created', 'paid'))
  );
  COMMIT`

export async function openPostgres(url: string, onError: OnError): Promise<Part<'orders'>> {
  const { Pool } = await load<PostgresPackage>('pg')
  const pool = new Pool({ connectionString: url, connectionTimeoutMillis: 5000 })
  pool.on('error', onError)
  try {
    await pool.query(SCHEMA)
  } catch (error) {
    // It is opened anew, and a pool that is left would keep its connections.
    await pool.end()
    throw error
  }
  return { orders: ordersIn(endingWithPassword(pool)), close: () => pool.end() }
}

/** PostgreSQL's code for a password that it does not take (its documentation, appendix A). */
const INVALID_PASSWORD = '28P01'

/**
 * Ends the process, as SIGTERM does, when the password has been changed: a task reads its secrets as it
 * starts, so another one knows the new password.
 */
export function endingWithPassword(
  pool: Pool,
  end: () => void = () => void process.kill(process.pid, 'SIGTERM')
): Pool {
  return {
    on: (event, listener) => pool.on(event, listener),
    end: () => pool.end(),
    async query(text, values) {
      try {
        return await pool.query(text, values)
      } catch (error) {
        if ((error as { readonly code?: unknown }).code === INVALID_PASSWORD) end()
        throw error
      }
    }
  }
}

export function ordersIn(pool: Pool): OrderStore {
  return {
    async add({ items, total }) {
      const { rows } = await pool.query(
        'INSERT INTO orders (items, total) VALUES ($1, $2) RETURNING *',
        [JSON.stringify(items), total]
      )
      const [row] = rows
      if (!row) throw new Error('PostgreSQL returned no order')
      return orderOf(row)
    },
    async find(id) {
      const { rows } = await pool.query('SELECT * FROM orders WHERE number = $1', [
        orderNumber(id) ?? 0
      ])
      return rows[0] && orderOf(rows[0])
    },
    async newest() {
      const { rows } = await pool.query('SELECT * FROM orders ORDER BY number DESC LIMIT $1', [
        NEWEST
      ])
      return rows.map(orderOf).reverse()
    },
    async pay(id) {
      const { rowCount } = await pool.query(
        `UPDATE orders SET status = 'paid' WHERE number = $1 AND status = 'created'`,
        [orderNumber(id) ?? 0]
      )
      return rowCount === 1
    }
  }
}

function orderOf({ number, items, total, status }: Row): Order {
  return {
    id: orderId(Number(number)),
    items,
    total: Number(total),
    status: status === 'paid' ? 'paid' : 'created'
  }
}
