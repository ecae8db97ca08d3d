import { describe, expect, test } from '@jest/globals'
import type { Gate, Place, Vote } from '../../src/ledger/gate.ts'
import type { Holds } from '../../src/ledger/gate-facts.ts'
import {
  approve,
  approveWith,
  breakGlass,
  castVote,
  expire,
  findGate,
  gatesOf,
  giveUp,
  noteEvidence,
  openGate,
  openGates,
  reject,
  type Closing
} from '../../src/ledger/gates.ts'
import {
  claimPlace,
  markAnswered,
  noteTrafficResult,
  settle
} from '../../src/ledger/gate-results.ts'
import { leaseCard, returnCard, takeReminder } from '../../src/ledger/gate-messages.ts'
import { MemoryTable } from './memory-table.ts'
import { factsOf, factsOfHolds, holdOf } from './samples.ts'

const EXPIRES = 55 * 60_000

async function opened(): Promise<{ table: MemoryTable; gate: Gate }> {
  const table = new MemoryTable()
  return { table, gate: (await openGate(table, factsOf('one'), ['one'])).gate }
}

const voteOf = (user: string, at = 1, group?: Vote['group']): Vote => ({
  user,
  name: `name of ${user}`,
  at,
  group
})
const closingAt = (at: number, place?: Place): Closing => ({
  decision: {
    at,
    by: [{ id: 'U1', name: 'One' }],
    reason: 'a reason',
    breakGlass: false,
    policy: 'p'
  },
  place
})

const placeAt = (number: number): Place => ({ number, previous: `digest of ${number - 1}` })

describe('a gate opens', () => {
  test('once: who comes second gets the one that is there', async () => {
    const table = new MemoryTable()
    const first = await openGate(table, factsOf('one'), ['one'])
    expect(first).toMatchObject({
      opened: true,
      gate: { state: 'PENDING', effects: { 'd-ABCDEF123': 'NONE' } }
    })
    await castVote(table, first.gate, voteOf('U1'))
    const second = await openGate(table, { ...factsOf('one'), openedAt: 99 }, ['one'])
    expect(second.opened).toBe(false)
    expect(second.gate.votes).toHaveLength(1)
    expect(second.gate.facts).toEqual(factsOf('one'))
  })

  test('with nothing shown, nothing decided and everything to do', async () => {
    const { gate } = await opened()
    expect(gate).toEqual({
      facts: factsOf('one'),
      state: 'PENDING',
      votes: [],
      evidence: [],
      decision: undefined,
      claim: undefined,
      head: undefined,
      results: {},
      effects: { 'd-ABCDEF123': 'NONE' },
      rollbackEffect: 'NONE',
      card: { channel: '', ts: '', shown: '', lease: 0 },
      reminded: 0,
      trafficResults: {},
      open: true
    })
  })

  test('not under an id that is none', async () => {
    const table = new MemoryTable()
    await expect(openGate(table, { ...factsOf('one'), id: 'x' }, ['one'])).rejects.toThrow(
      'no gate id: x'
    )
    expect(await findGate(table, 'x')).toBeUndefined()
  })

  test.each<[string, Holds, string[], string]>([
    ['a deployment twice', [holdOf('d-1'), holdOf('d-1')], ['1', '2'], 'holds a deployment twice'],
    ['without a token', [holdOf('d-1'), holdOf('d-2')], ['1'], 'no token of d-2'],
    ['of no name', [holdOf('d-1'), holdOf('d.2')], ['1', '2'], 'no deployment id: d.2']
  ])('not with a hold %s', async (_, holds, tokens, why) => {
    const table = new MemoryTable()
    await expect(openGate(table, factsOfHolds(holds, tokens), tokens)).rejects.toThrow(why)
    expect(await openGates(table)).toEqual([])
  })

  test('and an item that cannot be read again is an error, not an open gate', async () => {
    const table = new MemoryTable()
    table.create = () => Promise.resolve(false)
    await expect(openGate(table, factsOf('one'), ['one'])).rejects.toThrow(
      `gate ${factsOf('one').id} exists and cannot be read`
    )
  })

  test('and is found by its deployment, among those with something left to do, until it is settled', async () => {
    const { table, gate } = await opened()
    const other = await openGate(table, factsOf('two', 'd-OTHER'), ['two'])
    await table.create({ pk: 'release#shop/orders', sk: 'd-X', open: 'yes' })
    expect((await gatesOf(table, 'd-OTHER')).map(({ facts }) => facts.id)).toEqual([
      other.gate.facts.id
    ])
    expect(await openGates(table)).toHaveLength(2)
    expect(await settle(table, gate)).toMatchObject({ open: false })
    expect((await openGates(table)).map(({ facts }) => facts.id)).toEqual([other.gate.facts.id])
    expect(await findGate(table, gate.facts.id)).toBeDefined()
  })
})

