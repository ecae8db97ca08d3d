interface Sample {
  /** That asks for something which is not the default. */
  readonly value: string
  /** Inputs that this one cannot be without. */
  readonly beside?: Readonly<Record<string, string>>
}

const IN_CONTAINER = { 'container-name': 'app' }
const IN_CHANGED_CONTAINER = { ...IN_CONTAINER, image: 'shop:1' }
const TASK = { 'run-task': 'true', 'run-task-subnets': 'subnet-1' }
const VOLUME = {
  'run-task-managed-ebs-volume-name': 'data',
  'run-task-managed-ebs-volume': '{"roleArn": "arn:aws:iam::123456789012:role/ebs"}'
}
const ARN = 'arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:7'

/** A value for each input of the official actions. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  'task-definition': { value: 'task-definition.json' },
  'desired-count': { value: '3' },
  service: { value: 'orders' },
  cluster: { value: 'production' },
  'wait-for-service-stability': { value: 'false' },
  'wait-for-minutes': { value: '45' },
  'wait-max-delay-seconds': { value: '15' },
  'codedeploy-appspec': { value: 'deploy/appspec.yaml' },
  'codedeploy-application': { value: 'shop' },
  'codedeploy-deployment-group': { value: 'shop' },
  'codedeploy-deployment-description': { value: 'by hand' },
  'codedeploy-deployment-config': { value: 'CodeDeployDefault.ECSAllAtOnce' },
  'force-new-deployment': { value: 'true' },
  'service-managed-ebs-volume-name': { value: 'data' },
  'service-managed-ebs-volume': { value: '{"roleArn": "arn:aws:iam::123456789012:role/ebs"}' },
  'run-task': { value: 'true' },
  'run-task-container-overrides': {
    value: '[{"name": "app", "command": ["migrate"]}]',
    beside: TASK
  },
  'run-task-security-groups': { value: 'sg-1', beside: TASK },
  'run-task-subnets': { value: 'subnet-2', beside: TASK },
  'run-task-assign-public-IP': { value: 'ENABLED', beside: TASK },
  'run-task-capacity-provider-strategy': {
    value: '[{"capacityProvider": "FARGATE_SPOT"}]',
    beside: TASK
  },
  'run-task-launch-type': { value: 'EC2', beside: TASK },
  'run-task-started-by': { value: 'ci', beside: TASK },
  'run-task-tags': { value: '[{"key": "team", "value": "shop"}]', beside: TASK },
  'run-task-managed-ebs-volume-name': { value: 'logs', beside: { ...TASK, ...VOLUME } },
  'run-task-managed-ebs-volume': {
    value: '{"roleArn": "arn:aws:iam::123456789012:role/other"}',
    beside: { ...TASK, ...VOLUME }
  },
  'wait-for-task-stopped': { value: 'false', beside: TASK },
  'enable-ecs-managed-tags': { value: 'true', beside: TASK },
  'propagate-tags': { value: 'SERVICE' },
  'keep-null-value-keys': { value: 'tag' },
  'max-retries': { value: '7' },
  'task-definition-arn': { value: ARN },
  'task-definition-family': { value: 'shop' },
  'task-definition-revision': { value: '7', beside: { 'task-definition-family': 'shop' } },
  'container-name': { value: 'app,worker', beside: IN_CHANGED_CONTAINER },
  image: { value: 'shop:2', beside: { ...IN_CONTAINER, command: 'serve' } },
  'environment-variables': { value: 'A=1', beside: IN_CHANGED_CONTAINER },
  'env-files': { value: 'arn:aws:s3:::bucket/a.env', beside: IN_CHANGED_CONTAINER },
  secrets: { value: 'TOKEN=/shop/token', beside: IN_CHANGED_CONTAINER },
  'log-configuration-log-driver': { value: 'awslogs', beside: IN_CHANGED_CONTAINER },
  'log-configuration-options': { value: 'mode=non-blocking', beside: IN_CHANGED_CONTAINER },
  'docker-labels': { value: 'team=shop', beside: IN_CHANGED_CONTAINER },
  command: { value: 'serve', beside: IN_CHANGED_CONTAINER },
  'task-role-arn': { value: 'shop-task' },
  'execution-role-arn': { value: 'shop-execution' }
}
