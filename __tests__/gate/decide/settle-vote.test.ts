import { describe, expect, test } from '@jest/globals'
import { carryOut, type Wish } from '../../../src/gate/decide/settle-vote.ts'
import type { Rules } from '../../../src/gate/policy/policy.ts'
import type { Gate } from '../../../src/ledger/gate.ts'
import { castVote, openGate, reject } from '../../../src/ledger/gates.ts'
import { MemoryTable } from '../../ledger/memory-table.ts'
import { factsOf } from '../../ledger/samples.ts'
import { policyWith } from '../memory-world.ts'

const EXPIRES = 55 * 60_000
const PLACE = { number: 4, previous: 'digest of 3' }
const ANN = { id: 'U0ANN', name: 'Ann' }
const vote = (user: string, at = 1): Wish & { intent: 'approve' } => ({
  intent: 'approve',
  vote: { user, name: `name of ${user}`, at, group: undefined }
})

async function opened(): Promise<{ table: MemoryTable; gate: Gate }> {
  const table = new MemoryTable()
  return { table, gate: (await openGate(table, factsOf('one'), ['one'])).gate }
}

function wish(
  table: MemoryTable,
  gate: Gate,
  what: Wish,
  rules: Partial<Rules> = {},
  now = 1
): Promise<Gate> {
  const policy = policyWith(rules)
  return carryOut(table, gate, what, { policy, rules: policy.rules, now, place: PLACE })
}

describe('a wish', () => {
  test('to approve closes the gate with everybody who voted for it', async () => {
    const { table, gate } = await opened()
    const first = await wish(table, gate, vote('U0ANN'), { quorum: 2 })
    expect(first).toMatchObject({ state: 'PENDING', votes: [{ user: 'U0ANN' }] })
    expect(await wish(table, gate, vote('U0BEN', 2), { quorum: 2 }, 2)).toMatchObject({
      state: 'APPROVED',
      decision: {
        at: 2,
        by: [
          { id: 'U0ANN', name: 'name of U0ANN' },
          { id: 'U0BEN', name: 'name of U0BEN' }
        ],
        reason: undefined,
        breakGlass: false,
        policy: 'f'.repeat(64)
      }
    })
  })

  test('to approve that completes the quorum is one write, its place in the chain included', async () => {
    const { table, gate } = await opened()
    const first = await wish(table, gate, vote('U0ANN'), { quorum: 2 })
    let writes = 0
    const update = table.update.bind(table)
    table.update = (...args) => (writes++, update(...args))
    expect(await wish(table, first, vote('U0BEN', 2), { quorum: 2 }, 2)).toMatchObject({
      state: 'APPROVED',
      votes: [{ user: 'U0ANN' }, { user: 'U0BEN' }],
      decision: { by: [{ id: 'U0ANN' }, { id: 'U0BEN' }] },
      claim: PLACE
    })
    expect(writes).toBe(1)
  })

  test('to approve closes the gate where somebody else has voted since it was read', async () => {
    const approvers = { users: ['U0ANN', 'U0BEN', 'U0CAT'], groups: [] }
    for (const quorum of [2, 3]) {
      const { table, gate } = await opened()
      const read = (await castVote(table, gate, vote('U0CAT').vote)) ?? gate
      await castVote(table, gate, vote('U0ANN').vote)
      expect(await wish(table, read, vote('U0BEN', 2), { approvers, quorum }, 2)).toMatchObject({
        state: 'APPROVED',
        decision: { by: [{ id: 'U0ANN' }, { id: 'U0CAT' }, { id: 'U0BEN' }] },
        claim: PLACE
      })
    }
  })

  test('to approve a second time counts once, and closes a gate whose quorum has been lowered', async () => {
    const { table, gate } = await opened()
    const voted = await wish(table, gate, vote('U0ANN'), { quorum: 2 })
    for (const read of [gate, voted]) {
      const again = await wish(table, read, vote('U0ANN', 2), { quorum: 2 }, 2)
      expect(again).toEqual(voted)
    }
    expect(await wish(table, voted, vote('U0ANN', 3), { quorum: 1 }, 3)).toMatchObject({
      state: 'APPROVED',
      votes: [{ user: 'U0ANN', at: 1 }],
      decision: { at: 3, by: [{ id: 'U0ANN' }] }
    })
  })

  test('to approve is counted without the votes of people whom the policy no longer names', async () => {
    const { table, gate } = await opened()
    await castVote(table, gate, vote('U0OLD').vote)
    expect(await wish(table, gate, vote('U0ANN'), { quorum: 2 })).toMatchObject({
      state: 'PENDING'
    })
  })

  test.each([
    ['reject', 'REJECTED', false],
    ['break-glass', 'APPROVED', true]
  ] as const)('to %s closes it by one word', async (intent, state, breakGlass) => {
    const { table, gate } = await opened()
    const one: Wish = { intent, person: ANN, reason: 'because' }
    expect(await wish(table, gate, one, { quorum: 3 }, 7)).toMatchObject({
      state,
      decision: { at: 7, by: [ANN], reason: 'because', breakGlass, policy: 'f'.repeat(64) }
    })
  })

  test('at the end of the time, or after it, closes it as expired, by nobody', async () => {
    for (const now of [EXPIRES, EXPIRES + 1]) {
      const { table, gate } = await opened()
      expect(await wish(table, gate, vote('U0ANN', now), {}, now)).toMatchObject({
        state: 'EXPIRED',
        votes: [],
        decision: { at: now, by: [], reason: undefined, breakGlass: false }
      })
    }
    const { table, gate } = await opened()
    const last = await wish(table, gate, vote('U0ANN', EXPIRES - 1), {}, EXPIRES - 1)
    expect(last.state).toBe('APPROVED')
  })

  test('that comes second returns what the first has left', async () => {
    const decision = { at: 1, by: [ANN], reason: 'no', breakGlass: false, policy: undefined }
    const wishes: [Wish, number][] = [
      [vote('U0BEN'), 1],
      [{ intent: 'reject', person: ANN, reason: 'x' }, 1],
      [{ intent: 'break-glass', person: ANN, reason: 'x' }, 1],
      [vote('U0BEN'), EXPIRES]
    ]
    for (const [one, now] of wishes) {
      const { table, gate } = await opened()
      const closed = await reject(table, gate, { decision })
      expect(await wish(table, gate, one, {}, now)).toEqual(closed)
      // One who has read it as closed writes nothing.
      table.update = () => Promise.reject(new Error('written to'))
      expect(closed && (await wish(table, closed, one, {}, now))).toBe(closed)
    }
  })

  test('for a gate that is gone is an error', async () => {
    const { gate } = await opened()
    await expect(wish(new MemoryTable(), gate, vote('U0ANN'))).rejects.toThrow(
      `gate ${gate.facts.id} is gone`
    )
  })
})
