import { membersOf, parseJson } from '../http/body.ts'
import { Refusal } from '../http/refusal.ts'
import type { Routes } from '../http/routes.ts'
import type { Settings } from '../settings.ts'
import type { OrderStore } from '../storage/stores.ts'
import { existing } from './orders.ts'

export interface PaymentSettings extends Pick<Settings, 'bug' | 'slowMs'> {
  readonly sleep: (ms: number) => Promise<unknown>
}

export function paymentRoutes(orders: OrderStore, { bug, slowMs, sleep }: PaymentSettings): Routes {
  return {
    'POST /orders/:id/payment': async (call) => {
      const amount = readAmount(await call.body())
      const { status, ...order } = await existing(orders, call.id)
      if (status === 'paid') throw new Refusal(409, `${order.id} is paid already`)
      if (amount !== order.total) throw new Refusal(422, `${order.id} costs ${order.total}`)
      if (bug === 'slow-payment') await sleep(slowMs)
      if (bug === 'payment-500') throw new Error('the payment provider gave no answer')
      if (bug === 'crash-on-payment') crash()
      // Two payments at once: the store lets one of them win.
      if (bug !== 'payment-lost' && !(await orders.pay(order.id))) {
        throw new Refusal(409, `${order.id} is paid already`)
      }
      return { status: 200, content: { ...order, status: 'paid' } }
    }
  }
}

function readAmount(text: string): number {
  const shape = 'a payment is {"amount": whole number}, the total of the order'
  const { amount } = membersOf(parseJson(text), ['amount'], shape)
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 0) {
    throw new Refusal(400, shape)
  }
  return amount
}

function crash(): never {
  process.stderr.write('out of memory while paying: giving up\n')
  process.exit(1)
}
