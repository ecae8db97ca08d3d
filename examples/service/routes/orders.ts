import { parseJson } from '../http/body.ts'
import { Refusal } from '../http/refusal.ts'
import type { Routes } from '../http/routes.ts'
import { readItems, totalOf } from '../order.ts'
import type { Order } from '../order.ts'
import type { Settings } from '../settings.ts'
import type { OrderStore, Stores } from '../storage/stores.ts'
import { admit } from './queue.ts'

export function orderRoutes(
  { orders, queue }: Pick<Stores, 'orders' | 'queue'>,
  { bug, queue: mode }: Pick<Settings, 'bug' | 'queue'>
): Routes {
  return {
    'GET /orders': async () => ({ status: 200, content: { orders: await orders.newest() } }),
    'POST /orders': async (call) => {
      const items = readItems(parseJson(await call.body()))
      const total = totalOf(items, { forgetQuantity: bug === 'wrong-total' })
      // Last, so that an order that is refused costs no token.
      if (mode !== 'open') {
        await admit(call, queue, { reused: mode === 'shared' || bug === 'queue-reused' })
      }
      return { status: 201, content: await orders.add({ items, total }) }
    },
    'GET /orders/:id': async ({ id }) => ({ status: 200, content: await existing(orders, id) })
  }
}

export async function existing(orders: OrderStore, id: string): Promise<Order> {
  const order = await orders.find(id)
  if (!order) throw new Refusal(404, `there is no order ${id}`)
  return order
}
