import { Refusal } from './http/refusal.ts'

export interface OrderItem {
  readonly name: string
  readonly price: number
  readonly quantity: number
}

export interface OrderDraft {
  readonly items: readonly OrderItem[]
  /** In the smallest unit of the currency. */
  readonly total: number
}

export interface Order extends OrderDraft {
  readonly id: string
  readonly status: 'created' | 'paid'
}

/** From a request: `{"items":[{"name":"tea","price":350,"quantity":2}]}`. Other members are left out. */
export function readItems(body: unknown): OrderItem[] {
  if (typeof body !== 'object' || body === null || !('items' in body)) {
    throw new Refusal(400, 'an order has items')
  }
  const { items } = body
  if (!Array.isArray(items) || items.length === 0 || !items.every(isItem)) {
    throw new Refusal(
      400,
      'items is a list of {name, price, quantity}; price and quantity are whole numbers, quantity above 0'
    )
  }
  return items.map(({ name, price, quantity }) => ({ name, price, quantity }))
}

/** `forgetQuantity` is a mistake that no health check notices. */
export function totalOf(
  items: readonly OrderItem[],
  { forgetQuantity }: { readonly forgetQuantity: boolean }
): number {
  const total = items.reduce(
    (sum, { price, quantity }) => sum + (forgetQuantity ? price : price * quantity),
    0
  )
  // Beyond this, sums are no longer exact.
  if (!Number.isSafeInteger(total)) throw new Refusal(400, 'the total of the order is too large')
  return total
}

function isItem(item: unknown): item is OrderItem {
  if (typeof item !== 'object' || item === null) return false
  if (!('name' in item) || !('price' in item) || !('quantity' in item)) return false
  const { name, price, quantity } = item
  return (
    typeof name === 'string' &&
    Number.isInteger(price) &&
    Number(price) >= 0 &&
    Number.isInteger(quantity) &&
    Number(quantity) > 0
  )
}
