/**
 * What the official render and deploy actions call, in this order, and with which members: written down
 * from their README.md and action.yml (aws-actions/amazon-ecs-render-task-definition and
 * amazon-ecs-deploy-task-definition v2, the deploy action's "AWS CodeDeploy Support", "Deploying an
 * existing task definition revision" and "Polling Configuration"). Nothing of their code is here.
 */
export interface OfficialCall {
  /** As IAM names it. */
  readonly operation: string
  readonly members: readonly string[]
  /** The member, or the input of the action, that decides whether the call is made. */
  readonly when: string
}

/** "Running Tasks", with `wait-for-task-stopped: true` and without `service`. */
export const RUN_TASK: readonly OfficialCall[] = [
  {
    operation: 'ecs:RunTask',
    members: [
      'cluster',
      'launchType',
      'networkConfiguration',
      'overrides',
      'startedBy',
      'tags',
      'taskDefinition',
      'volumeConfigurations'
    ],
    when: 'run-task is true'
  },
  {
    // As often as its waiter looks, and once more for the exit codes.
    operation: 'ecs:DescribeTasks',
    members: ['cluster', 'tasks'],
    when: 'wait-for-task-stopped is true'
  }
]

/** Rendering a file calls nothing; one of `task-definition-arn` or `-family`, `-revision` is read from ECS. */
export const RENDER: readonly OfficialCall[] = [
  {
    operation: 'ecs:DescribeTaskDefinition',
    members: ['taskDefinition'],
    when: 'task-definition-family or task-definition-arn is given instead of a file'
  }
]

export const DEPLOY: readonly OfficialCall[] = [
  {
    operation: 'ecs:RegisterTaskDefinition',
    members: [
      'family',
      'networkMode',
      'requiresCompatibilities',
      'cpu',
      'memory',
      'containerDefinitions'
    ],
    when: 'task-definition is a file; task-definition-arn skips it'
  },
  { operation: 'ecs:DescribeServices', members: ['cluster', 'services'], when: 'service is given' },
  {
    operation: 'codedeploy:GetDeploymentGroup',
    members: ['applicationName', 'deploymentGroupName'],
    when: 'the deployment controller is CODE_DEPLOY'
  },
  {
    operation: 'codedeploy:CreateDeployment',
    members: ['applicationName', 'deploymentGroupName', 'description', 'revision'],
    when: 'the deployment controller is CODE_DEPLOY'
  },
  {
    // As often as its waiter looks.
    operation: 'codedeploy:GetDeployment',
    members: ['deploymentId'],
    when: 'wait-for-service-stability is true'
  }
]
