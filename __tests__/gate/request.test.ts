import { describe, expect, test } from '@jest/globals'
import { openGate } from '../../src/ledger/gates.ts'
import { releaseKey } from '../../src/ledger/keys.ts'
import { readGate } from '../../src/ledger/gate.ts'
import type { Item } from '../../src/ledger/table.ts'
import { factsOf as olderFacts, factsOfHolds, holdOf } from '../ledger/samples.ts'
import { MINUTE } from './memory-world.ts'
import { DEPLOYMENT, stage, type Stage } from './stage.ts'

function record(more: object = {}): string {
  return JSON.stringify({
    version: 1,
    cluster: 'shop',
    service: 'orders',
    deploymentId: DEPLOYMENT,
    repository: 'org/shop',
    run: { id: '4711', attempt: '2', url: 'https://github.com/org/shop/actions/runs/4711' },
    actor: 'octocat',
    revision: { before: 'orders:1', after: 'orders:2' },
    images: [],
    changes: [{ path: 'containerDefinitions[app].environment[LEVEL]', kind: 'changed' }],
    evidence: [{ name: 'routes', verdict: 'passed', required: true, summary: '12 of 12' }],
    ...more
  })
}

async function withRecord(place: Stage, text: string): Promise<void> {
  const item: Item = { ...releaseKey('shop/orders', DEPLOYMENT), record: text, token: 'a token' }
  await place.table.create(item)
}

describe('the hook of a deployment', () => {
  test('opens one gate and posts one card', async () => {
    const place = stage()
    await place.hook()
    const gate = await place.gate()
    expect(gate).toMatchObject({
      state: 'PENDING',
      effect: 'NONE',
      card: { channel: 'C0GATE', ts: '1.000' }
    })
    expect(gate.facts).toMatchObject({
      releaseId: DEPLOYMENT,
      holds: [{ deploymentId: DEPLOYMENT, cluster: 'shop', service: 'orders' }],
      requester: { verified: true, logins: ['octocat'], users: ['U0ASK'], unmapped: [] },
      release: { revision: { before: 'orders:1', after: 'orders:2' } },
      health: { states: { healthy: 2 } }
    })
    expect(place.slack.cards).toBe(1)
    expect(place.plane.told).toEqual([])
  })

  test('fault: the hook is invoked twice: one gate, one card', async () => {
    const place = stage()
    await place.hook()
    const before = await place.gate()
    await place.clock.advance(MINUTE)
    await place.hook()
    expect((await place.gate()).facts).toEqual(before.facts)
    expect(place.slack.cards).toBe(1)
  })

  test("its time is 55 minutes from the hook's own start, not from when we heard of it", async () => {
    const place = stage()
    const startedAt = place.clock.now()
    await place.clock.advance(7 * MINUTE)
    await place.hook()
    expect((await place.gate()).facts.expiresAt).toBe(startedAt + 55 * MINUTE)
  })

  test('fault: a rollback deployment invokes the hook: let through without asking anyone', async () => {
    const place = stage(new Error('not even the policy is read'))
    place.plane.isRollback = true
    place.slack.down = 'everything'
    await place.hook()
    expect(place.plane.told).toMatchObject([{ answer: 'go' }])
    expect(place.table.items.size).toBe(0)
  })

  test.each([undefined, null, 'x', {}, { deploymentId: 1 }, { deploymentId: 'd-1' }])(
    'what is no event of a hook is refused: %j',
    async (event) => {
      const place = stage()
      await expect(place.hook(event === undefined ? null : event)).rejects.toThrow(
        /the event is of no control plane/
      )
      expect(place.plane.told).toEqual([])
    }
  )
})

