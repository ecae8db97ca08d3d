import { ContinueDeploymentCommand } from '@aws-sdk/client-codedeploy'
import type { DeploymentWaitType } from '@aws-sdk/client-codedeploy'
import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import { afterEach, describe, expect, it } from '@jest/globals'
import { onStateChange } from '../../../emulator/codedeploy/notifications.ts'
import { MINUTE, openLab, refusal, SECOND } from '../lab.ts'
import type { Lab } from '../lab.ts'

const UNGATED = { hooks: {} }
let lab: Lab
afterEach(async () => lab.close())

async function proceed(deploymentId: string, type?: DeploymentWaitType): Promise<string> {
  const input = { deploymentId, ...(type && { deploymentWaitType: type }) }
  const outcome = await refusal(lab.codedeploy.send(new ContinueDeploymentCommand(input)))
  await lab.clock.advance(SECOND)
  return outcome
}

function productionWeights(): number[] {
  const { productionListenerArn } = lab.demo
  return lab.emulator.world.elbControl.weights(productionListenerArn).map(({ weight }) => weight)
}

describe('STOP_DEPLOYMENT: the wait for a person', () => {
  it('shows Ready before production traffic, and ContinueDeployment ends it', async () => {
    lab = await openLab({ readyWaitMinutes: 60 })
    const states: string[] = []
    onStateChange(lab.emulator.world.codedeploy, ({ state }) => states.push(state))
    const id = await lab.release(UNGATED)
    expect(await proceed(id)).toBe('DeploymentIsNotInReadyStateException')
    await lab.untilStatus(id, 'Ready')
    expect((await lab.target(id)).status).toBe('Ready')
    expect(await lab.events(id)).toMatchObject({
      AfterAllowTestTraffic: 'Succeeded',
      AllowTraffic: 'Pending'
    })
    expect(productionWeights()).toEqual([100, 0])
    expect(await proceed(id, 'TERMINATION_WAIT')).toBe('InvalidDeploymentStatusException')
    expect(await proceed(id, 'READY_WAIT')).toBe('answered')
    await lab.clock.advance(10 * MINUTE)
    expect(productionWeights()).toEqual([0, 100])
    expect((await lab.deployment(id)).status).toBe('Succeeded')
    expect(await proceed(id)).toBe('DeploymentAlreadyCompletedException')
    expect(states).toEqual(['START', 'READY', 'SUCCESS'])
  })

  it('stops the deployment when nobody says so in time', async () => {
    lab = await openLab({ readyWaitMinutes: 60 })
    const id = await lab.release(UNGATED)
    await lab.untilStatus(id, 'Ready')
    await lab.clock.advance(60 * MINUTE + SECOND)
    expect(await lab.deployment(id)).toMatchObject({
      status: 'Stopped',
      errorInformation: {
        message:
          'The deployment timed out while waiting for a notification to continue. This time out period is 60 minutes.'
      }
    })
    expect(productionWeights()).toEqual([100, 0])
  })
})

describe('the termination wait', () => {
  it('keeps blue beside a green that has all traffic, in status InProgress', async () => {
    lab = await openLab({ terminationWaitMinutes: 30 })
    const id = await lab.release(UNGATED)
    await lab.until(id, ({ wait }) => wait?.type === 'TERMINATION_WAIT')
    await lab.clock.advance(29 * MINUTE)
    expect(await lab.deployment(id)).toMatchObject({
      status: 'InProgress',
      instanceTerminationWaitTimeStarted: true
    })
    const events = new Set(Object.values(await lab.events(id)))
    expect(events).toEqual(new Set(['Succeeded']))
    expect((await lab.target(id)).taskSetsInfo).toMatchObject([
      { taskSetLabel: 'Blue', status: 'ACTIVE', trafficWeight: 0, runningCount: 2 },
      { taskSetLabel: 'Green', status: 'PRIMARY', trafficWeight: 100, runningCount: 2 }
    ])
    const describeServices = new DescribeServicesCommand({ cluster: 'shop', services: ['orders'] })
    const { services } = await lab.ecs.send(describeServices)
    expect(services?.[0]).toMatchObject({
      deployments: [],
      taskSets: [
        { status: 'ACTIVE', scale: { value: 100, unit: 'PERCENT' } },
        { status: 'PRIMARY', scale: { value: 100, unit: 'PERCENT' } }
      ]
    })
    await lab.clock.advance(2 * MINUTE)
    expect((await lab.deployment(id)).status).toBe('Succeeded')
    const after = await lab.ecs.send(describeServices)
    expect(after.services?.[0]?.taskSets).toMatchObject([{ status: 'PRIMARY', externalId: id }])
  })

  it('can be ended early', async () => {
    lab = await openLab({ terminationWaitMinutes: 2880 })
    const id = await lab.release(UNGATED)
    await lab.until(id, ({ wait }) => wait?.type === 'TERMINATION_WAIT')
    expect(await proceed(id, 'READY_WAIT')).toBe('DeploymentIsNotInReadyStateException')
    expect(await proceed(id, 'TERMINATION_WAIT')).toBe('answered')
    expect((await lab.deployment(id)).status).toBe('Succeeded')
  })

  it('is none with KEEP_ALIVE, and blue stays', async () => {
    lab = await openLab({ terminationWaitMinutes: 'keep-alive' })
    const id = await lab.release(UNGATED)
    await lab.untilEnd(id)
    await lab.clock.advance(60 * MINUTE)
    expect((await lab.deployment(id)).instanceTerminationWaitTimeStarted).toBe(false)
    expect((await lab.target(id)).taskSetsInfo).toMatchObject([
      { status: 'ACTIVE', runningCount: 2 },
      { status: 'PRIMARY', runningCount: 2 }
    ])
  })
})

describe('one active deployment', () => {
  it.each(['Created', 'the gate', 'Ready', 'the termination wait'] as const)(
    'while another is in %s',
    async (place) => {
      const readyWaitMinutes = place === 'Ready' ? 60 : 0
      lab = await openLab({ readyWaitMinutes })
      const first = await lab.release(place === 'the gate' ? {} : UNGATED)
      if (place === 'the gate') await lab.untilEvent(first, 'BeforeAllowTraffic')
      if (place === 'Ready') await lab.untilStatus(first, 'Ready')
      if (place === 'the termination wait')
        await lab.until(first, ({ wait }) => wait?.type === 'TERMINATION_WAIT')
      await expect(lab.release({ version: '3' })).rejects.toMatchObject({
        name: 'DeploymentLimitExceededException',
        message: `The Deployment Group 'DgpECS-shop-orders' already has an active Deployment '${first}'`
      })
      await lab.stop(first, { autoRollbackEnabled: false })
      expect(await lab.release({ version: '3' })).toMatch(/^d-/)
    }
  )

  it('may be a rollback', async () => {
    lab = await openLab()
    const id = await lab.release()
    await lab.decide(id, 'Failed')
    const rollbackId = (await lab.rollbackOf(id)) ?? ''
    await expect(lab.release()).rejects.toThrow(`active Deployment '${rollbackId}'`)
  })
})
