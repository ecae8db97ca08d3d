import { describe, expect, it } from '@jest/globals'
import { SWITCH_SETTINGS, SWITCH_WORLDS } from '../../emulator/switches.ts'
import { run, start } from './stage.ts'

/** What AWS may do, the action has to bear. */
describe.each(SWITCH_WORLDS)('under %s', (_, switches) => {
  it('an approved release is released', async () => {
    const { ending, emulator } = await run({ switches, terminationWaitMinutes: 5 })
    expect(ending).toMatchObject({ outcome: 'released', approval: 'approved', rollback: 'none' })
    expect(emulator.world.codedeploy.deployments.size).toBe(1)
  })

  it('a rejected release is rejected, and rolled back', async () => {
    const { ending } = await run({ switches, gateAnswers: 'Failed' })
    expect(ending).toMatchObject({
      outcome: 'rejected',
      approval: 'rejected',
      rollback: 'succeeded'
    })
  })

  it('a deployment that an alarm stops is stopped', async () => {
    const { emulator, demo, advance, ended } = await start({ switches, alarms: ['errors'] })
    await advance(300_000)
    expect(demo.gate.requests().length).toBeGreaterThan(0)
    emulator.world.alarms.put('errors', 'ALARM')
    await advance(3_600_000, ended)
    const { ending } = await ended
    expect(ending).toMatchObject({ outcome: 'stopped', approval: 'pending' })
  })

  it('a deployment that somebody stops is stopped', async () => {
    const { emulator, demo, advance, ended } = await start({ switches })
    await advance(300_000)
    const [request] = demo.gate.requests()
    emulator.operations.codedeploy.StopDeployment(
      { deploymentId: request?.deploymentId, autoRollbackEnabled: true },
      emulator.world
    )
    await advance(3_600_000, ended)
    const { ending } = await ended
    expect(ending).toMatchObject({ outcome: 'stopped', approval: 'pending' })
  })
})

/** Of the switches, those that an hour without an answer meets: it is the longest run of all. */
const OF_TIMEOUTS = ['hookTimeoutCode', 'hookDiagnostics', 'failureCodes']
const TIMEOUTS = SWITCH_WORLDS.filter(
  ([, switches]) =>
    Object.keys(switches).length !== 1 || OF_TIMEOUTS.some((name) => name in switches)
)

describe.each(TIMEOUTS)('under %s', (_, switches) => {
  it('nobody answering expires', async () => {
    const { advance, ended } = await start({ switches, inputs: { 'wait-for-minutes': '240' } })
    await advance(4 * 3_600_000, ended)
    expect((await ended).ending).toMatchObject({ outcome: 'expired', approval: 'expired' })
  })
})

describe.each(SWITCH_SETTINGS.readyWait)('a wait for an explicit continue, %s,', (readyWait) => {
  const waiting = { switches: { readyWait }, readyWaitMinutes: 30 } as const

  it('goes on when somebody continues', async () => {
    const { emulator, advance, ended } = await start({ ...waiting, gateAnswers: 'Succeeded' })
    await advance(300_000)
    const [deployment] = emulator.world.codedeploy.deployments.values()
    expect(deployment?.info.status).toBe('Ready')
    emulator.operations.codedeploy.ContinueDeployment(
      { deploymentId: deployment?.info.deploymentId, deploymentWaitType: 'READY_WAIT' },
      emulator.world
    )
    await advance(3_600_000, ended)
    expect((await ended).ending).toMatchObject({ outcome: 'released', approval: 'approved' })
  })

  it('expires when nobody does', async () => {
    const { ending } = await run(waiting)
    expect(ending).toMatchObject({ outcome: 'expired', approval: 'expired' })
  })
})
