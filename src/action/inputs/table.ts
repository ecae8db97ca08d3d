import { HOOK_EVENTS } from '../../controllers/codedeploy/appspec/model.ts'
import { ON_ACTIVE_DEPLOYMENT, ON_INTERRUPT, WAIT_FOR } from '../../release/settings.ts'
import {
  choice,
  choiceOr,
  command,
  commaList,
  confidential,
  flag,
  flagOr,
  integer,
  integerOr,
  lines,
  pairs,
  text,
  words
} from './kinds.ts'
import { runTaskShapes } from '../../aws/run-task-schema.ts'
import { jsonList, jsonObject } from './json.ts'
import * as failover from './failover-patterns.ts'
import * as form from './patterns.ts'
import { LANGUAGES } from '../../words/language.ts'
import { say } from '../../words/say.ts'

/** ECS's LogDriver. */
const LOG_DRIVERS = [
  'awsfirelens',
  'awslogs',
  'fluentd',
  'gelf',
  'journald',
  'json-file',
  'splunk',
  'syslog'
] as const

/**
 * Every input that the action uses. The parser, the list of known names and the test of
 * action.yml are all derived from this table.
 */
export const INPUTS = {
  service: text('service', form.SERVICE),
  cluster: text('cluster', form.CLUSTER),

  strategy: choice('strategy', ['failover']),
  listener: text('listener', failover.LISTENER),
  rule: text('rule', failover.RULE),
  sides: pairs('sides', { example: 'prod1=target-group' }),
  steps: words('steps'),
  bake: text('bake', failover.BAKE),
  approve: words('approve'),
  finish: choice('finish', ['switched', 'balanced']),
  deploy: choice('deploy', ['ecs', 'none']),
  first: text('first', failover.SIDE_NAME),
  minHealthy: integer('min-healthy', { from: 1, to: 1_000, unit: () => say`targets` }),
  rehearsedOn: text('rehearsed-on', failover.REHEARSAL),

  taskDefinition: text('task-definition', form.PATH),
  taskDefinitionArn: text('task-definition-arn', form.TASK_DEFINITION_ARN),
  taskDefinitionFamily: text('task-definition-family', form.FAMILY),
  taskDefinitionRevision: integer('task-definition-revision', {
    from: 1,
    to: 99_999_999,
    unit: () => say`a revision`
  }),

  forceNewDeployment: flagOr('force-new-deployment', false),
  rollbackTo: text('rollback-to', form.REFERENCE),
  breakGlassReason: text('break-glass-reason', form.REASON),

  containers: text('container-name', form.CONTAINERS),
  image: text('image', form.IMAGE),
  images: pairs('images', {
    example: 'container=image',
    name: form.CONTAINER,
    value: form.IMAGE
  }),
  environment: confidential(
    pairs('environment-variables', { example: 'NAME=value', emptyValue: 'accepted' })
  ),
  secrets: confidential(pairs('secrets', { example: 'NAME=ARN', value: form.SECRET_REFERENCE })),
  environmentFiles: lines('env-files', form.S3_OBJECT_ARN),
  dockerLabels: confidential(
    pairs('docker-labels', { example: 'name=value', emptyValue: 'accepted' })
  ),
  logDriver: choice('log-configuration-log-driver', LOG_DRIVERS),
  logOptions: confidential(
    pairs('log-configuration-options', { example: 'name=value', emptyValue: 'accepted' })
  ),
  command: confidential(command('command')),
  taskRole: text('task-role-arn', form.ROLE),
  executionRole: text('execution-role-arn', form.ROLE),

  application: text('codedeploy-application', form.CODEDEPLOY_NAME),
  deploymentGroup: text('codedeploy-deployment-group', form.CODEDEPLOY_NAME),
  appSpec: text('codedeploy-appspec', form.PATH),
  description: text('codedeploy-deployment-description', form.DESCRIPTION),
  deploymentConfig: text('codedeploy-deployment-config', form.CODEDEPLOY_NAME),

  hooks: pairs('hooks', {
    example: 'BeforeAllowTraffic=function-name-or-arn',
    name: { oneOf: HOOK_EVENTS },
    value: form.FUNCTION
  }),
  gateFunction: text('gate-function', form.FUNCTION),
  requireApproval: flagOr('require-approval', true),
  ledgerTable: text('ledger-table', form.TABLE_NAME),
  testUrl: text('test-url', form.WEB_ADDRESS),
  verification: text('verification', form.WORKSPACE_PATH),
  k6Path: text('k6-path', form.PATH),
  verifyFunction: text('verify-function', form.FUNCTION),

  githubToken: confidential(text('github-token', form.GITHUB_TOKEN)),
  githubEnvironment: text('environment', form.ENVIRONMENT_NAME),
  environmentUrl: text('environment-url', form.WEB_ADDRESS),

  waitFor: choice('wait-for', WAIT_FOR),
  waitForServiceStability: flag('wait-for-service-stability'),
  // GitHub ends a job on a self-hosted runner after 7200 minutes.
  waitForMinutes: integer('wait-for-minutes', { from: 1, to: 7_200, unit: () => say`minutes` }),
  onActiveDeployment: choiceOr('on-active-deployment', 'fail', ON_ACTIVE_DEPLOYMENT),
  onCancel: choiceOr('on-cancel', 'stop-and-rollback', ON_INTERRUPT),
  // After 60 minutes CodeDeploy gives up by itself (CodeDeploy User Guide, troubleshooting of ECS).
  greenUnhealthyAfter: integer('green-unhealthy-after', {
    from: 1,
    to: 59,
    unit: () => say`minutes`
  }),
  onTimeout: choiceOr('on-timeout', 'leave', ON_INTERRUPT),

  roleToAssume: text('role-to-assume', form.ROLE_ARN),
  roleSessionName: text('role-session-name', form.SESSION_NAME),
  region: text('aws-region', form.REGION_NAME),

  language: choice('language', LANGUAGES),
  showValues: flagOr('show-values', false),
  showLogs: flagOr('show-logs', false),
  dryRun: flagOr('dry-run', false),
  maxRetries: integerOr('max-retries', 3, { from: 0, to: 20, unit: () => say`retries` }),

  runTask: flag('run-task'),
  runTaskOverrides: jsonList('run-task-container-overrides', {
    example: '[{"name": "app", "command": ["npm", "run", "migrate"]}]',
    shape: () => runTaskShapes().containerOverrides,
    required: ['name']
  }),
  runTaskSecurityGroups: commaList('run-task-security-groups', form.SECURITY_GROUP),
  runTaskSubnets: commaList('run-task-subnets', form.SUBNET),
  runTaskAssignPublicIp: choice('run-task-assign-public-IP', ['ENABLED', 'DISABLED']),
  runTaskStrategy: jsonList('run-task-capacity-provider-strategy', {
    example: '[{"capacityProvider": "FARGATE_SPOT", "weight": 1}]',
    shape: () => runTaskShapes().capacityProviderStrategy,
    required: ['capacityProvider']
  }),
  runTaskLaunchType: choice('run-task-launch-type', ['FARGATE', 'EC2']),
  runTaskStartedBy: text('run-task-started-by', form.STARTED_BY),
  runTaskTags: jsonList('run-task-tags', {
    example: '[{"key": "team", "value": "shop"}]',
    shape: () => runTaskShapes().tags,
    required: ['key']
  }),
  runTaskVolumeName: text('run-task-managed-ebs-volume-name', form.VOLUME),
  runTaskVolume: jsonObject('run-task-managed-ebs-volume', {
    example: '{"roleArn": "arn:aws:iam::123456789012:role/ebs", "sizeInGiB": 30}',
    shape: () => runTaskShapes().managedVolume,
    required: ['roleArn']
  }),
  waitForTaskStopped: flag('wait-for-task-stopped'),
  enableManagedTags: flag('enable-ecs-managed-tags')
} as const

