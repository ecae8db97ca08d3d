import { describe, expect, test } from '@jest/globals'
import type { Template } from '../../../emulator/cloudformation/template.ts'
import { GATE_TEMPLATES, readGateTemplate } from '../../../emulator/worlds/gate-template.ts'
import { readModule, textOf } from '../../../scripts/terraform-modules.ts'
import { broadWrites, idleActions } from '../iam.ts'
import { IN_A_VPC, resolveTemplate } from '../template.ts'
import { bothForms, placeholders, statementsByAddress, type Pairs } from './compare.ts'
import { differences } from './variables.ts'
import { misfits, validated } from './conformance.ts'
import type { Values } from './values.ts'
import { GATE_FORMS } from './gate-forms.ts'
import { evaluateModule, type Evaluated } from './module.ts'

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-1'
const CODE = { CodeBucket: 'code', CodeKey: 'gate.zip', SlackSecretArn: SECRET }
const NEEDED: Values = { code_bucket: 'code', code_key: 'gate.zip', slack_secret_arn: SECRET }

const functions = (...names: string[]): Pairs =>
  Object.fromEntries(
    names.flatMap((name) => {
      const key = name.toLowerCase()
      const index = ['Mover', 'Verify', 'Observe'].includes(name) ? '[0]' : ''
      return [
        [`${name}Function`, `aws_lambda_function.${key}${index}`],
        [`${name}Logs`, `aws_cloudwatch_log_group.function["${key}"]`],
        [`${name}Role`, `aws_iam_role.function["${key}"]`]
      ]
    })
  )
const alarms = (...names: string[]): Pairs =>
  Object.fromEntries(
    names.map((name) => {
      const key = name.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase()
      return [name, `aws_cloudwatch_metric_alarm.this["${key}"]`]
    })
  )

const PAIRS: Pairs = {
  Ledger: 'aws_dynamodb_table.ledger',
  SealKey: 'aws_kms_key.seal',
  SealKeyAlias: 'aws_kms_alias.seal',
  ...functions('Request', 'Callback', 'Sweep', 'Watchdog', 'Mover', 'Verify', 'Observe'),
  DecidePolicy: 'aws_iam_policy.decide',
  SettingsPolicy: 'aws_iam_policy.settings',
  VpcPolicy: 'aws_iam_policy.vpc[0]',
  CiPolicy: 'aws_iam_policy.ci["ci"]',
  CiPassRolesPolicy: 'aws_iam_policy.ci["ci_pass_roles"]',
  CiRunTaskPolicy: 'aws_iam_policy.ci["ci_run_task"]',
  CiRecoveryPolicy: 'aws_iam_policy.ci["ci_recovery"]',
  CiTaskLogsPolicy: 'aws_iam_policy.ci["ci_task_logs"]',
  CiFailoverPolicy: 'aws_iam_policy.ci["ci_failover"]',
  CiListenersPolicy: 'aws_iam_policy.ci["ci_listeners"]',
  GuardPolicy: 'aws_iam_policy.ci["guard"]',
  AuditorPolicy: 'aws_iam_policy.auditor',
  Api: 'aws_apigatewayv2_api.this',
  ApiIntegration: 'aws_apigatewayv2_integration.callback',
  ApiRoute: 'aws_apigatewayv2_route.interactions',
  ApiStage: 'aws_apigatewayv2_stage.default',
  ApiLogs: 'aws_cloudwatch_log_group.api',
  ApiMayInvokeCallback: 'aws_lambda_permission.api_may_invoke_callback',
  EveryMinute: 'aws_cloudwatch_event_rule.every_minute',
  EveryMinuteMoves: 'aws_cloudwatch_event_rule.every_minute_moves[0]',
  MovesArrive: 'aws_lambda_event_source_mapping.moves_arrive[0]',
  ScheduleMayInvokeMover: 'aws_lambda_permission.schedule_may_invoke_mover[0]',
  DeploymentStarts: 'aws_cloudwatch_event_rule.deployment_starts',
  DeploymentStates: 'aws_cloudwatch_event_rule.deployment_states',
  ObservedStarts: 'aws_cloudwatch_event_rule.observed_starts[0]',
  EvidenceArrives: 'aws_lambda_event_source_mapping.evidence_arrives',
  ScheduleMayInvokeSweep: 'aws_lambda_permission.schedule_may_invoke_sweep',
  StatesMayInvokeSweep: 'aws_lambda_permission.states_may_invoke_sweep',
  StartsMayInvokeWatchdog: 'aws_lambda_permission.starts_may_invoke_watchdog',
  StartsMayInvokeObserve: 'aws_lambda_permission.starts_may_invoke_observe[0]',
  ...alarms('RequestErrors', 'CallbackErrors', 'CallbackThrottles', 'SweepErrors', 'SweepStopped'),
  ...alarms('WatchdogErrors', 'ApiRefusals', 'RequestThrottles', 'SweepThrottles'),
  ...alarms('WatchdogThrottles', 'ApiFailures', 'VerifyErrors', 'VerifyThrottles'),
  ...alarms('ObserveErrors', 'ObserveThrottles', 'MoverErrors', 'MoverThrottles')
}

const gate = (variables: Values): Promise<Evaluated> =>
  evaluateModule('gate', { ...NEEDED, ...variables }, placeholders(PAIRS, GATE_FORMS))

/** The templates in stacks that are named after the prefix; there are none of these names in Terraform. */
function withStacksOf({ prefix = 'release-gate' }: Values, template: Template): Template {
  const text = JSON.stringify(template).replaceAll(
    /(stack\/|alarm:)release-gate/g,
    `$1${textOf(prefix)}`
  )
  return JSON.parse(text) as Template
}

