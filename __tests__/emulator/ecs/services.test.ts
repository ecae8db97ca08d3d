import { afterEach, describe, expect, it } from '@jest/globals'
import type { CreateServiceRequest, LaunchType, UpdateServiceRequest } from '@aws-sdk/client-ecs'
import { caller, messages, register, stage, startGreen, virtualAccount } from './account.ts'
import type { Account } from './account.ts'

let account: Account
afterEach(async () => account.close())

const SETTLE = 100

describe('a CODE_DEPLOY service', () => {
  it('starts with one PRIMARY task set without externalId, and no deployments', async () => {
    account = virtualAccount()
    const { blueGroup } = await stage(account)
    await account.clock.advance(SETTLE)
    const { DescribeServices } = account.ecs.operations
    const { services, failures } = DescribeServices(
      { services: ['orders', 'absent'] },
      undefined,
      caller
    )
    expect(failures).toEqual([
      { arn: 'arn:aws:ecs:eu-west-1:123456789012:service/default/absent', reason: 'MISSING' }
    ])
    expect(services).toHaveLength(1)
    expect(services?.[0]).toMatchObject({
      status: 'ACTIVE',
      deployments: [],
      deploymentController: { type: 'CODE_DEPLOY' },
      runningCount: 2,
      pendingCount: 0
    })
    const [taskSet] = services?.[0]?.taskSets ?? []
    expect(taskSet).toMatchObject({
      status: 'PRIMARY',
      startedBy: 'CODE_DEPLOY',
      computedDesiredCount: 2,
      stabilityStatus: 'STEADY_STATE',
      scale: { value: 100, unit: 'PERCENT' },
      loadBalancers: [{ targetGroupArn: blueGroup, containerName: 'orders', containerPort: 8080 }]
    })
    expect(taskSet?.id).toMatch(/^ecs-svc\/\d{19}$/)
    expect(taskSet).not.toHaveProperty('externalId')
  })

  it('tells its events newest first', async () => {
    account = virtualAccount()
    const { service, blueGroup } = await stage(account)
    await account.clock.advance(SETTLE)
    expect(messages(service)).toEqual([
      '(service orders) has reached a steady state.',
      expect.stringMatching(
        /^\(service orders, taskSet ecs-svc\/\d{19}\) updated state to STEADY_STATE\.$/
      ),
      `(service orders) registered 1 targets in (target-group ${blueGroup})`,
      `(service orders) registered 1 targets in (target-group ${blueGroup})`,
      expect.stringMatching(
        /^\(service orders\) has started 2 tasks: \(task [0-9a-f]{32}\) \(task [0-9a-f]{32}\)\.$/
      )
    ])
  })

  it.each<[UpdateServiceRequest, string]>([
    [
      { service: 'orders', taskDefinition: 'orders' },
      'Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.'
    ],
    [
      { service: 'orders', networkConfiguration: {} },
      'Unable to update network parameters on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.'
    ],
    [
      { service: 'orders', forceNewDeployment: true },
      'Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.'
    ]
  ])('refuses UpdateService %j', async (request, message) => {
    account = virtualAccount()
    await stage(account)
    const { UpdateService } = account.ecs.operations
    expect(() => UpdateService(request, undefined, caller)).toThrow(
      expect.objectContaining({ code: 'InvalidParameterException', message })
    )
  })

  it('follows its desired count up and down', async () => {
    account = virtualAccount()
    const { service, blueGroup } = await stage(account)
    await account.clock.advance(SETTLE)
    const { UpdateService, ListTasks } = account.ecs.operations
    UpdateService({ service: 'orders', desiredCount: 3 }, undefined, caller)
    await account.clock.advance(SETTLE)
    expect(account.elb.control.health(blueGroup)).toHaveLength(3)
    UpdateService({ service: service.arn, desiredCount: 1 }, undefined, caller)
    await account.clock.advance(31_000)
    expect(account.elb.control.health(blueGroup)).toHaveLength(1)
    expect(ListTasks({ serviceName: 'orders' }, undefined, caller).taskArns).toHaveLength(1)
    const gone = ListTasks({ desiredStatus: 'STOPPED' }, undefined, caller).taskArns
    expect(gone).toHaveLength(2)
    await account.clock.advance(3_600_000)
    expect(ListTasks({ desiredStatus: 'STOPPED' }, undefined, caller).taskArns).toEqual([])
  })

  it('refuses a service in front of which there is no listener, or with an unknown port', async () => {
    account = virtualAccount()
    const { greenGroup, blueGroup } = await stage(account)
    const { CreateService } = account.ecs.operations
    const create = (targetGroupArn: string, containerPort: number) => () =>
      CreateService(
        {
          serviceName: 'other',
          taskDefinition: 'orders',
          loadBalancers: [{ targetGroupArn, containerName: 'orders', containerPort }]
        },
        undefined,
        caller
      )
    expect(create(greenGroup, 8080)).toThrow(/does not have an associated load balancer/)
    expect(create(blueGroup, 9)).toThrow(
      'The container orders did not have a container port 9 defined.'
    )
    expect(account.ecs.control.findService('default', 'other')).toBeUndefined()
  })

  it('refuses a launch type that its definition does not support, or beside a strategy', async () => {
    account = virtualAccount()
    const { blueGroup } = await stage(account)
    const create = (given: Partial<CreateServiceRequest>) => () =>
      account.ecs.operations.CreateService(
        {
          serviceName: 'other',
          taskDefinition: 'orders',
          loadBalancers: [
            { targetGroupArn: blueGroup, containerName: 'orders', containerPort: 8080 }
          ],
          ...given
        },
        undefined,
        caller
      )
    account.ecs.operations.RegisterTaskDefinition(
      {
        family: 'bridged',
        containerDefinitions: [
          { name: 'orders', image: 'orders:1', memory: 64, portMappings: [{ containerPort: 8080 }] }
        ]
      },
      undefined,
      caller
    )
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE' }]
    expect(create({ launchType: 'FARGATE', taskDefinition: 'bridged' })).toThrow(
      'Task definition does not support launch_type FARGATE.'
    )
    expect(create({ launchType: 'FARGATE', capacityProviderStrategy })).toThrow(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.'
    )
    expect(create({ taskDefinition: 'bridged' })).toThrow(
      `The provided target group ${blueGroup} has target type ip, which is incompatible with the bridge network mode specified in the task definition.`
    )
    expect(create({ launchType: 'EXTERNAL' })).toThrow(`not emulated: 'launchType' "EXTERNAL"`)
    expect(create({ launchType: 'EC2' })().service?.launchType).toBe('EC2')
  })

  it('is found by its launch type, and so are its tasks', async () => {
    account = virtualAccount()
    const { service } = await stage(account)
    await account.clock.advance(SETTLE)
    const { ListServices, ListTasks } = account.ecs.operations
    const found = (launchType: LaunchType): unknown => [
      ListServices({ launchType }, undefined, caller).serviceArns,
      ListTasks({ launchType }, undefined, caller).taskArns?.length
    ]
    expect(found('FARGATE')).toEqual([[service.arn], 2])
    expect(found('EC2')).toEqual([[], 0])
  })

  it('is INACTIVE after its forced end, and takes its tasks with it', async () => {
    account = virtualAccount()
    const { service } = await stage(account)
    await account.clock.advance(SETTLE)
    const { DeleteService } = account.ecs.operations
    expect(() => DeleteService({ service: 'orders' }, undefined, caller)).toThrow(/scaled above 0/)
    DeleteService({ service: 'orders', force: true }, undefined, caller)
    expect(service.status).toBe('DRAINING')
    await account.clock.advance(31_000)
    expect(service).toMatchObject({ status: 'INACTIVE', taskSets: [] })
    expect(account.clock.pending).toBe(0)
  })
})

