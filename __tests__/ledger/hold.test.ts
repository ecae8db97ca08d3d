import { describe, expect, test } from '@jest/globals'
import { keepToken, tokenOf } from '../../src/ledger/hold.ts'
import { openGate, openGates } from '../../src/ledger/gates.ts'
import { settle } from '../../src/ledger/gate-results.ts'
import { MemoryTable } from './memory-table.ts'
import { factsOf, factsOfHolds, holdOf } from './samples.ts'

const TOKEN = 'what answers the hold'
const FACTS = factsOf(TOKEN)
const [HOLD] = FACTS.holds
const OTHER = holdOf('d-OTHER', 'payment')

describe('what answers a hold', () => {
  test('stands under hold# and nowhere else, and goes when its gate does', async () => {
    const table = new MemoryTable()
    const { gate } = await openGate(table, FACTS, [TOKEN])
    expect(await tokenOf(table, FACTS.id, HOLD)).toBe(TOKEN)
    const items = [...table.items.values()]
    const holding = items.filter((item) => JSON.stringify(item).includes(TOKEN))
    expect(holding.map(({ pk }) => pk)).toEqual([`hold#${HOLD.deploymentId}`])
    const [held] = holding
    const opened = items.find(({ pk }) => pk.startsWith('gate#'))
    expect(held?.['ttl']).toBe(opened?.['ttl'])
    expect(JSON.stringify(gate)).not.toContain(TOKEN)
  })

  test('stands by itself for each of several', async () => {
    const table = new MemoryTable()
    const facts = factsOfHolds([HOLD, OTHER], [TOKEN, 'another'])
    const { gate } = await openGate(table, facts, [TOKEN, 'another'])
    expect(await tokenOf(table, facts.id, HOLD)).toBe(TOKEN)
    expect(await tokenOf(table, facts.id, OTHER)).toBe('another')
    expect(JSON.stringify(gate)).not.toContain('another')
    expect(facts.id).not.toBe(FACTS.id)
  })

  test('is never listed with what is open: that index shows whole items', async () => {
    const table = new MemoryTable()
    const { gate } = await openGate(table, FACTS, [TOKEN])
    expect(JSON.stringify(await table.open('gate#'))).not.toContain(TOKEN)
    await settle(table, gate)
    expect(await openGates(table)).toEqual([])
  })

  test('is kept before the gate opens: a gate that is there can be carried out', async () => {
    const table = new MemoryTable()
    const create = table.create.bind(table)
    table.create = (item) =>
      item.pk.startsWith('gate#') ? Promise.reject(new Error('cut off')) : create(item)
    await expect(openGate(table, FACTS, [TOKEN])).rejects.toThrow('cut off')
    table.create = create
    expect((await openGate(table, FACTS, [TOKEN])).opened).toBe(true)
    expect(await tokenOf(table, FACTS.id, HOLD)).toBe(TOKEN)
  })

  test('stays as it was first kept', async () => {
    const table = new MemoryTable()
    await keepToken(table, FACTS, HOLD, TOKEN)
    await keepToken(table, FACTS, HOLD, 'another')
    expect(await tokenOf(table, FACTS.id, HOLD)).toBe(TOKEN)
  })

  test('of another gate, or of another hold, is not there', async () => {
    const table = new MemoryTable()
    await keepToken(table, FACTS, HOLD, TOKEN)
    const { id } = factsOf('another')
    await expect(tokenOf(table, id, HOLD)).rejects.toThrow(
      `what answers ${HOLD.deploymentId} for gate ${id} is not in the ledger`
    )
    await expect(tokenOf(table, FACTS.id, OTHER)).rejects.toThrow(
      `what answers d-OTHER for gate ${FACTS.id} is not in the ledger`
    )
  })

  test.each(['', 'x'])('has no place without a gate: "%s" is none', async (id) => {
    const table = new MemoryTable()
    await expect(keepToken(table, { id, openedAt: 0 }, HOLD, TOKEN)).rejects.toThrow('no gate id')
    await expect(tokenOf(table, id, HOLD)).rejects.toThrow('no gate id')
  })
})
