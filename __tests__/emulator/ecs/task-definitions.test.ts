import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs'
import { caller, register, virtualAccount } from './account.ts'
import type { Account } from './account.ts'

let account: Account
beforeEach(() => {
  account = virtualAccount()
})
afterEach(async () => account.close())

const minimal: RegisterTaskDefinitionRequest = {
  family: 'orders',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [{ name: 'app', image: 'app:1', portMappings: [{ containerPort: 80 }] }]
}

function registerWith(change: Partial<RegisterTaskDefinitionRequest>) {
  const request = { ...minimal, ...change }
  return account.ecs.operations.RegisterTaskDefinition(request, undefined, caller)
}

describe('RegisterTaskDefinition', () => {
  it('stores what AWS would store: defaults filled in, sizes as plain numbers', () => {
    const { taskDefinition } = registerWith({ cpu: '1 vCPU', memory: '2 GB' })
    expect(taskDefinition).toMatchObject({
      cpu: '1024',
      memory: '2048',
      revision: 1,
      status: 'ACTIVE',
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:1',
      registeredBy: caller.arn,
      compatibilities: ['EC2', 'FARGATE'],
      volumes: [],
      placementConstraints: [],
      containerDefinitions: [
        {
          name: 'app',
          image: 'app:1',
          cpu: 0,
          essential: true,
          portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }],
          environment: [],
          mountPoints: [],
          volumesFrom: [],
          systemControls: []
        }
      ]
    })
  })

  it('adds defaults and orders lists, as answers of DescribeTaskDefinition show it', () => {
    const { taskDefinition } = registerWith({
      taskRoleArn: 'web',
      containerDefinitions: [
        {
          name: 'app',
          image: 'app:1',
          restartPolicy: { enabled: true },
          healthCheck: { command: ['CMD', 'true'] },
          ulimits: [
            { name: 'nofile', softLimit: 1, hardLimit: 1 },
            { name: 'core', softLimit: 0, hardLimit: 0 }
          ]
        }
      ],
      volumes: [
        { name: 'efs', efsVolumeConfiguration: { fileSystemId: 'fs-1' } },
        { name: 'docker', dockerVolumeConfiguration: {} }
      ]
    })
    expect(taskDefinition).toMatchObject({
      enableFaultInjection: false,
      taskRoleArn: 'arn:aws:iam::123456789012:role/web',
      runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
      containerDefinitions: [
        {
          restartPolicy: { restartAttemptPeriod: 300 },
          healthCheck: { interval: 30, timeout: 5, retries: 3 },
          ulimits: [{ name: 'core' }, { name: 'nofile' }]
        }
      ],
      volumes: [
        { efsVolumeConfiguration: { rootDirectory: '/' } },
        { dockerVolumeConfiguration: { scope: 'task' } }
      ]
    })
  })

  it('makes a new revision of identical content', () => {
    register(account.ecs, 'orders:1')
    expect(register(account.ecs, 'orders:1')).toMatch(/task-definition\/orders:2$/)
  })

  it('keeps tags beside the definition and tells them only when asked', () => {
    const { taskDefinition } = registerWith({ tags: [{ key: 'team', value: 'shop' }] })
    expect(taskDefinition).not.toHaveProperty('tags')
    const { DescribeTaskDefinition } = account.ecs.operations
    expect(
      DescribeTaskDefinition({ taskDefinition: 'orders' }, undefined, caller)
    ).not.toHaveProperty('tags')
    const asked = DescribeTaskDefinition(
      { taskDefinition: 'orders:1', include: ['TAGS'] },
      undefined,
      caller
    )
    expect(asked.tags).toEqual([{ key: 'team', value: 'shop' }])
  })

  it.each<[string, Partial<RegisterTaskDefinitionRequest>, RegExp]>([
    ['no container', { containerDefinitions: [] }, /Container list cannot be empty/],
    [
      'no task-level cpu',
      { cpu: undefined },
      /Fargate requires that 'cpu' be defined at the task level/
    ],
    ['another network mode', { networkMode: 'bridge' }, /only supports network mode/],
    [
      'a size Fargate does not have',
      { cpu: '256', memory: '4096' },
      /No Fargate configuration exists/
    ],
    [
      'another pidMode than task',
      { pidMode: 'host' },
      /^Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.$/
    ],
    [
      'an ipcMode',
      { ipcMode: 'task' },
      /^Tasks using the Fargate launch type do not support ipcMode.$/
    ],
    ['a family with a slash', { family: 'a/b' }, /Family contains invalid characters/],
    [
      'one name twice',
      {
        containerDefinitions: [
          { name: 'a', image: 'i' },
          { name: 'a', image: 'i' }
        ]
      },
      /'a' is used twice/
    ]
  ])('refuses %s', (_, change, message) => {
    expect(() => registerWith(change)).toThrow(expect.objectContaining({ code: 'ClientException' }))
    expect(() => registerWith(change)).toThrow(message)
  })

  it('takes pidMode task on Fargate, and host elsewhere', () => {
    expect(registerWith({ pidMode: 'task' }).taskDefinition?.pidMode).toBe('task')
    const onEc2 = registerWith({ pidMode: 'host', requiresCompatibilities: ['EC2'] })
    expect(onEc2.taskDefinition?.pidMode).toBe('host')
  })

  it('takes the 32 vCPU size', () => {
    const { taskDefinition } = registerWith({ cpu: '32 vCPU', memory: '244 GB' })
    expect(taskDefinition).toMatchObject({ cpu: '32768', memory: String(244 * 1024) })
  })
})

describe('task definition revisions', () => {
  it('resolves a family to its newest ACTIVE revision', () => {
    register(account.ecs, 'orders:1')
    register(account.ecs, 'orders:2')
    const { DeregisterTaskDefinition, DescribeTaskDefinition, ListTaskDefinitions } =
      account.ecs.operations
    DeregisterTaskDefinition({ taskDefinition: 'orders:2' }, undefined, caller)
    const newest = DescribeTaskDefinition({ taskDefinition: 'orders' }, undefined, caller)
    expect(newest.taskDefinition?.revision).toBe(1)
    expect(
      ListTaskDefinitions({ status: 'INACTIVE' }, undefined, caller).taskDefinitionArns
    ).toEqual([expect.stringMatching(/orders:2$/)])
  })

  it('lists page by page', () => {
    for (const image of ['orders:1', 'orders:2', 'orders:3']) register(account.ecs, image)
    const { ListTaskDefinitions } = account.ecs.operations
    const first = ListTaskDefinitions({ maxResults: 2, sort: 'DESC' }, undefined, caller)
    expect(first.taskDefinitionArns).toEqual([
      expect.stringMatching(/:3$/),
      expect.stringMatching(/:2$/)
    ])
    const rest = ListTaskDefinitions(
      { maxResults: 2, sort: 'DESC', nextToken: first.nextToken },
      undefined,
      caller
    )
    expect(rest).toEqual({ taskDefinitionArns: [expect.stringMatching(/:1$/)] })
  })

  it.each(['none', 'orders:9', 'orders:0', 'orders:x'])(
    'does not describe %s',
    (taskDefinition) => {
      register(account.ecs, 'orders:1')
      const { DescribeTaskDefinition } = account.ecs.operations
      expect(() => DescribeTaskDefinition({ taskDefinition }, undefined, caller)).toThrow(
        'Unable to describe task definition.'
      )
    }
  )
})
