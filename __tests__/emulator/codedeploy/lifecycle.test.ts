import {
  BatchGetDeploymentTargetsCommand,
  GetDeploymentTargetCommand,
  ListDeploymentTargetsCommand
} from '@aws-sdk/client-codedeploy'
import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import { DescribeListenersCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterEach, describe, expect, it } from '@jest/globals'
import { openLab, refusal, SECOND } from '../lab.ts'
import type { Lab } from '../lab.ts'

let lab: Lab
afterEach(async () => lab.close())

const SIX = [
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'BeforeAllowTraffic',
  'AllowTraffic',
  'AfterAllowTraffic'
]
const EIGHT = SIX.toSpliced(3, 0, 'AllowTestTraffic', 'AfterAllowTestTraffic')
const STARTED = 3 * SECOND + 10

describe('lifecycle events', () => {
  it.each([
    [true, EIGHT],
    [false, SIX]
  ])('with a test listener: %s', async (testListener, names) => {
    lab = await openLab({ testListener })
    const id = await lab.release()
    await lab.clock.advance(STARTED)
    const { lifecycleEvents = [] } = await lab.target(id)
    expect(lifecycleEvents.map(({ lifecycleEventName }) => lifecycleEventName)).toEqual(names)
    expect(new Set(lifecycleEvents.map(({ status }) => status))).toEqual(new Set(['Pending']))
  })

  it('of a hook without a function last a moment', async () => {
    lab = await openLab()
    const id = await lab.release({ hooks: {} })
    await lab.untilEnd(id)
    const { lifecycleEvents = [] } = await lab.target(id)
    const hookless = lifecycleEvents.filter(({ lifecycleEventName: name }) =>
      name?.match(/^(Before|After)/)
    )
    expect(hookless).toHaveLength(5)
    for (const { status, startTime, endTime } of hookless) {
      expect(status).toBe('Succeeded')
      expect(Number(endTime) - Number(startTime)).toBe(200)
    }
  })

  it('fail when one does not start within five minutes', async () => {
    lab = await openLab()
    lab.emulator.world.codedeploy.eventStartDelayMs = 301 * SECOND
    const id = await lab.release()
    await lab.clock.advance(310 * SECOND)
    expect(await lab.deployment(id)).toMatchObject({
      status: 'Failed',
      errorInformation: { message: expect.stringContaining('within 5 minutes') }
    })
  })
})

describe('a deployment', () => {
  it('is Created, then InProgress without an overview, then Succeeded with one', async () => {
    lab = await openLab({ terminationWaitMinutes: 0 })
    const id = await lab.release({ input: { description: 'release 2' } })
    expect(id).toMatch(/^d-[A-Z0-9]{9}$/)
    const created = await lab.deployment(id)
    expect(created).toMatchObject({
      status: 'Created',
      creator: 'user',
      computePlatform: 'ECS',
      description: 'release 2',
      deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce'
    })
    expect(created).not.toHaveProperty('startTime')
    const target = { deploymentId: id, targetId: 'shop:orders' }
    expect(await refusal(lab.codedeploy.send(new GetDeploymentTargetCommand(target)))).toBe(
      'DeploymentNotStartedException'
    )
    await lab.clock.advance(STARTED)
    const running = await lab.deployment(id)
    expect(running.status).toBe('InProgress')
    expect(running).not.toHaveProperty('deploymentOverview')
    expect(running).not.toHaveProperty('lifecycleEvents')
    await lab.decide(id, 'Succeeded')
    await lab.untilEnd(id)
    expect(await lab.deployment(id)).toMatchObject({
      status: 'Succeeded',
      completeTime: expect.any(Date),
      deploymentOverview: {
        Pending: 0,
        InProgress: 0,
        Succeeded: 1,
        Failed: 0,
        Skipped: 0,
        Ready: 0
      }
    })
  })

  it('has one target, with both task sets and their traffic', async () => {
    lab = await openLab()
    const id = await lab.release()
    await lab.untilEvent(id, 'BeforeAllowTraffic')
    const listed = await lab.codedeploy.send(new ListDeploymentTargetsCommand({ deploymentId: id }))
    expect(listed.targetIds).toEqual(['shop:orders'])
    expect((await lab.target(id)).taskSetsInfo).toEqual([
      {
        identifer: expect.stringMatching(/^ecs-svc\/\d{19}$/),
        desiredCount: 2,
        pendingCount: 0,
        runningCount: 2,
        status: 'PRIMARY',
        trafficWeight: 100,
        targetGroup: { name: 'orders-a' },
        taskSetLabel: 'Blue'
      },
      {
        identifer: expect.stringMatching(/^ecs-svc\/\d{19}$/),
        desiredCount: 2,
        pendingCount: 0,
        runningCount: 2,
        status: 'ACTIVE',
        trafficWeight: 0,
        targetGroup: { name: 'orders-b' },
        taskSetLabel: 'Green'
      }
    ])
    const several = { deploymentId: id, targetIds: ['shop:orders', 'shop:users'] }
    expect(await refusal(lab.codedeploy.send(new BatchGetDeploymentTargetsCommand(several)))).toBe(
      'DeploymentTargetListSizeExceededException'
    )
  })

  it('leaves a weighted listener behind, and a service that says whose task set it runs', async () => {
    lab = await openLab({ terminationWaitMinutes: 0 })
    const id = await lab.release({ hooks: {} })
    await lab.untilEnd(id)
    await lab.clock.advance(10 * SECOND)
    const { productionListenerArn, testListenerArn = '', targetGroupArns } = lab.demo
    const ListenerArns = [productionListenerArn, testListenerArn]
    const { Listeners = [] } = await lab.elb.send(new DescribeListenersCommand({ ListenerArns }))
    expect(Listeners).toHaveLength(2)
    for (const { DefaultActions } of Listeners) {
      expect(DefaultActions).toEqual([
        {
          Type: 'forward',
          Order: expect.any(Number),
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: targetGroupArns[0], Weight: 0 },
              { TargetGroupArn: targetGroupArns[1], Weight: 100 }
            ],
            TargetGroupStickinessConfig: { Enabled: false }
          }
        }
      ])
    }
    const described = await lab.ecs.send(
      new DescribeServicesCommand({ cluster: 'shop', services: ['orders'] })
    )
    expect(described.services).toMatchObject([
      {
        deploymentController: { type: 'CODE_DEPLOY' },
        deployments: [],
        taskSets: [
          {
            status: 'PRIMARY',
            externalId: id,
            startedBy: 'CODE_DEPLOY',
            stabilityStatus: 'STEADY_STATE'
          }
        ]
      }
    ])
  })

  it('takes the target groups in turn', async () => {
    lab = await openLab({ terminationWaitMinutes: 0 })
    for (const version of ['2', '3']) {
      const id = await lab.release({ version, hooks: {} })
      await lab.untilEnd(id)
    }
    const { taskSets = [] } = lab.emulator.world.ecsControl.findService('shop', 'orders') ?? {}
    const primary = taskSets.find(({ status }) => status === 'PRIMARY')
    expect(primary?.targetGroupArn).toBe(lab.demo.targetGroupArns[0])
  })
})
