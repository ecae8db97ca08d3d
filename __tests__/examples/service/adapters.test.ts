/** The adapters of what is not here, against the little of their clients that they use. */
import { describe, expect, it } from '@jest/globals'
import { PROJECTS } from '../../../examples/service/projects.ts'
import { projectsIn, seed } from '../../../examples/service/storage/mongodb.ts'
import type { Projects } from '../../../examples/service/storage/mongodb.ts'
import { load } from '../../../examples/service/storage/package.ts'
import { endingWithPassword, ordersIn } from '../../../examples/service/storage/postgres.ts'
import type { Pool } from '../../../examples/service/storage/postgres.ts'
import { queueIn, sessionsIn } from '../../../examples/service/storage/redis.ts'
import type { RedisClient } from '../../../examples/service/storage/redis.ts'
import { TEA } from './stage.ts'

describe('PostgreSQL', () => {
  const row = { number: '12', items: TEA.items, total: '700', status: 'paid' }
  const paid = { id: 'order-12', ...TEA, total: 700, status: 'paid' }

  function poolOf(rows: (typeof row)[]): { pool: Pool; values: unknown[] } {
    const values: unknown[] = []
    const pool: Pool = {
      async query(_, given = []) {
        values.push(...given)
        return { rows, rowCount: rows.length }
      },
      on: () => undefined,
      end: async () => undefined
    }
    return { pool, values }
  }

  it('gives numbers as text, which become numbers again', async () => {
    const { pool, values } = poolOf([row])
    expect(await ordersIn(pool).find('order-12')).toEqual(paid)
    expect(values).toEqual([12])
    expect(await ordersIn(pool).pay('order-12')).toBe(true)
    expect(await ordersIn(poolOf([]).pool).pay('order-12')).toBe(false)
  })

  it('whose password has been changed ends the task, and no other error does', async () => {
    const ended: string[] = []
    const failing = (code: string): Pool => ({
      ...poolOf([]).pool,
      query: () => Promise.reject(Object.assign(new Error(code), { code }))
    })
    for (const code of ['57P01', '28P01']) {
      const pool = endingWithPassword(failing(code), () => ended.push(code))
      await expect(ordersIn(pool).find('order-1')).rejects.toThrow(code)
    }
    expect(ended).toEqual(['28P01'])
  })

  it('gets items as JSON, and its newest orders are turned round', async () => {
    const { pool, values } = poolOf([{ ...row, number: '13' }, row])
    expect((await ordersIn(pool).newest()).map(({ id }) => id)).toEqual(['order-12', 'order-13'])
    await ordersIn(pool).add({ ...TEA, total: 700 })
    expect(values).toEqual([1000, JSON.stringify(TEA.items), 700])
    await expect(ordersIn(poolOf([]).pool).add({ ...TEA, total: 700 })).rejects.toThrow('no order')
  })
})

describe('Redis', () => {
  it('keeps tokens for an hour, apart from each other', async () => {
    const entries = new Map<string, string>()
    const lives = new Set<number>()
    const client: RedisClient = {
      connect: async () => undefined,
      on: () => undefined,
      get: async (key) => entries.get(key) ?? null,
      async setEx(key, seconds, value) {
        lives.add(seconds)
        entries.set(key, value)
      },
      async incr(key) {
        const next = Number(entries.get(key) ?? 0) + 1
        entries.set(key, String(next))
        return next
      },
      exists: async (key) => Number(entries.has(key)),
      del: async (key) => Number(entries.delete(key)),
      close: async () => undefined
    }
    const [sessions, queue] = [sessionsIn(client), queueIn(client)]
    await sessions.keep('a', 'minji')
    expect([await queue.join('a'), await queue.join('b')]).toEqual([1, 2])
    expect(await sessions.userOf('a')).toBe('minji')
    expect(await sessions.userOf('b')).toBeUndefined()
    expect([await queue.spend('a'), await queue.spend('a')]).toEqual([true, false])
    expect([await queue.has('a'), await queue.has('b')]).toEqual([false, true])
    expect([...lives]).toEqual([3600])
  })
})

describe('MongoDB', () => {
  it('is given the projects that it does not have', async () => {
    type Stored = Awaited<ReturnType<Projects['findOne']>> & object
    const documents = new Map<string, Stored>([
      ['tea-house', { _id: 'tea-house', name: 'Tea house', description: 'Forty seats by now' }]
    ])
    const collection: Projects = {
      find: () => ({
        sort: () => ({
          toArray: async () => [...documents.values()].sort((a, b) => (a._id < b._id ? -1 : 1))
        })
      }),
      findOne: async ({ _id }) => documents.get(_id) ?? null,
      async updateOne({ _id }, { $setOnInsert }) {
        if (!documents.has(_id)) documents.set(_id, { _id, ...$setOnInsert })
      }
    }
    await seed(collection)
    await seed(collection)
    const projects = projectsIn(collection)
    expect(await projects.all()).toEqual([
      ...PROJECTS.slice(0, 2),
      { ...PROJECTS[2], description: 'Forty seats by now' }
    ])
    expect(await projects.find('market-stall')).toEqual(PROJECTS[0])
    expect(await projects.find('palace')).toBeUndefined()
  })
})

describe('a package that is not installed', () => {
  it('is named, with the way to install it', async () => {
    await expect(load('no-such-package')).rejects.toThrow(
      "no-such-package cannot be loaded; npm ci in the service's folder installs it"
    )
  })
})
