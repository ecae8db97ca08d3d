import { CreateDeploymentConfigCommand } from '@aws-sdk/client-codedeploy'
import type { TrafficRoutingConfig } from '@aws-sdk/client-codedeploy'
import { afterEach, describe, expect, it } from '@jest/globals'
import { shiftSteps } from '../../../emulator/codedeploy/shift.ts'
import { MINUTE, openLab, SECOND } from '../lab.ts'
import type { Lab } from '../lab.ts'

let lab: Lab
afterEach(async () => lab.close())

/** Seconds after AllowTraffic began and percent on green, whenever that has changed. */
async function course(id: string): Promise<[seconds: number, percent: number][]> {
  await lab.untilEvent(id, 'AllowTraffic')
  const { clock, emulator, demo } = lab
  const steps: [number, number][] = []
  const began = clock.now()
  while ((await lab.events(id))['AllowTraffic'] === 'InProgress') {
    const weights = emulator.world.elbControl.weights(demo.productionListenerArn)
    const green = weights.find(({ targetGroupArn }) => targetGroupArn === demo.targetGroupArns[1])
    const percent = green?.weight ?? 0
    const total = weights.reduce((sum, { weight }) => sum + weight, 0)
    expect(total).toBe(100)
    if (steps.at(-1)?.[1] !== percent)
      steps.push([Math.round((clock.now() - began) / SECOND), percent])
    await clock.advance(10 * SECOND)
  }
  return steps
}

const LINEAR = Array.from({ length: 10 }, (_, step): [number, number] => [
  step * 60,
  (step + 1) * 10
])

describe('production traffic', () => {
  it.each<[string, [number, number][]]>([
    ['CodeDeployDefault.ECSAllAtOnce', [[0, 100]]],
    [
      'CodeDeployDefault.ECSCanary10Percent5Minutes',
      [
        [0, 10],
        [300, 100]
      ]
    ],
    ['CodeDeployDefault.ECSLinear10PercentEvery1Minutes', LINEAR]
  ])('moves by %s', async (deploymentConfig, expected) => {
    lab = await openLab({ deploymentConfig })
    expect(await course(await lab.release({ hooks: {} }))).toEqual(expected)
  })

  it('moves by a configuration of the account, given with the deployment', async () => {
    lab = await openLab()
    const deploymentConfigName = 'third-by-third'
    await lab.codedeploy.send(
      new CreateDeploymentConfigCommand({
        deploymentConfigName,
        computePlatform: 'ECS',
        trafficRoutingConfig: {
          type: 'TimeBasedLinear',
          timeBasedLinear: { linearPercentage: 33, linearInterval: 2 }
        }
      })
    )
    const id = await lab.release({ hooks: {}, input: { deploymentConfigName } })
    expect(await course(id)).toEqual([
      [0, 33],
      [120, 66],
      [240, 99],
      [360, 100]
    ])
    expect((await lab.deployment(id)).deploymentConfigName).toBe(deploymentConfigName)
  })

  it('shows its weights on the target while it moves, and stops where it is stopped', async () => {
    lab = await openLab({
      deploymentConfig: 'CodeDeployDefault.ECSCanary10Percent15Minutes',
      autoRollback: false
    })
    const id = await lab.release({ hooks: {} })
    await lab.untilEvent(id, 'AllowTraffic')
    await lab.clock.advance(MINUTE)
    const weights = async () =>
      (await lab.target(id)).taskSetsInfo?.map(({ trafficWeight }) => trafficWeight)
    expect(await weights()).toEqual([90, 10])
    await lab.stop(id)
    await lab.clock.advance(60 * MINUTE)
    expect(await weights()).toEqual([90, 10])
  })
})

describe('a custom configuration', () => {
  it.each<[TrafficRoutingConfig, string]>([
    [
      { type: 'TimeBasedCanary', timeBasedCanary: { canaryPercentage: 100, canaryInterval: 5 } },
      'Valid traffic routing percentage is from 1 to 99'
    ],
    [
      { type: 'TimeBasedCanary', timeBasedCanary: { canaryPercentage: 10, canaryInterval: 2881 } },
      'Canary interval must be between 1 and 2880 minutes (2 days)'
    ],
    [
      { type: 'TimeBasedLinear', timeBasedLinear: { linearPercentage: 10, linearInterval: 289 } },
      'Total Traffic shifting intervals must be positive integers up to 2880 minutes (2 days)'
    ]
  ])('is refused: %j', async (trafficRoutingConfig, message) => {
    lab = await openLab()
    const command = new CreateDeploymentConfigCommand({
      deploymentConfigName: 'custom',
      computePlatform: 'ECS',
      trafficRoutingConfig
    })
    await expect(lab.codedeploy.send(command)).rejects.toMatchObject({
      name: 'InvalidTrafficRoutingConfigurationException',
      message
    })
  })

  it.each([
    [2880, 99],
    [1440, 50],
    [960, 33],
    [288, 10],
    [28, 1]
  ])('may take two days and no more: every %i minutes %i percent', async (interval, percentage) => {
    lab = await openLab()
    const create = async (linearInterval: number, deploymentConfigName: string) =>
      lab.codedeploy.send(
        new CreateDeploymentConfigCommand({
          deploymentConfigName,
          computePlatform: 'ECS',
          trafficRoutingConfig: {
            type: 'TimeBasedLinear',
            timeBasedLinear: { linearPercentage: percentage, linearInterval }
          }
        })
      )
    await expect(create(interval, 'longest')).resolves.toHaveProperty('deploymentConfigId')
    await expect(create(interval + 1, 'longer')).rejects.toThrow('2880 minutes')
    const steps = shiftSteps(
      lab.emulator.world.codedeploy.configs.get('longest')?.trafficRoutingConfig
    )
    expect(steps.at(-1)?.percent).toBe(100)
    expect(steps).toHaveLength(Math.ceil(100 / percentage))
  })
})