/** Reasons why inputs are ignored. */
const oneOffTasks = (): string =>
  say`without \`run-task\` it means nothing, in the official action too`
const serviceIsCodeDeploys = (): string =>
  say`it belongs to UpdateService, which neither this action nor the official one calls on a service that CodeDeploy controls`

export interface Ignored {
  /** The end of the sentence "is ignored: ...". */
  readonly why: () => string
  /** If the input has this value, nothing is ignored, so no warning is printed. */
  readonly idle?: string
}

/**
 * Inputs of the official actions that this action declares, so that a workflow can move
 * over, but ignores, because the release is the same with them and without them. If it would
 * not be the same, the input is refused.
 */
export const IGNORED_INPUTS: Readonly<Record<string, Ignored>> = {
  'desired-count': {
    why: () => say`${serviceIsCodeDeploys()}; a release keeps the service's count`
  },
  'service-managed-ebs-volume-name': {
    why: serviceIsCodeDeploys
  },
  'service-managed-ebs-volume': {
    why: serviceIsCodeDeploys
  },
  'propagate-tags': {
    why: serviceIsCodeDeploys
  },
  'wait-max-delay-seconds': {
    why: () => say`the action polls at its own pace, in seconds while something moves`
  },
  'keep-null-value-keys': {
    why: () => say`empty values of a task definition are kept wherever AWS takes them`
  }
}

/** Inputs that are read only with `run-task: true`, and ignored with a warning without it. */
export const ONE_OFF_TASK_INPUTS: readonly (Ignored & {
  readonly input: { readonly name: string }
})[] = [
  ...[
    INPUTS.runTaskOverrides,
    INPUTS.runTaskSecurityGroups,
    INPUTS.runTaskSubnets,
    INPUTS.runTaskAssignPublicIp,
    INPUTS.runTaskStrategy,
    INPUTS.runTaskLaunchType,
    INPUTS.runTaskStartedBy,
    INPUTS.runTaskTags,
    INPUTS.runTaskVolumeName,
    INPUTS.runTaskVolume
  ].map((input) => ({
    input,
    why: oneOffTasks
  })),
  {
    input: INPUTS.waitForTaskStopped,
    why: oneOffTasks,
    idle: 'false'
  },
  {
    input: INPUTS.enableManagedTags,
    why: serviceIsCodeDeploys,
    idle: 'false'
  }
]

export const KNOWN_NAMES: readonly string[] = [
  ...Object.values(INPUTS).map(({ name }) => name),
  ...Object.keys(IGNORED_INPUTS)
]
