import type { TaskSet } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { unreachable } from '../../../../src/controllers/codedeploy/appspec/check.ts'
import {
  factsFromService,
  factsFromTaskSet,
  generateAppSpec
} from '../../../../src/controllers/codedeploy/appspec/generate.ts'
import { withTaskDefinition } from '../../../../src/controllers/codedeploy/appspec/pin.ts'

const APP = { targetGroupArn: 'arn:tg', containerName: 'app', containerPort: 80 }
const PRIMARY: TaskSet = {
  id: 'ecs-svc/1',
  loadBalancers: [APP],
  platformVersion: '1.4.0',
  networkConfiguration: {
    awsvpcConfiguration: { subnets: ['s'], securityGroups: ['g'], assignPublicIp: 'ENABLED' }
  },
  capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }]
}

describe('generateAppSpec', () => {
  it('keeps everything a task set has', () => {
    expect(generateAppSpec(factsFromTaskSet(PRIMARY))).toEqual({
      taskDefinition: undefined,
      containerName: 'app',
      containerPort: 80,
      platformVersion: '1.4.0',
      network: { subnets: ['s'], securityGroups: ['g'], assignPublicIp: 'ENABLED' },
      capacityProviders: [{ capacityProvider: 'FARGATE', weight: 1, base: 0 }],
      hooks: []
    })
  })

  it('takes a service that says little', () => {
    expect(factsFromService({ serviceName: 'web', loadBalancers: [APP] })).toEqual({
      containerName: 'app',
      containerPort: 80,
      platformVersion: undefined,
      network: undefined,
      capacityProviders: []
    })
  })

  it.each([
    ['no subnets', { subnets: [], securityGroups: ['g'] }, undefined],
    ['no security groups', { subnets: ['s'] }, undefined],
    [
      'no word on a public address',
      { subnets: ['s'], securityGroups: ['g'] },
      { subnets: ['s'], securityGroups: ['g'], assignPublicIp: 'DISABLED' }
    ]
  ])('gives a whole network or none: %s', (_, awsvpcConfiguration, network) => {
    const facts = factsFromTaskSet({ ...PRIMARY, networkConfiguration: { awsvpcConfiguration } })
    expect(facts.network).toEqual(network)
  })

  it('takes two target groups of one container and port as one', () => {
    const loadBalancers = [APP, { ...APP, targetGroupArn: 'arn:other' }]
    expect(factsFromTaskSet({ ...PRIMARY, loadBalancers })).toMatchObject({ containerPort: 80 })
  })

  it.each<[string, TaskSet['loadBalancers'], RegExp]>([
    ['none', [], /the task set ecs-svc\/1 has none; name a file in `codedeploy-appspec`/],
    ['not even a list', undefined, /has none/],
    ['several', [APP, { ...APP, containerPort: 81 }], /has 2 of them \(app:80, app:81\)/]
  ])('refuses %s', (_, loadBalancers, message) => {
    expect(() => factsFromTaskSet({ id: 'ecs-svc/1', loadBalancers })).toThrow(message)
  })
})

describe('withTaskDefinition', () => {
  const appSpec = generateAppSpec(factsFromTaskSet(PRIMARY))

  it.each([
    'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1',
    'arn:aws-us-gov:ecs:us-gov-west-1:123456789012:task-definition/my_web-app:120'
  ])('pins %s', (arn) => {
    expect(withTaskDefinition(appSpec, arn)).toEqual({ ...appSpec, taskDefinition: arn })
  })

  it.each([
    'arn:aws:ecs:eu-west-1:123456789012:task-definition/web',
    'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:0',
    'arn:aws:ecs:eu-west-1:123456789012:service/web:1',
    'web:1',
    ''
  ])('refuses %j', (arn) => {
    expect(() => withTaskDefinition(appSpec, arn)).toThrow('wanted the ARN of one revision')
  })
})

describe('unreachable', () => {
  const appSpec = generateAppSpec(factsFromTaskSet(PRIMARY))
  const containers = (...containerDefinitions: object[]): string | undefined =>
    unreachable(appSpec, { containerDefinitions })

  it.each([
    [{ containerPort: 80 }],
    [{ containerPort: 443 }, { containerPort: 80, hostPort: 0 }],
    [{ containerPortRange: '79-81' }]
  ])('finds the port among %j', (...portMappings) => {
    expect(containers({ name: 'other' }, { name: 'app', portMappings })).toBeUndefined()
  })

  it.each([
    ['none', []],
    ['443, 81-90', [{ containerPort: 443 }, { containerPortRange: '81-90' }]]
  ])('names the ports that are mapped: %s', (mapped, portMappings) => {
    expect(containers({ name: 'app', portMappings })).toBe(
      `container "app" does not map the AppSpec's port 80; those it maps: ${mapped}`
    )
  })

  it('names the containers that exist', () => {
    expect(containers({ name: 'web' }, { name: 'proxy' })).toBe(
      'the AppSpec\'s container "app" does not exist in the task definition; ' +
        'those that exist: web, proxy'
    )
    expect(unreachable(appSpec, {})).toMatch(/those that exist: none$/)
  })
})