describe('blue and green', () => {
  it('counts green as steady while no listener uses its group', async () => {
    account = virtualAccount()
    const scene = await stage(account)
    const green = startGreen(
      account,
      scene,
      register(account.ecs, 'orders:2', { BUG: 'unhealthy' })
    )
    await account.clock.advance(60_000)
    expect(account.ecs.control.stability(green)).toBe('STEADY_STATE')
    expect(account.elb.control.health(scene.greenGroup)[0]?.TargetHealth).toMatchObject({
      State: 'unused',
      Reason: 'Target.NotInUse'
    })
  })

  it('never calls green steady while its listener finds it unhealthy', async () => {
    account = virtualAccount()
    const scene = await stage(account)
    account.elb.control.setWeights(scene.listenerArn, [
      { targetGroupArn: scene.blueGroup, weight: 100 },
      { targetGroupArn: scene.greenGroup, weight: 0 }
    ])
    const green = startGreen(
      account,
      scene,
      register(account.ecs, 'orders:2', { BUG: 'unhealthy' })
    )
    for (let minute = 0; minute < 60; minute++) {
      await account.clock.advance(60_000)
      expect(account.ecs.control.stability(green)).toBe('STABILIZING')
    }
    expect(messages(scene.service)).toContain(
      `(service orders) (port 8080) is unhealthy in (target-group ${scene.greenGroup}) due to (reason Health checks failed with these codes: [500]).`
    )
  })

  it('drains blue, keeps it until the delay is over, and then forgets it', async () => {
    account = virtualAccount()
    const scene = await stage(account)
    await account.clock.advance(SETTLE)
    const [blue] = scene.service.taskSets
    if (!blue) throw new Error('no blue')
    const green = startGreen(account, scene, register(account.ecs, 'orders:2'))
    await account.clock.advance(SETTLE)
    const { control } = account.ecs
    await expect(control.deleteTaskSet(scene.service, blue)).rejects.toThrow(/PRIMARY/)
    control.setPrimary(scene.service, green)
    expect(blue.status).toBe('ACTIVE')
    const deleted = control.deleteTaskSet(scene.service, blue)
    await account.clock.advance(29_000)
    expect(blue).toMatchObject({ status: 'DRAINING', scale: 0 })
    expect(
      account.elb.control.health(scene.blueGroup).map((each) => each.TargetHealth?.State)
    ).toEqual(['draining', 'draining'])
    const { DescribeTaskSets } = account.ecs.operations
    const shown = DescribeTaskSets(
      { cluster: scene.service.cluster.name, service: 'orders', taskSets: [blue.id] },
      undefined,
      caller
    )
    expect(shown.taskSets?.[0]).toMatchObject({ computedDesiredCount: 0, runningCount: 2 })
    await account.clock.advance(2000)
    await deleted
    expect(scene.service.taskSets).toEqual([green])
    expect(account.elb.control.health(scene.blueGroup)).toEqual([])
  })

  it('deletes a task set whose tasks never began to listen', async () => {
    account = virtualAccount((task) =>
      task.image === 'orders:2' ? { startsAfterMs: 'never' } : {}
    )
    const scene = await stage(account)
    const green = startGreen(account, scene, register(account.ecs, 'orders:2'))
    await account.clock.advance(60_000)
    expect(account.ecs.control.stability(green)).toBe('STABILIZING')
    const deleted = account.ecs.control.deleteTaskSet(scene.service, green)
    await account.clock.advance(SETTLE)
    await deleted
    expect(scene.service.taskSets).not.toContain(green)
  })

  it('deletes a task set in the very moment its image turns out to be missing', async () => {
    account = virtualAccount()
    const scene = await stage(account)
    const green = startGreen(account, scene, register(account.ecs, 'orders:missing'))
    await account.ecs.control.deleteTaskSet(scene.service, green)
    expect(scene.service.taskSets).not.toContain(green)
  })

  it('refuses a container or a port the revision does not have', async () => {
    account = virtualAccount()
    const { service, greenGroup } = await stage(account)
    const wanted = {
      taskDefinitionArn: register(account.ecs, 'orders:2'),
      externalId: 'd-TEST12345',
      targetGroupArn: greenGroup,
      containerPort: 8080
    }
    expect(() =>
      account.ecs.control.createTaskSet(service, { ...wanted, containerName: 'web' })
    ).toThrow('The container web does not exist in the task definition.')
    expect(service.taskSets).toHaveLength(1)
  })
})
