import { afterAll, describe, expect, it } from '@jest/globals'
import type { RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs'
import { registrationFrom } from '../../src/aws/registration.ts'
import { withEmptyValues } from '../../src/taskdef/empty-values.ts'
import { stripReadOnly } from '../../src/taskdef/readonly.ts'
import { sameAsStored } from '../../src/taskdef/stored.ts'
import { caller, virtualAccount } from '../emulator/ecs/account.ts'

const account = virtualAccount()
afterAll(() => account.close())

interface Row {
  /** What AWS does with it; `unknown`: nobody has said, so it is taken for refused. */
  readonly aws: 'accepts' | 'refuses' | 'unknown'
  /** Where that stands: a document of AWS, or who has seen it. */
  readonly source: string
  readonly given: object
  /** What is sent in its place; absent: it is sent as it is. */
  readonly sent?: object
  /** Empty texts that are named to people because they are left out. */
  readonly named?: readonly string[]
}

const container = (members: object): object => ({
  containerDefinitions: [{ name: 'app', image: 'app:1', memory: 128, ...members }]
})
const BARE = container({})
const DEPLOY = 'aws-actions/amazon-ecs-deploy-task-definition'

const TABLE: Readonly<Record<string, Row>> = {
  'value of a variable': {
    aws: 'accepts',
    source: 'aws/amazon-ecs-cli#167, which shows it in the answer of DescribeTaskDefinition',
    given: container({ environment: [{ name: 'A', value: '' }] })
  },
  'value of a property of an App Mesh proxy': {
    aws: 'accepts',
    source: `${DEPLOY}#168: without it AWS refuses the property`,
    given: {
      ...BARE,
      proxyConfiguration: {
        type: 'APPMESH',
        containerName: 'app',
        properties: [{ name: 'EgressIgnoredIPs', value: '' }]
      }
    }
  },
  'log option': {
    aws: 'accepts',
    source: `${DEPLOY}#780: an empty tag keeps Splunk's default away`,
    given: container({ logConfiguration: { logDriver: 'splunk', options: { tag: '' } } })
  },
  'value of a tag': {
    aws: 'accepts',
    source: 'ECS API reference, Tag: "The optional part of a key-value pair"',
    given: { ...BARE, tags: [{ key: 'team', value: '' }] }
  },
  'docker label': {
    aws: 'accepts',
    source: 'ECS API reference, ContainerDefinition.dockerLabels: text to text, without a pattern',
    given: container({ dockerLabels: { 'com.example.note': '' } })
  },
  'word of a command': {
    aws: 'unknown',
    source: 'fabfuel/ecs-deploy#90: refused as the first word, accepted among others',
    given: container({ command: ['run', '', 'x'] })
  },
  'command of an empty word alone': {
    aws: 'refuses',
    source: 'fabfuel/ecs-deploy#90: refused as the first word',
    given: container({ command: [''] }),
    sent: BARE,
    named: ['containerDefinitions[app].command']
  },
  'list of tags': {
    aws: 'refuses',
    source: 'fabfuel/ecs-deploy#146: "Tags can not be empty."',
    given: { ...BARE, tags: [] },
    sent: BARE
  },
  'secret of a registry': {
    aws: 'refuses',
    source: `${DEPLOY}#52; the console has written it so`,
    given: container({ repositoryCredentials: { credentialsParameter: '' } }),
    sent: BARE,
    named: ['containerDefinitions[app].repositoryCredentials.credentialsParameter']
  },
  'role of the task': {
    aws: 'refuses',
    source: 'fabfuel/ecs-deploy#231: "Role is not valid"',
    given: { ...BARE, taskRoleArn: '', executionRoleArn: '' },
    sent: BARE,
    named: ['taskRoleArn', 'executionRoleArn']
  },
  'working directory': {
    aws: 'refuses',
    source: 'openfresh/ecs-formation#74',
    given: container({ workingDirectory: '' }),
    sent: BARE,
    named: ['containerDefinitions[app].workingDirectory']
  },
  'log configuration': {
    aws: 'refuses',
    source: 'terraform-aws-modules/terraform-aws-ecs#323',
    given: container({ logConfiguration: {} }),
    sent: BARE
  },
  'user, host name': {
    aws: 'unknown',
    source: `${DEPLOY} leaves them out (cleanNullKeys)`,
    given: container({ user: '', hostname: '' }),
    sent: BARE,
    named: ['containerDefinitions[app].user', 'containerDefinitions[app].hostname']
  },
  'one of a few words': {
    aws: 'unknown',
    source: `${DEPLOY} leaves it out (cleanNullKeys)`,
    given: { ...BARE, pidMode: '' },
    sent: BARE,
    named: ['pidMode']
  },
  'path of a host volume': {
    aws: 'accepts',
    source: 'ECS API reference, HostVolumeProperties: empty, the Docker daemon assigns a path',
    given: { ...BARE, volumes: [{ name: 'v', host: { sourcePath: '' } }] },
    sent: { ...BARE, volumes: [{ name: 'v' }] },
    named: ['volumes[v].host.sourcePath']
  },
  'lists and mappings that DescribeTaskDefinition answers empty': {
    aws: 'accepts',
    source:
      'pulumi/pulumi-aws#1985, hashicorp/terraform-provider-aws#46132, ' +
      'cloudposse/terraform-aws-ecs-container-definition#37',
    given: {
      ...container({
        portMappings: [],
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
        dockerLabels: {}
      }),
      volumes: [],
      placementConstraints: []
    },
    sent: BARE
  }
}

const rows = Object.entries(TABLE)
const whole = (members: object): RegisterTaskDefinitionRequest =>
  registrationFrom({ family: 'web', ...members })
const register = (request: RegisterTaskDefinitionRequest) =>
  account.ecs.operations.RegisterTaskDefinition(request, undefined, caller)

describe('an empty', () => {
  it.each(rows)('%s is sent as it is, or left out and named', (_, { given, sent, named = [] }) => {
    const { taskDefinition, leftOut } = withEmptyValues({ family: 'web', ...given })
    expect(taskDefinition).toEqual({ family: 'web', ...(sent ?? given) })
    expect(leftOut).toEqual(named)
  })

  it.each(rows)('%s leaves nothing that AWS refuses', (_, { given }) => {
    const { taskDefinition } = withEmptyValues({ family: 'web', ...given })
    expect(register(registrationFrom(taskDefinition)).taskDefinition?.status).toBe('ACTIVE')
  })

  it.each(rows.filter(([, { aws }]) => aws === 'refuses'))(
    '%s is refused by the emulator, as it is by AWS',
    (_, { given }) => {
      expect(() => register(whole(given))).toThrow()
    }
  )

  it.each(rows.filter(([, { aws }]) => aws === 'accepts'))(
    '%s is accepted by the emulator, as it is by AWS',
    (_, { given }) => {
      expect(register(whole(given)).taskDefinition?.status).toBe('ACTIVE')
    }
  )

  it.each(rows)('%s is no change to a revision that was stored with it', (_, { given }) => {
    const { taskDefinition } = withEmptyValues({ family: 'web', ...given })
    expect(sameAsStored({ family: 'web', ...given }, taskDefinition)).toBe(true)
  })
})

describe('tags that only AWS can set', () => {
  const tags = [
    { key: 'aws:cloudformation:stack-name', value: 's' },
    { key: 'team', value: 'a' }
  ]

  it('are refused by the emulator, as the API reference says', () => {
    expect(() => register(whole({ ...BARE, tags }))).toThrow(/reserved prefix aws:/)
  })

  it('are not sent, and are no difference', () => {
    const own = { family: 'web', ...BARE, tags: [{ key: 'team', value: 'a' }] }
    const described = { ...own, tags }
    expect(stripReadOnly(described)).toEqual(own)
    expect(sameAsStored(described, own)).toBe(true)
  })
})