describe("the release's record", () => {
  test('says what AWS does not know, and its digest goes on record', async () => {
    const place = stage()
    await withRecord(place, record())
    await place.hook()
    const { release } = (await place.gate()).facts
    expect(release).toMatchObject({
      repository: 'org/shop',
      run: { label: 'run 4711, attempt 2' },
      changes: [{ path: 'containerDefinitions[app].environment[LEVEL]', kind: 'changed' }],
      evidence: [{ name: 'routes' }]
    })
    expect(release.recordDigest).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each([
    ['of another deployment', { deploymentId: 'd-OTHER' }],
    ['of another service', { service: 'payment' }],
    ['of another cluster', { cluster: 'other' }],
    ['of another version', { version: 2 }]
  ])('%s is none of this one', async (_, more) => {
    const place = stage()
    await withRecord(place, record(more))
    await place.hook()
    const { release } = (await place.gate()).facts
    expect(release.evidence).toEqual([])
    expect(release.repository).toBeUndefined()
    expect(release.recordDigest).toMatch(/^[0-9a-f]{64}$/)
  })

  test('that cannot be read does not keep the gate from opening', async () => {
    const place = stage()
    await withRecord(place, '{"version":1')
    await place.hook()
    expect((await place.gate()).state).toBe('PENDING')
  })
})

describe('failing closed', () => {
  test.each([
    ['is down', 'network'],
    ['says 429', 'ratelimited'],
    ['hangs', 'timeout']
  ])(
    'fault: Slack %s: three tries, then FAILED with the reason, and CodeDeploy is told so',
    async (_, code) => {
      const place = stage()
      place.slack.down = code
      const hook = place.hook()
      await place.clock.advance(10_000)
      await hook
      expect(await place.gate()).toMatchObject({
        state: 'FAILED',
        effect: 'APPLIED',
        decision: { by: [], reason: 'the card could not be posted to Slack' }
      })
      expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
    }
  )

  test('Slack back at the second try: the gate is open', async () => {
    const place = stage()
    place.slack.down = 'network'
    const hook = place.hook()
    await place.clock.advance(1_000)
    place.slack.down = undefined
    await place.clock.advance(1_000)
    await hook
    expect(await place.gate()).toMatchObject({ state: 'PENDING', card: { ts: '1.000' } })
  })

  test('an invalid policy means closed', async () => {
    const place = stage(new Error('quorum: found 0'))
    await place.hook()
    expect(await place.gate()).toMatchObject({
      state: 'FAILED',
      effect: 'APPLIED',
      decision: { reason: 'the policy cannot be used: quorum: found 0' },
      facts: { requester: { verified: false, why: 'no-policy' } }
    })
    expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
  })

  test('the ledger down: nobody is asked and nothing is told; Lambda tries again', async () => {
    const place = stage()
    place.table.create = () => Promise.reject(new Error('the table is gone'))
    await expect(place.hook()).rejects.toThrow('the table is gone')
    expect(place.slack.cards).toBe(0)
    expect(place.plane.told).toEqual([])
  })
})

describe('a newer deployment of the same service', () => {
  test('closes the older gate, which is not a rejection', async () => {
    const place = stage()
    const older = {
      ...olderFacts('older', 'd-OLDER'),
      createdAt: place.clock.now() - MINUTE
    }
    await openGate(place.table, older, ['older'])
    await place.hook()
    const item = place.table.items.get(JSON.stringify(['gate#d-OLDER', older.id.split('#')[1]]))
    expect(item && readGate(item)).toMatchObject({
      state: 'WITHDRAWN',
      decision: { reason: `superseded by ${DEPLOYMENT}`, by: [] }
    })
    expect((await place.gate()).state).toBe('PENDING')
  })

  test("leaves other services' gates alone", async () => {
    const place = stage()
    const facts = factsOfHolds([holdOf('d-OTHER', 'payment')], ['other'])
    await openGate(place.table, facts, ['other'])
    await place.hook()
    const item = place.table.items.get(JSON.stringify(['gate#d-OTHER', facts.id.split('#')[1]]))
    expect(item?.['state']).toBe('PENDING')
    // And both cards' readers know of each other.
    expect(JSON.stringify(place.slack.shown)).toContain('shop/payment')
  })
})
