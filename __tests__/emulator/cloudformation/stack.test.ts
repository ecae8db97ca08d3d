import { DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createStack, type Stack } from '../../../emulator/cloudformation/stack.ts'
import { parseTemplate } from '../../../emulator/cloudformation/template.ts'
import { readGateTemplate } from '../../../emulator/worlds/gate-template.ts'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'

let account: EmptyAccount
beforeAll(async () => {
  account = await openEmptyAccount()
})
afterAll(async () => account.emulator.close())

const SECTIONS = { Parameters: {}, Conditions: {}, Outputs: {} }

/** Makes a template of YAML that lacks sections. */
async function stackOf(
  yaml: string,
  parameters: Readonly<Record<string, string>> = {}
): Promise<Stack> {
  const template = { ...SECTIONS, ...parseTemplate(yaml) }
  return createStack(account.emulator, { template, parameters, code: { 'b/k.zip': '/code' } })
}

const problem = (stack: Promise<unknown>): Promise<string> =>
  stack.then(
    () => 'created',
    (error: unknown) => (error as Error).message
  )

describe('a stack', () => {
  it('makes each resource after those it names, whatever their order, and tells what they are', async () => {
    const { outputs, ...stack } = await stackOf(`
Parameters:
  Prefix: { Type: String, Default: one }
Resources:
  Name:
    Type: AWS::KMS::Alias
    Properties: { AliasName: !Sub 'alias/\${Prefix}', TargetKeyId: !Ref Key }
  Key:
    Type: AWS::KMS::Key
    Properties: { KeyUsage: GENERATE_VERIFY_MAC }
Outputs:
  Key: { Value: !GetAtt Key.Arn }
  Both: { Value: !Join ['/', [!Ref Prefix, !Ref 'AWS::Region', !Ref Key]] }
`)
    const key = account.emulator.world.keys.find('alias/one')
    expect(key?.arn).toBe(outputs['Key'])
    expect(stack.id('Key')).toBe(key?.id)
    expect(outputs['Both']).toBe(`one/eu-central-1/${key?.id}`)
  })

  it('gives functions their code, environment and limits; what is NoValue is left out', async () => {
    const yaml = `
Parameters:
  Reserved: { Type: String, Default: '' }
Conditions:
  Reserves: !Not [!Equals [!Ref Reserved, '']]
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !If [Reserves, kept, free]
      Handler: sweep/index.handler
      Timeout: 7
      Code: { S3Bucket: b, S3Key: k.zip }
      ReservedConcurrentExecutions: !If [Reserves, !Ref Reserved, !Ref AWS::NoValue]
      Environment: { Variables: { A: !Ref AWS::AccountId } }
  Rule:
    Type: AWS::Events::Rule
    Condition: Reserves
    Properties:
      Name: every-minute
      ScheduleExpression: rate(1 minute)
      Targets: [{ Id: x, Arn: !GetAtt Function.Arn }]
`
    const { lambda, events } = account.emulator.world
    const without = await stackOf(yaml)
    expect(without.id('Rule')).toBeUndefined()
    expect(lambda.find('free')?.code).toEqual({
      kind: 'module',
      path: '/code/sweep/index.js',
      environment: { A: '123456789012' },
      timeoutSeconds: 7,
      vpc: false
    })
    await stackOf(yaml, { Reserved: '3' })
    expect(lambda.find('kept')?.code).toMatchObject({ concurrency: 3 })
    expect(events.rules()).toEqual([
      {
        name: 'every-minute',
        schedule: 'rate(1 minute)',
        targets: ['arn:aws:lambda:eu-central-1:123456789012:function:kept']
      }
    ])
  })

  it("makes the gate's table with the index of what is open, paid for by request", async () => {
    const { Parameters, Resources, ...template } = readGateTemplate()
    const { Prefix } = Parameters
    const { Ledger } = Resources
    if (!Prefix || !Ledger) throw new Error('no table')
    await createStack(account.emulator, {
      template: { ...template, Parameters: { Prefix }, Resources: { Ledger }, Outputs: {} },
      parameters: { Prefix: 'table' },
      code: {}
    })
    const client = account.dynamodb()
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'table' }))
    client.destroy()
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' }
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'open',
          KeySchema: [
            { AttributeName: 'open', KeyType: 'HASH' },
            { AttributeName: 'pk', KeyType: 'RANGE' }
          ],
          Projection: { ProjectionType: 'ALL' }
        }
      ]
    })
  })
})

describe('what does not fit is refused before anything stands:', () => {
  const PARAMETERS = `
Parameters:
  Name: { Type: String, AllowedPattern: '^[a-z]+$', ConstraintDescription: lower case letters }
  Days: { Type: Number, Default: 7, AllowedValues: [7, 14] }
  List: { Type: CommaDelimitedList, Default: '', AllowedPattern: '^(r#.+)?$' }
Resources: {}
`
  it.each([
    ['a parameter without a value', {}, 'Parameters: [Name] must have values'],
    [
      'one that the template lacks',
      { Name: 'a', Other: '1' },
      'Parameters: [Other] do not exist in the template'
    ],
    [
      'one of another form',
      { Name: 'A' },
      "Parameter 'Name' must match what the template allows: lower case letters"
    ],
    [
      'one that is not among the values',
      { Name: 'a', Days: '8' },
      "Parameter 'Days' must match what the template allows"
    ],
    [
      "one of a list's that is of another form",
      { Name: 'a', List: 'r#1,2' },
      "Parameter 'List' must match what the template allows"
    ]
  ])('%s', async (_, parameters, words) => {
    expect(await problem(stackOf(PARAMETERS, parameters as Record<string, string>))).toBe(words)
  })

  it('and what fits is not', async () => {
    expect(await problem(stackOf(PARAMETERS, { Name: 'a', Days: '14', List: 'r#1,r#2' }))).toBe(
      'created'
    )
  })
})

describe('a template', () => {
  it.each([
    [
      'with a circle',
      '{ A: { Type: T, Properties: { x: !Ref B } }, B: { Type: T, Properties: { x: !Ref A } } }',
      'Circular dependency between resources: [A, B]'
    ],
    [
      'with a name that is none',
      '{ A: { Type: AWS::Lambda::Permission, Properties: { x: !Ref B } } }',
      'Unresolved resource dependencies [B] in the template'
    ],
    [
      'with a type that the emulator lacks',
      '{ A: { Type: AWS::SQS::Queue, Properties: {} } }',
      'the emulator has no AWS::SQS::Queue'
    ]
  ])('%s is refused', async (_, resources, words) => {
    expect(await problem(stackOf(`Resources: ${resources}`))).toBe(words)
  })

  it('that is no YAML is refused', () => {
    expect(() => parseTemplate('Resources: {')).toThrow()
  })
})
