import { describe, expect, it } from '@jest/globals'
import { changesBeyond } from '../../../../src/controllers/codedeploy/appspec/beyond.ts'
import type { ServingFacts } from '../../../../src/controllers/codedeploy/appspec/generate.ts'
import type { AppSpec } from '../../../../src/controllers/codedeploy/appspec/model.ts'

const SERVING: ServingFacts = {
  containerName: 'app',
  containerPort: 80,
  platformVersion: '1.4.0',
  network: { subnets: ['a', 'b'], securityGroups: ['x', 'y'], assignPublicIp: 'DISABLED' },
  capacityProviders: [
    { capacityProvider: 'FARGATE', base: 1, weight: 1 },
    { capacityProvider: 'FARGATE_SPOT', base: undefined, weight: undefined }
  ]
}
const NOTHING_SAID: AppSpec = {
  taskDefinition: undefined,
  containerName: 'app',
  containerPort: 80,
  platformVersion: undefined,
  network: undefined,
  capacityProviders: [],
  hooks: [{ event: 'BeforeAllowTraffic', function: 'gate' }]
}

describe('changesBeyond', () => {
  it.each<[string, Partial<AppSpec>]>([
    ['what it leaves out', {}],
    ['what serves, written out', SERVING],
    ['LATEST, which is no version', { platformVersion: 'LATEST' }],
    [
      'another order',
      {
        network: { subnets: ['b', 'a'], securityGroups: ['y', 'x'], assignPublicIp: 'DISABLED' },
        capacityProviders: SERVING.capacityProviders.toReversed()
      }
    ],
    [
      'defaults',
      {
        capacityProviders: [
          { capacityProvider: 'FARGATE_SPOT', base: 0, weight: 0 },
          { capacityProvider: 'FARGATE', base: 1, weight: 1 }
        ]
      }
    ]
  ])('is nothing for %s', (_, said) => {
    expect(changesBeyond({ ...NOTHING_SAID, ...said }, SERVING)).toEqual([])
  })

  it.each<[string, Partial<AppSpec>]>([
    ['ContainerName', { containerName: 'web' }],
    ['ContainerPort', { containerPort: 8080 }],
    ['PlatformVersion', { platformVersion: '1.3.0' }],
    [
      'NetworkConfiguration',
      { network: { subnets: ['a'], securityGroups: ['x', 'y'], assignPublicIp: 'DISABLED' } }
    ],
    [
      'CapacityProviderStrategy',
      { capacityProviders: [{ capacityProvider: 'FARGATE', base: 1, weight: 1 }] }
    ]
  ])('names %s', (member, said) => {
    expect(changesBeyond({ ...NOTHING_SAID, ...said }, SERVING)).toEqual([member])
  })

  it('names what the service has not had', () => {
    const bare = { ...SERVING, platformVersion: undefined, network: undefined }
    const said = { ...NOTHING_SAID, ...SERVING }
    expect(changesBeyond(said, bare)).toEqual(['PlatformVersion', 'NetworkConfiguration'])
  })
})
