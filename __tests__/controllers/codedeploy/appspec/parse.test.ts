import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { AppSpec } from '../../../../src/controllers/codedeploy/appspec/model.ts'
import { parseAppSpec } from '../../../../src/controllers/codedeploy/appspec/parse.ts'
import { AppSpecError } from '../../../../src/controllers/codedeploy/appspec/problems.ts'
import { serialise } from '../../../../src/controllers/codedeploy/appspec/serialise.ts'
import { isList, isMapping, type Mapping } from '../../../../src/documents/mapping.ts'
import { parseDocument } from '../../../../src/documents/parse.ts'
import { appSpec } from './arbitrary.ts'

const FULL = `
version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo:
          ContainerName: app
          ContainerPort: 80
        PlatformVersion: LATEST
        NetworkConfiguration:
          AwsvpcConfiguration:
            Subnets: [subnet-1]
            SecurityGroups: [sg-1, sg-2]
            AssignPublicIp: DISABLED
        CapacityProviderStrategy:
          - {Base: 0, CapacityProvider: FARGATE, Weight: 1}
          - CapacityProvider: FARGATE_SPOT
Hooks:
  - BeforeAllowTraffic: gate
  - BeforeInstall: arn:aws:lambda:eu-west-1:123456789012:function:check
`

const PARSED: AppSpec = {
  taskDefinition: '<TASK_DEFINITION>',
  containerName: 'app',
  containerPort: 80,
  platformVersion: 'LATEST',
  network: {
    subnets: ['subnet-1'],
    securityGroups: ['sg-1', 'sg-2'],
    assignPublicIp: 'DISABLED'
  },
  capacityProviders: [
    { base: 0, capacityProvider: 'FARGATE', weight: 1 },
    { base: undefined, capacityProvider: 'FARGATE_SPOT', weight: undefined }
  ],
  hooks: [
    { event: 'BeforeInstall', function: 'arn:aws:lambda:eu-west-1:123456789012:function:check' },
    { event: 'BeforeAllowTraffic', function: 'gate' }
  ]
}

interface Parts {
  readonly properties?: Mapping
  readonly service?: Mapping
  readonly root?: Mapping
}

function document({ properties, service, root }: Parts): Mapping {
  const Properties = {
    LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 80 },
    ...properties
  }
  const TargetService = { Type: 'AWS::ECS::Service', Properties, ...service }
  return { version: 0, Resources: [{ TargetService }], ...root }
}

function problems(value: Mapping): readonly string[] {
  try {
    parseAppSpec(value)
  } catch (error) {
    if (error instanceof AppSpecError) return error.problems
    throw error
  }
  return []
}

function mapKeys(value: unknown, change: (key: string) => string): unknown {
  if (isList(value)) return value.map((element) => mapKeys(element, change))
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [change(key), mapKeys(member, change)])
  )
}

