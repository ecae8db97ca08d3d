export interface Order {
  readonly id: string
  readonly items: readonly OrderItem[]
  /** In the smallest unit of the currency. */
  readonly total: number
}

export interface OrderItem {
  readonly name: string
  readonly price: number
  readonly quantity: number
}

const KEPT = 1000

/** Orders of this process, the newest thousand of them. */
export class Orders {
  readonly #orders = new Map<string, Order>()
  readonly #wrongTotal: boolean
  #created = 0

  /** `wrongTotal` forgets the quantity: a mistake that no health check notices. */
  constructor({ wrongTotal }: { readonly wrongTotal: boolean }) {
    this.#wrongTotal = wrongTotal
  }

  /** From a request body: `{"items":[{"name":"tea","price":350,"quantity":2}]}`. */
  create(text: string): { order?: Order; problem?: string } {
    const items = readItems(text)
    if (typeof items === 'string') return { problem: items }
    const total = items.reduce(
      (sum, { price, quantity }) => sum + (this.#wrongTotal ? price : price * quantity),
      0
    )
    const order: Order = { id: `order-${++this.#created}`, items, total }
    this.#orders.set(order.id, order)
    const [oldest] = this.#orders.keys()
    if (this.#orders.size > KEPT && oldest !== undefined) this.#orders.delete(oldest)
    return { order }
  }

  find(id: string): Order | undefined {
    return this.#orders.get(id)
  }

  all(): Order[] {
    return [...this.#orders.values()]
  }
}

function readItems(text: string): OrderItem[] | string {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return 'the body is not JSON'
  }
  if (typeof parsed !== 'object' || parsed === null || !('items' in parsed))
    return 'an order has items'
  const { items } = parsed
  if (!Array.isArray(items) || items.length === 0 || !items.every(isItem))
    return 'items is a list of {name, price, quantity}; price and quantity are whole numbers, quantity above 0'
  return items.map(({ name, price, quantity }) => ({ name, price, quantity }))
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
