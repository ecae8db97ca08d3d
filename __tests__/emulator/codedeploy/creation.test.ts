import {
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
  GetDeploymentGroupCommand,
  UpdateDeploymentGroupCommand
} from '@aws-sdk/client-codedeploy'
import type { CreateDeploymentInput, UpdateDeploymentGroupInput } from '@aws-sdk/client-codedeploy'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openLab } from '../lab.ts'
import type { Lab } from '../lab.ts'

let lab: Lab
beforeAll(async () => {
  lab = await openLab()
})
afterAll(async () => lab.close())

const RESOURCE = `Type: AWS::ECS::Service
      Properties:
        TaskDefinition: arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:1
        LoadBalancerInfo: {ContainerName: app, ContainerPort: 8080}`

const appSpec = (resource = RESOURCE, rest = ''): string =>
  `version: 0.0\nResources:\n  - TargetService:\n      ${resource}\n${rest}`

describe('CreateDeployment', () => {
  const create = async (change: Partial<CreateDeploymentInput>): Promise<unknown> =>
    lab.codedeploy.send(new CreateDeploymentCommand({ ...lab.request(), ...change }))

  it.each<[string, Partial<CreateDeploymentInput>, string]>([
    ['no application', { applicationName: undefined }, 'ApplicationNameRequiredException'],
    ['an unknown one', { applicationName: 'x' }, 'ApplicationDoesNotExistException'],
    ['no group', { deploymentGroupName: undefined }, 'DeploymentGroupNameRequiredException'],
    ['an unknown one', { deploymentGroupName: 'x' }, 'DeploymentGroupDoesNotExistException'],
    [
      'an unknown configuration',
      { deploymentConfigName: 'x' },
      'DeploymentConfigDoesNotExistException'
    ],
    ['no revision', { revision: undefined }, 'RevisionRequiredException'],
    [
      'a bucket that is not there',
      {
        revision: { revisionType: 'S3', s3Location: { bucket: 'b', key: 'k', bundleType: 'YAML' } }
      },
      'RevisionDoesNotExistException'
    ],
    ['a long description', { description: 'x'.repeat(257) }, 'DescriptionTooLongException'],
    [
      'a rollback on no event',
      { autoRollbackConfiguration: { enabled: true, events: [] } },
      'InvalidAutoRollbackConfigException'
    ],
    ['a restart', { deploymentMode: 'RESTART' }, 'InvalidInputException']
  ])('refuses %s', async (_, change, name) => {
    await expect(create(change)).rejects.toMatchObject({ name })
  })

  it.each([
    ['is no YAML', '{', ''],
    ['has another version', appSpec().replace('0.0', '1.0'), 'version must be 0.0'],
    [
      'has two resources',
      appSpec(RESOURCE, `  - Other:\n      ${RESOURCE}`),
      'exactly one resource'
    ],
    ['releases something else', appSpec('Type: AWS::Lambda::Function'), 'AWS::ECS::Service'],
    ['names no container', appSpec(RESOURCE.replace('app', '""')), 'ContainerName'],
    ['has a port in words', appSpec(RESOURCE.replace('8080', 'http')), 'ContainerPort'],
    ['knows other hooks', appSpec(RESOURCE, 'Hooks:\n  - Install: f'), 'Install is not'],
    [
      'has half a network',
      appSpec(`${RESOURCE}
        NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [a], AssignPublicIp: DISABLED}}`),
      'SecurityGroups'
    ]
  ])('refuses an AppSpec that %s', async (_, content, message) => {
    const revision = { revisionType: 'AppSpecContent', appSpecContent: { content } } as const
    await expect(create({ revision })).rejects.toMatchObject({
      name: 'InvalidRevisionException',
      message: expect.stringContaining(message)
    })
  })

  it('takes an AppSpec in any case and either notation, without a revision too', async () => {
    const content = appSpec(RESOURCE.replace('orders:1', 'orders')).replace(
      'Resources',
      'resources'
    )
    const id = await lab.release({
      input: { revision: { revisionType: 'AppSpecContent', appSpecContent: { content } } }
    })
    await lab.untilEvent(id, 'Install')
    await lab.untilEnd(id)
    expect((await lab.deployment(id)).status).toBe('Succeeded')
  })
})

