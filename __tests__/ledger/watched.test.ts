import { describe, expect, test } from '@jest/globals'
import { WATCH_KEY } from '../../src/ledger/keys.ts'
import {
  readGateSays,
  readWatched,
  sayWatched,
  type GateSays,
  type Watched
} from '../../src/ledger/watched.ts'
import { MemoryTable } from './memory-table.ts'

const ALL: Watched = { deploymentGroups: ['*/*'], onUngated: 'report' }
const SHOP: Watched = { deploymentGroups: ['AppECS-shop-*/*', 'b/c'], onUngated: 'stop' }

describe('what is watched', () => {
  test('is read as it was said last', async () => {
    const table = new MemoryTable()
    expect(readWatched(await table.get(WATCH_KEY))).toBeUndefined()
    await sayWatched(table, ALL)
    expect(readWatched(await table.get(WATCH_KEY))).toEqual(ALL)
    await sayWatched(table, SHOP)
    expect(readWatched(await table.get(WATCH_KEY))).toEqual(SHOP)
    await sayWatched(table, undefined)
    expect(readWatched(await table.get(WATCH_KEY))).toBe('unusable')
  })

  test('is written where it has changed, not every minute', async () => {
    const table = new MemoryTable()
    for (const watched of [ALL, ALL, SHOP, { ...SHOP }, ALL]) await sayWatched(table, watched)
    expect(table.history).toHaveLength(3)
  })

  test('is all that is said: nothing else of the policy', async () => {
    const table = new MemoryTable()
    const whole = { ...SHOP, digest: 'not for jobs', channel: 'C0GATE' }
    await sayWatched(table, whole)
    expect(await table.get(WATCH_KEY)).toEqual({ ...WATCH_KEY, watch: JSON.stringify(SHOP) })
  })

  test('comes with what else jobs may know, where the gate says it', async () => {
    const table = new MemoryTable()
    const issuer = 'https://ghes.example.com/_services/token'
    const keys = { at: 7, why: 'no answer' }
    const says: GateSays = { ...SHOP, version: '1.2.3', language: 'ko', issuer, keys }
    await sayWatched(table, says)
    expect(await readGateSays(table)).toEqual(says)
    await sayWatched(table, { ...says, keys: { at: 8 } })
    expect(await readGateSays(table)).toEqual({ ...says, keys: { at: 8 } })
  })

  test('of an older gate is read as that gate has written it', () => {
    const watch = '{"deploymentGroups":["*/*"],"onUngated":"report"}'
    expect(readWatched({ ...WATCH_KEY, watch })).toEqual(ALL)
  })

  test('is read although the rest is of a kind that is not known', () => {
    const rest = { version: 1, language: 'tlh', issuer: 7, keys: { at: 'today' }, more: true }
    const watch = JSON.stringify({ ...ALL, ...rest })
    expect(readWatched({ ...WATCH_KEY, watch })).toEqual(ALL)
  })

  test.each([
    ['no text', 7],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['groups that are none', '{"deploymentGroups":"*/*","onUngated":"stop"}'],
    ['groups that are no texts', '{"deploymentGroups":[7],"onUngated":"stop"}'],
    ['another word', '{"deploymentGroups":["*/*"],"onUngated":"kill"}']
  ])('is not made up where the item holds %s', (_, watch) => {
    expect(readWatched({ ...WATCH_KEY, watch })).toBeUndefined()
  })
})
