import { createHash } from 'node:crypto'
import type { Probe } from '../probe.ts'
import type { Ground } from './elb-and-ecs.ts'

const ALARMS = { enabled: true, ignorePollAlarmFailure: true, alarms: [{ name: '5xx' }] }
const ROLLBACK = { enabled: true, events: ['DEPLOYMENT_FAILURE'] }
const ROLE = 'arn:aws:iam::123456789012:role/codedeploy'
const FUNCTION = 'CodeDeployHook_gate'

const APPSPEC = JSON.stringify({
  version: 0.0,
  Resources: [
    {
      TargetService: {
        Type: 'AWS::ECS::Service',
        Properties: {
          TaskDefinition: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:1',
          LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 8080 }
        }
      }
    }
  ],
  Hooks: [{ BeforeAllowTraffic: FUNCTION }]
})
const INLINE = {
  revisionType: 'AppSpecContent',
  appSpecContent: {
    content: APPSPEC,
    sha256: createHash('sha256').update(APPSPEC).digest('hex')
  }
}

/** Applications, groups, configurations and deployments of the service that stands. */
export async function deploy(probe: Probe, { production, testListener }: Ground): Promise<void> {
  const codedeploy = (name: string, input: object) => probe.call(`codedeploy:${name}`, input)
  probe.emulator.world.lambda.create(FUNCTION, { kind: 'inline', handler: () => null })
  const applicationName = 'shop'
  const page = { nextToken: Buffer.from('from:0').toString('base64') }
  await codedeploy('CreateApplication', { applicationName, computePlatform: 'ECS' })
  await codedeploy('GetApplication', { applicationName })
  await codedeploy('BatchGetApplications', { applicationNames: [applicationName] })
  await codedeploy('ListApplications', page)
  await config(probe, page)
  await groups(probe, applicationName, page, [production, testListener])
  await deployments(probe, { applicationName, deploymentGroupName: 'orders' }, page)
  const group = { applicationName, deploymentGroupName: 'orders' }
  await codedeploy('DeleteDeploymentGroup', group)
  await codedeploy('DeleteApplication', { applicationName })
}

async function config(probe: Probe, page: object): Promise<void> {
  const codedeploy = (name: string, input: object) => probe.call(`codedeploy:${name}`, input)
  const ecs = { deploymentConfigName: 'half', computePlatform: 'ECS' }
  const linear = { linearPercentage: 50, linearInterval: 1 }
  const canary = { canaryPercentage: 50, canaryInterval: 1 }
  await codedeploy('CreateDeploymentConfig', {
    ...ecs,
    trafficRoutingConfig: { type: 'TimeBasedLinear', timeBasedLinear: linear }
  })
  await codedeploy('CreateDeploymentConfig', {
    ...ecs,
    deploymentConfigName: 'other',
    trafficRoutingConfig: { type: 'TimeBasedCanary', timeBasedCanary: canary }
  })
  await probe.refused(
    'codedeploy:CreateDeploymentConfig',
    { ...ecs, minimumHealthyHosts: { type: 'HOST_COUNT', value: 1 } },
    /minimumHealthyHosts should be null/
  )
  await codedeploy('GetDeploymentConfig', { deploymentConfigName: 'half' })
  await codedeploy('ListDeploymentConfigs', page)
  await codedeploy('DeleteDeploymentConfig', { deploymentConfigName: 'other' })
}

async function groups(
  probe: Probe,
  applicationName: string,
  page: object,
  [production, test]: readonly [string, string]
): Promise<void> {
  const codedeploy = (name: string, input: object) => probe.call(`codedeploy:${name}`, input)
  const group = {
    alarmConfiguration: ALARMS,
    autoRollbackConfiguration: ROLLBACK,
    blueGreenDeploymentConfiguration: {
      deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 5 },
      terminateBlueInstancesOnDeploymentSuccess: {
        action: 'TERMINATE',
        terminationWaitTimeInMinutes: 5
      }
    },
    deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    ecsServices: [{ clusterName: 'shop', serviceName: 'orders' }],
    loadBalancerInfo: {
      targetGroupPairInfoList: [
        {
          targetGroups: [{ name: 'blue' }, { name: 'green' }],
          prodTrafficRoute: { listenerArns: [production] },
          testTrafficRoute: { listenerArns: [test] }
        }
      ]
    },
    outdatedInstancesStrategy: 'IGNORE',
    serviceRoleArn: ROLE,
    triggerConfigurations: [
      { triggerName: 'all', triggerTargetArn: 'arn:topic', triggerEvents: ['DeploymentStart'] }
    ]
  }
  const named = { applicationName, deploymentGroupName: 'first' }
  await codedeploy('CreateDeploymentGroup', { ...named, ...group })
  await codedeploy('GetDeploymentGroup', named)
  await codedeploy('BatchGetDeploymentGroups', { applicationName, deploymentGroupNames: ['first'] })
  await codedeploy('ListDeploymentGroups', { applicationName, ...page })
  await codedeploy('UpdateDeploymentGroup', {
    ...group,
    applicationName,
    currentDeploymentGroupName: 'first',
    newDeploymentGroupName: 'orders'
  })
}

