import { describe, expect, test } from '@jest/globals'
import {
  evidenceKey,
  readEvidenceItem,
  readWholeEvidence
} from '../../../src/ledger/evidence-item.ts'
import { measuredKey } from '../../../src/ledger/keys.ts'
import { DEPLOYMENT } from '../stage.ts'
import { announce, FAILED, place, SERVICE, shop, SUCCEEDED } from './stage.ts'

describe('a hook that is delivered twice', () => {
  test('at once: green is asked once, and both answer the same', async () => {
    const it = await place()
    await Promise.all([it.verify(), it.verify({ requestId: 'second' })])
    expect(shop.asked).toEqual(['/health', '/pay canary'])
    expect(it.answers).toEqual([...SUCCEEDED, ...SUCCEEDED])
  })

  test('later: what was found out then still counts', async () => {
    const it = await place()
    shop.payStatus = 500
    await it.verify()
    shop.payStatus = 200
    await it.verify({ requestId: 'second' })
    expect(shop.asked).toEqual(['/health', '/pay canary'])
    expect(it.answers).toEqual([...FAILED, ...FAILED])
  })

  test('a retry by Lambda goes on where the first was cut off', async () => {
    const it = await place()
    const create = it.table.create.bind(it.table)
    it.table.create = (item) =>
      item.sk.includes('#evidence#pay') ? Promise.reject(new Error('down')) : create(item)
    await it.verify()
    it.table.create = create
    await it.verify()
    expect(shop.asked).toEqual(['/health', '/pay canary', '/pay canary'])
    expect(it.evidence('pay')).toMatchObject({ verdict: 'passed' })
  })

  test('whoever comes second takes over when the first has had its time', async () => {
    const it = await place()
    await it.table.create({
      ...measuredKey(SERVICE, `${DEPLOYMENT}#verifying`),
      by: 'one that died',
      until: it.clock.now() + 40_000
    })
    const before = it.clock.now()
    await it.verify({ requestId: 'second' })
    expect(it.clock.now() - before).toBeGreaterThanOrEqual(40_000)
    expect(it.answers).toEqual(SUCCEEDED)
  })
})

test('whoever comes second and sees nothing in its own time fails the hook: nobody knows', async () => {
  const it = await place()
  it.gated = true
  await announce(it)
  await it.table.create({
    ...measuredKey(SERVICE, `${DEPLOYMENT}#verifying`),
    by: 'one that died',
    until: it.clock.now() + 900_000
  })
  await it.verify({ requestId: 'second', remainingMs: 60_000 })
  expect(shop.asked).toEqual([])
  expect(it.answers).toEqual(FAILED)
})

describe('an item of evidence', () => {
  test('of which the rows were too many is read without them', async () => {
    const it = await place()
    await it.verify()
    const key = evidenceKey(SERVICE, DEPLOYMENT, 'checks', 'function')
    const item = await it.table.get(key)
    if (!item) throw new Error('no evidence')
    const { detail, ...short } = item
    expect(detail).toContain('/health')
    expect(readWholeEvidence(short, DEPLOYMENT, 7)).toMatchObject({
      verdict: 'passed',
      rows: [],
      startedAt: 7
    })
    expect(readWholeEvidence({ ...item, detail: '{' }, DEPLOYMENT, 7)).toMatchObject({ rows: [] })
    expect(readWholeEvidence(item, 'd-OTHER', 7)).toBeUndefined()
    expect(readEvidenceItem(item, DEPLOYMENT)).toMatchObject({ name: 'checks', images: [] })
  })
})