describe('parseAppSpec', () => {
  it('reads everything an AppSpec can say', async () => {
    expect(parseAppSpec(await parseDocument(FULL, 'appspec.yaml'))).toEqual(PARSED)
  })

  it.each([(key: string) => key.toLowerCase(), (key: string) => key.toUpperCase()])(
    'takes keys of any case',
    async (change) => {
      const changed = mapKeys(await parseDocument(FULL, 'appspec.yaml'), change)
      expect(isMapping(changed) && parseAppSpec(changed)).toEqual(PARSED)
    }
  )

  it.each<[string, Parts]>([
    ['a version in quotes', { root: { version: '0.0' } }],
    ['no hooks', { root: { Hooks: null } }],
    ['an empty list of hooks', { root: { Hooks: [] } }],
    ['no network', { properties: { NetworkConfiguration: null } }],
    ['a task definition left empty', { properties: { TaskDefinition: null } }],
    ['a task definition that is none', { properties: { TaskDefinition: [{ a: 1 }] } }],
    [
      'a port in quotes',
      { properties: { LoadBalancerInfo: { ContainerName: 'app', ContainerPort: '80' } } }
    ]
  ])('accepts %s', (_, parts) => {
    expect(parseAppSpec(document(parts))).toMatchObject({ containerPort: 80, hooks: [] })
  })

  const properties = 'Resources[0].TargetService.Properties'
  it.each<[string, Parts, string[]]>([
    ['another version', { root: { version: 1 } }, ['version: wanted 0.0, the only one']],
    ['no version', { root: { version: null } }, ['version: wanted 0.0, the only one']],
    ['no resources', { root: { Resources: [] } }, ['Resources: found 0, wanted one TargetService']],
    [
      'two resources',
      { root: { Resources: [{ TargetService: {} }, { Other: {} }] } },
      ['Resources: found 2, wanted one TargetService']
    ],
    [
      'two resources in one element',
      { root: { Resources: [{ TargetService: {}, Other: {} }] } },
      ['Resources: found 2, wanted one TargetService']
    ],
    [
      'resources that are no list',
      { root: { Resources: { TargetService: {} } } },
      ['Resources: found a mapping, wanted a list', 'Resources: found 0, wanted one TargetService']
    ],
    [
      'an empty resource',
      { root: { Resources: [{ TargetService: null }] } },
      ['Resources[0].TargetService: is missing']
    ],
    [
      'another type',
      { service: { Type: 'AWS::Lambda::Function' } },
      ['Resources[0].TargetService.Type: found "AWS::Lambda::Function", wanted AWS::ECS::Service']
    ],
    [
      'no properties and no type',
      { service: { Type: null, Properties: null } },
      [
        'Resources[0].TargetService.Type: is missing',
        'Resources[0].TargetService.Properties: is missing'
      ]
    ],
    [
      'no load balancer',
      { properties: { LoadBalancerInfo: null } },
      [`${properties}.LoadBalancerInfo: is missing`]
    ],
    [
      'no container, no port',
      { properties: { LoadBalancerInfo: {} } },
      [
        `${properties}.LoadBalancerInfo.ContainerName: is missing`,
        `${properties}.LoadBalancerInfo.ContainerPort: is missing`
      ]
    ],
    [
      'a bad container and port',
      { properties: { LoadBalancerInfo: { ContainerName: '', ContainerPort: 0 } } },
      [
        `${properties}.LoadBalancerInfo.ContainerName: found "", wanted text`,
        `${properties}.LoadBalancerInfo.ContainerPort: found 0, wanted a whole number from 1 to 65535`
      ]
    ],
    [
      'a part of a network',
      {
        properties: {
          NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['s'], AssignPublicIp: 'YES' } }
        }
      },
      [
        `${properties}.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups: is missing`,
        `${properties}.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp: found "YES", wanted ENABLED or DISABLED`
      ]
    ],
    [
      'an empty network',
      { properties: { NetworkConfiguration: {} } },
      [`${properties}.NetworkConfiguration.AwsvpcConfiguration: is missing`]
    ],
    [
      'empty subnets',
      {
        properties: {
          NetworkConfiguration: {
            AwsvpcConfiguration: { Subnets: [''], SecurityGroups: [], AssignPublicIp: 'ENABLED' }
          }
        }
      },
      [
        `${properties}.NetworkConfiguration.AwsvpcConfiguration.Subnets: found a list, wanted a list of at least one text`,
        `${properties}.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups: found a list, wanted a list of at least one text`
      ]
    ],
    [
      'bad capacity providers',
      {
        properties: { CapacityProviderStrategy: [{ Base: -1, Weight: 1001, Extra: 1 }, 'FARGATE'] }
      },
      [
        `${properties}.CapacityProviderStrategy[1]: found "FARGATE", wanted a mapping`,
        `${properties}.CapacityProviderStrategy[0].CapacityProvider: is missing`,
        `${properties}.CapacityProviderStrategy[0].Base: found -1, wanted a whole number from 0 to 100000`,
        `${properties}.CapacityProviderStrategy[0].Weight: found 1001, wanted a whole number from 0 to 1000`,
        `${properties}.CapacityProviderStrategy[0].Extra: is not known, accepted: CapacityProvider, Base, Weight`
      ]
    ],
    [
      'unknown hooks',
      { root: { Hooks: [{ AllowTraffic: 'f' }] } },
      [
        'Hooks[0].AllowTraffic: is not known, accepted: BeforeInstall, AfterInstall, ' +
          'AfterAllowTestTraffic, BeforeAllowTraffic, AfterAllowTraffic'
      ]
    ],
    [
      'hooks without a function',
      { root: { Hooks: [{ BeforeInstall: '' }, { AfterInstall: null }] } },
      ['Hooks[0].BeforeInstall: found "", wanted text', 'Hooks[1].AfterInstall: is missing']
    ],
    [
      'two functions for one event',
      { root: { Hooks: [{ BeforeInstall: 'f' }, { beforeinstall: 'g' }] } },
      ['Hooks[1].BeforeInstall: is there twice, wanted one function an event']
    ],
    [
      'one key in two cases',
      { root: { resources: [] } },
      [
        'resources: is there twice, as "Resources" too',
        'Resources: found 0, wanted one TargetService'
      ]
    ],
    [
      'unknown keys',
      { root: { env: 'prod' } },
      ['env: is not known, accepted: version, Resources, Hooks']
    ],
    ...(['os', 'files', 'permissions'] as const).map((member): [string, Parts, string[]] => [
      `an AppSpec for servers, by its ${member}`,
      { root: { [member]: [], Hooks: { ApplicationStop: [] } } },
      [
        `found ${member}: this is an AppSpec for servers; one for ECS has a TargetService among its Resources`
      ]
    ]),
    [
      'several things at once',
      { root: { version: 2, Hooks: [{ Nope: 'f' }] }, service: { Type: 'x' } },
      [
        'version: wanted 0.0, the only one',
        'Resources[0].TargetService.Type: found "x", wanted AWS::ECS::Service',
        'Hooks[0].Nope: is not known, accepted: ' +
          'BeforeInstall, AfterInstall, AfterAllowTestTraffic, BeforeAllowTraffic, AfterAllowTraffic'
      ]
    ]
  ])('refuses %s', (_, parts, expected) => {
    expect(problems(document(parts))).toEqual(expected)
  })
})

describe('serialise', () => {
  it('writes what parseAppSpec reads', async () => {
    await fc.assert(
      fc.asyncProperty(appSpec, async (value) => {
        expect(parseAppSpec(await parseDocument(serialise(value), 'appspec.json'))).toEqual(value)
      })
    )
  })

  it('is the document AWS describes', () => {
    const bare = {
      ...PARSED,
      network: undefined,
      platformVersion: undefined,
      capacityProviders: []
    }
    expect(serialise({ ...bare, hooks: [{ event: 'BeforeAllowTraffic', function: 'gate' }] })).toBe(
      `{
  "version": 0.0,
  "Resources": [
    {
      "TargetService": {
        "Type": "AWS::ECS::Service",
        "Properties": {
          "TaskDefinition": "<TASK_DEFINITION>",
          "LoadBalancerInfo": {
            "ContainerName": "app",
            "ContainerPort": 80
          }
        }
      }
    }
  ],
  "Hooks": [
    {
      "BeforeAllowTraffic": "gate"
    }
  ]
}`
    )
  })
})
