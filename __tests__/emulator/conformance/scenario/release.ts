import { createHash } from 'node:crypto'
import { expect } from '@jest/globals'
import { step } from '../step.ts'
import type { Seen, Wave } from '../step.ts'
import { ALL_ON_BLUE, deployment, FUNCTION, GROUP, listener, SERVICE } from './things.ts'

const TARGET = {
  deploymentTargetType: 'ECSTarget',
  ecsTarget: {
    lifecycleEvents: [
      { lifecycleEventName: 'BeforeInstall', status: 'Succeeded' },
      { lifecycleEventName: 'Install', status: 'Succeeded' },
      { lifecycleEventName: 'AfterInstall', status: 'Succeeded' },
      { lifecycleEventName: 'BeforeAllowTraffic', status: 'InProgress' },
      { lifecycleEventName: 'AllowTraffic', status: 'Pending' },
      { lifecycleEventName: 'AfterAllowTraffic', status: 'Pending' }
    ],
    taskSetsInfo: [
      { taskSetLabel: 'Blue', trafficWeight: 100, targetGroup: { name: 'blue' } },
      { taskSetLabel: 'Green', trafficWeight: 0, targetGroup: { name: 'green' } }
    ]
  }
}

/** A release that is approved, continued and stopped in its termination wait. */
export const RELEASE: readonly Wave[] = [
  {
    steps: (seen) => [
      step(
        'codedeploy:CreateDeployment',
        {
          ...GROUP,
          description: 'release 2',
          revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec(seen) } }
        },
        { deploymentId: expect.stringMatching(/^d-[A-Z0-9]{9}$/) }
      ),
      step(
        'elasticloadbalancing:DescribeListeners',
        { ListenerArns: [listener(seen)] },
        {
          Listeners: [{ DefaultActions: [{ ForwardConfig: ALL_ON_BLUE }] }]
        }
      )
    ],
    thenSeconds: 60
  },
  {
    steps: (seen) => [
      step(
        'codedeploy:GetDeployment',
        { deploymentId: deployment(seen) },
        {
          deploymentInfo: { status: 'InProgress', creator: 'user', description: 'release 2' }
        }
      ),
      step(
        'codedeploy:GetApplicationRevision',
        {
          applicationName: GROUP.applicationName,
          revision: {
            revisionType: 'AppSpecContent',
            appSpecContent: { sha256: createHash('sha256').update(appSpec(seen)).digest('hex') }
          }
        },
        { revision: { appSpecContent: { content: appSpec(seen) } } }
      ),
      step(
        'codedeploy:BatchGetDeployments',
        { deploymentIds: [deployment(seen)] },
        {
          deploymentsInfo: [{ deploymentId: deployment(seen), computePlatform: 'ECS' }]
        }
      ),
      step(
        'codedeploy:ListDeployments',
        { ...GROUP, includeOnlyStatuses: ['InProgress'] },
        {
          deployments: [deployment(seen)]
        }
      ),
      step(
        'codedeploy:ListDeploymentTargets',
        { deploymentId: deployment(seen) },
        {
          targetIds: ['shop:orders']
        }
      ),
      step(
        'codedeploy:GetDeploymentTarget',
        { deploymentId: deployment(seen), targetId: 'shop:orders' },
        {
          deploymentTarget: TARGET
        }
      ),
      step(
        'codedeploy:BatchGetDeploymentTargets',
        {
          deploymentId: deployment(seen),
          targetIds: ['shop:orders']
        },
        { deploymentTargets: [TARGET] }
      )
    ]
  },
  {
    steps: (seen) => [
      step(
        'codedeploy:PutLifecycleEventHookExecutionStatus',
        {
          deploymentId: deployment(seen),
          lifecycleEventHookExecutionId: seen.hookExecutionId(),
          status: 'Succeeded'
        },
        { lifecycleEventHookExecutionId: seen.hookExecutionId() }
      ),
      step(
        'ecs:RunTask',
        {
          cluster: 'shop',
          taskDefinition: 'orders:1',
          launchType: 'FARGATE',
          networkConfiguration: {
            awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'DISABLED' }
          },
          overrides: { containerOverrides: [{ name: 'app', command: ['migrate'] }] },
          startedBy: 'conformance'
        },
        {
          tasks: [
            {
              lastStatus: 'PROVISIONING',
              startedBy: 'conformance',
              overrides: { containerOverrides: [{ name: 'app', command: ['migrate'] }] }
            }
          ],
          failures: []
        }
      ),
      step(
        'ecs:StopTask',
        {
          cluster: 'shop',
          task: seen.text('ecs:ListTasks', 'taskArns', 0),
          reason: 'conformance'
        },
        { task: { desiredStatus: 'STOPPED' } }
      )
    ],
    thenSeconds: 60
  },
  {
    steps: (seen) => [
      step('codedeploy:ContinueDeployment', { deploymentId: deployment(seen) }, {})
    ],
    thenSeconds: 300
  },
  {
    steps: (seen) => [
      step(
        'codedeploy:StopDeployment',
        {
          deploymentId: deployment(seen),
          autoRollbackEnabled: false
        },
        { status: 'Succeeded' }
      )
    ],
    thenSeconds: 10
  }
]

/** Back to nothing. */
export const END: readonly Wave[] = [
  {
    steps: (seen) => [
      step(
        'codedeploy:GetDeployment',
        { deploymentId: deployment(seen) },
        {
          deploymentInfo: { status: 'Stopped', errorInformation: { code: 'MANUAL_STOP' } }
        },
        'stopped'
      ),
      step('codedeploy:DeleteDeploymentGroup', GROUP, { hooksNotCleanedUp: [] }),
      step('ecs:DeleteService', { ...SERVICE, force: true }, { service: { status: 'DRAINING' } }),
      step(
        'ecs:DeregisterTaskDefinition',
        { taskDefinition: 'orders:2' },
        {
          taskDefinition: { status: 'INACTIVE' }
        }
      )
    ]
  },
  {
    steps: () => [
      step('codedeploy:DeleteDeploymentConfig', { deploymentConfigName: 'half' }, {}),
      step('codedeploy:DeleteApplication', { applicationName: GROUP.applicationName }, {})
    ]
  }
]

function appSpec(seen: Seen): string {
  const arn = seen.text('second', 'taskDefinition', 'taskDefinitionArn')
  return `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: ${arn}
        LoadBalancerInfo: {ContainerName: app, ContainerPort: 8080}
Hooks:
  - BeforeAllowTraffic: ${FUNCTION}
`
}
