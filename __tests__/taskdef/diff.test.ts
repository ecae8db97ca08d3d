import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { diffTaskDefinitions, formatDiff } from '../../src/taskdef/diff.ts'
import { sameAsStored } from '../../src/taskdef/stored.ts'
import { SECRET, taskDefinition } from './arbitrary.ts'

const container = (members: object): object => ({
  family: 'f',
  containerDefinitions: [{ name: 'app', image: 'i:1', ...members }]
})
const lines = (before: object, after: object, showValues = false): string[] =>
  formatDiff(diffTaskDefinitions(before, after, { showValues }))

const env = (...pairs: [string, string][]): object =>
  container({ environment: pairs.map(([name, value]) => ({ name, value })) })

describe('diffTaskDefinitions', () => {
  it.each<[string, object, object, string[]]>([
    [
      'image',
      container({}),
      container({ image: 'i:2' }),
      ['~ containerDefinitions[app].image: i:1 -> i:2']
    ],
    [
      'environment variables by name',
      env(['A', 's1'], ['B', 's2']),
      env(['C', 's3'], ['A', 's4']),
      [
        '~ containerDefinitions[app].environment[A] (value hidden)',
        '- containerDefinitions[app].environment[B] (value hidden)',
        '+ containerDefinitions[app].environment[C] (value hidden)'
      ]
    ],
    [
      'a secret, which is an ARN',
      container({ secrets: [{ name: 'S', valueFrom: 'arn:a' }] }),
      container({ secrets: [{ name: 'S', valueFrom: 'arn:b' }] }),
      ['~ containerDefinitions[app].secrets[S]: arn:a -> arn:b']
    ],
    [
      'ports',
      container({ portMappings: [{ containerPort: 80 }] }),
      container({ portMappings: [{ containerPort: 81 }, { containerPort: 80, hostPort: 8080 }] }),
      [
        '~ containerDefinitions[app].portMappings[80/tcp].hostPort: 0 -> 8080',
        '+ containerDefinitions[app].portMappings[81/tcp].hostPort: 0'
      ]
    ],
    [
      'free text',
      container({ command: ['a'], dockerLabels: { 'com.a': 'x' } }),
      container({
        command: ['b'],
        dockerLabels: { 'com.a': 'y' },
        logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': 't' } }
      }),
      [
        '~ containerDefinitions[app].command (value hidden)',
        '~ containerDefinitions[app].dockerLabels["com.a"] (value hidden)',
        '+ containerDefinitions[app].logConfiguration.logDriver: splunk',
        '+ containerDefinitions[app].logConfiguration.options["splunk-token"] (value hidden)'
      ]
    ],
    [
      'containers that come and go',
      {
        containerDefinitions: [{ name: 'a' }, { name: 'b', image: 'i', cpu: 1, essential: false }]
      },
      { containerDefinitions: [{ name: 'd', image: 'j', essential: false }, { name: 'a' }] },
      [
        '- containerDefinitions[b].cpu: 1',
        '- containerDefinitions[b].essential: false',
        '- containerDefinitions[b].image: i',
        '+ containerDefinitions[d].essential: false',
        '+ containerDefinitions[d].image: j'
      ]
    ],
    [
      'members that get their default back, or leave it',
      {
        ...container({
          essential: false,
          privileged: true,
          healthCheck: { command: ['true'], interval: 10 },
          restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
          mountPoints: [{ sourceVolume: 'v', containerPath: '/v', readOnly: true }],
          linuxParameters: { initProcessEnabled: true }
        }),
        volumes: [
          { name: 'v', efsVolumeConfiguration: { fileSystemId: 'fs', rootDirectory: '/a' } }
        ]
      },
      {
        ...container({
          essential: true,
          privileged: false,
          cpu: 2,
          healthCheck: { command: ['true'] },
          restartPolicy: { enabled: true },
          mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }],
          linuxParameters: { initProcessEnabled: false }
        }),
        enableFaultInjection: true,
        volumes: [
          {
            name: 'v',
            efsVolumeConfiguration: { fileSystemId: 'fs', authorizationConfig: { iam: 'ENABLED' } }
          }
        ]
      },
      [
        '~ containerDefinitions[app].cpu: 0 -> 2',
        '~ containerDefinitions[app].essential: false -> true',
        '~ containerDefinitions[app].healthCheck.interval: 10 -> 30',
        '~ containerDefinitions[app].linuxParameters.initProcessEnabled: true -> false',
        '~ containerDefinitions[app].mountPoints[/v].readOnly: true -> false',
        '~ containerDefinitions[app].privileged: true -> false',
        '~ containerDefinitions[app].restartPolicy.restartAttemptPeriod: 60 -> 300',
        '~ enableFaultInjection: false -> true',
        '~ volumes[v].efsVolumeConfiguration.authorizationConfig.iam: DISABLED -> ENABLED',
        '~ volumes[v].efsVolumeConfiguration.rootDirectory: /a -> /'
      ]
    ],
    [
      'a health check that is gone with all its members',
      container({ healthCheck: { command: ['true'], interval: 10 } }),
      container({}),
      [
        '- containerDefinitions[app].healthCheck.command (value hidden)',
        '- containerDefinitions[app].healthCheck.interval: 10'
      ]
    ],
    [
      'a type',
      container({ memory: 512 }),
      container({ memory: '512' }),
      ['~ containerDefinitions[app].memory: 512 -> "512"']
    ],
    [
      'lines that a log would obey',
      container({ user: 'a' }),
      container({ user: 'a\n::error::x\u009b' }),
      ['~ containerDefinitions[app].user: a -> "a\\n::error::x\\u{9b}"']
    ],
    [
      'tags, volumes, lists without names',
      { volumes: [{ name: 'v' }] },
      {
        volumes: [{ name: 'w', host: { sourcePath: '/' } }],
        tags: [{ key: 'team', value: 'a b' }],
        requiresCompatibilities: ['FARGATE']
      },
      [
        '+ requiresCompatibilities: ["FARGATE"]',
        '+ runtimePlatform.cpuArchitecture: X86_64',
        '+ runtimePlatform.operatingSystemFamily: LINUX',
        '+ tags[team]: a b',
        '- volumes[v]: {}',
        '+ volumes[w].host.sourcePath: /'
      ]
    ]
  ])('%s', (_, before, after, expected) => {
    expect(lines(before, after)).toEqual(expected)
  })

  it('shows values when asked to', () => {
    expect(lines(env(['A', 's1']), env(['A', '']), true)).toEqual([
      '~ containerDefinitions[app].environment[A]: s1 -> ""'
    ])
  })

  it('tells equal names apart', () => {
    expect(lines(env(['A', '1'], ['A', '2']), env(['A', '1'], ['A', '3']))).toEqual([
      '~ containerDefinitions[app].environment[A #2] (value hidden)'
    ])
  })

  const near = fc.oneof(
    fc.tuple(taskDefinition, taskDefinition),
    // Two that differ little, so that the equal ones among them are no accident.
    taskDefinition.chain((one) =>
      fc.tuple(
        fc.constant(one),
        fc.record({
          ...Object.fromEntries(
            Object.entries(one).map(([key, value]) => [key, fc.constant(value)])
          ),
          containerDefinitions: fc
            .shuffledSubarray(one.containerDefinitions, { minLength: 1 })
            .map((containers) =>
              containers.map((each) => ({ ...each, environment: each.environment?.toReversed() }))
            )
        })
      )
    )
  )

  it('is empty exactly where AWS would store the same', () => {
    fc.assert(
      fc.property(near, ([before, after]) => {
        const changes = diffTaskDefinitions(before, after, { showValues: false })
        expect(changes.length === 0).toBe(sameAsStored(before, after))
      }),
      { numRuns: 1000 }
    )
  })

  it('is empty exactly where AWS would store the same, whatever the documents', () => {
    const key = fc.constantFrom(
      'containerDefinitions',
      'environment',
      'portMappings',
      'tags',
      'name',
      'value',
      'key',
      'containerPort',
      'protocol',
      'options',
      'a b'
    )
    const anything = fc.object({
      key,
      values: [fc.constantFrom('tcp', 'a', '80', '', 80, -0, null, true)],
      maxDepth: 4,
      maxKeys: 3
    })
    fc.assert(
      fc.property(anything, anything, (before, after) => {
        for (const [one, other] of [
          [before, after],
          [before, { ...before, ...after }],
          [{ containerDefinitions: [before] }, { containerDefinitions: [{ ...after, ...before }] }],
          [{ tags: [before, after] }, { tags: [after, before] }]
        ] as const) {
          const changes = diffTaskDefinitions(one, other, { showValues: true })
          expect(changes.length === 0).toBe(sameAsStored(one, other))
        }
      }),
      { numRuns: 2000 }
    )
  })

  it('holds no hidden value anywhere', () => {
    fc.assert(
      fc.property(taskDefinition, taskDefinition, (before, after) => {
        const changes = diffTaskDefinitions(before, after, { showValues: false })
        expect(JSON.stringify(changes)).not.toContain(SECRET)
        expect(formatDiff(changes).join('\n')).not.toContain(SECRET)
      })
    )
  })

  it('that hidden values were there to be found is shown by showing them', () => {
    const found = fc.sample(taskDefinition, 50).map((after) => {
      const changes = diffTaskDefinitions({}, after, { showValues: true })
      return JSON.stringify(changes).includes(SECRET)
    })
    expect(found).toContain(true)
  })
})
