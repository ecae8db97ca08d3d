import { describe, expect, test } from '@jest/globals'
import { gatesOf, openGate } from '../../src/ledger/gates.ts'
import { releaseKey } from '../../src/ledger/keys.ts'
import { readGate } from '../../src/ledger/gate.ts'
import type { Item } from '../../src/ledger/table.ts'
import { factsOf as olderFacts, factsOfHolds, holdOf } from '../ledger/samples.ts'
import { factsOf, type Claim, type FindRequester } from '../../src/gate/request/facts.ts'
import { MINUTE } from './memory-world.ts'
import { PolicyError } from '../../src/gate/policy/parse.ts'
import { ASKED, DEPLOYMENT, EXECUTION, inTime, stage, type Stage } from './stage.ts'

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

describe('what the gate has checked about who asks', () => {
  test.each([
    ['the run itself', {}, ['octocat'], undefined],
    ['who re-ran it', { triggeringActor: 'hubot' }, ['octocat', 'hubot'], 'hubot'],
    ['who re-ran it as well as started it', { triggeringActor: 'octocat' }, ['octocat'], 'octocat']
  ])('is the token and %s, as the record has them', async (_, more, actors, triggeringActor) => {
    const place = stage()
    await withRecord(place, record(more))
    const claims: Claim[] = []
    const findRequester: FindRequester = (claim) => {
      claims.push(claim)
      return Promise.resolve(ASKED)
    }
    const described = await place.plane.describe(DEPLOYMENT)
    const policy = await place.platform.policy()
    await factsOf(place.platform, place.plane, findRequester, described, EXECUTION, policy)
    expect(claims).toEqual([
      {
        token: 'a token',
        deploymentId: DEPLOYMENT,
        deploymentCreatedAt: described.createdAt,
        repository: 'org/shop',
        runId: '4711',
        runAttempt: '2',
        triggeringActor,
        actors
      }
    ])
  })
})

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

  test("threat: a job's record hides what changes: what AWS says of the two revisions goes before it", async () => {
    const place = stage()
    const changes = [
      { path: 'containerDefinitions[app].environment[HIDDEN]', kind: 'added' }
    ] as const
    place.plane.changes = changes
    await withRecord(place, record({ changes: [] }))
    await place.hook()
    expect((await place.gate()).facts.release.changes).toEqual(changes)
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
    'fault: Slack %s: tries for most of a minute, then FAILED with the reason, and CodeDeploy is told so',
    async (_, code) => {
      const place = stage()
      place.slack.down = code
      const began = place.clock.now()
      const hook = place.hook()
      await inTime(place, hook)
      expect(place.clock.now() - began).toBeGreaterThan(40_000)
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
    const place = stage(new PolicyError(['quorum: found 0']))
    await place.hook()
    expect(await place.gate()).toMatchObject({
      state: 'FAILED',
      effect: 'APPLIED',
      decision: { reason: 'the policy cannot be used: quorum: found 0' },
      facts: { requester: { verified: false, why: 'no-policy' } }
    })
    expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
  })

  test('the store of the policy is down to the end: FAILED, with the reason', async () => {
    const place = stage(new Error('SSM parameter /gate/policy cannot be read: throttled'))
    await inTime(place, place.hook())
    const reason = 'the policy cannot be used: SSM parameter /gate/policy cannot be read: throttled'
    expect(await place.gate()).toMatchObject({ state: 'FAILED', decision: { reason } })
    expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
  })
})

/** Makes the first calls of a method fail. Returns how often it was called. */
function failing<Port extends object>(
  port: Port,
  method: keyof Port,
  times: number,
  effect: 'before' | 'after' = 'before'
): () => number {
  const original: unknown = port[method]
  let calls = 0
  if (typeof original !== 'function') throw new TypeError(`no method ${String(method)}`)
  Object.assign(port, {
    [method]: async (...args: unknown[]) => {
      calls++
      if (calls > times) return (await Reflect.apply(original, port, args)) as unknown
      if (effect === 'after') await Reflect.apply(original, port, args)
      throw new Error(`${String(method)} is down`)
    }
  })
  return () => calls
}

