import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import type { UpdateServiceRequest } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { MINUTE, openLab } from '../lab.ts'
import type { Lab } from '../lab.ts'

let lab: Lab
beforeAll(async () => {
  lab = await openLab()
})
afterAll(async () => lab.close())

const ORDERS = { cluster: 'shop', service: 'orders' }
const NO_BREAKER = { enable: false, rollback: false }
const USE_CODEDEPLOY =
  'on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.'

describe('UpdateService on a CODE_DEPLOY service', () => {
  it.each<[Partial<UpdateServiceRequest>, string]>([
    [{ taskDefinition: 'orders:1' }, 'Unable to update task definition'],
    [{ platformVersion: '1.4.0' }, 'Unable to update network parameters'],
    [
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } },
      'Unable to update network parameters'
    ],
    [{ forceNewDeployment: true }, 'Cannot force a new deployment']
  ])('refuses %j in the words of AWS', async (change, words) => {
    const command = new UpdateServiceCommand({ ...ORDERS, ...change })
    await expect(lab.ecs.send(command)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `${words} ${USE_CODEDEPLOY}`
    })
  })

  it('keeps a deployment configuration, and shows it', async () => {
    const change = (deploymentConfiguration: object): Promise<unknown> =>
      lab.ecs.send(new UpdateServiceCommand({ ...ORDERS, deploymentConfiguration }))
    const shown = async (): Promise<unknown> => {
      const command = new DescribeServicesCommand({ cluster: 'shop', services: ['orders'] })
      return (await lab.ecs.send(command)).services?.[0]?.deploymentConfiguration
    }
    await change({ maximumPercent: 150 })
    expect(await shown()).toEqual({ maximumPercent: 150, minimumHealthyPercent: 100 })
    await change({ minimumHealthyPercent: 50, deploymentCircuitBreaker: NO_BREAKER })
    expect(await shown()).toEqual({
      maximumPercent: 150,
      minimumHealthyPercent: 50,
      deploymentCircuitBreaker: NO_BREAKER
    })
  })

  it.each<[Partial<UpdateServiceRequest>, string]>([
    [{ deploymentController: { type: 'ECS' } }, `'deploymentController.type' "ECS"`],
    [
      { deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 } },
      "'deploymentConfiguration.strategy', 'deploymentConfiguration.bakeTimeInMinutes'"
    ],
    [{ enableExecuteCommand: true }, "'enableExecuteCommand' true (what is emulated: false)"],
    [{ placementConstraints: [] }, "'placementConstraints'"]
  ])('refuses %j as not emulated, and changes nothing', async (change, member) => {
    const service = lab.emulator.world.ecsControl.findService('shop', 'orders')
    const before = { ...service }
    const command = new UpdateServiceCommand({ ...ORDERS, desiredCount: 9, ...change })
    await expect(lab.ecs.send(command)).rejects.toMatchObject({
      name: 'NotImplementedException',
      message: expect.stringContaining(`ecs:UpdateService: not emulated: ${member}`)
    })
    expect(lab.emulator.world.ecsControl.findService('shop', 'orders')).toEqual(before)
  })

  it('takes what is so already', async () => {
    const command = new UpdateServiceCommand({
      ...ORDERS,
      deploymentController: { type: 'CODE_DEPLOY' },
      enableExecuteCommand: false,
      propagateTags: 'NONE'
    })
    expect((await lab.ecs.send(command)).service).toMatchObject({
      deploymentController: { type: 'CODE_DEPLOY' },
      enableExecuteCommand: false,
      propagateTags: 'NONE'
    })
  })

  it('takes a new count, for the tasks that run and for a release', async () => {
    await lab.ecs.send(new UpdateServiceCommand({ ...ORDERS, desiredCount: 3 }))
    await lab.clock.advance(MINUTE)
    const { services } = await lab.ecs.send(
      new DescribeServicesCommand({ cluster: 'shop', services: ['orders'] })
    )
    expect(services).toMatchObject([{ desiredCount: 3, runningCount: 3 }])
    const id = await lab.release()
    await lab.untilEvent(id, 'BeforeAllowTraffic')
    expect((await lab.target(id)).taskSetsInfo).toMatchObject([
      { desiredCount: 3 },
      { desiredCount: 3 }
    ])
  })
})
