import { afterEach, describe, expect, it } from '@jest/globals'
import { MINUTE, openLab, SECOND } from '../lab.ts'
import type { Lab } from '../lab.ts'

const GATE = 'BeforeAllowTraffic'
const ALARM = '5xx'
let lab: Lab
afterEach(async () => lab.close())

/** Percent on blue and green, by listener. */
function weights(): { production: number[]; test: number[] } {
  const { productionListenerArn, testListenerArn = '', targetGroupArns } = lab.demo
  const of = (listener: string): number[] => {
    const behind = lab.emulator.world.elbControl.weights(listener)
    return targetGroupArns.map(
      (arn) => behind.find(({ targetGroupArn }) => targetGroupArn === arn)?.weight ?? 0
    )
  }
  return { production: of(productionListenerArn), test: of(testListenerArn) }
}

function taskSets(): unknown[] {
  const { taskSets: all = [] } = lab.emulator.world.ecsControl.findService('shop', 'orders') ?? {}
  return all.map(({ status, scale, externalId }) => [externalId, status, scale])
}

describe('a failure', () => {
  it('is rolled back by a deployment of its own, to the state before', async () => {
    lab = await openLab({ deploymentConfig: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes' })
    const id = await lab.release()
    await lab.untilEvent(id, GATE)
    expect(weights()).toEqual({ production: [100, 0], test: [0, 100] })
    await lab.decide(id, 'Failed')
    const rollbackId = (await lab.rollbackOf(id)) ?? ''
    expect(await lab.deployment(id)).toMatchObject({
      status: 'Failed',
      rollbackInfo: {
        rollbackDeploymentId: rollbackId,
        rollbackMessage: `Deployment ${id} terminated. Automatic rollback is triggered with a DeploymentId ${rollbackId}.`
      }
    })
    await lab.untilEnd(rollbackId)
    expect(await lab.deployment(rollbackId)).toMatchObject({
      status: 'Succeeded',
      creator: 'codeDeployRollback',
      deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
      rollbackInfo: {
        rollbackTriggeringDeploymentId: id,
        rollbackMessage: `Deployment ${rollbackId} is triggered to roll back deployment ${id}.`
      }
    })
    expect(weights()).toEqual({ production: [100, 0], test: [100, 0] })
    expect(taskSets()).toEqual([
      [undefined, 'PRIMARY', 100],
      [id, 'DRAINING', 0]
    ])
    await lab.clock.advance(MINUTE)
    expect(taskSets()).toEqual([[undefined, 'PRIMARY', 100]])
  })

  it('leaves everything as it is where no rollback is configured', async () => {
    lab = await openLab({ autoRollback: false })
    const id = await lab.release()
    await lab.decide(id, 'Failed')
    await lab.clock.advance(10 * MINUTE)
    expect(await lab.rollbackOf(id)).toBeUndefined()
    expect(lab.emulator.world.codedeploy.deployments.size).toBe(1)
    expect(weights()).toEqual({ production: [100, 0], test: [0, 100] })
    expect(taskSets()).toEqual([
      [undefined, 'PRIMARY', 100],
      [id, 'ACTIVE', 100]
    ])
    const next = await lab.release({ version: '3' })
    await lab.untilEvent(next, GATE)
    await lab.clock.advance(MINUTE)
    expect(taskSets()).toEqual([
      [undefined, 'PRIMARY', 100],
      [next, 'ACTIVE', 100]
    ])
  })

  it('has nothing to undo before green is made', async () => {
    lab = await openLab()
    const id = await lab.release({ hooks: { BeforeInstall: 'missing' } })
    await lab.untilEnd(id)
    expect((await lab.deployment(id)).status).toBe('Failed')
    expect(await lab.rollbackOf(id)).toBeUndefined()
  })

  it('after the shift gives production back to blue', async () => {
    lab = await openLab()
    const id = await lab.release({ hooks: { AfterAllowTraffic: 'missing' } })
    await lab.untilEvent(id, 'AllowTraffic')
    expect(weights().production).toEqual([0, 100])
    await lab.untilEnd(id)
    await lab.untilEnd((await lab.rollbackOf(id)) ?? '')
    expect(weights()).toEqual({ production: [100, 0], test: [100, 0] })
    expect(taskSets()[0]).toEqual([undefined, 'PRIMARY', 100])
  })

  it.each([
    [{ environment: { BUG: 'unhealthy' } }, { testListener: true }],
    [{ environment: { BUG: 'crash' } }, { testListener: false }]
  ])('of green to become steady is one after an hour: %j', async (release, world) => {
    lab = await openLab({ ...world, healthCheckIntervalSeconds: 60 })
    const id = await lab.release(release)
    await lab.untilEvent(id, 'Install')
    await lab.clock.advance(59 * MINUTE)
    expect((await lab.deployment(id)).status).toBe('InProgress')
    await lab.clock.advance(MINUTE + 5 * SECOND)
    expect(await lab.deployment(id)).toMatchObject({
      status: 'Failed',
      errorInformation: {
        message:
          'The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.'
      }
    })
    await lab.untilEnd((await lab.rollbackOf(id)) ?? '')
    await lab.clock.advance(MINUTE)
    expect(taskSets()).toEqual([[undefined, 'PRIMARY', 100]])
  })

  it('says so when the test listener points somewhere else', async () => {
    lab = await openLab({ switches: { failureCodes: 'by-cause' } })
    const { testListenerArn = '' } = lab.demo
    lab.emulator.world.elbControl.setWeights(testListenerArn, [])
    const id = await lab.release()
    await lab.untilEnd(id)
    expect((await lab.deployment(id)).errorInformation).toEqual({
      code: 'ELASTIC_LOAD_BALANCING_INVALID',
      message:
        'The ELB could not be updated due to the following error: Primary taskset target group must be behind listener'
    })
  })
})

describe('an alarm', () => {
  const activated = {
    status: 'Stopped',
    errorInformation: {
      code: 'ALARM_ACTIVE',
      message: `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: ${ALARM}`
    }
  }

  it('stops a deployment at the gate, and the event in progress has failed', async () => {
    lab = await openLab({ alarms: [ALARM] })
    const id = await lab.release()
    await lab.untilEvent(id, GATE)
    lab.emulator.world.alarms.put(ALARM, 'ALARM')
    await lab.clock.advance(25 * SECOND)
    expect(await lab.deployment(id)).toMatchObject(activated)
    expect(await lab.events(id)).toMatchObject({ [GATE]: 'Failed', AllowTraffic: 'Skipped' })
    await lab.untilEnd((await lab.rollbackOf(id)) ?? '')
    expect(weights()).toEqual({ production: [100, 0], test: [100, 0] })
  })

  it('that is there already stops it during Install', async () => {
    lab = await openLab({ alarms: [ALARM] })
    lab.emulator.world.alarms.put(ALARM, 'ALARM')
    const id = await lab.release()
    await lab.untilEnd(id)
    expect(await lab.deployment(id)).toMatchObject(activated)
    expect(await lab.events(id)).toMatchObject({ Install: 'Failed', AfterInstall: 'Skipped' })
  })

  it('still takes a release back during the termination wait', async () => {
    lab = await openLab({ alarms: [ALARM], terminationWaitMinutes: 30 })
    const id = await lab.release({ hooks: {} })
    await lab.clock.advance(10 * MINUTE)
    expect(weights().production).toEqual([0, 100])
    lab.emulator.world.alarms.put(ALARM, 'ALARM')
    await lab.clock.advance(25 * SECOND)
    expect(await lab.deployment(id)).toMatchObject(activated)
    await lab.untilEnd((await lab.rollbackOf(id)) ?? '')
    expect(weights().production).toEqual([100, 0])
    expect(taskSets()[0]).toEqual([undefined, 'PRIMARY', 100])
  })
})

describe('StopDeployment', () => {
  it.each([
    [true, false, true],
    [false, true, false],
    [undefined, true, true],
    [undefined, false, false]
  ])(
    'autoRollbackEnabled %s over a configuration of %s: %s',
    async (flag, configured, expected) => {
      const switches = { stopWithoutFlag: 'follows-configuration' } as const
      lab = await openLab({ autoRollback: configured, switches })
      const id = await lab.release()
      await lab.untilEvent(id, GATE)
      await lab.stop(id, flag === undefined ? {} : { autoRollbackEnabled: flag })
      expect((await lab.deployment(id)).status).toBe('Stopped')
      expect((await lab.rollbackOf(id)) !== undefined).toBe(expected)
      await expect(lab.stop(id)).rejects.toMatchObject({
        name: 'DeploymentAlreadyCompletedException'
      })
    }
  )
})
