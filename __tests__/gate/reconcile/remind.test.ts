import { beforeEach, expect, test } from '@jest/globals'
import { remind } from '../../../src/gate/reconcile/remind.ts'
import type { Gate } from '../../../src/ledger/gate.ts'
import { takeReminder } from '../../../src/ledger/gate-messages.ts'
import { MINUTE, policyWith } from '../memory-world.ts'
import { stage, type Stage } from '../stage.ts'

let place: Stage
beforeEach(async () => {
  place = stage()
  await place.hook()
  place.slack.posts.length = 0
  await place.clock.advance(27.5 * MINUTE)
})

const reminded = async (gate: Gate): Promise<Gate> => remind(place.platform, policyWith(), gate)

test('at half time, in the thread of the card, and once', async () => {
  const gate = await reminded(await place.gate())
  expect(gate.reminded).toBe(1)
  expect(place.slack.posts).toMatchObject([{ thread: gate.card.ts }])
  expect(await reminded(gate)).toBe(gate)
  expect(place.slack.posts).toHaveLength(1)
})

test.each<[string, (gate: Gate) => Gate]>([
  ['of what is decided', (gate) => ({ ...gate, state: 'WITHDRAWN' })],
  ['where there is no card', (gate) => ({ ...gate, card: { ...gate.card, ts: '' } })]
])('nobody is reminded %s', async (_, change) => {
  const gate = change(await place.gate())
  expect(await reminded(gate)).toBe(gate)
  expect(place.slack.posts).toEqual([])
  expect((await place.gate()).reminded).toBe(0)
})

test('of two that would remind at once, one does', async () => {
  const gate = await place.gate()
  await takeReminder(place.table, gate)
  expect(await reminded(gate)).toBe(gate)
  expect(place.slack.posts).toEqual([])
})
