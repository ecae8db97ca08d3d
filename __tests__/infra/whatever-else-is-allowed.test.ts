import { describe, expect, test } from '@jest/globals'
import { isAllowed, statementsOf, type Request, type Statement } from './iam.ts'
import { resolveTemplate } from './template.ts'

const template = resolveTemplate({ CiServices: 'release#*' })
const TABLE = 'arn:aws:dynamodb:eu-central-1:123456789012:table/release-gate'
const admin: Statement = { Effect: 'Allow', Action: '*', Resource: '*' }

function policyOf(resource: string, property: string): Statement[] {
  const holder = template.Resources[resource]?.Properties[property]
  const document = property === 'ResourcePolicy' ? documentIn(holder) : holder
  return (document as { Statement: Statement[] }).Statement
}

function documentIn(policy: unknown): unknown {
  return (policy as { PolicyDocument: unknown }).PolicyDocument
}

const roleArn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`
const gateRole = (name: string): string => roleArn(`release-gate-${name}-eu-central-1`)
const OTHERS = [
  roleArn('Administrator'),
  gateRole('watchdog'),
  gateRole('verify'),
  roleArn('release-orders')
]
const GATE = [gateRole('request'), gateRole('callback'), gateRole('sweep')]

/** With all rights there are, and the table's own policy. */
function passesTable(principal: string, action: string, ...keys: string[]): boolean {
  return isAllowed([admin, ...policyOf('Ledger', 'ResourcePolicy')], {
    action: `dynamodb:${action}`,
    resource: TABLE,
    context: { 'aws:PrincipalArn': [principal], 'dynamodb:LeadingKeys': keys }
  })
}

const WRITES = [
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'PartiQLInsert',
  'PartiQLUpdate',
  'PartiQLDelete'
]

const READS = ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem', 'PartiQLSelect']

describe("the table's own policy, whatever else is allowed", () => {
  test.each(OTHERS)('lets %s write neither gates nor decisions', (principal) => {
    for (const action of WRITES) {
      for (const key of ['gate#d-1', 'hold#d-1', 'watch#', 'chain#shop/orders']) {
        expect([action, key, passesTable(principal, action, key)]).toEqual([action, key, false])
      }
    }
    expect(passesTable(principal, 'BatchWriteItem', 'release#shop/orders', 'gate#d-1')).toBe(false)
    expect(passesTable(principal, 'PutItem', 'release#shop/orders')).toBe(true)
    expect(passesTable(principal, 'Query', 'chain#shop/orders')).toBe(true)
    expect(passesTable(principal, 'GetItem', 'watch#')).toBe(true)
  })

  test.each(OTHERS)("lets %s read nothing of what answers CodeDeploy's hooks", (principal) => {
    for (const action of READS) {
      expect([action, passesTable(principal, action, 'hold#d-1')]).toEqual([action, false])
    }
    expect(passesTable(principal, 'BatchGetItem', 'release#shop/orders', 'hold#d-1')).toBe(false)
    expect(passesTable(principal, 'GetItem', 'gate#d-1')).toBe(true)
  })

  test.each(GATE)('lets %s write both, and change no decision', (principal) => {
    expect(passesTable(principal, 'PutItem', 'gate#d-1')).toBe(true)
    expect(passesTable(principal, 'UpdateItem', 'gate#d-1')).toBe(true)
    expect(passesTable(principal, 'PutItem', 'chain#shop/orders')).toBe(true)
    for (const action of WRITES.filter((name) => name !== 'PutItem')) {
      for (const key of ['chain#shop/orders', 'hold#d-1']) {
        expect([action, key, passesTable(principal, action, key)]).toEqual([action, key, false])
      }
    }
    expect(passesTable(principal, 'PutItem', 'hold#d-1')).toBe(true)
    expect(passesTable(principal, 'GetItem', 'hold#d-1')).toBe(true)
    expect(passesTable(principal, 'PutItem', 'watch#')).toBe(true)
  })

  test('lets the watchdog alone mark what it has judged', () => {
    const mark = 'seen#codedeploy/d-1'
    for (const action of WRITES) {
      for (const principal of [...GATE, ...OTHERS]) {
        const may = principal === gateRole('watchdog')
        expect([action, principal, passesTable(principal, action, mark)]).toEqual([
          action,
          principal,
          may
        ])
      }
    }
  })

  test('threat: CI passes its evidence off as measured by a function: these alone write what they measure', () => {
    const measured = 'measured#shop/orders'
    for (const action of WRITES) {
      for (const principal of [...GATE, ...OTHERS, gateRole('observe')]) {
        const may = [gateRole('verify'), gateRole('observe')].includes(principal)
        expect([action, principal, passesTable(principal, action, measured)]).toEqual([
          action,
          principal,
          may
        ])
      }
    }
    for (const principal of OTHERS) expect(passesTable(principal, 'GetItem', measured)).toBe(true)
  })

  test('speaks of this table', () => {
    for (const { Resource } of policyOf('Ledger', 'ResourcePolicy')) expect(Resource).toBe(TABLE)
    expect(template.Resources['Ledger']?.Properties['TableName']).toBe('release-gate')
  })
})

describe("the key's own policy, whatever else is allowed", () => {
  const passesKey = (principal: string, action: string): boolean =>
    isAllowed(policyOf('SealKey', 'KeyPolicy'), {
      action: `kms:${action}`,
      resource: 'arn:aws:<SealKey.Arn>',
      context: { 'aws:PrincipalArn': [principal] }
    })

  test.each(OTHERS)('lets %s verify and not seal', (principal) => {
    expect(passesKey(principal, 'GenerateMac')).toBe(false)
    expect(passesKey(principal, 'CreateGrant')).toBe(false)
    expect(passesKey(principal, 'VerifyMac')).toBe(true)
  })

  test.each(GATE)('lets %s seal', (principal) => {
    expect(passesKey(principal, 'GenerateMac')).toBe(true)
  })

  test('keeps the key in the hands of the account', () => {
    for (const action of ['PutKeyPolicy', 'DescribeKey', 'ScheduleKeyDeletion']) {
      expect(passesKey(OTHERS[0] ?? '', action)).toBe(true)
    }
  })
})

describe('the names in both policies', () => {
  test('are those of the roles', () => {
    const roles = ['RequestRole', 'CallbackRole', 'SweepRole'].map((name) =>
      roleArn(String(template.Resources[name]?.Properties['RoleName']))
    )
    expect(roles).toEqual(GATE)
    const [only, reaches] = policyOf('Ledger', 'ResourcePolicy')
    const [, seals] = policyOf('SealKey', 'KeyPolicy')
    for (const each of [only, reaches]) {
      expect(each?.Condition?.['ArnNotEquals']).toEqual({ 'aws:PrincipalArn': GATE })
    }
    expect(seals?.Condition?.['ArnEquals']).toEqual({ 'aws:PrincipalArn': GATE })
  })
})

describe('a request without the key that a condition is about', () => {
  const without: Request = { action: 'dynamodb:PutItem', resource: 'arn:aws:<Ledger.Arn>' }

  test.each(Object.entries(statementsOf(template)))(
    'is not let through for %s',
    (_, statements) => {
      for (const action of ['PutItem', 'UpdateItem']) {
        expect(isAllowed(statements, { ...without, action: `dynamodb:${action}` })).toBe(false)
      }
    }
  )

  test('would be by ForAllValues alone', () => {
    const trap: Statement = {
      Effect: 'Allow',
      Action: 'dynamodb:PutItem',
      Resource: '*',
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['gate#*'] } }
    }
    expect(isAllowed([trap], without)).toBe(true)
  })
})
