import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { diffTaskDefinitions } from '../../src/taskdef/diff.ts'
import { asStored, sameAsStored } from '../../src/taskdef/stored.ts'
import { taskDefinition } from './arbitrary.ts'

const container = (members: object): object => ({
  family: 'f',
  containerDefinitions: [{ name: 'a', image: 'i', ...members }]
})
const task = (members: object): object => ({ ...container({}), ...members })
const ports = (networkMode: string, ...portMappings: object[]): object => ({
  ...container({ portMappings }),
  networkMode
})
const [A, B] = [
  { name: 'A', value: '1' },
  { name: 'B', value: '2' }
]

describe('sameAsStored', () => {
  it.each<[string, object, object]>([
    ['container cpu', container({}), container({ cpu: 0 })],
    ['essential', container({}), container({ essential: true })],
    [
      'empty lists',
      container({}),
      container({
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        portMappings: [],
        command: []
      })
    ],
    [
      'empty lists of the task',
      task({}),
      task({ volumes: [], placementConstraints: [], tags: [] })
    ],
    ['nulls', task({}), task({ taskRoleArn: null, volumes: null })],
    [
      'read-only fields',
      task({}),
      task({ revision: 7, status: 'ACTIVE', registeredAt: new Date() })
    ],
    ['task cpu', task({ cpu: '1024' }), task({ cpu: 1024 })],
    ['task cpu in vCPU', task({ cpu: '1024' }), task({ cpu: '1 vCPU' })],
    ['part of a vCPU', task({ cpu: '256' }), task({ cpu: '.25 vcpu' })],
    ['task memory in GB', task({ memory: '2048' }), task({ memory: '2GB' })],
    ['half a GB', task({ memory: '512' }), task({ memory: '0.5 GB' })],
    ['network mode', task({}), task({ networkMode: 'bridge' })],
    [
      'compatibilities',
      task({ requiresCompatibilities: ['EC2', 'FARGATE'] }),
      task({ requiresCompatibilities: ['FARGATE', 'EC2'] })
    ],
    [
      'protocol and host port, awsvpc',
      ports('awsvpc', { containerPort: 80 }),
      ports('awsvpc', { containerPort: 80, hostPort: 80, protocol: 'tcp' })
    ],
    [
      'protocol and host port, bridge',
      ports('bridge', { containerPort: 80 }),
      ports('bridge', { containerPort: 80, hostPort: 0, protocol: 'tcp' })
    ],
    [
      'a range of ports',
      ports('awsvpc', { containerPortRange: '80-90' }),
      ports('awsvpc', { containerPortRange: '80-90', protocol: 'tcp' })
    ],
    [
      'order of environment variables',
      container({ environment: [A, B] }),
      container({ environment: [B, A] })
    ],
    [
      'order of log secrets',
      container({
        logConfiguration: {
          secretOptions: [
            { name: 'x', valueFrom: '1' },
            { name: 'y', valueFrom: '2' }
          ]
        }
      }),
      container({
        logConfiguration: {
          secretOptions: [
            { name: 'y', valueFrom: '2' },
            { name: 'x', valueFrom: '1' }
          ]
        }
      })
    ],
    [
      'order of tags',
      task({
        tags: [
          { key: 'a', value: '1' },
          { key: 'b', value: '2' }
        ]
      }),
      task({
        tags: [
          { key: 'b', value: '2' },
          { key: 'a', value: '1' }
        ]
      })
    ],
    [
      'order of labels',
      container({ dockerLabels: { a: '1', b: '2' } }),
      container({ dockerLabels: { b: '2', a: '1' } })
    ],
    [
      'a volume without a host path',
      task({ volumes: [{ name: 'v' }] }),
      task({ volumes: [{ name: 'v', host: {} }] })
    ],
    [
      'health check defaults',
      container({ healthCheck: { command: ['CMD', 'true'] } }),
      container({ healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3 } })
    ],
    [
      'mount points',
      container({ mountPoints: [{ sourceVolume: 'v', containerPath: '/' }] }),
      container({ mountPoints: [{ sourceVolume: 'v', containerPath: '/', readOnly: false }] })
    ]
  ])('%s: what AWS adds is no change', (_, a, b) => {
    expect(sameAsStored(a, b)).toBe(true)
    expect(diffTaskDefinitions(b, a, { showValues: true })).toEqual([])
  })

  const volume = (members: object): object => task({ volumes: [{ name: 'v', ...members }] })

  // Sources of each are in src/taskdef/defaults.ts.
  it.each<[string, object, object]>([
    ['fault injection', task({}), task({ enableFaultInjection: false })],
    [
      'root of EFS',
      volume({ efsVolumeConfiguration: { fileSystemId: 'fs-1' } }),
      volume({
        efsVolumeConfiguration: {
          fileSystemId: 'fs-1',
          rootDirectory: '/',
          transitEncryption: 'DISABLED',
          authorizationConfig: { iam: 'DISABLED' }
        }
      })
    ],
    [
      'root of S3 Files',
      volume({ s3filesVolumeConfiguration: { fileSystemArn: 'arn' } }),
      volume({ s3filesVolumeConfiguration: { fileSystemArn: 'arn', rootDirectory: '/' } })
    ],
    [
      "a Docker volume's scope and driver",
      volume({ dockerVolumeConfiguration: { labels: { a: '' } } }),
      volume({
        dockerVolumeConfiguration: {
          scope: 'task',
          autoprovision: false,
          driver: 'local',
          labels: { a: '' }
        }
      })
    ],
    ['configuration at launch', volume({}), volume({ configuredAtLaunch: false })],
    [
      'restart policy',
      container({ restartPolicy: { enabled: true } }),
      container({ restartPolicy: { enabled: true, restartAttemptPeriod: 300 } })
    ],
    [
      'order of ulimits',
      container({ ulimits: [{ name: 'nofile' }, { name: 'core' }] }),
      container({ ulimits: [{ name: 'core' }, { name: 'nofile' }] })
    ],
    [
      'flags that are off',
      container({}),
      container({
        privileged: false,
        readonlyRootFilesystem: false,
        interactive: false,
        pseudoTerminal: false,
        disableNetworking: false,
        versionConsistency: 'enabled',
        linuxParameters: { initProcessEnabled: false },
        restartPolicy: { enabled: false }
      })
    ],
    [
      'platform, on Fargate',
      task({ requiresCompatibilities: ['FARGATE'] }),
      task({
        requiresCompatibilities: ['FARGATE'],
        runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' }
      })
    ],
    [
      'architecture, where a platform is named',
      task({ runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }),
      task({
        runtimePlatform: {
          cpuArchitecture: 'X86_64',
          operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE'
        }
      })
    ],
    [
      'a role by its name',
      task({ taskRoleArn: 'web', executionRoleArn: 'run' }),
      task({
        taskRoleArn: 'arn:aws:iam::123456789012:role/web',
        executionRoleArn: 'arn:aws-cn:iam::123456789012:role/service-role/run'
      })
    ],
    [
      'permissions of a device',
      container({ linuxParameters: { devices: [{ hostPath: '/dev/a' }] } }),
      container({
        linuxParameters: {
          devices: [{ hostPath: '/dev/a', permissions: ['read', 'write', 'mknod'] }]
        }
      })
    ],
    [
      'order of what is a set',
      {
        containerDefinitions: [
          {
            name: 'a',
            linuxParameters: { capabilities: { add: ['B', 'A'], drop: ['D', 'C'] } },
            restartPolicy: { enabled: true, ignoredExitCodes: [1, 0] },
            portMappings: [{ containerPort: 2 }, { containerPort: 1 }],
            mountPoints: [{ containerPath: '/b' }, { containerPath: '/a' }],
            dependsOn: [{ containerName: 'c' }, { containerName: 'b' }],
            systemControls: [{ namespace: 'b' }, { namespace: 'a' }],
            resourceRequirements: [
              { type: 'GPU', value: '1' },
              { type: 'InferenceAccelerator', value: 'd' }
            ]
          },
          { name: 'b' }
        ],
        placementConstraints: [{ type: 'memberOf', expression: 'b' }, { expression: 'a' }]
      },
      {
        containerDefinitions: [
          { name: 'b' },
          {
            name: 'a',
            linuxParameters: { capabilities: { add: ['A', 'B'], drop: ['C', 'D'] } },
            restartPolicy: { enabled: true, ignoredExitCodes: [0, 1] },
            portMappings: [{ containerPort: 1 }, { containerPort: 2 }],
            mountPoints: [{ containerPath: '/a' }, { containerPath: '/b' }],
            dependsOn: [{ containerName: 'b' }, { containerName: 'c' }],
            systemControls: [{ namespace: 'a' }, { namespace: 'b' }],
            resourceRequirements: [
              { value: 'd', type: 'InferenceAccelerator' },
              { type: 'GPU', value: '1' }
            ]
          }
        ],
        placementConstraints: [{ expression: 'a' }, { expression: 'b', type: 'memberOf' }]
      }
    ]
  ])('%s: a default, written or not, is no change', (_, a, b) => {
    expect(sameAsStored(a, b)).toBe(true)
    expect(diffTaskDefinitions(a, b, { showValues: true })).toEqual([])
    expect(diffTaskDefinitions(b, a, { showValues: true })).toEqual([])
  })

  it.each<[string, object, object]>([
    ['image', container({}), container({ image: 'j' })],
    ['family', task({}), task({ family: 'g' })],
    ['container cpu', container({}), container({ cpu: 10 })],
    ['essential', container({}), container({ essential: false })],
    ['command order', container({ command: ['a', 'b'] }), container({ command: ['b', 'a'] })],
    [
      'entry point order',
      container({ entryPoint: ['a', 'b'] }),
      container({ entryPoint: ['b', 'a'] })
    ],
    [
      'an empty variable',
      container({ environment: [A] }),
      container({ environment: [A, { name: 'B', value: '' }] })
    ],
    [
      'a value',
      container({ environment: [A] }),
      container({ environment: [{ ...A, value: '2' }] })
    ],
    ['tags', task({}), task({ tags: [{ key: 'a', value: 'b' }] })],
    ['network mode', task({}), task({ networkMode: 'awsvpc' })],
    ['task cpu', task({ cpu: '1 vCPU' }), task({ cpu: '2 vCPU' })],
    [
      'host port',
      ports('bridge', { containerPort: 80 }),
      ports('bridge', { containerPort: 80, hostPort: 80 })
    ],
    [
      'architecture, on Fargate',
      task({ requiresCompatibilities: ['FARGATE'] }),
      task({
        requiresCompatibilities: ['FARGATE'],
        runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' }
      })
    ],
    [
      'a platform on instances, which any of them would do for without',
      task({ requiresCompatibilities: ['EC2'] }),
      task({
        requiresCompatibilities: ['EC2'],
        runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' }
      })
    ],
    ['privileged', container({}), container({ privileged: true })],
    ['role', task({ taskRoleArn: 'web' }), task({ taskRoleArn: 'arn:aws:iam::1:role/admin' })],
    [
      'order of environment files, of which the first one wins',
      container({ environmentFiles: [{ value: 'a' }, { value: 'b' }] }),
      container({ environmentFiles: [{ value: 'b' }, { value: 'a' }] })
    ],
    [
      'order of name servers',
      container({ dnsServers: ['10.0.0.1', '10.0.0.2'] }),
      container({ dnsServers: ['10.0.0.2', '10.0.0.1'] })
    ],
    [
      'a Docker volume, against one of the host',
      task({ volumes: [{ name: 'v' }] }),
      task({ volumes: [{ name: 'v', dockerVolumeConfiguration: { scope: 'task' } }] })
    ],
    [
      'which of two equal names comes last',
      container({ environment: [A, { ...A, value: '2' }] }),
      container({ environment: [{ ...A, value: '2' }, A] })
    ],
    ['an empty label', container({}), container({ dockerLabels: { a: '' } })],
    ['a member we do not know', task({}), task({ newThing: 1 })]
  ])('%s is a change', (_, a, b) => {
    expect(sameAsStored(a, b)).toBe(false)
  })
})

describe('asStored', () => {
  it('is idempotent', () => {
    fc.assert(
      fc.property(taskDefinition, (definition) => {
        const stored = asStored(definition)
        expect(asStored(stored)).toEqual(stored)
      })
    )
  })

  it('is idempotent on anything', () => {
    fc.assert(
      fc.property(
        fc.object({
          key: fc.constantFrom(
            'containerDefinitions',
            'cpu',
            'tags',
            'volumes',
            'portMappings',
            'name',
            'mountPoints'
          )
        }),
        (value) => {
          const stored = asStored(value)
          expect(asStored(stored)).toEqual(stored)
        }
      )
    )
  })
})
