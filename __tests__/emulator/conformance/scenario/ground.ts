import { expect } from '@jest/globals'
import { step } from '../step.ts'
import type { Wave } from '../step.ts'
import { balancer, FUNCTION, GROUP, listener, ROLE, targetGroup } from './things.ts'

const LINEAR = {
  type: 'TimeBasedLinear',
  timeBasedLinear: { linearPercentage: 50, linearInterval: 1 }
}

const taskDefinition = (image: string): Record<string, unknown> => ({
  family: 'orders',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [
    {
      name: 'app',
      image,
      portMappings: [{ containerPort: 8080 }],
      environment: [{ name: 'EMPTY', value: '' }]
    }
  ],
  tags: [{ key: 'team', value: 'shop' }]
})

/** An account with a service on a load balancer. */
export const GROUND: readonly Wave[] = [
  {
    steps: (seen) => [
      step('sts:GetCallerIdentity', {}, { Account: '123456789012' }),
      step(
        'sts:AssumeRole',
        { RoleArn: ROLE, RoleSessionName: 'release' },
        { Credentials: { AccessKeyId: expect.stringMatching(/^ASIA/) } }
      ),
      step(
        'sts:AssumeRoleWithWebIdentity',
        { RoleArn: ROLE, RoleSessionName: 'github', WebIdentityToken: 'a.b.c' },
        { AssumedRoleUser: { Arn: expect.stringMatching(/:assumed-role\/deploy\/github$/) } }
      ),
      step(
        'cloudwatch:PutMetricAlarm',
        {
          AlarmName: '5xx',
          EvaluationPeriods: 1,
          ComparisonOperator: 'GreaterThanThreshold',
          MetricName: 'HTTPCode_Target_5XX_Count',
          Namespace: 'AWS/ApplicationELB',
          Period: 60,
          Statistic: 'Sum',
          Threshold: 1
        },
        {}
      ),
      step(
        'lambda:GetFunction',
        { FunctionName: FUNCTION },
        { Configuration: { FunctionName: FUNCTION, Runtime: 'nodejs24.x' } }
      ),
      step('lambda:Invoke', { FunctionName: FUNCTION, Payload: '{"a":1}' }, { Payload: '{"a":1}' }),
      step('lambda:GetFunction', { FunctionName: 'absent' }, 'ResourceNotFoundException', 'absent'),
      step(
        'ecs:CreateCluster',
        { clusterName: 'shop' },
        { cluster: { clusterName: 'shop', status: 'ACTIVE' } }
      ),
      step('ecs:RegisterTaskDefinition', taskDefinition('orders:1'), {
        taskDefinition: { registeredAt: seen.now(), containerDefinitions: [{ cpu: 0 }] }
      }),
      step(
        'elasticloadbalancing:CreateLoadBalancer',
        { Name: 'shop' },
        {
          LoadBalancers: [{ LoadBalancerName: 'shop', CreatedTime: seen.now() }]
        }
      ),
      ...['blue', 'green'].map((Name) =>
        step(
          'elasticloadbalancing:CreateTargetGroup',
          { Name, Port: 8080, Protocol: 'HTTP', TargetType: 'ip', HealthCheckIntervalSeconds: 5 },
          { TargetGroups: [{ TargetGroupName: Name, Port: 8080, HealthCheckEnabled: true }] },
          Name
        )
      ),
      step(
        'codedeploy:CreateApplication',
        { applicationName: GROUP.applicationName, computePlatform: 'ECS' },
        { applicationId: expect.any(String) }
      ),
      step(
        'codedeploy:CreateDeploymentConfig',
        { deploymentConfigName: 'half', computePlatform: 'ECS', trafficRoutingConfig: LINEAR },
        { deploymentConfigId: expect.any(String) }
      )
    ]
  },
  {
    steps: (seen) => [
      step(
        'ecs:RegisterTaskDefinition',
        taskDefinition('orders:2'),
        {
          taskDefinition: { revision: 2, status: 'ACTIVE' }
        },
        'second'
      ),
      step(
        'elasticloadbalancing:CreateListener',
        {
          LoadBalancerArn: balancer(seen),
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup(seen, 'blue') }]
        },
        { Listeners: [{ Port: 80, DefaultActions: [{ Type: 'forward' }] }] }
      ),
      step(
        'elasticloadbalancing:ModifyTargetGroupAttributes',
        {
          TargetGroupArn: targetGroup(seen, 'blue'),
          Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '5' }]
        },
        { Attributes: [{ Value: '5' }, {}, {}] }
      ),
      step(
        'elasticloadbalancing:DescribeTargetGroups',
        { Names: ['absent'] },
        'TargetGroupNotFound',
        'absent'
      ),
      step(
        'elasticloadbalancing:DescribeLoadBalancers',
        { Names: ['shop'] },
        {
          LoadBalancers: [{ Type: 'application', State: { Code: 'active' } }]
        }
      ),
      step(
        'cloudwatch:SetAlarmState',
        { AlarmName: '5xx', StateValue: 'OK', StateReason: 'test' },
        {}
      ),
      step(
        'cloudwatch:SetAlarmState',
        { AlarmName: 'absent', StateValue: 'OK', StateReason: 'test' },
        'ResourceNotFound',
        'absent'
      ),
      step(
        'ecs:DescribeTaskDefinition',
        { taskDefinition: 'orders:1', include: ['TAGS'] },
        {
          taskDefinition: {
            containerDefinitions: [{ environment: [{ name: 'EMPTY', value: '' }] }]
          },
          tags: [{ key: 'team', value: 'shop' }]
        }
      ),
      step('ecs:DescribeTaskDefinition', { taskDefinition: 'absent' }, 'ClientException', 'absent'),
      step(
        'ecs:TagResource',
        {
          resourceArn: seen.text(
            'ecs:RegisterTaskDefinition',
            'taskDefinition',
            'taskDefinitionArn'
          ),
          tags: [{ key: 'stage', value: 'test' }]
        },
        {}
      ),
      step(
        'codedeploy:GetApplication',
        { applicationName: GROUP.applicationName },
        {
          application: { computePlatform: 'ECS', createTime: seen.now() }
        }
      ),
      step(
        'codedeploy:BatchGetApplications',
        { applicationNames: [GROUP.applicationName] },
        { applicationsInfo: [{ applicationName: GROUP.applicationName, computePlatform: 'ECS' }] }
      ),
      step('codedeploy:ListApplications', {}, { applications: [GROUP.applicationName] }),
      step(
        'codedeploy:GetDeploymentConfig',
        { deploymentConfigName: 'half' },
        {
          deploymentConfigInfo: { trafficRoutingConfig: LINEAR }
        }
      ),
      step(
        'codedeploy:ListDeploymentConfigs',
        {},
        {
          deploymentConfigsList: expect.arrayContaining(['half', 'CodeDeployDefault.ECSAllAtOnce'])
        }
      ),
      step(
        'codedeploy:GetDeployment',
        { deploymentId: 'd-ABCDEFGHI' },
        'DeploymentDoesNotExistException',
        'absent'
      )
    ]
  },
  {
    steps: (seen) => [
      step(
        'ecs:CreateService',
        {
          cluster: 'shop',
          serviceName: 'orders',
          taskDefinition: 'orders:1',
          desiredCount: 1,
          deploymentController: { type: 'CODE_DEPLOY' },
          loadBalancers: [
            { targetGroupArn: targetGroup(seen, 'blue'), containerName: 'app', containerPort: 8080 }
          ]
        },
        { service: { status: 'ACTIVE', deployments: [], taskSets: [{ status: 'PRIMARY' }] } }
      ),
      step(
        'ecs:ListTaskDefinitions',
        { familyPrefix: 'orders', sort: 'DESC' },
        {
          taskDefinitionArns: [expect.stringMatching(/:2$/), expect.stringMatching(/:1$/)]
        }
      ),
      step(
        'ecs:ListTagsForResource',
        {
          resourceArn: seen.text(
            'ecs:RegisterTaskDefinition',
            'taskDefinition',
            'taskDefinitionArn'
          )
        },
        {
          tags: [
            { key: 'team', value: 'shop' },
            { key: 'stage', value: 'test' }
          ]
        }
      ),
      step(
        'cloudwatch:DescribeAlarms',
        { AlarmNames: ['5xx'] },
        {
          MetricAlarms: [{ AlarmName: '5xx', StateValue: 'OK' }]
        }
      ),
      step('cloudwatch:GetMetricData', metricData('hosts'), {
        MetricDataResults: [{ Id: 'hosts', Label: 'HealthyHostCount', StatusCode: 'Complete' }]
      }),
      step('cloudwatch:GetMetricData', metricData('5xx'), 'ValidationError', 'wrong id'),
      step(
        'elasticloadbalancing:DescribeTargetGroups',
        { Names: ['blue'] },
        {
          TargetGroups: [
            { TargetGroupArn: targetGroup(seen, 'blue'), Matcher: { HttpCode: '200' } }
          ]
        }
      ),
      step(
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        {
          TargetGroupArn: targetGroup(seen, 'blue')
        },
        { Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '5' }, {}, {}] }
      ),
      step(
        'elasticloadbalancing:RegisterTargets',
        {
          TargetGroupArn: targetGroup(seen, 'green'),
          Targets: [{ Id: '127.0.0.1', Port: 9 }]
        },
        {}
      ),
      step(
        'elasticloadbalancing:CreateRule',
        {
          ListenerArn: listener(seen),
          Priority: 10,
          Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
          Actions: [{ Type: 'forward', TargetGroupArn: targetGroup(seen, 'blue') }]
        },
        { Rules: [{ Priority: '10', IsDefault: false }] }
      )
    ],
    thenSeconds: 30
  }
]

/** One figure of no target group, under this id. */
function metricData(id: string): Readonly<Record<string, unknown>> {
  return {
    StartTime: '2026-01-01T00:00:00Z',
    EndTime: '2026-01-01T01:00:00Z',
    MetricDataQueries: [
      {
        Id: id,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/ApplicationELB',
            MetricName: 'HealthyHostCount',
            Dimensions: [
              { Name: 'TargetGroup', Value: 'targetgroup/none/0123456789abcdef' },
              { Name: 'LoadBalancer', Value: 'app/none/0123456789abcdef' }
            ]
          },
          Period: 60,
          Stat: 'Minimum'
        }
      }
    ]
  }
}
