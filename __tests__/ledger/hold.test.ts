import { describe, expect, test } from '@jest/globals'
import { executionOf, keepExecution } from '../../src/ledger/hold.ts'
import { openGate, openGates, settle } from '../../src/ledger/gates.ts'
import { MemoryTable } from './memory-table.ts'
import { factsOf } from './samples.ts'

const EXECUTION = 'what answers the hook'
const FACTS = factsOf(EXECUTION)

describe('what answers a hook', () => {
  test('stands under hold# and nowhere else, and goes when its gate does', async () => {
    const table = new MemoryTable()
    const { gate } = await openGate(table, FACTS, EXECUTION)
    expect(await executionOf(table, FACTS.id)).toBe(EXECUTION)
    const items = [...table.items.values()]
    const holding = items.filter((item) => JSON.stringify(item).includes(EXECUTION))
    expect(holding.map(({ pk }) => pk)).toEqual([`hold#${FACTS.deploymentId}`])
    const [held] = holding
    const opened = items.find(({ pk }) => pk.startsWith('gate#'))
    expect(held?.['ttl']).toBe(opened?.['ttl'])
    expect(JSON.stringify(gate)).not.toContain(EXECUTION)
  })

  test('is never listed with what is open: that index shows whole items', async () => {
    const table = new MemoryTable()
    const { gate } = await openGate(table, FACTS, EXECUTION)
    expect(JSON.stringify(await table.open())).not.toContain(EXECUTION)
    await settle(table, gate)
    expect(await openGates(table)).toEqual([])
  })

  test('is kept before the gate opens: a gate that is there can be carried out', async () => {
    const table = new MemoryTable()
    const create = table.create.bind(table)
    table.create = (item) =>
      item.pk.startsWith('gate#') ? Promise.reject(new Error('cut off')) : create(item)
    await expect(openGate(table, FACTS, EXECUTION)).rejects.toThrow('cut off')
    table.create = create
    expect((await openGate(table, FACTS, EXECUTION)).opened).toBe(true)
    expect(await executionOf(table, FACTS.id)).toBe(EXECUTION)
  })

  test('stays as it was first kept', async () => {
    const table = new MemoryTable()
    await keepExecution(table, FACTS, EXECUTION)
    await keepExecution(table, FACTS, 'another')
    expect(await executionOf(table, FACTS.id)).toBe(EXECUTION)
  })

  test.each(['', 'x', factsOf('another').id])('of the gate "%s" is not there', async (id) => {
    const table = new MemoryTable()
    await keepExecution(table, FACTS, EXECUTION)
    await expect(executionOf(table, id)).rejects.toThrow(`gate ${id} is not in the ledger`)
  })

  test('has no place without a gate', async () => {
    const none = { id: 'x', openedAt: 0 }
    await expect(keepExecution(new MemoryTable(), none, EXECUTION)).rejects.toThrow('no gate id: x')
  })
})
