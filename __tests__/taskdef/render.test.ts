import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Mapping } from '../../src/documents/mapping.ts'
import { READ_ONLY, stripReadOnly } from '../../src/taskdef/readonly.ts'
import {
  renderTaskDefinition,
  type TaskDefinitionEdits,
  TaskDefinitionError
} from '../../src/taskdef/render.ts'
import { taskDefinition } from './arbitrary.ts'

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

const image = fc.stringMatching(/^[a-z0-9]{1,9}(?:\/[a-z0-9]{1,9}){0,2}(?::[\w]{1,9})?$/)

const BASE = {
  family: 'web',
  containerDefinitions: [
    {
      name: 'app',
      image: 'app:1',
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '' }
      ],
      secrets: [{ name: 'S', valueFrom: 'arn:s' }],
      dockerLabels: { x: '1' },
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'g' } },
      command: []
    },
    { name: 'sidecar', image: 'envoy:1' }
  ]
}

function render(edits: Partial<TaskDefinitionEdits>, base: Mapping = BASE): Mapping {
  return renderTaskDefinition(base, { ...NO_EDITS, ...edits })
}

function app(edits: Partial<TaskDefinitionEdits>): unknown {
  const { containerDefinitions } = render({ containers: ['app'], ...edits })
  return Array.isArray(containerDefinitions) ? containerDefinitions[0] : undefined
}

function problems(edits: Partial<TaskDefinitionEdits>, base: Mapping = BASE): readonly string[] {
  try {
    render(edits, base)
  } catch (error) {
    if (error instanceof TaskDefinitionError) return error.problems
    throw error
  }
  return []
}

