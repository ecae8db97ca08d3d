import { describe, expect, test } from '@jest/globals'
import { carryOut, type Wish } from '../../../src/gate/decide/settle-vote.ts'
import type { Rules } from '../../../src/gate/policy/policy.ts'
import type { Gate } from '../../../src/ledger/gate.ts'
import { castVote, openGate, reject } from '../../../src/ledger/gates.ts'
import { MemoryTable } from '../../ledger/memory-table.ts'
import { factsOf } from '../../ledger/samples.ts'
import { policyWith } from '../memory-world.ts'

const EXPIRES = 55 * 60_000
const ANN = { id: 'U0ANN', name: 'Ann' }
const vote = (user: string, at = 1): Wish & { intent: 'approve' } => ({
  intent: 'approve',
  vote: { user, name: `name of ${user}`, at, group: undefined }
})

async function opened(): Promise<{ table: MemoryTable; gate: Gate }> {
  const table = new MemoryTable()
  return { table, gate: (await openGate(table, factsOf('one'))).gate }
}

function wish(
  table: MemoryTable,
  gate: Gate,
  what: Wish,
  rules: Partial<Rules> = {},
  now = 1
): Promise<Gate> {
  const policy = policyWith(rules)
  return carryOut(table, gate, what, { policy, rules: policy.rules, now })
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
      const closed = await reject(table, gate, decision)
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
