import { afterAll, describe, expect, it } from '@jest/globals'
import { registerRequestShape } from '../../src/aws/register-schema.ts'
import { registrationFrom } from '../../src/aws/registration.ts'
import { planRevision } from '../../src/controllers/revision-plan.ts'
import type { Mapping } from '../../src/documents/mapping.ts'
import type { Shape } from '../../src/taskdef/dropped.ts'
import { isList, isMapping } from '../../src/documents/mapping.ts'
import type { TaskDefinitionEdits } from '../../src/taskdef/render.ts'
import { caller, virtualAccount } from '../emulator/ecs/account.ts'
import { EVERY_MEMBER } from './every-member.ts'

const account = virtualAccount()
afterAll(() => account.close())

const NO_EDITS: TaskDefinitionEdits = {
  containers: [],
  images: [],
  environment: [],
  secrets: [],
  environmentFiles: [],
  dockerLabels: [],
  logDriver: undefined,
  logOptions: [],
  command: undefined,
  taskRoleArn: undefined,
  executionRoleArn: undefined
}
const settings = { edits: NO_EDITS, showValues: true }

/** Registers the file as the action does, and plans the same file again over what AWS answers. */
function again(file: Mapping): ReturnType<typeof planRevision> {
  const first = planRevision(settings, file, undefined, undefined)
  const { RegisterTaskDefinition, DescribeTaskDefinition } = account.ecs.operations
  const made = RegisterTaskDefinition(registrationFrom(first.registration), undefined, caller)
  const arn = made.taskDefinition?.taskDefinitionArn ?? ''
  const { taskDefinition, tags = [] } = DescribeTaskDefinition(
    { taskDefinition: arn, include: ['TAGS'] },
    undefined,
    caller
  )
  if (!taskDefinition) throw new Error('nothing was registered')
  // As it comes over the wire.
  const answer = JSON.parse(JSON.stringify(taskDefinition)) as typeof taskDefinition
  return planRevision(settings, file, undefined, { arn, taskDefinition: answer, tags })
}

/** Paths of the model's members that the value does not use. */
function unused(value: unknown, shape: Shape, path: string): string[] {
  switch (shape.kind) {
    case 'structure':
      return [...shape.members].flatMap(([name, member]) => {
        const all = isList(value) ? value : [value]
        const found = all.flatMap((one) => (isMapping(one) ? (one[name] ?? []) : []))
        return unused(found, member(), `${path}.${name}`)
      })
    case 'list':
      return unused(value, shape.of(), path)
    default:
      return isList(value) && value.length === 0 ? [path] : []
  }
}

describe('a file that is released again unchanged', () => {
  it('is tried with every member that the SDK knows', () => {
    expect(unused(EVERY_MEMBER, registerRequestShape(), '')).toEqual([])
  })

  it.each<[string, Mapping]>([
    ['with every member', EVERY_MEMBER],
    [
      'with as few as there can be',
      { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:1', memory: 64 }] }
    ],
    [
      'on Fargate',
      {
        family: 'web',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '.25 vCPU',
        memory: '0.5GB',
        taskRoleArn: 'web',
        containerDefinitions: [
          {
            name: 'web',
            image: 'web:1',
            portMappings: [{ containerPort: 80 }],
            healthCheck: { command: ['CMD', 'true'] },
            restartPolicy: { enabled: true },
            mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }],
            ulimits: [{ name: 'nofile' }, { name: 'core' }]
          }
        ],
        volumes: [
          { name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1' } },
          { name: 'scratch' },
          { name: 'files', s3filesVolumeConfiguration: { fileSystemArn: 'arn' } }
        ]
      }
    ],
    [
      'with a Docker volume and defaults that are written out',
      {
        family: 'web',
        networkMode: 'bridge',
        enableFaultInjection: false,
        containerDefinitions: [
          {
            name: 'web',
            image: 'web:1',
            memory: 64,
            cpu: 0,
            essential: true,
            privileged: false,
            readonlyRootFilesystem: false,
            portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }],
            environment: [],
            user: ''
          }
        ],
        volumes: [{ name: 'v', dockerVolumeConfiguration: {} }]
      }
    ]
  ])('%s registers nothing, and shows no change', (_, file) => {
    const { reuse, isRunning, changes } = again(file)
    expect(changes).toEqual([])
    expect(isRunning).toBe(true)
    expect(reuse).toMatch(/task-definition\/web:\d+$/)
  })
})
