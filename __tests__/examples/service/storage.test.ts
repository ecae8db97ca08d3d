/**
 * What every storage does alike. With DATABASE_URL, REDIS_URL and MONGODB_URL
 * the real ones are tested too; the README says how.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { PROJECTS } from '../../../examples/service/projects.ts'
import { readSettings } from '../../../examples/service/settings.ts'
import { openFile } from '../../../examples/service/storage/file.ts'
import { inProcessStores } from '../../../examples/service/storage/in-process.ts'
import { openStores } from '../../../examples/service/storage/open.ts'
import type { Stores } from '../../../examples/service/storage/stores.ts'
import { TEA } from './stage.ts'

const { DATABASE_URL, REDIS_URL, MONGODB_URL } = process.env
const outside = { DATABASE_URL, REDIS_URL, MONGODB_URL }
const folder = mkdtempSync(join(tmpdir(), 'stores-'))
afterAll(() => rmSync(folder, { recursive: true }))

const STORES: [string, () => Promise<Stores>][] = [
  ['in the process', async () => inProcessStores()],
  ['in a file', async () => openFile(join(folder, 'stores'))]
]
if (Object.values(outside).some((url) => url !== undefined)) {
  STORES.push(['outside', async () => openStores(readSettings(outside).storage, () => undefined)])
}

let stores: Stores
afterEach(async () => stores.close())

describe.each(STORES)('storage %s', (_, open) => {
  beforeEach(async () => {
    stores = await open()
  })

  const draft = { ...TEA, total: 700 }

  it('keeps orders, each with an id of its own', async () => {
    const first = await stores.orders.add(draft)
    const second = await stores.orders.add({ ...draft, total: Number.MAX_SAFE_INTEGER })
    expect(first).toEqual({ id: expect.stringMatching(/^order-\d+$/), ...draft, status: 'created' })
    expect(await stores.orders.find(first.id)).toEqual(first)
    expect(await stores.orders.find(second.id)).toEqual(second)
    expect((await stores.orders.newest()).slice(-2)).toEqual([first, second])
  })

  it('keeps any text that JSON can carry', async () => {
    const items = [{ name: `a\0b"'\\ \ud800 차 🍵`, price: 1, quantity: 1 }]
    const { id } = await stores.orders.add({ items, total: 1 })
    expect((await stores.orders.find(id))?.items).toEqual(items)
  })

  it.each(['order-0', 'order-01', 'order-999999999999999', 'order-', '1', "order-1'", 'x'])(
    'has no order %j',
    async (id) => {
      await stores.orders.add(draft)
      expect(await stores.orders.find(id)).toBeUndefined()
      expect(await stores.orders.pay(id)).toBe(false)
    }
  )

  it('lets an order be paid once, and no other with it', async () => {
    const [paid, other] = [await stores.orders.add(draft), await stores.orders.add(draft)]
    const attempts = Array.from({ length: 5 }, () => stores.orders.pay(paid.id))
    expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1)
    expect(await stores.orders.find(paid.id)).toEqual({ ...paid, status: 'paid' })
    expect(await stores.orders.find(other.id)).toEqual(other)
    expect((await stores.orders.newest()).slice(-2)).toEqual([{ ...paid, status: 'paid' }, other])
  })

  it('lists the newest thousand', async () => {
    const added = []
    for (let count = 0; count < 1003; count++) added.push((await stores.orders.add(draft)).id)
    expect((await stores.orders.newest()).map(({ id }) => id)).toEqual(added.slice(-1000))
  }, 30_000) // a database syncs each of them

  it('knows who has logged in', async () => {
    const token = randomUUID()
    expect(await stores.sessions.userOf(token)).toBeUndefined()
    await stores.sessions.keep(token, 'minji')
    expect(await stores.sessions.userOf(token)).toBe('minji')
    expect(await stores.sessions.userOf(`${token}x`)).toBeUndefined()
  })

  it('counts who queues up, and lets each pass once', async () => {
    const [one, other] = [randomUUID(), randomUUID()]
    const position = await stores.queue.join(one)
    expect(await stores.queue.join(other)).toBe(position + 1)
    expect(await stores.queue.has(one)).toBe(true)
    expect(await stores.queue.has(one)).toBe(true)
    const attempts = Array.from({ length: 5 }, () => stores.queue.spend(one))
    expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1)
    expect(await stores.queue.has(one)).toBe(false)
    expect(await stores.queue.has(other)).toBe(true)
    expect(await stores.queue.spend(randomUUID())).toBe(false)
  })

  it('has the projects', async () => {
    expect(await stores.projects.all()).toEqual(PROJECTS)
    expect(await stores.projects.find('tea-house')).toEqual(PROJECTS[2])
    expect(await stores.projects.find('palace')).toBeUndefined()
  })
})

describe('a token', () => {
  let now: number
  it.each<[string, () => Stores]>([
    ['in the process', () => inProcessStores(() => now)],
    ['in a file', () => openFile(join(folder, 'tokens'), () => now)]
  ])('lasts an hour %s', async (_, open) => {
    now = 0
    stores = open()
    await stores.sessions.keep('session', 'minji')
    await stores.queue.join('token')
    now = 3_599_999
    expect(await stores.sessions.userOf('session')).toBe('minji')
    expect(await stores.queue.has('token')).toBe(true)
    now = 3_600_000
    expect(await stores.sessions.userOf('session')).toBeUndefined()
    expect(await stores.queue.has('token')).toBe(false)
    expect(await stores.queue.spend('token')).toBe(false)
  })

  it('goes when ten thousand came after it', async () => {
    stores = inProcessStores()
    await stores.queue.join('first')
    for (let count = 0; count < 9_999; count++) await stores.queue.join(`token-${count}`)
    expect(await stores.queue.has('first')).toBe(true)
    await stores.queue.join('one more')
    expect(await stores.queue.has('first')).toBe(false)
    expect(await stores.queue.has('token-0')).toBe(true)
  })
})

describe('a file', () => {
  it('is what several tasks share', async () => {
    const path = join(folder, 'shared')
    stores = await openStores(readSettings({ STORE_FILE: path }).storage, () => undefined)
    const other = openFile(path)
    try {
      const order = await stores.orders.add({ ...TEA, total: 700 })
      await stores.sessions.keep('session', 'minji')
      await stores.queue.join('token')
      expect(await other.orders.pay(order.id)).toBe(true)
      expect(await stores.orders.pay(order.id)).toBe(false)
      expect(await other.sessions.userOf('session')).toBe('minji')
      expect(await other.queue.spend('token')).toBe(true)
      expect(await stores.queue.spend('token')).toBe(false)
    } finally {
      await other.close()
    }
  })
})