describe('renderTaskDefinition', () => {
  it('sets the images of several containers', () => {
    const images = [
      { container: 'app', image: 'app:2' },
      { container: 'sidecar', image: 'envoy:2' }
    ]
    expect(render({ images })).toEqual({
      ...BASE,
      containerDefinitions: [
        { ...BASE.containerDefinitions[0], image: 'app:2' },
        { name: 'sidecar', image: 'envoy:2' }
      ]
    })
  })

  it.each<[string, Partial<TaskDefinitionEdits>, object]>([
    [
      'overwrites and appends environment variables in a stable order',
      {
        environment: [
          { name: 'C', value: '3' },
          { name: 'A', value: 'x=y' }
        ]
      },
      {
        environment: [
          { name: 'A', value: 'x=y' },
          { name: 'B', value: '' },
          { name: 'C', value: '3' }
        ]
      }
    ],
    [
      'sets secrets',
      {
        secrets: [
          { name: 'S', value: 'arn:t' },
          { name: 'T', value: 'arn:u' }
        ]
      },
      {
        secrets: [
          { name: 'S', valueFrom: 'arn:t' },
          { name: 'T', valueFrom: 'arn:u' }
        ]
      }
    ],
    [
      'replaces the environment files',
      { environmentFiles: ['arn:aws:s3:::b/1.env', 'arn:aws:s3:::b/2.env'] },
      {
        environmentFiles: [
          { value: 'arn:aws:s3:::b/1.env', type: 's3' },
          { value: 'arn:aws:s3:::b/2.env', type: 's3' }
        ]
      }
    ],
    [
      'merges docker labels',
      { dockerLabels: [{ name: 'y', value: '2' }] },
      { dockerLabels: { x: '1', y: '2' } }
    ],
    [
      'merges log options and replaces the driver',
      { logDriver: 'splunk', logOptions: [{ name: 'splunk-url', value: 'u' }] },
      {
        logConfiguration: {
          logDriver: 'splunk',
          options: { 'awslogs-group': 'g', 'splunk-url': 'u' }
        }
      }
    ],
    ['replaces the command', { command: ['node', '-v'] }, { command: ['node', '-v'] }]
  ])('%s', (_, edits, expected) => {
    expect(app(edits)).toEqual({ ...BASE.containerDefinitions[0], ...expected })
  })

  it('edits every container named', () => {
    const environment = [{ name: 'Z', value: '26' }]
    expect(render({ containers: ['app', 'sidecar'], environment })).toMatchObject({
      containerDefinitions: [
        { environment: [{ name: 'A' }, { name: 'B' }, { name: 'Z', value: '26' }] },
        { environment: [{ name: 'Z', value: '26' }] }
      ]
    })
  })

  it('makes the parts that are not there yet', () => {
    const rendered = render({
      containers: ['sidecar'],
      environment: [{ name: 'A', value: '1' }],
      secrets: [{ name: 'S', value: 'arn:s' }],
      dockerLabels: [{ name: 'x', value: '1' }],
      logDriver: 'json-file',
      logOptions: [{ name: 'max-size', value: '1m' }],
      taskRoleArn: 'arn:task',
      executionRoleArn: 'arn:execution'
    })
    expect(rendered).toEqual({
      ...BASE,
      taskRoleArn: 'arn:task',
      executionRoleArn: 'arn:execution',
      containerDefinitions: [
        BASE.containerDefinitions[0],
        {
          name: 'sidecar',
          image: 'envoy:1',
          environment: [{ name: 'A', value: '1' }],
          secrets: [{ name: 'S', valueFrom: 'arn:s' }],
          dockerLabels: { x: '1' },
          logConfiguration: { logDriver: 'json-file', options: { 'max-size': '1m' } }
        }
      ]
    })
  })

  it('sets a variable that is there twice in both places', () => {
    const twice = [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' }
    ]
    const base = {
      family: 'f',
      containerDefinitions: [{ name: 'a', image: 'i', environment: twice }]
    }
    const rendered = render({ containers: ['a'], environment: [{ name: 'A', value: '3' }] }, base)
    expect(JSON.stringify(rendered).match(/"value":"3"/g)).toHaveLength(2)
  })

  it('keeps everything it was not asked to change', () => {
    fc.assert(
      fc.property(taskDefinition, image, (base, image) => {
        const container = base.containerDefinitions[0]?.name ?? ''
        const rendered = render({ images: [{ container, image }] }, base)
        const [first, ...others] = base.containerDefinitions
        expect(rendered).toEqual({
          ...stripReadOnly(base),
          containerDefinitions: [{ ...first, image }, ...others]
        })
      })
    )
  })

  it('does not touch its input', () => {
    const before = JSON.stringify(BASE)
    app({ environment: [{ name: 'A', value: '9' }], dockerLabels: [{ name: 'x', value: '9' }] })
    expect(JSON.stringify(BASE)).toBe(before)
  })

  it('names a container that does not exist and those that do, with all other problems', () => {
    const found = problems(
      {
        containers: ['x'],
        images: [
          { container: 'y', image: 'i' },
          { container: 'x', image: 'i' }
        ]
      },
      { ...BASE, family: 'a b' }
    )
    expect(found).toEqual([
      'container "y" does not exist in the task definition; those that exist: app, sidecar',
      'container "x" does not exist in the task definition; those that exist: app, sidecar',
      expect.stringContaining('family: found "a b"')
    ])
  })

  it.each<[string, Partial<TaskDefinitionEdits>]>([
    ['`environment-variables`', { environment: [{ name: 'A', value: '1' }] }],
    ['`secrets`', { secrets: [{ name: 'A', value: '1' }] }],
    ['`docker-labels`', { dockerLabels: [{ name: 'A', value: '1' }] }],
    ['`log-configuration-log-driver`', { logDriver: 'awslogs' }],
    ['`log-configuration-options`', { logOptions: [{ name: 'A', value: '1' }] }],
    ['`command`', { command: ['a'] }]
  ])('wants to know the container for %s', (input, edits) => {
    expect(problems(edits)).toEqual([expect.stringMatching(`container-name.*${input}`)])
  })

  it('refuses one name for a variable and a secret', () => {
    expect(problems({ containers: ['app'], secrets: [{ name: 'A', value: 'arn:a' }] })).toEqual([
      'container "app": "A" is both an environment variable and a secret'
    ])
  })

  it.each(['command', 'entryPoint'])('refuses a %s that begins with an empty word', (member) => {
    const base = (words: readonly string[]): Mapping => ({
      family: 'web',
      containerDefinitions: [{ name: 'app', image: 'app:1', [member]: words }]
    })
    expect(problems({}, base(['', 'x']))).toEqual([
      `container "app": ${member} begins with an empty word, which AWS refuses; remove the word, or put what is to run there`
    ])
    expect(problems({}, base(['run', '', 'x']))).toEqual([])
  })

  it('refuses log options without a driver', () => {
    expect(problems({ containers: ['sidecar'], logOptions: [{ name: 'a', value: 'b' }] })).toEqual([
      expect.stringContaining('container "sidecar" has no log driver')
    ])
  })

  it.each<[string, Mapping, RegExp]>([
    ['no family', { containerDefinitions: BASE.containerDefinitions }, /^family: found nothing/],
    ['a long family', { ...BASE, family: 'f'.repeat(256) }, /up to 255/],
    ['no containers', { family: 'f' }, /containerDefinitions: found nothing/],
    ['an empty list', { family: 'f', containerDefinitions: [] }, /found an empty list/],
    ['a mapping of containers', { family: 'f', containerDefinitions: {} }, /found a mapping/],
    ['a container that is text', { family: 'f', containerDefinitions: ['a'] }, /\[0\]: found text/],
    ['no name', { family: 'f', containerDefinitions: [{ image: 'i' }] }, /\[0\]\.name/],
    [
      'a variable without a name',
      {
        family: 'f',
        containerDefinitions: [{ name: 'a', image: 'i', environment: [{ value: '1' }] }]
      },
      /^container "a": environment\[0\]\.name: found nothing/
    ],
    [
      'a secret that names none',
      {
        family: 'f',
        containerDefinitions: [{ name: 'a', image: 'i', secrets: [{ name: 'S', valueFrom: '' }] }]
      },
      /^container "a": secrets\[0\]\.valueFrom: found nothing/
    ],
    [
      'an empty row of log secrets, as the console writes it',
      {
        family: 'f',
        containerDefinitions: [
          {
            name: 'a',
            image: 'i',
            logConfiguration: {
              logDriver: 'awslogs',
              secretOptions: [{ name: 'n', valueFrom: '' }]
            }
          }
        ]
      },
      /^container "a": secretOptions\[0\]\.valueFrom: found nothing/
    ],
    [
      'a tag without a key',
      { ...BASE, tags: [{ key: '', value: 'v' }] },
      /^tags\[0\]\.key: found nothing/
    ],
    ['no image', { family: 'f', containerDefinitions: [{ name: 'a' }] }, /"a" has no image/],
    [
      'two of one name',
      {
        family: 'f',
        containerDefinitions: [
          { name: 'a', image: 'i' },
          { name: 'a', image: 'j' }
        ]
      },
      /\[1\]\.name: a second container "a"/
    ],
    [
      'an image with the address of a web page',
      { family: 'f', containerDefinitions: [{ name: 'a', image: 'https://ghcr.io/shop:1' }] },
      /^container "a" has the image ".*", an address/
    ],
    ...['<IMAGE1_NAME>', '$ECR_REGISTRY/a:1', '${{ env.I }}'].map(
      (image): [string, Mapping, RegExp] => [
        `the placeholder ${image}`,
        { family: 'f', containerDefinitions: [{ name: 'a', image }] },
        /^container "a" has the image ".*", a placeholder/
      ]
    ),
    ['a whole answer', { taskDefinition: BASE }, /its `taskDefinition` member/]
  ])('refuses %s', (_, base, problem) => {
    expect(problems({}, base)).toEqual([expect.stringMatching(problem)])
  })
})

describe('read-only fields', () => {
  it('are stripped, all nine', () => {
    expect(READ_ONLY).toHaveLength(9)
    const described = { ...BASE, ...Object.fromEntries(READ_ONLY.map((name) => [name, 'x'])) }
    expect(stripReadOnly(described)).toEqual(BASE)
  })

  it('so are tags that only AWS can set, however they are written', () => {
    const team = { key: 'team', value: 'a' }
    const ofAws = ['aws:cloudformation:stack-name', 'AWS:x', 'Aws:y'].map((key) => ({
      key,
      value: 's'
    }))
    expect(stripReadOnly({ ...BASE, tags: [...ofAws, team] })).toEqual({ ...BASE, tags: [team] })
  })
})
