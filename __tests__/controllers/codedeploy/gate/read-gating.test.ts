import { describe, expect, it } from '@jest/globals'
import {
  readGating,
  watchdogPlane
} from '../../../../src/controllers/codedeploy/gate/read-gating.ts'
import { handleWatchdog } from '../../../../src/gate/watchdog/handler.ts'
import { emulatedGate } from '../../../gate/emulated-gate.ts'

const UNGATED = { 'gate-function': '', 'require-approval': 'false' }

describe('what CodeDeploy has of an AppSpec', () => {
  it('names the gate of a gated release, though GetDeployment shows no text', async () => {
    const gate = await emulatedGate()
    await gate.card()
    expect(await readGating(gate.codedeploy, gate.gateArn, gate.deploymentId())).toEqual({
      watchedAs: `${gate.demo.application}/${gate.demo.deploymentGroup}`,
      gating: { gated: true }
    })
    const other = gate.gateArn.replace(/gate$/, 'other')
    expect(await readGating(gate.codedeploy, other, gate.deploymentId())).toMatchObject({
      gating: { gated: false, why: 'other-function' }
    })
  })

  it('names none of an ungated release', async () => {
    const gate = await emulatedGate({ inputs: { ...UNGATED, 'wait-for': 'started' } })
    await gate.advance(3_600_000, gate.ended)
    expect(await readGating(gate.codedeploy, gate.gateArn, gate.deploymentId())).toMatchObject({
      gating: { gated: false, why: 'no-hook' }
    })
  })

  it('is not read of a rollback, which nobody stops', async () => {
    const gate = await emulatedGate()
    await gate.card()
    await gate.click('U0ANN', 'reject', 'orders are placed twice')
    await gate.advance(3_600_000, gate.ended)
    const [, rollback = ''] = gate.emulator.world.codedeploy.deployments.keys()
    const read = (): number => gate.emulator.calls.count('codedeploy:GetApplicationRevision')
    const before = read()
    expect(await readGating(gate.codedeploy, gate.gateArn, rollback)).toBeUndefined()
    expect(read()).toBe(before)
  })

  it('that may not be read is an error of the watchdog, which stops nothing for it', async () => {
    const gate = await emulatedGate({
      prepare: (emulator) =>
        void emulator.faults.add({
          operation: 'codedeploy:GetApplicationRevision',
          fault: { kind: 'denied' }
        })
    })
    await gate.card()
    const plane = watchdogPlane(gate.codedeploy, gate.gateArn)
    const planes = { codedeploy: () => Promise.resolve(plane) }
    const event = { detail: { deploymentId: gate.deploymentId() } }
    const observe = (): Promise<boolean> => Promise.resolve(false)
    const record = (): Promise<void> => Promise.resolve()
    const watching = handleWatchdog({ ...gate.world.platform, planes, observe, record }, event)
    await expect(watching).rejects.toThrow(/not authorized/)
    expect(gate.emulator.world.codedeploy.deployments.get(gate.deploymentId())?.info.status).toBe(
      'InProgress'
    )
  })
})
