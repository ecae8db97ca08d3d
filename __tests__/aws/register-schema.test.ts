import { describe, expect, it } from '@jest/globals'
import { knownMembers, registerRequestShape } from '../../src/aws/register-schema.ts'
import { findUnknownMembers, type Shape } from '../../src/taskdef/dropped.ts'

const shape = registerRequestShape()
const find = (taskDefinition: object): string[] =>
  findUnknownMembers(taskDefinition, knownMembers())
const inContainer = (members: object): string[] => find({ containerDefinitions: [members] })

/** Every kind in the schema, so that a form of it we cannot read is noticed. */
function kinds(of: Shape): Shape['kind'][] {
  if (of.kind === 'structure') return [...of.members.values()].flatMap((member) => kinds(member()))
  if (of.kind === 'list' || of.kind === 'map') return [of.kind, ...kinds(of.of())]
  return [of.kind]
}

describe('the schema of RegisterTaskDefinition', () => {
  it('is understood to its last member', () => {
    const found = kinds(shape)
    expect(new Set(found)).toEqual(new Set(['text', 'number', 'boolean', 'list', 'map']))
    expect(found.length).toBeGreaterThan(100)
  })

  it('knows a task definition that uses much of it', () => {
    const taskDefinition = {
      family: 'f',
      cpu: 256,
      memory: '512',
      taskRoleArn: null,
      enableFaultInjection: true,
      runtimePlatform: { cpuArchitecture: 'ARM64' },
      requiresCompatibilities: ['FARGATE'],
      tags: [{ key: 'a', value: '' }],
      volumes: [{ name: 'v', efsVolumeConfiguration: { authorizationConfig: { iam: 'ENABLED' } } }],
      containerDefinitions: [
        {
          name: 'a',
          cpu: 0,
          portMappings: [{ containerPort: 80, appProtocol: 'http' }],
          dockerLabels: { anything: 'goes' },
          logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'g' } },
          restartPolicy: { enabled: true, ignoredExitCodes: [0] },
          resourceRequirements: [{ type: 'GPU', value: '1', sharingStrategy: {} }]
        }
      ]
    }
    expect(find(taskDefinition)).toEqual([])
  })

  it.each<[string, string[], RegExp]>([
    [
      'at the top',
      find({ newThing: 1 }),
      /^newThing: the AWS SDK of this action does not know it; remove it, or use a newer version of this action$/
    ],
    ['in a container', inContainer({ newThing: {} }), /^containerDefinitions\[0\]\.newThing: /],
    [
      'deep inside',
      inContainer({ linuxParameters: { devices: [{ hostPath: '/', mode: 'x' }] } }),
      /^containerDefinitions\[0\]\.linuxParameters\.devices\[0\]\.mode: /
    ],
    ['in the wrong case', find({ Family: 'f' }), /; it knows "family"$/],
    ['of an object', find({ constructor: 1 }), /^constructor: /],
    ['called __proto__', find({ ['__proto__']: 1 }), /^__proto__: /]
  ])('a member %s that the SDK would drop', (_, found, expected) => {
    expect(found).toEqual([expect.stringMatching(expected)])
  })

  it.each<[string, string[], string]>([
    [
      'of a container, beside the containers',
      find({ environmentFiles: [] }),
      'environmentFiles: it is not known here; it belongs in `containerDefinitions[]`'
    ],
    [
      'of the task, in a container',
      inContainer({ networkMode: 'awsvpc' }),
      'containerDefinitions[0].networkMode: it is not known here; it belongs in the task definition itself'
    ],
    [
      'of the platform, beside it',
      find({ cpuArchitecture: 'ARM64' }),
      'cpuArchitecture: it is not known here; it belongs in `runtimePlatform`'
    ],
    [
      'of two places',
      inContainer({ options: {} }),
      'containerDefinitions[0].options: it is not known here; it belongs in ' +
        '`containerDefinitions[].logConfiguration` or `containerDefinitions[].firelensConfiguration`'
    ],
    ...['launchType', 'desiredCount', 'networkConfiguration', 'platformVersion'].map(
      (name): [string, string[], string] => [
        `of a service: ${name}`,
        find({ [name]: 'x' }),
        `${name}: it belongs to the service, which a release leaves as it is; remove it`
      ]
    ),
    ...['$schema', '_comment', '//', '#'].map((name): [string, string[], string] => [
      `of nobody's: ${name}`,
      find({ [name]: 'x' }),
      `${name}: it is for people and editors, and ECS takes no such member; remove it`
    ]),
    [
      "in Terraform's spelling",
      find({ task_role_arn: 'x' }),
      'task_role_arn: ECS does not know it; it knows "taskRoleArn"'
    ],
    [
      'with a slip',
      inContainer({ comand: ['x'] }),
      'containerDefinitions[0].comand: the AWS SDK of this action does not know it; did you mean "command"?'
    ]
  ])('a member %s, with what to do', (_, found, expected) => {
    expect(found).toEqual([expected])
  })

  it.each<[object, string]>([
    [
      { environment: [{ name: 'A', value: 8080 }] },
      'environment[0].value: found a number, wanted text (put it in quotes)'
    ],
    [
      { environment: [{ name: 'A', value: true }] },
      'environment[0].value: found true or false, wanted text (put it in quotes)'
    ],
    [{ environment: { A: 's3cret' } }, 'environment: found a mapping, wanted a list'],
    [{ environment: ['A=s3cret'] }, 'environment[0]: found text, wanted a mapping'],
    [{ command: 'node' }, 'command: found text, wanted a list'],
    [{ command: [null] }, 'command[0]: found nothing, wanted text'],
    [{ dockerLabels: { 'a.b': null } }, 'dockerLabels["a.b"]: found nothing, wanted text'],
    [{ dockerLabels: [] }, 'dockerLabels: found a list, wanted a mapping'],
    [{ essential: 'true' }, 'essential: found text, wanted true or false'],
    [{ cpu: '10' }, 'cpu: found text, wanted a number'],
    [{ memory: NaN }, 'memory: found no finite number, wanted a number']
  ])('a wrong type: %j', (members, expected) => {
    expect(inContainer(members)).toEqual([`containerDefinitions[0].${expected}`])
  })
})
