import { describe, expect, it } from '@jest/globals'
import { parseInputs, variableOf } from '../../../src/action/inputs/parse.ts'
import { InputError } from '../../../src/action/inputs/problems.ts'

const TASK = { 'run-task': 'true', 'run-task-subnets': 'subnet-1' }

function parsed(inputs: Readonly<Record<string, string>>) {
  const named = { service: 'orders', ...inputs }
  return parseInputs(
    Object.fromEntries(Object.entries(named).map(([name, value]) => [variableOf(name), value]))
  )
}

function messages(inputs: Readonly<Record<string, string>>): readonly string[] {
  try {
    parsed(inputs)
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ message }) => message)
    throw error
  }
  return []
}

describe('run-task', () => {
  it('has the defaults of the official action', () => {
    expect(parsed(TASK).settings.oneOffTask).toEqual({
      containerOverrides: [],
      subnets: ['subnet-1'],
      securityGroups: [],
      assignPublicIp: 'DISABLED',
      capacityProviderStrategy: [],
      launchType: 'FARGATE',
      startedBy: 'GitHub-Actions',
      tags: [],
      managedTags: undefined,
      volume: undefined
    })
  })

  it('takes what its companions say', () => {
    const { settings, warnings } = parsed({
      ...TASK,
      'run-task-container-overrides':
        '[{"name": "app", "command": ["migrate"], "environment": [{"name": "A", "value": "1"}]}]',
      'run-task-subnets': 'subnet-1, subnet-2',
      'run-task-security-groups': 'sg-1,sg-2',
      'run-task-assign-public-IP': 'ENABLED',
      'run-task-launch-type': 'EC2',
      'run-task-started-by': 'release/42',
      'run-task-tags': '[{"key": "team", "value": "shop"}]',
      'run-task-managed-ebs-volume-name': 'data',
      'run-task-managed-ebs-volume':
        '{"roleArn": "arn:aws:iam::123456789012:role/ebs", "sizeInGiB": 30}',
      'enable-ecs-managed-tags': 'true',
      'wait-for-task-stopped': 'true'
    })
    expect(warnings).toEqual([])
    expect(settings.oneOffTask).toMatchObject({
      containerOverrides: [
        { name: 'app', command: ['migrate'], environment: [{ name: 'A', value: '1' }] }
      ],
      subnets: ['subnet-1', 'subnet-2'],
      securityGroups: ['sg-1', 'sg-2'],
      assignPublicIp: 'ENABLED',
      launchType: 'EC2',
      startedBy: 'release/42',
      tags: [{ key: 'team', value: 'shop' }],
      managedTags: true,
      volume: {
        name: 'data',
        configuration: { roleArn: 'arn:aws:iam::123456789012:role/ebs', sizeInGiB: 30 }
      }
    })
  })

  it('lets a strategy say where the task runs, as the official action does', () => {
    const { settings, warnings } = parsed({
      ...TASK,
      'run-task-launch-type': 'FARGATE',
      'run-task-capacity-provider-strategy': '[{"capacityProvider": "FARGATE_SPOT"}]'
    })
    expect(settings.oneOffTask?.launchType).toBeUndefined()
    expect(warnings).toEqual([expect.stringMatching(/^`run-task-launch-type` has no effect/)])
  })

  it('refuses not to wait, and to run before a rollback', () => {
    expect(messages({ ...TASK, 'wait-for-task-stopped': 'false' })).toEqual([
      expect.stringMatching(/^`wait-for-task-stopped: false` .*aws ecs run-task/)
    ])
    expect(messages({ ...TASK, 'rollback-to': 'previous' })).toEqual([
      expect.stringMatching(/^`run-task: true` .*`rollback-to`/)
    ])
  })

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['yes', { 'run-task': 'yes' }, /true or false/],
    ['what is not JSON', { 'run-task-container-overrides': '[{name: app}]' }, /not JSON at char/],
    ['an object for an array', { 'run-task-tags': '{"key": "a"}' }, /Accepted: a JSON array/],
    ['a nameless override', { 'run-task-container-overrides': '[{}]' }, /\[0\] name is missing/],
    [
      'a misspelt member, with the right one',
      { 'run-task-container-overrides': '[{"name": "app", "comand": ["x"]}]' },
      /\[0\] comand: .*did you mean "command"/
    ],
    [
      'a word for a list',
      { 'run-task-container-overrides': '[{"name": "app", "command": "x"}]' },
      /command: found text, wanted a list/
    ],
    ['a tag of AWS', { 'run-task-tags': '[{"key": "aws:x"}]' }, /aws:/],
    ['a name as a subnet', { 'run-task-subnets': 'private-a' }, /ids of subnets/],
    ['a blank in startedBy', { 'run-task-started-by': 'by hand' }, /128 letters/],
    [
      'groups without subnets',
      { 'run-task-subnets': '', 'run-task-security-groups': 'sg-1' },
      /needs `run-task-subnets`/
    ],
    [
      'half a volume',
      { 'run-task-managed-ebs-volume-name': 'data' },
      /`run-task-managed-ebs-volume` is not set/
    ],
    [
      'a volume without a role',
      {
        'run-task-managed-ebs-volume-name': 'data',
        'run-task-managed-ebs-volume': '{"sizeInGiB": 1}'
      },
      /roleArn is missing/
    ]
  ])('refuses %s', (_, inputs, message) => {
    expect(messages({ ...TASK, ...inputs })).toEqual([expect.stringMatching(message)])
  })

  it('keeps the values of overrides out of messages, and masks those that look like secrets', () => {
    const overrides =
      '[{"name": "app", "environment": [{"name": "DB_PASSWORD", "value": "correct-horse"}, {"value": "battery-staple", "name": "API_KEY"}]}]'
    const { secretsToMask } = parsed({ ...TASK, 'run-task-container-overrides': overrides })
    expect(secretsToMask).toEqual(expect.arrayContaining(['correct-horse', 'battery-staple']))
    const broken = messages({ ...TASK, 'run-task-container-overrides': `${overrides}]` })
    expect(broken.join()).not.toContain('correct-horse')
  })

  it.each(['run-task-container-overrides', 'run-task-tags', 'enable-ecs-managed-tags'])(
    '%s is ignored without it',
    (name) => {
      const { warnings, settings } = parsed({ [name]: '[]' })
      expect(warnings).toEqual([expect.stringContaining(`\`${name}\` is ignored`)])
      expect(settings.oneOffTask).toBeUndefined()
    }
  )
})