describe('a deployment group', () => {
  const update = async (change: Partial<UpdateDeploymentGroupInput>): Promise<unknown> =>
    lab.codedeploy.send(
      new UpdateDeploymentGroupCommand({
        applicationName: lab.demo.application,
        currentDeploymentGroupName: lab.demo.deploymentGroup,
        ...change
      })
    )
  const blueGreen = (
    actionOnTimeout: 'STOP_DEPLOYMENT' | 'CONTINUE_DEPLOYMENT',
    waitTimeInMinutes: number,
    terminationWaitTimeInMinutes = 0
  ): Partial<UpdateDeploymentGroupInput> => ({
    blueGreenDeploymentConfiguration: {
      deploymentReadyOption: { actionOnTimeout, waitTimeInMinutes },
      terminateBlueInstancesOnDeploymentSuccess: {
        action: 'TERMINATE',
        terminationWaitTimeInMinutes
      }
    }
  })

  it.each<[Partial<UpdateDeploymentGroupInput>, string, string]>([
    [
      blueGreen('CONTINUE_DEPLOYMENT', 5),
      'InvalidBlueGreenDeploymentConfigurationException',
      "Deployment ready action cannot be set to 'CONTINUE_DEPLOYMENT' when timeout is specified"
    ],
    [
      blueGreen('STOP_DEPLOYMENT', 0),
      'InvalidBlueGreenDeploymentConfigurationException',
      'Deployment ready action cannot be set to STOP_DEPLOYMENT when timeout is set to 0 minutes'
    ],
    [
      blueGreen('CONTINUE_DEPLOYMENT', 0, 2881),
      'InvalidBlueGreenDeploymentConfigurationException',
      'Timeout for instance termination cannot be more than 2 days'
    ],
    [
      { autoRollbackConfiguration: { enabled: true } },
      'InvalidAutoRollbackConfigException',
      'Deployment Groups need to have at least one event specified when auto rollback is enabled'
    ],
    [{ serviceRoleArn: 'deploy' }, 'InvalidRoleException', 'Invalid role ARN: deploy']
  ])('refuses %j', async (change, name, message) => {
    await expect(update(change)).rejects.toMatchObject({ name, message })
  })

  it('is the only one of its service', async () => {
    await lab.codedeploy.send(
      new CreateApplicationCommand({ applicationName: 'second', computePlatform: 'ECS' })
    )
    const { deploymentGroupInfo = {} } = await lab.codedeploy.send(
      new GetDeploymentGroupCommand({
        applicationName: lab.demo.application,
        deploymentGroupName: lab.demo.deploymentGroup
      })
    )
    const {
      deploymentStyle,
      serviceRoleArn,
      ecsServices,
      loadBalancerInfo,
      blueGreenDeploymentConfiguration,
      deploymentConfigName
    } = deploymentGroupInfo
    const again = new CreateDeploymentGroupCommand({
      applicationName: 'second',
      deploymentGroupName: 'second',
      deploymentStyle,
      serviceRoleArn,
      ecsServices,
      loadBalancerInfo,
      blueGreenDeploymentConfiguration,
      deploymentConfigName
    })
    await expect(lab.codedeploy.send(again)).rejects.toMatchObject({
      name: 'ECSServiceMappingLimitExceededException'
    })
  })

  it('remembers its last deployments', async () => {
    const id = await lab.release({ hooks: {} })
    await lab.untilEnd(id)
    const { deploymentGroupInfo } = await lab.codedeploy.send(
      new GetDeploymentGroupCommand({
        applicationName: lab.demo.application,
        deploymentGroupName: lab.demo.deploymentGroup
      })
    )
    expect(deploymentGroupInfo).toMatchObject({
      lastAttemptedDeployment: { deploymentId: id, status: 'Succeeded' },
      lastSuccessfulDeployment: { deploymentId: id, status: 'Succeeded' },
      targetRevision: { revisionType: 'AppSpecContent' }
    })
  })
})