describe('a vote', () => {
  test('is kept with its name, its time and its group, in the order of the votes', async () => {
    const { table, gate } = await opened()
    const group = { id: 'S1', members: ['U2', 'U9'] }
    await castVote(table, gate, voteOf('U2', 7, group))
    await castVote(table, gate, voteOf('U3', 5))
    const after = await castVote(table, gate, voteOf('U1', 7))
    expect(after?.votes).toEqual([voteOf('U3', 5), voteOf('U1', 7), voteOf('U2', 7, group)])
  })

  test('counts once a person, and only before the end', async () => {
    const { table, gate } = await opened()
    expect(await castVote(table, gate, voteOf('U1', EXPIRES - 1))).toBeDefined()
    expect(await castVote(table, gate, voteOf('U1', 3))).toBeUndefined()
    expect(await castVote(table, gate, voteOf('U2', EXPIRES))).toBeUndefined()
  })
})

describe('evidence', () => {
  test('comes in while the gate is open, and adds nothing to what was decided on', async () => {
    const { table, gate } = await opened()
    const routes = { name: 'routes', verdict: 'passed', required: true, summary: '3 of 3' } as const
    expect((await noteEvidence(table, gate, [routes]))?.evidence).toEqual([routes])
    await reject(table, gate, closingAt(2))
    expect(await noteEvidence(table, gate, [])).toBeUndefined()
    expect((await findGate(table, gate.facts.id))?.evidence).toEqual([routes])
  })
})

describe('closing', () => {
  type Close = (table: MemoryTable, gate: Gate, closing: Closing) => Promise<Gate | undefined>
  const byPeople: [string, string, Close][] = [
    ['approval', 'APPROVED', (table, gate, closing) => approve(table, gate, closing, 0)],
    [
      'an approval of its own',
      'APPROVED',
      (table, gate, closing) => approveWith(table, gate, closing, voteOf('U7'))
    ],
    ['break-glass', 'APPROVED', breakGlass],
    ['rejection', 'REJECTED', reject]
  ]
  const all: [string, string, Close][] = [
    ...byPeople,
    [
      'expiry',
      'EXPIRED',
      (table, gate, { decision }) => expire(table, gate, { decision: { ...decision, at: EXPIRES } })
    ],
    ['failing', 'FAILED', (table, gate, closing) => giveUp(table, gate, 'FAILED', closing)],
    [
      'withdrawing',
      'WITHDRAWN',
      (table, gate, closing) => giveUp(table, gate, 'WITHDRAWN', closing)
    ]
  ]

  test.each(all)('by %s is final', async (_, state, close) => {
    const { table, gate } = await opened()
    const closed = await close(table, gate, closingAt(1))
    expect(closed).toMatchObject({ state, decision: { reason: 'a reason', policy: 'p' } })
    for (const [, , again] of all) expect(await again(table, gate, closingAt(2))).toBeUndefined()
    expect(await castVote(table, gate, voteOf('U5'))).toBeUndefined()
    expect(await takeReminder(table, gate)).toBeUndefined()
    expect(await findGate(table, gate.facts.id)).toEqual(closed)
  })

  test.each(byPeople)('by %s works up to the end, not at it', async (_, __, close) => {
    const { table, gate } = await opened()
    expect(await close(table, gate, closingAt(EXPIRES))).toBeUndefined()
    expect(await close(table, gate, closingAt(EXPIRES - 1))).toBeDefined()
  })

  test('by expiry works at the end, not before', async () => {
    const { table, gate } = await opened()
    expect(await expire(table, gate, closingAt(EXPIRES - 1))).toBeUndefined()
    expect(await expire(table, gate, closingAt(EXPIRES))).toMatchObject({ state: 'EXPIRED' })
  })

  test('by approval needs the quorum in the table itself', async () => {
    const { table, gate } = await opened()
    await castVote(table, gate, voteOf('U1'))
    expect(await approve(table, gate, closingAt(2), 2)).toBeUndefined()
    await castVote(table, gate, voteOf('U2'))
    expect(await approve(table, gate, closingAt(2), 2)).toMatchObject({ state: 'APPROVED' })
  })

  test('by the last vote needs that nobody has voted meanwhile, the person included', async () => {
    const { table, gate } = await opened()
    const seen = await castVote(table, gate, voteOf('U1'))
    expect(await approveWith(table, gate, closingAt(2), voteOf('U2'))).toBeUndefined()
    expect(seen && (await approveWith(table, seen, closingAt(2), voteOf('U1')))).toBeUndefined()
    expect(seen && (await approveWith(table, seen, closingAt(2), voteOf('U2')))).toMatchObject({
      state: 'APPROVED',
      votes: [voteOf('U1'), voteOf('U2')],
      claim: undefined
    })
  })

  test.each<[string, (table: MemoryTable, gate: Gate, place: Place) => Promise<Gate | undefined>]>([
    ['approval', (table, gate, place) => approve(table, gate, closingAt(1, place), 0)],
    [
      'the last vote',
      (table, gate, place) => approveWith(table, gate, closingAt(1, place), voteOf('U1'))
    ],
    ['break-glass', (table, gate, place) => breakGlass(table, gate, closingAt(1, place))],
    ['rejection', (table, gate, place) => reject(table, gate, closingAt(1, place))],
    ['expiry', (table, gate, place) => expire(table, gate, closingAt(EXPIRES, place))]
  ])('by %s takes a place in the chain along', async (_, close) => {
    const { table, gate } = await opened()
    const closed = await close(table, gate, placeAt(3))
    expect(closed?.claim).toEqual(placeAt(3))
    expect(await findGate(table, gate.facts.id)).toEqual(closed)
  })

  test('without reason and policy reads back as it was', async () => {
    const { table, gate } = await opened()
    const decision = { ...closingAt(1).decision, reason: undefined, policy: undefined }
    expect((await reject(table, gate, { decision }))?.decision).toEqual(decision)
  })
})

