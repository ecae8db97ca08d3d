import { beforeEach, describe, expect, test } from '@jest/globals'
import { evidenceItem } from '../../../src/ledger/evidence-item.ts'
import { releaseKey } from '../../../src/ledger/keys.ts'
import { sayWatched } from '../../../src/ledger/watched.ts'
import type { Evidence } from '../../../src/release/evidence.ts'
import { handleVerify } from '../../../src/gate/verify/handler.ts'
import { serve } from '../../verification/server.ts'
import { DEPLOYMENT } from '../stage.ts'
import { announce, FAILED, FILE, INVOCATION, place, SERVICE, shop, SUCCEEDED } from './stage.ts'

const HANGUL = /[가-힣]/

describe('verification inside the VPC', () => {
  test('asks what the file says, stores what it finds and lets a right version through', async () => {
    const it = await place()
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    expect(shop.asked).toEqual(['/health', '/pay canary'])
    expect(it.evidence('checks')).toMatchObject({
      section: 'checks',
      verdict: 'passed',
      required: false,
      rows: [{ name: 'health', status: 200, verdict: 'passed' }]
    })
    expect(it.evidence('pay')).toMatchObject({
      section: 'flow',
      verdict: 'passed',
      required: true,
      steps: [{ path: '/pay', status: 200 }]
    })
    // At the listener people would use, so nothing has to be said about where.
    expect(it.evidence('pay')).not.toHaveProperty('asked')
  })

  test("says what it finds in the language of the gate's policy, which the gate has left in the ledger", async () => {
    const it = await place()
    const policy = { deploymentGroups: ['*/*'], onUngated: 'stop', language: 'ko' } as const
    await sayWatched(it.table, policy)
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    expect(it.evidence('checks')?.summary).toMatch(HANGUL)
    expect(it.evidence('pay')?.summary).toMatch(HANGUL)
  })

  test('speaks English where that cannot be read', async () => {
    const it = await place()
    const get = it.table.get.bind(it.table)
    it.table.get = (key) => (key.pk === 'watch#' ? Promise.reject(new Error('denied')) : get(key))
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    expect(it.evidence('checks')?.summary).not.toMatch(HANGUL)
  })

  test('threat: CI writes the evidence before the function has asked: it asks all the same, and its word counts', async () => {
    const it = await place()
    it.gated = true
    shop.payStatus = 500
    await announce(it)
    const said: Evidence = {
      ...{ section: 'flow', name: 'pay', required: true, verdict: 'passed' },
      ...{ summary: 'fine', startedAt: 1, endedAt: 2, steps: [] }
    }
    await it.table.create(evidenceItem(SERVICE, DEPLOYMENT, said, 'f'))
    const key = { ...releaseKey(SERVICE, `${DEPLOYMENT}#verifying`), by: 'CI', until: Infinity }
    await it.table.create(key)
    await it.verify()
    expect(shop.asked).toEqual(['/health', '/pay canary'])
    await it.hook()
    expect(await it.gate()).toMatchObject({
      state: 'REJECTED',
      evidence: [
        { name: 'checks', verdict: 'passed', measuredBy: 'function' },
        { name: 'pay', verdict: 'failed', measuredBy: 'function' }
      ]
    })
  })

  test('shows none of the values that it was given', async () => {
    const it = await place()
    await it.verify()
    expect(JSON.stringify([...it.table.items.values(), it.lines])).not.toContain('canary')
  })

  test('lets a rollback through and asks nothing', async () => {
    const it = await place()
    it.plane.isRollback = true
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    expect(shop.asked).toEqual([])
  })

  test('has nothing against advisory evidence that fails', async () => {
    const it = await place(FILE.replace('required: true', 'required: false'))
    shop.payStatus = 500
    await it.verify()
    expect(it.evidence('pay')).toMatchObject({ verdict: 'failed' })
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test('an event of anybody else is refused', async () => {
    const it = await place()
    await expect(handleVerify(it.verifyPlatform, { foo: 1 }, INVOCATION)).rejects.toThrow(
      /the event is of no control plane/
    )
  })
})

describe('a wrong version', () => {
  beforeEach(() => {
    shop.payStatus = 500
  })

  test('fails the hook where no gate is there', async () => {
    const it = await place()
    await announce(it)
    await it.verify()
    expect(it.evidence('pay')).toMatchObject({ verdict: 'failed' })
    expect(it.answers).toEqual(FAILED)
  })

  test('is left to the gate where there is one, which rejects it on record', async () => {
    const it = await place()
    it.gated = true
    await announce(it)
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    await it.hook()
    expect(await it.gate()).toMatchObject({
      state: 'REJECTED',
      effect: 'APPLIED',
      decision: { reason: 'pay: fails at GET /pay: status 500, wanted 200' }
    })
    expect(it.plane.told).toMatchObject([{ answer: 'no-go' }])
  })

  test.each<[string, Parameters<typeof announce>[1] | undefined]>([
    ['has no record of the release', undefined],
    ['was told of nothing', []],
    ['takes it for advisory', [{ name: 'pay', required: false, verdict: 'pending', summary: '' }]]
  ])('is not left to a gate that %s', async (_, evidence) => {
    const it = await place()
    it.gated = true
    if (evidence) await announce(it, evidence)
    await it.verify()
    expect(it.answers).toEqual(FAILED)
  })
})

describe('without a test listener', () => {
  test('every task is checked, flows go to one, and the evidence says so', async () => {
    const it = await place()
    const second = await serve((_, response) => response.writeHead(503).end())
    it.green = {
      listener: undefined,
      tasks: [
        { name: 'aaaa', origin: shop.origin },
        { name: 'bbbb', origin: second.origin }
      ],
      images: [{ container: 'app', digest: 'sha256:aa' }]
    }
    await it.verify()
    await second.close()
    expect(it.evidence('checks')).toMatchObject({
      verdict: 'failed',
      asked: 'tasks',
      images: [{ container: 'app', digest: 'sha256:aa' }],
      rows: [
        { name: 'health (task aaaa)', verdict: 'passed' },
        { name: 'health (task bbbb)', verdict: 'failed', status: 503 }
      ]
    })
    expect(it.evidence('pay')).toMatchObject({ verdict: 'passed', asked: 'tasks' })
    expect(shop.asked).toEqual(['/health', '/pay canary'])
  })

  test('of many tasks ten are checked', async () => {
    const it = await place()
    const tasks = Array.from({ length: 12 }, (_, n) => ({ name: `t${n}`, origin: shop.origin }))
    it.green = { listener: undefined, tasks, images: [] }
    await it.verify()
    expect(shop.asked.filter((path) => path === '/health')).toHaveLength(10)
  })

  test('an address that the file names goes before the tasks', async () => {
    const it = await place(`${FILE}target: { test: "${shop.origin}" }\n`)
    it.green = {
      listener: undefined,
      tasks: [{ name: 'aaaa', origin: 'http://127.0.0.1:9' }],
      images: []
    }
    it.origins = [shop.origin]
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
    expect(it.evidence('pay')).not.toHaveProperty('asked')
  })
})