describe('a disturbance of AWS does not cost the hour', () => {
  const DISTURBED: readonly [string, (place: Stage) => () => number][] = [
    ['CodeDeploy', ({ plane }) => failing(plane, 'describe', 3)],
    ['SSM', ({ platform }) => failing(platform, 'policy', 3)],
    ['a read of DynamoDB', ({ table }) => failing(table, 'get', 3)],
    ['a write of DynamoDB', ({ table }) => failing(table, 'create', 3)],
    ['the answers to writes of DynamoDB', ({ table }) => failing(table, 'create', 3, 'after')],
    ['an update of DynamoDB', ({ table }) => failing(table, 'update', 3)],
    ["DynamoDB's index", ({ table }) => failing(table, 'open', 3)]
  ]
  test.each(DISTURBED)('%s: the gate opens in the same invocation', async (_, disturb) => {
    const place = stage()
    const calls = disturb(place)
    await inTime(place, place.hook())
    expect(calls()).toBeGreaterThan(3)
    expect(await place.gate()).toMatchObject({ state: 'PENDING', card: { ts: '1.000' } })
    expect(place.slack.cards).toBe(1)
    expect(place.plane.told).toEqual([])
  })

  test('KMS: what fails closed is on record in the same invocation', async () => {
    const place = stage(new PolicyError(['quorum: found 0']))
    failing(place.seal, 'mac', 3)
    await inTime(place, place.hook())
    expect(await place.gate()).toMatchObject({ state: 'FAILED', effect: 'APPLIED' })
    expect((await place.gate()).head).toMatch(/^1-/)
  })

  test("GitHub's keys: who asked is proven at the second try", async () => {
    let asked = 0
    const place = stage(undefined, () => {
      const verified = ++asked > 2
      return { ...ASKED, verified, why: verified ? undefined : 'keys-unavailable' }
    })
    await inTime(place, place.hook())
    expect((await place.gate()).facts.requester).toMatchObject({ verified: true })
  })

  test('a rollback is let through at the second try, and is never told no', async () => {
    const place = stage()
    place.plane.isRollback = true
    failing(place.plane, 'answer', 3)
    await inTime(place, place.hook())
    expect(place.plane.told).toMatchObject([{ answer: 'go' }])

    const down = stage()
    down.plane.isRollback = true
    failing(down.plane, 'answer', Infinity)
    const answers: string[] = []
    const answer = down.plane.answer.bind(down.plane)
    down.plane.answer = (waiting, what) => {
      answers.push(what)
      return answer(waiting, what)
    }
    await expect(inTime(down, down.hook())).rejects.toThrow('answer is down')
    expect(new Set(answers)).toEqual(new Set(['go']))
  })
})

