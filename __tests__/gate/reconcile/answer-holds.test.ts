import { describe, expect, test } from '@jest/globals'
import { answerHolds } from '../../../src/gate/reconcile/answer-holds.ts'
import type { Recorded } from '../../../src/ledger/chain.ts'
import type { Gate } from '../../../src/ledger/gate.ts'
import type { Hold, Holds } from '../../../src/ledger/gate-facts.ts'
import { approve, findGate, openGate, reject } from '../../../src/ledger/gates.ts'
import { markAnswered } from '../../../src/ledger/gate-results.ts'
import { gateKey, holdKey } from '../../../src/ledger/keys.ts'
import { effectOf } from '../../../src/ledger/of-all-holds.ts'
import { factsOfHolds, holdOf } from '../../ledger/samples.ts'
import { memoryWorld, type MemoryWorld } from '../memory-world.ts'

const CLOSING = {
  decision: { at: 1, by: [], reason: 'r', breakGlass: false, policy: undefined }
}
const [ONE, TWO, THREE] = [
  holdOf('d-ONE'),
  holdOf('d-TWO', 'payment'),
  holdOf('d-THREE', 'stock')
] as const

async function decided(
  close: 'approve' | 'reject' = 'approve',
  holds: Holds = [ONE]
): Promise<{ world: MemoryWorld; gate: Recorded }> {
  const world = memoryWorld()
  const tokens = holds.map(tokenIn)
  const { gate } = await openGate(world.table, factsOfHolds(holds, tokens), tokens)
  const closed =
    close === 'approve'
      ? await approve(world.table, gate, CLOSING, 0)
      : await reject(world.table, gate, CLOSING)
  if (!closed) throw new Error('not closed')
  return { world, gate: { ...closed, head: '1-aa' } }
}

const tokenIn = ({ deploymentId }: Hold): string => `the token of ${deploymentId}`

const found = async ({ table }: MemoryWorld, { facts }: Gate): Promise<Gate | undefined> =>
  findGate(table, facts.id)

describe('the plane is told', () => {
  test.each([
    ['approve', 'go'],
    ['reject', 'no-go']
  ] as const)('after %s: %s, and the log says so', async (close, answer) => {
    const { world, gate } = await decided(close)
    const after = await answerHolds(world.platform, gate)
    expect(after.effects).toEqual({ 'd-ONE': 'APPLIED' })
    expect(after.head).toBe('1-aa')
    expect(world.plane.told).toEqual([{ deploymentId: 'd-ONE', token: tokenIn(ONE), answer }])
    const { id } = gate.facts
    const logged = { gate: id, deployment: 'd-ONE', answer, effect: 'APPLIED' }
    expect(world.lines).toEqual([`info effect ${JSON.stringify(logged)}`])
  })

  test.each<[string, (gate: Recorded) => Recorded]>([
    ['before the decision', (gate) => ({ ...gate, state: 'PENDING' })],
    ['when it has been told', (gate) => ({ ...gate, effects: { 'd-ONE': 'APPLIED' } })],
    ['when it was too late', (gate) => ({ ...gate, effects: { 'd-ONE': 'LATE' } })]
  ])('nothing %s', async (_, change) => {
    const { world, gate } = await decided()
    const changed = change(gate)
    expect(await answerHolds(world.platform, changed)).toBe(changed)
    expect(world.plane.told).toEqual([])
    expect(world.lines).toEqual([])
  })

  test('by the plane that the hold names, and by no other', async () => {
    const { world, gate } = await decided('approve', [{ ...ONE, plane: 'constructor' }])
    await expect(answerHolds(world.platform, gate)).rejects.toThrow(
      'no control plane is called constructor'
    )
    expect(world.plane.told).toEqual([])
  })
})

describe('what answers a hold', () => {
  test('is missing: nothing is told, and the sweep tries again', async () => {
    const { world, gate } = await decided()
    const key = holdKey(gate.facts.id, 'd-ONE')
    world.table.items.delete(JSON.stringify(Object.values(key ?? {})))
    await expect(answerHolds(world.platform, gate)).rejects.toThrow(
      `what answers d-ONE for gate ${gate.facts.id} is not in the ledger`
    )
    expect(world.plane.told).toEqual([])
    expect(await found(world, gate)).toMatchObject({ effects: { 'd-ONE': 'NONE' } })
  })
})

