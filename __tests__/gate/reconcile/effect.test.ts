import { describe, expect, test } from '@jest/globals'
import { applyEffect } from '../../../src/gate/reconcile/effect.ts'
import type { Recorded } from '../../../src/ledger/chain.ts'
import { approve, findGate, openGate, reject, settleEffect } from '../../../src/ledger/gates.ts'
import { gateKey, holdKey } from '../../../src/ledger/keys.ts'
import { factsOf } from '../../ledger/samples.ts'
import { memoryWorld, type MemoryWorld } from '../memory-world.ts'

const CLOSING = {
  decision: { at: 1, by: [], reason: 'r', breakGlass: false, policy: undefined }
}

async function decided(
  close: 'approve' | 'reject' = 'approve'
): Promise<{ world: MemoryWorld; gate: Recorded }> {
  const world = memoryWorld()
  const { gate } = await openGate(world.table, factsOf('one'), 'one')
  const closed =
    close === 'approve'
      ? await approve(world.table, gate, CLOSING, 0)
      : await reject(world.table, gate, CLOSING)
  if (!closed) throw new Error('not closed')
  return { world, gate: { ...closed, head: '1-aa' } }
}

describe('CodeDeploy is told', () => {
  test.each([
    ['approve', 'Succeeded'],
    ['reject', 'Failed']
  ] as const)('after %s: %s, and the log says so', async (close, verdict) => {
    const { world, gate } = await decided(close)
    expect(await applyEffect(world.platform, gate)).toMatchObject({ effect: 'APPLIED' })
    expect(world.deployments.told).toEqual([{ executionId: 'one', verdict }])
    expect(world.lines).toEqual([
      `info effect ${JSON.stringify({ gate: gate.facts.id, verdict, effect: 'APPLIED' })}`
    ])
  })

  test.each<[string, (gate: Recorded) => Recorded]>([
    ['before the decision', (gate) => ({ ...gate, state: 'PENDING' })],
    ['when it has been told', (gate) => ({ ...gate, effect: 'APPLIED' })],
    ['when it was too late', (gate) => ({ ...gate, effect: 'LATE' })]
  ])('nothing %s', async (_, change) => {
    const { world, gate } = await decided()
    const changed = change(gate)
    expect(await applyEffect(world.platform, changed)).toBe(changed)
    expect(world.deployments.told).toEqual([])
    expect(world.lines).toEqual([])
  })
})

describe('what answers the hook', () => {
  test.each<[string, (world: MemoryWorld, key: string) => void]>([
    ['is missing', ({ table }, key) => table.items.delete(key)],
    [
      'is of another gate',
      ({ table }, key) => {
        const item = table.items.get(key)
        if (item) table.items.set(key, { ...item, execution: 'two' })
      }
    ]
  ])('%s: nothing is told, and the sweep tries again', async (_, change) => {
    const { world, gate } = await decided()
    change(world, JSON.stringify(Object.values(holdKey(gate.facts.id) ?? {})))
    await expect(applyEffect(world.platform, gate)).rejects.toThrow(
      `what answers the hook of gate ${gate.facts.id} is not in the ledger`
    )
    expect(world.deployments.told).toEqual([])
    expect(await findGate(world.table, gate.facts.id)).toMatchObject({ effect: 'NONE' })
  })
})

describe('what CodeDeploy answers', () => {
  test.each([
    ['accepted', 'InProgress', 'APPLIED'],
    ['gone', 'InProgress', 'LATE'],
    ['completed', 'Succeeded', 'APPLIED'],
    ['completed', 'Failed', 'LATE']
  ] as const)('%s, the hook then %s: %s', async (answer, status, effect) => {
    const { world, gate } = await decided()
    world.deployments.report = () => Promise.resolve(answer)
    world.deployments.hook = status
    expect(await applyEffect(world.platform, gate)).toMatchObject({ effect })
    expect(await findGate(world.table, gate.facts.id)).toMatchObject({ effect })
  })

  test('an error leaves everything to be done again', async () => {
    const { world, gate } = await decided()
    world.deployments.report = () => Promise.reject(new Error('throttled'))
    await expect(applyEffect(world.platform, gate)).rejects.toThrow('throttled')
    expect(await findGate(world.table, gate.facts.id)).toMatchObject({ effect: 'NONE' })
  })

  test('who comes second sees what the first has noted', async () => {
    const { world, gate } = await decided()
    await settleEffect(world.table, gate, 'LATE')
    expect(await applyEffect(world.platform, gate)).toMatchObject({ effect: 'LATE' })
  })

  test('where the item is gone meanwhile, nothing is made up', async () => {
    const { world, gate } = await decided()
    const key = gateKey(gate.facts.id)
    world.table.items.delete(JSON.stringify(Object.values(key ?? {})))
    expect(await applyEffect(world.platform, gate)).toBe(gate)
  })
})
