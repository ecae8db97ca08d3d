import { describe, expect, test } from '@jest/globals'
import { followFate, hasEnded } from '../../../src/gate/drive/follow-fate.ts'
import type { Fate, Gate } from '../../../src/ledger/gate.ts'
import { findGate, openGate } from '../../../src/ledger/gates.ts'
import { factsOf } from '../../ledger/samples.ts'
import { memoryWorld, type MemoryWorld } from '../memory-world.ts'

const SHIFTING: Fate = { status: 'shifting', rollback: 'none', at: 5 }
const RELEASED: Fate = { status: 'released', rollback: 'none', at: 9 }

async function followed(fate: Fate | undefined, known?: Fate): Promise<[MemoryWorld, Gate, Gate]> {
  const world = memoryWorld()
  const { gate: opened } = await openGate(world.table, factsOf('one'), 'one')
  const gate = { ...opened, fate: known }
  world.deployments.fate = () => Promise.resolve(fate)
  return [world, gate, await followFate(world.platform, gate)]
}

describe('what became of the traffic', () => {
  test.each([
    ['for the first time', undefined, SHIFTING],
    ['when it has changed', SHIFTING, RELEASED]
  ])('is noted %s', async (_, known, fate) => {
    const [world, before, after] = await followed(fate, known)
    expect(after).toMatchObject({ fate })
    expect(await findGate(world.table, before.facts.id)).toMatchObject({ fate })
  })

  test.each([
    ['while it stands where it stood', undefined, undefined],
    ['while nothing is known any more', undefined, SHIFTING],
    ['when it is known', { ...SHIFTING }, SHIFTING]
  ])('is left alone %s', async (_, fate, known) => {
    const [world, before, after] = await followed(fate, known)
    expect(after).toBe(before)
    // The gate, and what answers its hook.
    expect(world.table.history).toHaveLength(2)
  })
})

test.each<[string, Fate | undefined, boolean]>([
  ['nothing is known', undefined, false],
  ['traffic moves', SHIFTING, false],
  ['it is released', RELEASED, true],
  ['it has failed and rolls back', { status: 'failed', rollback: 'in-progress', at: 9 }, true]
])('where %s, the deployment has ended: %j, %s', async (_, fate, ended) => {
  const [, gate] = await followed(undefined, fate)
  expect(hasEnded(gate)).toBe(ended)
})
