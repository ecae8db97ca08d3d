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
