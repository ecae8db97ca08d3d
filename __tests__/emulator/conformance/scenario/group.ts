import { expect } from '@jest/globals'
import { step } from '../step.ts'
import type { Wave } from '../step.ts'
import { ALL_ON_BLUE, GROUP, listener, ROLE, SERVICE, targetGroup } from './things.ts'

/** What stands there, and a deployment group for it. */
export const GROUP_WAVES: readonly Wave[] = [
  {
    steps: (seen) => [
      step(
        'codedeploy:CreateDeploymentGroup',
        {
          ...GROUP,
          serviceRoleArn: ROLE,
          deploymentConfigName: 'half',
          deploymentStyle: {
            deploymentType: 'BLUE_GREEN',
            deploymentOption: 'WITH_TRAFFIC_CONTROL'
          },
          ecsServices: [{ clusterName: 'shop', serviceName: 'orders' }],
          blueGreenDeploymentConfiguration: blueGreen('CONTINUE_DEPLOYMENT', 0),
          loadBalancerInfo: {
            targetGroupPairInfoList: [
              {
                targetGroups: [{ name: 'blue' }, { name: 'green' }],
                prodTrafficRoute: { listenerArns: [listener(seen)] }
              }
            ]
          }
        },
        { deploymentGroupId: expect.any(String) }
      ),
      step(
        'ecs:DescribeClusters',
        { clusters: ['shop', 'absent'] },
        {
          clusters: [{ clusterName: 'shop', activeServicesCount: 1, runningTasksCount: 1 }],
          failures: [{ reason: 'MISSING' }]
        }
      ),
      step(
        'ecs:DescribeServices',
        { cluster: 'shop', services: ['orders'] },
        {
          services: [
            {
              deployments: [],
              runningCount: 1,
              taskSets: [
                { stabilityStatus: 'STEADY_STATE', scale: { value: 100, unit: 'PERCENT' } }
              ]
            }
          ],
          failures: []
        }
      ),
      step(
        'ecs:ListClusters',
        {},
        { clusterArns: expect.arrayContaining([expect.stringMatching(/cluster\/shop$/)]) }
      ),
      step(
        'ecs:ListServices',
        { cluster: 'shop' },
        {
          serviceArns: [expect.stringMatching(/service\/shop\/orders$/)]
        }
      ),
      step('ecs:DescribeTaskSets', SERVICE, { taskSets: [{ status: 'PRIMARY' }] }),
      step('ecs:ListTasks', { cluster: 'shop' }, { taskArns: [expect.any(String)] }),
      step(
        'elasticloadbalancing:DescribeTargetHealth',
        { TargetGroupArn: targetGroup(seen, 'blue') },
        {
          TargetHealthDescriptions: [{ TargetHealth: { State: 'healthy' } }]
        }
      ),
      step(
        'elasticloadbalancing:DeregisterTargets',
        {
          TargetGroupArn: targetGroup(seen, 'green'),
          Targets: [{ Id: '127.0.0.1', Port: 9 }]
        },
        {}
      ),
      step(
        'elasticloadbalancing:ModifyRule',
        {
          RuleArn: seen.text('elasticloadbalancing:CreateRule', 'Rules', 0, 'RuleArn'),
          Actions: [{ Type: 'forward', TargetGroupArn: targetGroup(seen, 'blue') }]
        },
        { Rules: [{ Actions: [{ TargetGroupArn: targetGroup(seen, 'blue') }] }] }
      ),
      step(
        'lambda:Invoke',
        { FunctionName: 'absent', Payload: '{}' },
        'ResourceNotFoundException',
        'absent'
      )
    ],
    thenSeconds: 400
  },
  {
    steps: (seen) => [
      step(
        'elasticloadbalancing:ModifyListener',
        {
          ListenerArn: listener(seen),
          DefaultActions: [
            {
              Type: 'forward',
              ForwardConfig: {
                TargetGroups: [
                  { TargetGroupArn: targetGroup(seen, 'blue'), Weight: 100 },
                  { TargetGroupArn: targetGroup(seen, 'green'), Weight: 0 }
                ]
              }
            }
          ]
        },
        { Listeners: [{ DefaultActions: [{ ForwardConfig: ALL_ON_BLUE }] }] }
      ),
      step(
        'elasticloadbalancing:DescribeRules',
        { ListenerArn: listener(seen) },
        {
          Rules: [{ Priority: '10' }, { Priority: 'default', IsDefault: true }]
        }
      ),
      step(
        'ecs:DescribeTasks',
        { cluster: 'shop', tasks: [seen.text('ecs:ListTasks', 'taskArns', 0)] },
        {
          tasks: [{ lastStatus: 'RUNNING', containers: [{ name: 'app' }] }],
          failures: []
        }
      ),
      step('ecs:UpdateService', { ...SERVICE, desiredCount: 2 }, { service: { desiredCount: 2 } }),
      step('codedeploy:GetDeploymentGroup', GROUP, {
        deploymentGroupInfo: { computePlatform: 'ECS', deploymentConfigName: 'half' }
      }),
      step(
        'codedeploy:BatchGetDeploymentGroups',
        {
          applicationName: GROUP.applicationName,
          deploymentGroupNames: [GROUP.deploymentGroupName]
        },
        { deploymentGroupsInfo: [{ ecsServices: [{ serviceName: 'orders' }] }] }
      ),
      step(
        'codedeploy:ListDeploymentGroups',
        { applicationName: GROUP.applicationName },
        {
          deploymentGroups: [GROUP.deploymentGroupName]
        }
      ),
      step(
        'codedeploy:UpdateDeploymentGroup',
        {
          applicationName: GROUP.applicationName,
          currentDeploymentGroupName: GROUP.deploymentGroupName,
          blueGreenDeploymentConfiguration: blueGreen('STOP_DEPLOYMENT', 60)
        },
        { hooksNotCleanedUp: [] }
      )
    ],
    thenSeconds: 60
  }
]

function blueGreen(actionOnTimeout: string, waitTimeInMinutes: number): Record<string, unknown> {
  return {
    deploymentReadyOption: { actionOnTimeout, waitTimeInMinutes },
    terminateBlueInstancesOnDeploymentSuccess: {
      action: 'TERMINATE',
      terminationWaitTimeInMinutes: 60
    }
  }
}