describe('what the plane says', () => {
  test.each([
    ['accepted', undefined, 'APPLIED'],
    ['gone', undefined, 'LATE'],
    ['answered-before', 'go', 'APPLIED'],
    ['answered-before', 'no-go', 'LATE'],
    ['answered-before', undefined, 'LATE']
  ] as const)('%s, the answer then %s: %s', async (told, answered, effect) => {
    const { world, gate } = await decided()
    world.plane.answer = () => Promise.resolve(told)
    world.plane.answered = () => Promise.resolve(answered)
    expect(await answerHolds(world.platform, gate)).toMatchObject({ effects: { 'd-ONE': effect } })
    expect(await found(world, gate)).toMatchObject({ effects: { 'd-ONE': effect } })
  })

  test('an error leaves everything to be done again', async () => {
    const { world, gate } = await decided()
    world.plane.answer = () => Promise.reject(new Error('throttled'))
    await expect(answerHolds(world.platform, gate)).rejects.toThrow('throttled')
    expect(await found(world, gate)).toMatchObject({ effects: { 'd-ONE': 'NONE' } })
  })

  test('who comes second sees what the first has noted', async () => {
    const { world, gate } = await decided()
    await markAnswered(world.table, gate, ONE, 'LATE')
    expect(await answerHolds(world.platform, gate)).toMatchObject({ effects: { 'd-ONE': 'LATE' } })
  })

  test('if the item is gone meanwhile, nothing is made up', async () => {
    const { world, gate } = await decided()
    const key = gateKey(gate.facts.id)
    world.table.items.delete(JSON.stringify(Object.values(key ?? {})))
    expect(await answerHolds(world.platform, gate)).toEqual(gate)
  })
})

describe('of several holds', () => {
  const ALL: Holds = [ONE, TWO, THREE]

  test.each(['approve', 'reject'] as const)('each is answered in order: %s', async (close) => {
    const { world, gate } = await decided(close, ALL)
    const after = await answerHolds(world.platform, gate)
    expect(effectOf(after)).toBe('APPLIED')
    const answer = close === 'approve' ? 'go' : 'no-go'
    expect(world.plane.told).toEqual(
      ALL.map((hold) => ({ deploymentId: hold.deploymentId, token: tokenIn(hold), answer }))
    )
  })

  test('after a crash between two it goes on with the second', async () => {
    const { world, gate } = await decided('approve', ALL)
    const update = world.table.update.bind(world.table)
    // The process ends after the first hold is marked.
    let marks = 0
    world.table.update = async (...args) =>
      ++marks > 1 ? new Promise<never>(() => undefined) : update(...args)
    void answerHolds(world.platform, gate)
    await new Promise((resolve) => setTimeout(resolve, 5))
    world.table.update = update
    const left = await found(world, gate)
    expect(left?.effects).toEqual({ 'd-ONE': 'APPLIED', 'd-TWO': 'NONE', 'd-THREE': 'NONE' })
    const after = await answerHolds(world.platform, { ...gate, ...left, head: gate.head })
    expect(effectOf(after)).toBe('APPLIED')
    expect(world.plane.told.map(({ deploymentId }) => deploymentId)).toEqual([
      'd-ONE',
      'd-TWO',
      'd-THREE'
    ])
  })

  test('if one cannot be answered, the others are: a no reaches all', async () => {
    const { world, gate } = await decided('reject', ALL)
    const answer = world.plane.answer.bind(world.plane)
    world.plane.answer = (waiting, given) =>
      waiting.deploymentId === 'd-ONE'
        ? Promise.reject(new Error('throttled'))
        : answer(waiting, given)
    await expect(answerHolds(world.platform, gate)).rejects.toThrow('throttled')
    const left = await found(world, gate)
    expect(left?.effects).toEqual({ 'd-ONE': 'NONE', 'd-TWO': 'APPLIED', 'd-THREE': 'APPLIED' })
    world.plane.answer = answer
    const after = await answerHolds(world.platform, { ...gate, ...left, head: gate.head })
    expect(effectOf(after)).toBe('APPLIED')
    expect(world.plane.told).toHaveLength(3)
  })

  test('one that is too late makes the effect late, and keeps none from its answer', async () => {
    const { world, gate } = await decided('approve', ALL)
    world.plane.endings.set('d-TWO', { status: 'stopped', rollback: 'none', at: 1 })
    const after = await answerHolds(world.platform, gate)
    expect(after.effects).toEqual({ 'd-ONE': 'APPLIED', 'd-TWO': 'LATE', 'd-THREE': 'APPLIED' })
    expect(effectOf(after)).toBe('LATE')
  })
})
