import { describe, expect, it } from '@jest/globals'
import { isGated, watchedRevision } from '../../../../src/controllers/codedeploy/gate/has-gate.ts'
import { handleWatchdog } from '../../../../src/gate/watchdog/handler.ts'
import { emulatedGate } from '../../../gate/emulated-gate.ts'

const UNGATED = { 'gate-function': '', 'require-approval': 'false' }

describe('what CodeDeploy has of an AppSpec', () => {
  it('names the gate of a gated release, though GetDeployment shows no text', async () => {
    const gate = await emulatedGate()
    await gate.card()
    expect(await isGated(gate.codedeploy, gate.gateArn, gate.deploymentId())).toBe(true)
    const other = gate.gateArn.replace(/gate$/, 'other')
    expect(await isGated(gate.codedeploy, other, gate.deploymentId())).toBe(false)
    expect(await watchedRevision(gate.codedeploy, gate.deploymentId())).toMatchObject({
      application: gate.demo.application,
      deploymentGroup: gate.demo.deploymentGroup,
      isRollback: false,
      appSpec: expect.stringContaining('CodeDeployHook_gate')
    })
  })

  it('names none of an ungated release', async () => {
    const gate = await emulatedGate({ inputs: { ...UNGATED, 'wait-for': 'started' } })
    await gate.advance(3_600_000, gate.ended)
    expect(await isGated(gate.codedeploy, gate.gateArn, gate.deploymentId())).toBe(false)
  })

  it('is not read of a rollback, which nobody stops', async () => {
    const gate = await emulatedGate()
    await gate.card()
    await gate.click('U0ANN', 'reject', 'orders are placed twice')
    await gate.advance(3_600_000, gate.ended)
    const [, rollback = ''] = gate.emulator.world.codedeploy.deployments.keys()
    const read = (): number => gate.emulator.calls.count('codedeploy:GetApplicationRevision')
    const before = read()
    expect(await watchedRevision(gate.codedeploy, rollback)).toMatchObject({
      isRollback: true,
      appSpec: undefined
    })
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
    const watching = handleWatchdog(
      gate.world.platform,
      (id) => watchedRevision(gate.codedeploy, id),
      gate.gateArn,
      { detail: { deploymentId: gate.deploymentId() } }
    )
    await expect(watching).rejects.toThrow(/not authorized/)
    expect(gate.emulator.world.codedeploy.deployments.get(gate.deploymentId())?.info.status).toBe(
      'InProgress'
    )
  })
})
