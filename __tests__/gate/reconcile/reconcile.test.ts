import { beforeEach, describe, expect, test } from '@jest/globals'
import { reconcile } from '../../../src/gate/reconcile/reconcile.ts'
import type { TrafficResult } from '../../../src/ledger/gate.ts'
import { noteTrafficResult } from '../../../src/ledger/gate-results.ts'
import { openGates } from '../../../src/ledger/gates.ts'
import { MINUTE, policyWith } from '../memory-world.ts'
import { DEPLOYMENT, GATE, stage, type Stage } from '../stage.ts'

const POLICY = policyWith()
const GIVEN_UP = 72 * 60 * MINUTE

let place: Stage
beforeEach(async () => {
  place = stage(POLICY)
  await place.hook()
})

/** The deployment's traffic has come to rest so, and the gate knows. */
async function rests(trafficResult: Partial<TrafficResult> = {}): Promise<void> {
  const at = place.clock.now()
  const gate = await place.gate()
  await noteTrafficResult(place.table, gate, gate.facts.holds[0], {
    status: 'released',
    rollback: 'none',
    at,
    ...trafficResult
  })
}

async function driven(): ReturnType<typeof reconcile> {
  return reconcile(place.platform, await place.gate(), POLICY)
}

const isOpen = async (): Promise<boolean> => (await openGates(place.table)).length > 0

describe('a gate is settled', () => {
  test('once it is decided, told, at rest, and its card shows so; who drove it sees that', async () => {
    await place.click('U0ANN', 'approve')
    await rests()
    expect(await driven()).toMatchObject({
      open: false,
      trafficResults: { [DEPLOYMENT]: { status: 'released' } }
    })
    expect(await isOpen()).toBe(false)
    expect(JSON.stringify(place.slack.shown)).toContain('*Released*')
  })

  test.each<[string, Partial<TrafficResult>]>([
    ['traffic moves', { status: 'shifting' }],
    ['a rollback goes on', { status: 'failed', rollback: 'in-progress' }]
  ])('not while %s', async (_, trafficResult) => {
    await place.click('U0ANN', 'approve')
    await rests(trafficResult)
    expect(await driven()).toMatchObject({ open: true })
  })

  test('not before anybody knows what became of the traffic', async () => {
    await place.click('U0ANN', 'approve')
    expect(await driven()).toMatchObject({ open: true })
  })

  test('not before it is decided, whatever has become of the deployment', async () => {
    await rests()
    expect(await driven()).toMatchObject({ state: 'PENDING', open: true })
    expect(await isOpen()).toBe(true)
  })

  test('by one of two that drive it at once, and the other has it as it was', async () => {
    await place.click('U0ANN', 'approve')
    await rests()
    const { table } = place
    const update = table.update.bind(table)
    table.update = (key, change, conditions) =>
      change.remove ? Promise.resolve(undefined) : update(key, change, conditions)
    expect(await driven()).toMatchObject({
      state: 'APPROVED',
      effects: { [DEPLOYMENT]: 'APPLIED' }
    })
  })
})

describe('a card that cannot be shown', () => {
  test('is said in the log, and everything else is done', async () => {
    place.slack.update = () => Promise.reject(new Error('no answer'))
    await place.submit('U0ANN', 'reject', 'wrong totals')
    expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
    expect(place.lines).toContain(
      `warn card not shown ${JSON.stringify({ gate: GATE, why: 'Error: no answer' })}`
    )
  })

  test('keeps its gate for 72 hours, not longer', async () => {
    await place.click('U0ANN', 'approve')
    await rests()
    place.slack.down = 'network'
    await place.clock.advance(GIVEN_UP)
    expect(await driven()).toMatchObject({ open: true })
    await place.clock.advance(1)
    expect(await driven()).toMatchObject({ open: false })
  })

  test('does not close a gate that nobody has decided, however old', async () => {
    place.slack.down = 'network'
    await place.clock.advance(GIVEN_UP + 1)
    expect(await driven()).toMatchObject({ state: 'PENDING', open: true })
  })
})

test('without a policy there is no card, and nothing to complain of', async () => {
  await place.click('U0ANN', 'approve')
  place.lines.length = 0
  place.slack.updates.length = 0
  await rests()
  expect(await reconcile(place.platform, await place.gate(), undefined)).toMatchObject({
    open: true
  })
  expect(place.lines.filter((line) => !line.startsWith('info'))).toEqual([])
  expect(place.slack.updates).toEqual([])
})
