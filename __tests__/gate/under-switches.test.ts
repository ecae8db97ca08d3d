import { describe, expect, it } from '@jest/globals'
import { SWITCH_WORLDS, type SwitchName } from '../../emulator/switches.ts'
import { effectOf, trafficResultOf } from '../../src/ledger/of-all-holds.ts'
import { emulatedGate, type EmulatedGate } from './emulated-gate.ts'

const HOUR = 3_600_000

/** The switches that the gate's functions meet; the release meets the others (controllers/under-switches). */
const MET = [
  'hookDelivery',
  'rollbackHooks',
  'hookTimeoutCode',
  'failureCodes',
  'manualStopCode',
  'putAfterStop',
  'stopWithoutFlag',
  'hookDiagnostics',
  'httpApiBody',
  'eventDelivery'
] as const satisfies SwitchName[]

const WORLDS = SWITCH_WORLDS.filter(
  ([, switches]) => Object.keys(switches).length !== 1 || MET.some((name) => name in switches)
)

/** The gate of the only card, once the sweep has had time to follow. */
async function settled(gate: EmulatedGate): Promise<unknown> {
  await gate.advance(HOUR, gate.ended)
  await gate.advance(180_000)
  const { ending } = await gate.ended
  const [only, ...more] = await gate.gates()
  return {
    outcome: ending.outcome,
    state: only?.state,
    effect: only && effectOf(only),
    trafficResult: only && trafficResultOf(only)?.status,
    cards: gate.world.slack.cards,
    more: more.length
  }
}

describe.each(WORLDS)('the gate under %s', (_, changed) => {
  // Repeating a throttled call takes the SDK real time, which a virtual clock does not wait for.
  const switches = { ...changed, codedeployThrottle: 'none' } as const

  it('approved: traffic moves, and the watchdog leaves the release alone', async () => {
    const gate = await emulatedGate({ switches })
    await gate.card()
    await gate.click('U0ANN', 'approve')
    expect(await settled(gate)).toEqual({
      outcome: 'released',
      state: 'APPROVED',
      effect: 'APPLIED',
      trafficResult: 'released',
      cards: 1,
      more: 0
    })
  })

  it('rejected: rolled back, and nobody is asked about the rollback', async () => {
    const gate = await emulatedGate({ switches })
    await gate.card()
    await gate.click('U0ANN', 'reject', 'orders are placed twice')
    expect(await settled(gate)).toEqual({
      outcome: 'rejected',
      state: 'REJECTED',
      effect: 'APPLIED',
      trafficResult: 'failed',
      cards: 1,
      more: 0
    })
    expect((await gate.ended).ending.rollback).toBe('succeeded')
  })

  it('stopped by somebody: withdrawn, and a late click changes nothing', async () => {
    const gate = await emulatedGate({ switches })
    await gate.card()
    const { operations, world } = gate.emulator
    operations.codedeploy.StopDeployment(
      { deploymentId: gate.deploymentId(), autoRollbackEnabled: true },
      world
    )
    expect(await settled(gate)).toMatchObject({
      outcome: 'stopped',
      state: 'WITHDRAWN',
      trafficResult: 'stopped'
    })
    await gate.click('U0ANN', 'approve')
    expect((await gate.gates())[0]?.state).toBe('WITHDRAWN')
    expect(world.codedeploy.deployments.get(gate.deploymentId())?.greenWeight).toBe(0)
  })
})

it('with nobody answering, the gate expires before the hook does', async () => {
  const gate = await emulatedGate()
  expect(await settled(gate)).toMatchObject({
    state: 'EXPIRED',
    effect: 'APPLIED',
    trafficResult: 'failed'
  })
  expect((await gate.ended).ending.rollback).toBe('succeeded')
})

describe.each(['once', 'duplicated', 'delayed', 'lost'] as const)(
  'the watchdog, its events %s',
  (eventDelivery) => {
    it('stops a release without the gate, and tells of it once', async () => {
      const gate = await emulatedGate({
        switches: { eventDelivery },
        // The wait keeps the release under way for longer than an event is late.
        terminationWaitMinutes: 5,
        inputs: { 'gate-function': '', 'require-approval': 'false' }
      })
      await gate.advance(HOUR, gate.ended)
      expect((await gate.ended).ending.outcome).toBe('stopped')
      await gate.advance(5 * 60_000)
      expect(gate.world.slack.posts).toHaveLength(1)
      expect(JSON.stringify(gate.world.slack.posts)).toMatch(/It was stopped/)
    })
  }
)
