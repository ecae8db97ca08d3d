import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
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
      'container order',
      { containerDefinitions: [{ name: 'a' }, { name: 'b' }] },
      { containerDefinitions: [{ name: 'b' }, { name: 'a' }] }
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