async function deployments(
  probe: Probe,
  group: { readonly applicationName: string; readonly deploymentGroupName: string },
  page: object
): Promise<void> {
  const codedeploy = (name: string, input: object) => probe.call(`codedeploy:${name}`, input)
  const create = { ...group, deploymentConfigName: 'half' }
  const { deploymentId } = await codedeploy('CreateDeployment', {
    ...create,
    autoRollbackConfiguration: ROLLBACK,
    deploymentMode: 'STANDARD',
    description: 'a release',
    overrideAlarmConfiguration: ALARMS,
    revision: INLINE
  })
  await probe.refused(
    'codedeploy:CreateDeployment',
    { ...create, revision: { revisionType: 'S3', s3Location: inS3() } },
    /No revision found at s3:/
  )
  const { deployments: all } = probe.emulator.world.codedeploy
  const stored = all.get(String(deploymentId))
  await until(
    probe,
    () => stored?.hookExecutions.size === 1,
    () => stored?.info
  )
  const [lifecycleEventHookExecutionId] = stored?.hookExecutions.keys() ?? []
  await codedeploy('GetDeployment', { deploymentId })
  const { applicationName } = group
  await codedeploy('GetApplicationRevision', {
    applicationName,
    revision: INLINE
  })
  await probe.refused(
    'codedeploy:GetApplicationRevision',
    { applicationName, revision: { revisionType: 'S3', s3Location: inS3() } },
    /No revision found at s3:/
  )
  await codedeploy('BatchGetDeployments', { deploymentIds: [deploymentId] })
  await codedeploy('ListDeployments', {
    ...group,
    ...page,
    createTimeRange: { start: new Date(0), end: new Date(probe.clock.now() + 1) },
    includeOnlyStatuses: ['InProgress']
  })
  await probe.refused('codedeploy:ListDeployments', { externalId: 'x' }, /Invalid external ID/)
  const targetId = 'shop:orders'
  await codedeploy('GetDeploymentTarget', { deploymentId, targetId })
  await codedeploy('BatchGetDeploymentTargets', { deploymentId, targetIds: [targetId] })
  const targetFilters = { TargetStatus: ['InProgress'] }
  await codedeploy('ListDeploymentTargets', { deploymentId, targetFilters })
  const next = { deploymentId, nextToken: 'x' }
  await probe.refused('codedeploy:ListDeploymentTargets', next, /Invalid next token/)
  await codedeploy('PutLifecycleEventHookExecutionStatus', {
    deploymentId,
    lifecycleEventHookExecutionId,
    status: 'Succeeded'
  })
  await until(
    probe,
    () => stored?.wait !== undefined,
    () => stored?.info
  )
  const proceed = { deploymentId, deploymentWaitType: stored?.wait?.type }
  await codedeploy('ContinueDeployment', proceed)
  await codedeploy('StopDeployment', { deploymentId, autoRollbackEnabled: false })
  await probe.clock.advance(1000)
}

/** Moves time on; fails with `state` when that takes an hour. */
async function until(probe: Probe, reached: () => boolean, state: () => unknown): Promise<void> {
  for (let seconds = 0; !reached(); seconds++) {
    if (seconds > 3600) throw new Error(`not within an hour: ${JSON.stringify(state())}`)
    await probe.clock.advance(1000)
  }
}

function inS3(): object {
  return { bucket: 'b', key: 'k', bundleType: 'YAML', version: '1', eTag: 'e' }
}
