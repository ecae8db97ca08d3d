import { DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createStack, type Stack } from '../../../emulator/cloudformation/stack.ts'
import { parseTemplate } from '../../../emulator/cloudformation/template.ts'
import { createLedgerTable } from '../../../emulator/worlds/ledger-table.ts'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'

let account: EmptyAccount
beforeAll(async () => {
  account = await openEmptyAccount()
})
afterAll(async () => account.emulator.close())

/** Makes a template of YAML. */
async function stackOf(
  yaml: string,
  parameters: Readonly<Record<string, string>> = {}
): Promise<Stack> {
  const template = parseTemplate(yaml)
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
  Stack: { Value: !Ref 'AWS::StackName' }
  Both: { Value: !Join ['/', [!Ref Prefix, !Ref 'AWS::Region', !Ref Key]] }
`)
    const key = account.emulator.world.keys.find('alias/one')
    expect(key?.arn).toBe(outputs['Key'])
    expect(stack.id('Key')).toBe(key?.id)
    // The test gives it no name.
    expect(outputs['Stack']).toBe('stack')
    expect(outputs['Both']).toBe(`one/eu-central-1/${key?.id}`)
  })

  it('hands on what it exports to the stacks that import it', async () => {
    const exporting = `
Parameters:
  Prefix: { Type: String, Default: first }
Resources:
  Key: { Type: AWS::KMS::Key, Properties: { KeyUsage: GENERATE_VERIFY_MAC } }
Outputs:
  Key: { Value: !Ref Key, Export: { Name: !Sub '\${Prefix}-Key' } }
  Own: { Value: not for others }
`
    const importing = `
Parameters:
  Prefix: { Type: String, Default: first }
  Export: { Type: String, Default: Key }
Resources:
  Alias:
    Type: AWS::KMS::Alias
    Properties:
      AliasName: alias/of-another-stack
      TargetKeyId: { 'Fn::ImportValue': !Sub '\${Prefix}-\${Export}' }
Outputs:
  Text: { Value: !Sub ['\${Prefix}: \${Own}', { Own: !ImportValue first-Key }] }
`
    // CloudFormation's words, as observed (aws-cloudformation/aws-cloudformation-templates#263).
    expect(await problem(stackOf(importing))).toBe('No export named first-Key found.')
    expect(account.emulator.world.keys.find('alias/of-another-stack')).toBeUndefined()
    const { outputs } = await stackOf(exporting)
    const { outputs: imported } = await stackOf(importing)
    expect(account.emulator.world.keys.find('alias/of-another-stack')?.id).toBe(outputs['Key'])
    expect(imported).toEqual({ Text: `first: ${outputs['Key']}` })
    expect(await problem(stackOf(importing, { Export: 'Own' }))).toBe(
      'No export named first-Own found.'
    )
    // CloudFormation user guide, "Outputs": unique in an account and region; aws-amplify/amplify-cli#1581.
    expect(await problem(stackOf(exporting))).toBe('Export with name first-Key is already exported')
  })

  it.each([
    [`Format: '{"id":"$context.requestId"}'`, 'created'],
    [`Format: '{"ip":"$context.identity.sourceIp"}'`, /at least \$context\.requestId/],
    [`Format: '$context.requestIdentity'`, /at least \$context\.requestId/],
    ['', /have to be given/]
  ])(
    "has an HTTP API's access log where its format has the request's id: %s",
    async (format, answer) => {
      const yaml = `
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: { Name: one, ProtocolType: HTTP }
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: $default
      AccessLogSettings:
        DestinationArn: arn:aws:logs:eu-central-1:123456789012:log-group:a
        ${format}
`
      expect(await problem(stackOf(yaml))).toMatch(answer)
    }
  )

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
      Role: arn:aws:iam::123456789012:role/sweeps
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
      role: 'arn:aws:iam::123456789012:role/sweeps',
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
    await createLedgerTable(account.emulator, 'table')
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
  Count: { Type: Number, Default: 10, MinValue: 1, MaxValue: 100 }
  Bucket: { Type: String, Default: abc, MinLength: 3 }
  List: { Type: CommaDelimitedList, Default: '', AllowedPattern: '^(r#.+)?$' }
Resources:
  Key: { Type: AWS::KMS::Key, Properties: { KeyUsage: GENERATE_VERIFY_MAC } }
  Alias:
    Type: AWS::KMS::Alias
    Properties: { AliasName: alias/stands, TargetKeyId: !Ref Key }
  ListAlias:
    Type: AWS::KMS::Alias
    Properties: { AliasName: !Join ['/', [alias, !Join ['', !Ref List]]], TargetKeyId: !Ref Key }
`
  const fails = (name: string, constraint: string): string =>
    `Parameter '${name}' failed to satisfy constraint: ${constraint}`
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a parameter without a value', {}, 'Parameters: [Name] must have values'],
    [
      'one that the template lacks',
      { Name: 'a', Other: '1' },
      'Parameters: [Other] do not exist in the template'
    ],
    ['one of another form', { Name: 'A' }, fails('Name', 'lower case letters')],
    [
      'one that is not among the values',
      { Name: 'a', Days: '8' },
      fails('Days', 'must be one of 7, 14')
    ],
    [
      'one that is too large',
      { Name: 'a', Count: '101' },
      fails('Count', 'must be a number from 1 to 100')
    ],
    [
      'one that is no number',
      { Name: 'a', Count: 'ten' },
      fails('Count', 'must be a number from 1 to 100')
    ],
    [
      'one that is too short',
      { Name: 'a', Bucket: 'b' },
      fails('Bucket', 'must have 3 characters or more')
    ],
    [
      "one of a list's that is of another form",
      { Name: 'a', List: 'r#1,2' },
      fails('List', 'must match pattern ^(r#.+)?$')
    ]
  ])('%s', async (_, parameters, words) => {
    expect(await problem(stackOf(PARAMETERS, parameters))).toBe(words)
    expect(account.emulator.world.keys.find('alias/stands')).toBeUndefined()
  })

  it('and what fits is not; spaces between members of a list do not count', async () => {
    const parameters = { Name: 'a', Days: '14', List: 'r#1, r#2' }
    expect(await problem(stackOf(PARAMETERS, parameters))).toBe('created')
    expect(account.emulator.world.keys.find('alias/r#1r#2')).toBe(
      account.emulator.world.keys.find('alias/stands')
    )
    expect(account.emulator.world.keys.find('alias/stands')).toBeDefined()
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
      'with a function that the emulator lacks',
      '{ A: { Type: AWS::Lambda::Permission, Properties: { x: { Fn::FindInMap: [a, b, c] } } } }',
      'the emulator has no Fn::FindInMap'
    ],
    [
      'with a condition that is none',
      '{ A: { Type: AWS::Lambda::Permission, Condition: Odd, Properties: {} } }',
      'Unresolved condition dependency Odd in the template'
    ],
    [
      'with code that nobody has put there',
      '{ A: { Type: AWS::Lambda::Function, Properties: { Code: { S3Bucket: b, S3Key: no.zip } } } }',
      'no object b/no.zip to take the code from'
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
