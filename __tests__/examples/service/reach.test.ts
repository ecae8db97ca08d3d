import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { inProcessStores } from '../../../examples/service/storage/in-process.ts'
import { MissingPackage } from '../../../examples/service/storage/package.ts'
import { reach, USUAL } from '../../../examples/service/storage/reach.ts'
import type { Part } from '../../../examples/service/storage/stores.ts'

const { orders, close } = inProcessStores()
const part: Part<'orders'> = { orders, close }
const SOON = { patienceMs: 5_000, againMs: 5 }

/** Opens at the nth time. */
function opensAt(nth: number, error: Error): { open: () => Promise<typeof part>; tries(): number } {
  let tries = 0
  return {
    open: async () => {
      tries += 1
      if (tries < nth) throw error
      return part
    },
    tries: () => tries
  }
}

test('the service is patient for as long as its page says', () => {
  const page = readFileSync('examples/service/README.md', 'utf8')
  expect(page).toMatch(new RegExp(`tried again for ${USUAL.patienceMs / 1000} seconds`))
})

describe('a storage', () => {
  test('that starts later than the service is tried again', async () => {
    const refused = new Error('connect ECONNREFUSED 127.0.0.1:5432')
    const storage = opensAt(4, refused)
    expect(await reach('PostgreSQL', storage.open, SOON)).toBe(part)
    expect(storage.tries()).toBe(4)
  })

  test('that never comes is given up, with the last reason', async () => {
    const two = ['::1', '127.0.0.1'].map((host) => new Error(`connect ECONNREFUSED ${host}:5432`))
    const storage = opensAt(Infinity, new AggregateError(two))
    await expect(
      reach('PostgreSQL', storage.open, { patienceMs: 100, againMs: 5 })
    ).rejects.toThrow(
      'cannot use PostgreSQL: no answer within 0.1 s: connect ECONNREFUSED ::1:5432, connect ECONNREFUSED 127.0.0.1:5432'
    )
    expect(storage.tries()).toBeGreaterThan(1)
  })

  test('whose package is not installed is given up at once', async () => {
    const storage = opensAt(Infinity, new MissingPackage('pg cannot be loaded'))
    await expect(reach('PostgreSQL', storage.open, SOON)).rejects.toThrow(
      'cannot use PostgreSQL: pg cannot be loaded'
    )
    expect(storage.tries()).toBe(1)
  })

  test('that opens when nobody waits any more is closed again', async () => {
    const closed = Promise.withResolvers<string>()
    const late = Promise.withResolvers<Part<'orders'>>()
    const reaching = reach('PostgreSQL', () => late.promise, { patienceMs: 10, againMs: 5 })
    await expect(reaching).rejects.toThrow('cannot use PostgreSQL: no answer within 0.01 s')
    late.resolve({ orders, close: async () => closed.resolve('closed') })
    expect(await closed.promise).toBe('closed')
  })
})
