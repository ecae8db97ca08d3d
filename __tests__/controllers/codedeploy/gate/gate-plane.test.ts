import { describe, expect, it } from '@jest/globals'
import { gatePlane } from '../../../../src/controllers/codedeploy/gate/gate-plane.ts'
import type { GatePlane } from '../../../../src/controllers/gate-plane.ts'
import { tokenOf } from '../../../../src/ledger/hold.ts'
import { emulatedGate, type EmulatedGate } from '../../../gate/emulated-gate.ts'

const HOUR = 3_600_000
const noTasks = (): Promise<[]> => Promise.resolve([])

async function waiting(): Promise<{ gate: EmulatedGate; plane: GatePlane }> {
  const gate = await emulatedGate()
  await gate.card()
  const { clock, region } = gate.emulator.world
  return { gate, plane: gatePlane({ client: gate.codedeploy, region, clock, running: noTasks }) }
}

describe('a deployment that waits for the gate, as CodeDeploy tells of it,', () => {
  it('is a hold of an hour from the start of its hook', async () => {
    const { gate, plane } = await waiting()
    const { demo, emulator } = gate
    const described = await plane.describe(gate.deploymentId())
    const { hold } = described
    expect(described).toMatchObject({
      hold: {
        plane: 'codedeploy',
        deploymentId: gate.deploymentId(),
        cluster: demo.cluster,
        service: demo.service
      },
      region: emulator.world.region,
      isRollback: false,
      consoleUrl: expect.stringContaining(`/codedeploy/deployments/${gate.deploymentId()}?`),
      names: { application: demo.application, deploymentGroup: demo.deploymentGroup }
    })
    expect(hold.expiresAt - hold.openedAt).toBe(HOUR)
    expect(hold.openedAt).toBeLessThanOrEqual(emulator.world.clock.now())
    const [opened] = await gate.gates()
    expect(opened?.facts).toMatchObject({ holds: [hold], expiresAt: hold.expiresAt - HOUR / 12 })
  })

  it('is answered once, says how, and its traffic moves', async () => {
    const { gate, plane } = await waiting()
    const [opened] = await gate.gates()
    if (!opened) throw new Error('no gate has opened')
    const [hold] = opened.facts.holds
    const { deploymentId } = hold
    const token = await tokenOf(gate.world.table, opened.facts.id, hold)
    expect(await plane.answered(hold)).toBeUndefined()
    expect(await plane.trafficResult(hold)).toBeUndefined()
    expect(await plane.answer({ deploymentId, token }, 'go')).toBe('accepted')
    expect(await plane.answer({ deploymentId, token }, 'no-go')).toBe('answered-before')
    expect(await plane.answered(hold)).toBe('go')
    expect(await plane.describe(deploymentId)).toMatchObject({ answered: 'go' })
    await gate.advance(HOUR, gate.ended)
    expect(await plane.trafficResult(hold)).toMatchObject({ status: 'released' })
  })

  it('takes no answer with a token that is not its own', async () => {
    const { gate, plane } = await waiting()
    const deploymentId = gate.deploymentId()
    expect(await plane.answer({ deploymentId, token: 'another' }, 'go')).toBe('gone')
  })
})
