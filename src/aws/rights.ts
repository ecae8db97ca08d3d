/**
 * The rights of the job's role: the action, and the policy of `infra/policies.yaml` that allows
 * it. A test holds this table, the templates and the documents together.
 */
export const RIGHTS: Readonly<Record<string, Policy>> = {
  ...inPolicy('CiPolicyArn', [
    'codedeploy:CreateDeployment',
    'codedeploy:GetDeployment',
    'codedeploy:BatchGetDeployments',
    'codedeploy:GetDeploymentGroup',
    'codedeploy:BatchGetDeploymentGroups',
    'codedeploy:ListDeployments',
    'codedeploy:GetDeploymentConfig',
    'codedeploy:RegisterApplicationRevision',
    'codedeploy:GetApplicationRevision',
    'codedeploy:ListDeploymentGroups',
    'codedeploy:StopDeployment',
    'codedeploy:GetDeploymentTarget',
    'codedeploy:ListApplications',
    'cloudwatch:DescribeAlarms',
    'cloudwatch:GetMetricData',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'ecr:DescribeImages',
    'ecr:DescribePullThroughCacheRules',
    'ecs:RegisterTaskDefinition',
    'ecs:TagResource',
    'ecs:DescribeServices',
    'ecs:DescribeTasks',
    'ecs:DescribeTaskDefinition',
    'ecs:ListClusters',
    'ecs:ListServices',
    'ecs:ListTasks',
    'elasticloadbalancing:DescribeListeners',
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeRules',
    'elasticloadbalancing:DescribeTargetGroupAttributes',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
    'lambda:GetFunctionConfiguration',
    'logs:DescribeLogGroups',
    'secretsmanager:DescribeSecret',
    'ssm:DescribeParameters'
  ]),
  ...inPolicy('CiPassRolesPolicyArn', ['iam:PassRole', 'iam:GetRole']),
  ...inPolicy('CiRunTaskPolicyArn', ['ecs:RunTask']),
  ...inPolicy('CiRecoveryPolicyArn', ['ecs:StopTask']),
  ...inPolicy('CiTaskLogsPolicyArn', ['logs:GetLogEvents']),
  ...inPolicy('CiFailoverPolicyArn', ['ecs:UpdateService']),
  ...inPolicy('CiListenersPolicyArn', [
    'elasticloadbalancing:ModifyListener',
    'elasticloadbalancing:ModifyRule'
  ])
}

/** An output of the stack of `infra/policies.yaml`. */
type Policy =
  | 'CiPolicyArn'
  | 'CiPassRolesPolicyArn'
  | 'CiRunTaskPolicyArn'
  | 'CiRecoveryPolicyArn'
  | 'CiTaskLogsPolicyArn'
  | 'CiFailoverPolicyArn'
  | 'CiListenersPolicyArn'

function inPolicy(policy: Policy, actions: readonly string[]): Record<string, Policy> {
  return Object.fromEntries(actions.map((action) => [action, policy]))
}