/** Parameters of the templates, and the variables that say the same. */
const SETTINGS: Readonly<
  Record<string, { parameters: Readonly<Record<string, string>>; variables: Values }>
> = {
  'with defaults': { parameters: {}, variables: {} },
  'inside a VPC, with every right of CI and alarms that ring': {
    parameters: {
      ...IN_A_VPC,
      Prefix: 'shop-gate',
      PolicyParameter: '/shop/policy',
      AlarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:ring',
      LogRetentionDays: '30',
      CallbackConcurrency: '20',
      CiRoles: 'release-orders,release-shop',
      CiServices: 'release#production/*,release#staging/*',
      CiPassRoles: 'arn:aws:iam::123456789012:role/TASK,arn:aws:iam::123456789012:role/EXECUTION',
      RunTaskClusters: 'arn:aws:ecs:eu-central-1:123456789012:cluster/production',
      RecoveryClusters: 'arn:aws:ecs:eu-central-1:123456789012:cluster/production',
      FailoverServices: 'arn:aws:ecs:eu-central-1:123456789012:service/production/orders-prod1',
      FailoverListeners:
        'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/1/2',
      TaskLogGroups: 'arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/orders:*'
    },
    variables: {
      prefix: 'shop-gate',
      policy_parameter: '/shop/policy',
      alarm_topic_arn: 'arn:aws:sns:eu-central-1:123456789012:ring',
      log_retention_days: 30,
      callback_concurrency: 20,
      failover_routes: IN_A_VPC.FailoverRoutes.split(','),
      verify_subnets: [IN_A_VPC.VerifySubnets],
      verify_security_groups: [IN_A_VPC.VerifySecurityGroups],
      verify_origins: IN_A_VPC.VerifyOrigins.split(','),
      verify_secret_arn: IN_A_VPC.VerifySecretArn,
      ci_roles: ['release-orders', 'release-shop'],
      ci_services: ['release#production/*', 'release#staging/*'],
      ci_pass_roles: [
        'arn:aws:iam::123456789012:role/TASK',
        'arn:aws:iam::123456789012:role/EXECUTION'
      ],
      run_task_clusters: ['arn:aws:ecs:eu-central-1:123456789012:cluster/production'],
      recovery_clusters: ['arn:aws:ecs:eu-central-1:123456789012:cluster/production'],
      failover_services: ['arn:aws:ecs:eu-central-1:123456789012:service/production/orders-prod1'],
      failover_listeners: [
        'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/1/2'
      ],
      task_log_groups: ['arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/orders:*']
    }
  },
  'without reserved concurrency': {
    parameters: { CallbackConcurrency: '0' },
    variables: { callback_concurrency: 0 }
  }
}

/** For each variable that can be wrong, what is. */
const WRONG = [
  ['prefix', 'X'],
  ['code_bucket', 'ab'],
  ['code_key', ''],
  ['slack_secret_arn', 'arn:aws:ssm:eu-central-1:123456789012:parameter/x'],
  ['policy_parameter', 'policy'],
  ['alarm_topic_arn', 'topic'],
  ['failover_routes', ['listener']],
  ['log_retention_days', 8],
  ['callback_concurrency', 101],
  ['callback_concurrency', 1.5],
  ['verify_subnets', ['subnet-X']],
  ['verify_security_groups', ['sg-0a1b2c3d']],
  ['verify_origins', ['https://auth.example.com/path']],
  ['verify_secret_arn', 'secret'],
  ['ci_roles', ['path/role']],
  ['ci_services', []],
  ['ci_services', ['gate#*']],
  ['ci_pass_roles', ['role']],
  ['run_task_clusters', ['production']],
  ['recovery_clusters', ['production']],
  ['failover_services', ['orders']],
  ['failover_listeners', ['listener']],
  ['task_log_groups', ['arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/orders']]
] as const

describe('the module gate and the templates gate, vpc and policies', () => {
  for (const [name, { parameters, variables }] of Object.entries(SETTINGS)) {
    test(`make the same resources with the same properties and policies, ${name}`, async () => {
      const template = withStacksOf(variables, resolveTemplate({ ...CODE, ...parameters }))
      const { module, template: theirs } = bothForms(
        template,
        await gate(variables),
        PAIRS,
        GATE_FORMS
      )
      expect(module).toEqual(theirs)
    })
  }

  test('take the same settings with the same defaults and limits', async () => {
    const templates = GATE_TEMPLATES.map(readGateTemplate)
    // In lists: a role's name may be empty there, and VerifyOrigins is one text with commas.
    const otherwise = ['ci_roles', 'verify_origins', 'verify_subnets', 'verify_security_groups']
    expect(differences(templates, await readModule('gate'), otherwise)).toEqual([])
  })

  test.each(WRONG)('refuses %s = %j', async (name, value) => {
    const { problems } = await gate({ [name]: value })
    expect(problems).toContainEqual(expect.stringContaining(`${name} `))
  })

  test('allows no write on * that can be limited', async () => {
    const { resources } = await gate(
      SETTINGS['inside a VPC, with every right of CI and alarms that ring']?.variables ?? {}
    )
    const statements = statementsByAddress(resources)
    expect(Object.keys(statements)).toHaveLength(19)
    // Lambda attaches with these, and asks for them on * (vpc.yaml says where that stands).
    expect(
      (await broadWrites(statements)).filter((each) => !each.includes('LambdaAttaches'))
    ).toEqual([])
    expect(await idleActions(statements)).toEqual([])
    expect(misfits(resources)).toEqual([])
  })

  test('has a wrong value of every variable in this test', async () => {
    expect([...new Set<string>(WRONG.map(([name]) => name))].toSorted()).toEqual(
      validated(await readModule('gate'))
    )
  })
})
