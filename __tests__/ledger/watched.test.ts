import { describe, expect, test } from '@jest/globals'
import { WATCH_KEY } from '../../src/ledger/keys.ts'
import { readWatched, sayWatched, type Watched } from '../../src/ledger/watched.ts'
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