describe('a disturbance that does not end', () => {
  const ROW =
    'nobody was asked: the deployment was told no, or had ended, before the gate could open'

  test.each<[string, (place: Stage) => unknown]>([
    ['CodeDeploy does not describe it', ({ plane }) => failing(plane, 'describe', Infinity)],
    ['DynamoDB cannot be read', ({ table }) => failing(table, 'get', Infinity)],
    ['DynamoDB cannot be written', ({ table }) => failing(table, 'create', Infinity)]
  ])('%s: the deployment is told no, and the function fails for the alarm', async (_, disturb) => {
    const place = stage()
    disturb(place)
    const began = place.clock.now()
    await expect(inTime(place, place.hook())).rejects.toThrow('is down')
    expect(place.clock.now() - began).toBeLessThan(place.remainingMs)
    expect(place.clock.now() - began).toBeGreaterThan(MINUTE)
    expect(place.plane.told).toEqual([
      { deploymentId: DEPLOYMENT, token: EXECUTION, answer: 'no-go' }
    ])
    expect(place.slack.cards).toBe(0)
  })

  test("that answer goes on record once the ledger is back: at Lambda's next try", async () => {
    const place = stage()
    const create = place.table.create.bind(place.table)
    place.table.create = () => Promise.reject(new Error('the table is gone'))
    await expect(inTime(place, place.hook())).rejects.toThrow('the table is gone')
    place.table.create = create
    await inTime(place, place.hook())
    expect(await place.gate()).toMatchObject({
      state: 'FAILED',
      effect: 'APPLIED',
      decision: { by: [], reason: ROW }
    })
    expect((await place.gate()).head).toMatch(/^1-/)
    expect(place.plane.told).toHaveLength(1)
    await place.sweep()
    expect(place.slack.cards).toBe(1)
    expect(JSON.stringify(place.slack.shown)).toContain('or had ended, before the gate could open')
  })

  describe('the ledger is back, and nobody invokes the function again for the hook', () => {
    const LATE = { unrecorded: { plane: 'memory', deploymentId: DEPLOYMENT } }

    async function unrecorded(): Promise<Stage> {
      const place = stage()
      const create = place.table.create.bind(place.table)
      place.table.create = () => Promise.reject(new Error('the table is gone'))
      await expect(inTime(place, place.hook())).rejects.toThrow('the table is gone')
      place.table.create = create
      return place
    }

    test('the watchdog has the no put on record: FAILED, in the chain, in Slack', async () => {
      const place = await unrecorded()
      await place.hook(LATE)
      const [gate, ...others] = await gatesOf(place.table, DEPLOYMENT)
      expect(others).toEqual([])
      expect(gate).toMatchObject({
        state: 'FAILED',
        effects: { [DEPLOYMENT]: 'APPLIED' },
        decision: { by: [], reason: ROW }
      })
      expect(gate?.head).toMatch(/^1-/)
      expect(place.plane.told).toHaveLength(1)
      await place.sweep()
      expect(place.slack.cards).toBe(1)
      expect(JSON.stringify(place.slack.shown)).toContain('before the gate could open')
    })

    test('it is done once, whatever was cut off', async () => {
      const place = await unrecorded()
      const mac = place.seal.mac.bind(place.seal)
      Object.assign(place.seal, { mac: () => Promise.reject(new Error('KMS is down')) })
      await expect(place.hook(LATE)).rejects.toThrow('KMS is down')
      Object.assign(place.seal, { mac })
      await place.hook(LATE)
      await place.hook(LATE)
      const gates = await gatesOf(place.table, DEPLOYMENT)
      expect(gates.map(({ state, head }) => [state, head?.slice(0, 2)])).toEqual([['FAILED', '1-']])
    })

    test.each<[string, (place: Stage) => unknown]>([
      ['is on record', (place) => place.hook()],
      ['waits for its answer', () => undefined],
      ['was let go', ({ plane }) => plane.answer({ deploymentId: DEPLOYMENT, token: 't' }, 'go')],
      ['is a rollback', ({ plane }) => void (plane.isRollback = true)]
    ])('a deployment that %s is left alone', async (_, prepare) => {
      const place = stage()
      await prepare(place)
      const before = await gatesOf(place.table, DEPLOYMENT)
      const { length } = place.plane.told
      await place.hook(LATE)
      expect(await gatesOf(place.table, DEPLOYMENT)).toEqual(before)
      expect(place.plane.told).toHaveLength(length)
    })
  })

  test('the gate is in the ledger: it is closed as FAILED with what has failed', async () => {
    const place = stage()
    failing(place.table, 'open', Infinity)
    await expect(inTime(place, place.hook())).rejects.toThrow('open is down')
    expect(await place.gate()).toMatchObject({
      state: 'FAILED',
      effect: 'APPLIED',
      decision: { by: [], reason: 'the gate gave up: open is down' }
    })
    expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
  })

  test('no seal: nothing is told that is not on record, and the sweep finishes it', async () => {
    const place = stage(new PolicyError(['quorum: found 0']))
    const mac = place.seal.mac.bind(place.seal)
    Object.assign(place.seal, { mac: () => Promise.reject(new Error('KMS is down')) })
    await expect(inTime(place, place.hook())).rejects.toThrow('KMS is down')
    expect(place.plane.told).toEqual([])
    Object.assign(place.seal, { mac })
    await place.sweep()
    expect(await place.gate()).toMatchObject({ state: 'FAILED', effect: 'APPLIED' })
  })

  test('little time is left: the answer is given before Lambda ends the function', async () => {
    const place = stage()
    failing(place.table, 'create', Infinity)
    const began = place.clock.now()
    await expect(inTime(place, place.hook(undefined, 40_000))).rejects.toThrow('create is down')
    expect(place.clock.now() - began).toBeLessThan(40_000)
    expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
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
