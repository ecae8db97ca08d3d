import type { Change, Condition, Item, Key, Table, Value } from '../../src/ledger/table.ts'

/** AWS, DynamoDB's developer guide, "Service, account, and table quotas": 400 KB, names included. */
export const LARGEST_ITEM = 400 * 1024
const TOO_LARGE = 'Item size has exceeded the maximum allowed size'
const TOO_LARGE_TO_UPDATE = 'Item size to update has exceeded the maximum allowed size'

/** Bytes of an item, by DynamoDB's developer guide, "DynamoDB item sizes and formats". */
export function sizeOfItem(item: Item): number {
  return sizeOfMembers(item)
}

function sizeOfMembers(members: object): number {
  return Object.entries(members).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value),
    0
  )
}

function sizeOfValue(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  // About one byte for two digits, and one more.
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1
  if (Array.isArray(value)) {
    return value.reduce((sum: number, each) => sum + 1 + sizeOfValue(each), 3)
  }
  if (typeof value !== 'object' || value === null) return 1
  return 3 + Object.keys(value).length + sizeOfMembers(value)
}

/** A table without a database, for tests that need thousands; table.test.ts holds it against real engines. */
export class MemoryTable implements Table {
  readonly items = new Map<string, Item>()
  /** Every item as it was written, in order. */
  readonly history: Item[] = []

  get(key: Key, attributes?: readonly string[]): Promise<Item | undefined> {
    const item = copyOf(this.items.get(idOf(key)))
    return Promise.resolve(item && attributes ? shownOf(item, attributes) : item)
  }

  query(pk: string): Promise<Item[]> {
    const found = [...this.items.values()].filter((item) => item.pk === pk)
    return Promise.resolve(copyOf(found.sort((a, b) => (a.sk < b.sk ? -1 : 1))))
  }

  async last(pk: string): Promise<Item | undefined> {
    return (await this.query(pk)).at(-1)
  }

  create(item: Item): Promise<boolean> {
    // DynamoDB looks at the item's size before it looks at the condition.
    if (sizeOfItem(item) > LARGEST_ITEM) return Promise.reject(new Error(TOO_LARGE))
    if (this.items.has(idOf(item))) return Promise.resolve(false)
    this.#store(copyOf(item))
    return Promise.resolve(true)
  }

  update(key: Key, change: Change, conditions: readonly Condition[]): Promise<Item | undefined> {
    const item = this.items.get(idOf(key))
    if (!item || !conditions.every((condition) => holds(item, condition))) {
      return Promise.resolve(undefined)
    }
    const next: Record<string, Value> = copyOf(item)
    for (const [path, value] of Object.entries(change.set ?? {})) write(next, path, value)
    for (const path of change.remove ?? []) write(next, path, undefined)
    const stored = { ...next, pk: item.pk, sk: item.sk }
    if (sizeOfItem(stored) > LARGEST_ITEM) return Promise.reject(new Error(TOO_LARGE_TO_UPDATE))
    this.#store(stored)
    return Promise.resolve(copyOf(stored))
  }

  #store(item: Item): void {
    this.items.set(idOf(item), item)
    this.history.push(item)
  }

  open(prefix: string): Promise<Item[]> {
    const found = [...this.items.values()].filter(
      ({ pk, open }) => open !== undefined && pk.startsWith(prefix)
    )
    return Promise.resolve(copyOf(found))
  }

  scan(prefix: string, attributes: readonly string[]): Promise<Item[]> {
    const found = [...this.items.values()].filter(({ pk }) => pk.startsWith(prefix))
    return Promise.resolve(copyOf(found.map((item) => shownOf(item, attributes))))
  }
}

function shownOf({ pk, sk, ...rest }: Item, attributes: readonly string[]): Item {
  const asked = Object.entries(rest).filter(([name]) => attributes.includes(name))
  return { ...Object.fromEntries(asked), pk, sk }
}

/** `structuredClone`, which also copies what no item holds, takes several times as long. */
function copyOf<T extends Value | undefined | readonly Item[]>(value: T): T {
  if (Array.isArray(value)) return value.map((each: Value) => copyOf(each)) as unknown as T
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [name, copyOf(member)])
  return Object.fromEntries(members) as T
}

function idOf({ pk, sk }: Key): string {
  return JSON.stringify([pk, sk])
}

function read(item: Item, path: string): unknown {
  const [name = '', member] = path.split('.')
  const value: unknown = item[name]
  if (member === undefined || typeof value !== 'object' || value === null) return value
  return Reflect.get(value, member)
}

function write(item: Record<string, Value>, path: string, value: Value | undefined): void {
  const [name = '', member] = path.split('.')
  if (member !== undefined) {
    const whole: unknown = item[name]
    if (typeof whole !== 'object' || whole === null) throw new Error(`no mapping: ${name}`)
    Reflect.set(whole, member, copyOf(value))
  } else if (value === undefined) Reflect.deleteProperty(item, name)
  else item[name] = copyOf(value)
}

function holds(item: Item, condition: Condition): boolean {
  const value = read(item, condition.path)
  switch (condition.is) {
    case 'absent':
      return value === undefined
    case 'equal':
      return value === condition.value
    case 'below':
      return typeof value === 'number' && value < condition.value
    case 'at-least':
      return typeof value === 'number' && value >= condition.value
    case 'size':
      return sizeOf(value) === condition.value
    case 'size-at-least':
      return sizeOf(value) >= condition.value
  }
}

function sizeOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : -1
}
