import { describe, expect, test } from '@jest/globals'
import { segmentsOf, stoppedByObserver } from '../../src/ledger/availability-segments.ts'
import type { Value } from '../../src/ledger/table.ts'
import { MemoryTable } from './memory-table.ts'

const BEGUN = { by: 'invocation-1', first: 250, startAt: 5_000 }
const OBSERVED = { part: 'text', next: 500, missed: 2, lost: '' }
const NOW = 1_000_000
const TTL = NOW / 1_000 + 14 * 86_400

function world(): { table: MemoryTable; notes: ReturnType<typeof segmentsOf> } {
  const table = new MemoryTable()
  return { table, notes: segmentsOf(table, 'shop/orders', 'd-A1', () => NOW) }
}

/** The same, once this stands in the only item. */
async function afterwards(
  write: (notes: ReturnType<typeof segmentsOf>) => Promise<unknown>,
  changes: Record<string, Value>
): Promise<ReturnType<typeof world>> {
  const { table, notes } = world()
  await write(notes)
  const [item] = table.history
  if (!item) throw new Error('nothing was written')
  await table.update(item, { set: changes }, [])
  return { table, notes }
}

describe('a part of the observation', () => {
  test('belongs to the first that begins it', async () => {
    const { table, notes } = world()
    expect(await notes.begun(3)).toBeUndefined()
    expect(await notes.begin(3, BEGUN)).toBe(true)
    expect(await notes.begin(3, { ...BEGUN, by: 'invocation-2' })).toBe(false)
    expect(await notes.begun(3)).toEqual(BEGUN)
    expect(await notes.begun(4)).toBeUndefined()
    expect(table.history).toEqual([
      { pk: 'measured#shop/orders', sk: 'd-A1#observed#0003#begun', ...BEGUN, ttl: TTL }
    ])
  })

  test('is kept once, with all that was measured', async () => {
    const { table, notes } = world()
    expect(await notes.kept(0)).toBeUndefined()
    await notes.keep(0, OBSERVED)
    await notes.keep(0, { ...OBSERVED, next: 7 })
    expect(await notes.kept(0)).toEqual(OBSERVED)
    expect(table.history).toEqual([
      { pk: 'measured#shop/orders', sk: 'd-A1#observed#0000', ...OBSERVED, ttl: TTL }
    ])
  })

  test.each<[string, Value]>([
    ['by', 1],
    ['first', '250'],
    ['startAt', null]
  ])('that began with %s %j is none', async (name, value) => {
    const { notes } = await afterwards((one) => one.begin(0, BEGUN), { [name]: value })
    expect(await notes.begun(0)).toBeUndefined()
  })

  test.each<[string, Value]>([
    ['part', 1],
    ['next', '500'],
    ['missed', null],
    ['lost', 0]
  ])('that was kept with %s %j is none', async (name, value) => {
    const { notes } = await afterwards((one) => one.keep(0, OBSERVED), { [name]: value })
    expect(await notes.kept(0)).toBeUndefined()
  })
})

describe('a deployment that was stopped', () => {
  test('is known by the reason, and only for itself', async () => {
    const { table, notes } = world()
    expect(await stoppedByObserver(table, 'shop/orders', 'd-A1')).toBeUndefined()
    await notes.stopped('12 of 500 requests failed')
    expect(await stoppedByObserver(table, 'shop/orders', 'd-A1')).toBe('12 of 500 requests failed')
    expect(await stoppedByObserver(table, 'shop/orders', 'd-B2')).toBeUndefined()
    expect(await stoppedByObserver(table, 'shop/payment', 'd-A1')).toBeUndefined()
    expect(table.history).toEqual([
      {
        pk: 'measured#shop/orders',
        sk: 'd-A1#observed#stopped',
        reason: '12 of 500 requests failed',
        ttl: TTL
      }
    ])
  })

  test('is not known by what is no reason', async () => {
    const { table } = await afterwards((notes) => notes.stopped('x'), { reason: 1 })
    expect(await stoppedByObserver(table, 'shop/orders', 'd-A1')).toBeUndefined()
  })
})