describe('what follows a decision', () => {
  test('a place in the chain is claimed from what one knows of it', async () => {
    const { table, gate } = await opened()
    const claimed = await claimPlace(table, gate, placeAt(4))
    expect(claimed?.claim).toEqual(placeAt(4))
    expect(await claimPlace(table, gate, placeAt(5))).toBeUndefined()
    expect(claimed && (await claimPlace(table, claimed, placeAt(5)))?.claim).toEqual(placeAt(5))
    expect(claimed && (await claimPlace(table, claimed, placeAt(6)))).toBeUndefined()
  })

  test.each(['APPLIED', 'LATE'] as const)('a hold is marked once: %s', async (effect) => {
    const { table, gate } = await opened()
    const [hold] = gate.facts.holds
    const recorded = { ...gate, head: '5-aa' }
    const marked = { effects: { [hold.deploymentId]: effect }, head: '5-aa' }
    expect(await markAnswered(table, recorded, hold, effect)).toMatchObject(marked)
    expect(
      await markAnswered(table, { ...recorded, head: '6-bb' }, hold, 'APPLIED')
    ).toBeUndefined()
    expect(await findGate(table, gate.facts.id)).toMatchObject(marked)
  })

  test('of several holds each is marked by itself', async () => {
    const table = new MemoryTable()
    const holds = [holdOf('d-ONE'), holdOf('arn:aws:ecs:eu-1:1:deployment/a_b/2')] as const
    const { gate } = await openGate(table, factsOfHolds(holds, ['1', '2']), ['1', '2'])
    const recorded = { ...gate, head: '5-aa' }
    expect(await markAnswered(table, recorded, holds[1], 'LATE')).toMatchObject({
      effects: { 'd-ONE': 'NONE', [holds[1].deploymentId]: 'LATE' }
    })
    expect((await markAnswered(table, recorded, holds[0], 'APPLIED'))?.effects).toEqual({
      'd-ONE': 'APPLIED',
      [holds[1].deploymentId]: 'LATE'
    })
  })

  test('one at a time has the card, until it gives it back or its time is over', async () => {
    const { table, gate } = await opened()
    const leased = await leaseCard(table, gate, 100, 200)
    expect(leased?.card.lease).toBe(200)
    expect(await leaseCard(table, gate, 199, 300)).toBeUndefined()
    expect(await returnCard(table, gate, { channel: 'C', ts: '1', shown: 'x' })).toBeUndefined()
    const later = await leaseCard(table, gate, 200, 300)
    expect(later?.card.lease).toBe(300)
    const shown = { channel: 'C', ts: '1', shown: 'x' }
    expect(leased && (await returnCard(table, leased, shown))).toBeUndefined()
    expect(later && (await returnCard(table, later, shown))?.card).toEqual({ ...shown, lease: 0 })
  })

  test('one sends a reminder', async () => {
    const { table, gate } = await opened()
    expect(await takeReminder(table, gate)).toMatchObject({ reminded: 1 })
    expect(await takeReminder(table, gate)).toBeUndefined()
  })

  test('the trafficResult of the traffic is the last one that was seen', async () => {
    const { table, gate } = await opened()
    const [hold] = gate.facts.holds
    await noteTrafficResult(table, gate, hold, { status: 'shifting', rollback: 'none', at: 1 })
    const released = { status: 'released', rollback: 'none', at: 2 } as const
    expect((await noteTrafficResult(table, gate, hold, released))?.trafficResults).toEqual({
      [hold.deploymentId]: released
    })
  })

  test('of a gate that is gone nothing follows', async () => {
    const { gate } = await opened()
    expect(await settle(new MemoryTable(), gate)).toBeUndefined()
    const nameless = { ...gate, facts: { ...gate.facts, id: 'x' } }
    await expect(settle(new MemoryTable(), nameless)).rejects.toThrow('no gate id: x')
  })
})
