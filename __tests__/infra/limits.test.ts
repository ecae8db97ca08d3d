import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { GATE_TEMPLATES, readGateTemplate } from '../../emulator/worlds/gate-template.ts'
import { IN_A_VPC, ofType, resolveTemplate } from './template.ts'

/*
 * Limits that stand in documents alone: no schema and no model of a call knows them. Names and texts
 * are taken as long as the parameters' own patterns let them become.
 */

/** The longest that `Prefix` may be, and lists as long as anybody gives. */
const template = resolveTemplate({
  ...IN_A_VPC,
  Prefix: 'p'.repeat(31),
  PolicyParameter: `/${'a'.repeat(200)}`,
  SlackSecretArn: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${'s'.repeat(200)}`,
  CiServices: Array.from({ length: 8 }, (_, n) => `release#production/service-${n}-*`).join(','),
  CiPassRoles: Array.from({ length: 20 }, (_, n) => roleArn(`a-role-of-tasks-${n}`)).join(','),
  RunTaskClusters: 'arn:aws:ecs:eu-central-1:123456789012:cluster/staging',
  RecoveryClusters: 'arn:aws:ecs:eu-central-1:123456789012:cluster/staging',
  TaskLogGroups: 'arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/orders:*',
  FailoverServices: 'arn:aws:ecs:eu-central-1:123456789012:service/shop/shop-prod1',
  FailoverListeners: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/1/2'
})
/** `ap-southeast-1` is 14 characters, `us-gov-east-1` 13; the template is resolved for one of 12. */
const LONGER_REGION = 4

function roleArn(name: string): string {
  return `arn:aws:iam::123456789012:role/${name}`
}

const compact = (document: unknown): string => JSON.stringify(document)
/** A policy with everything in it as long as AWS lets it become: partition and region, names of stacks, and what the test has placeholders for. */
const atLongest = (document: unknown): string =>
  compact(document)
    .replaceAll(/(stack\/|alarm:)release-gate[a-z-]*/g, `$1${'s'.repeat(128)}`)
    .replaceAll(/arn:aws:<\w+\.\w+>/g, 'a'.repeat(140))
    .replaceAll(/<\w+>/g, 'i'.repeat(40))
    .replaceAll('arn:aws:', 'arn:aws-us-gov:')
    .replaceAll('eu-central-1', 'us-gov-east-1')
const properties = (type: string): [string, Readonly<Record<string, unknown>>][] =>
  ofType(template, type).map(([name, { Properties }]) => [name, Properties])
/** What is longer than the limit, by name. */
const over = (limit: number, lengths: readonly (readonly [string, number])[]): unknown => {
  expect(lengths.length).toBeGreaterThan(0)
  return lengths.filter(([, length]) => length > limit)
}

describe('documented limits', () => {
  test.each(GATE_TEMPLATES)(
    'CloudFormation takes 51,200 bytes of template, 200 parameters, 500 resources and 1,024 bytes of description: infra/%s.yaml',
    (name) => {
      const raw = readGateTemplate(name)
      const text = readFileSync(`infra/${name}.yaml`, 'utf8')
      // Some room is left, for people edit copies of a template.
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(45_000)
      expect(Object.keys(raw.Parameters).length).toBeLessThanOrEqual(200)
      expect(Object.keys(raw.Resources).length).toBeLessThanOrEqual(500)
      const [, description = ''] = /^Description: >-\n((?: {2}.*\n)+)/m.exec(text) ?? []
      expect(description.length).toBeGreaterThan(0)
      expect(Buffer.byteLength(description)).toBeLessThanOrEqual(1_024)
    }
  )

  // IAM user guide, "IAM and AWS STS quotas": white space is not counted.
  test('IAM takes 6,144 characters of a managed policy, 10,240 inline of a role, 2,048 of a trust policy', () => {
    const managed = properties('AWS::IAM::ManagedPolicy').map(
      ([name, { PolicyDocument }]) => [name, atLongest(PolicyDocument).length] as const
    )
    expect(managed.map(([name]) => name)).toEqual(
      GATE_TEMPLATES.flatMap((name) =>
        ofType(readGateTemplate(name), 'AWS::IAM::ManagedPolicy').map(([each]) => each)
      )
    )
    expect(over(6_144, managed)).toEqual([])
    const roles = properties('AWS::IAM::Role')
    const inline = roles.map(([name, { Policies }]) => {
      const documents = (Policies as { PolicyDocument: unknown }[]).map((each) =>
        atLongest(each.PolicyDocument)
      )
      return [name, documents.join('').length] as const
    })
    expect(over(10_240, inline)).toEqual([])
    const trust = roles.map(
      ([name, { AssumeRolePolicyDocument }]) =>
        [name, compact(AssumeRolePolicyDocument).length] as const
    )
    expect(over(2_048, trust)).toEqual([])
    const attached = roles.map(
      ([name, { ManagedPolicyArns = [] }]) =>
        [name, (ManagedPolicyArns as unknown[]).length] as const
    )
    expect(over(10, attached)).toEqual([])
  })

  test('names stay within IAM and Lambda at the longest prefix, in the longest region', () => {
    const named = (type: string, property: string): (readonly [string, number])[] =>
      properties(type).map(
        ([name, own]) => [name, String(own[property]).length + LONGER_REGION] as const
      )
    expect(over(64, named('AWS::IAM::Role', 'RoleName'))).toEqual([])
    expect(over(128, named('AWS::IAM::ManagedPolicy', 'ManagedPolicyName'))).toEqual([])
    expect(over(64, named('AWS::Lambda::Function', 'FunctionName'))).toEqual([])
    expect(over(64, named('AWS::Events::Rule', 'Name'))).toEqual([])
    expect(over(255, named('AWS::DynamoDB::Table', 'TableName'))).toEqual([])
    expect(over(512, named('AWS::Logs::LogGroup', 'LogGroupName'))).toEqual([])
  })

  // CloudWatch Logs, CreateLogGroup: letters, digits and these; nothing that begins with aws/.
  test('log groups have names that CloudWatch Logs takes, and those that Lambda writes to', () => {
    const names = properties('AWS::Logs::LogGroup').map(([, { LogGroupName }]) =>
      String(LogGroupName)
    )
    for (const name of names) expect(name).toMatch(/^(?!aws\/)[A-Za-z0-9_/.#-]+$/)
    for (const [, { FunctionName }] of properties('AWS::Lambda::Function')) {
      expect(names).toContain(`/aws/lambda/${String(FunctionName)}`)
    }
  })

  // Lambda developer guide, "Lambda quotas": 4 KB of all variables; names that it keeps for itself.
  test("Lambda takes 4 KB of a function's environment, and no name of its own", () => {
    const environments = properties('AWS::Lambda::Function').map(([name, { Environment }]) => {
      const { Variables } = Environment as { Variables: Record<string, string> }
      for (const each of Object.keys(Variables)) {
        expect(each).toMatch(/^[A-Za-z][A-Za-z0-9_]+$/)
        expect(each).not.toMatch(/^(AWS_|LAMBDA_|_)/)
      }
      return [name, Buffer.byteLength(compact(Variables))] as const
    })
    // What placeholders stand for is longer: ARNs of 200 characters for each of the names.
    expect(over(4_096 - 1_500, environments)).toEqual([])
  })

  // Lambda developer guide, "Configuring reserved concurrency"; new accounts have 10 in all.
  test('one function reserves concurrency, or none does, and the page says who has too little', () => {
    const reserving = properties('AWS::Lambda::Function').filter(
      ([, own]) => own['ReservedConcurrentExecutions'] !== undefined
    )
    expect(reserving.map(([name]) => name)).toEqual(['CallbackFunction'])
    expect(readGateTemplate().Parameters['CallbackConcurrency']).toMatchObject({
      MinValue: 0,
      MaxValue: 100
    })
    expect(readFileSync('docs/gate-setup.md', 'utf8')).toMatch(
      /new ones have 10.*CallbackConcurrency=0/s
    )
  })

  // EventBridge user guide, "Amazon EventBridge quotas"; Lambda's filters: its developer guide.
  test('EventBridge takes 2,048 characters of a pattern and 5 targets, a mapping 4,096 of a filter', () => {
    const rules = properties('AWS::Events::Rule')
    const patterns = rules.flatMap(([name, { EventPattern }]) =>
      EventPattern === undefined ? [] : [[name, compact(EventPattern).length] as const]
    )
    expect(over(2_048, patterns)).toEqual([])
    const targets = rules.map(
      ([name, { Targets }]) => [name, (Targets as unknown[]).length] as const
    )
    expect(over(5, targets)).toEqual([])
    const mappings = properties('AWS::Lambda::EventSourceMapping')
    const filters = mappings.map(([name, { FilterCriteria }]) => {
      const { Filters } = FilterCriteria as { Filters: { Pattern: string }[] }
      expect(Filters.length).toBeLessThanOrEqual(5)
      return [name, Math.max(...Filters.map(({ Pattern }) => Pattern.length))] as const
    })
    expect(over(4_096, filters)).toEqual([])
  })

  // DynamoDB developer guide, "Resource-based policy considerations" (20 KB); KMS, "Quotas" (32 KB).
  test("DynamoDB takes 20 KB of a table's policy, KMS 32 KB of a key's", () => {
    const [[, table] = ['', {}]] = properties('AWS::DynamoDB::Table')
    const [[, key] = ['', {}]] = properties('AWS::KMS::Key')
    const { PolicyDocument } = table['ResourcePolicy'] as { PolicyDocument: unknown }
    expect(compact(PolicyDocument).length).toBeGreaterThan(1_000)
    expect(compact(PolicyDocument).length).toBeLessThanOrEqual(20 * 1024)
    expect(compact(key['KeyPolicy']).length).toBeGreaterThan(500)
    expect(compact(key['KeyPolicy']).length).toBeLessThanOrEqual(32 * 1024)
  })

  // API Gateway API reference, AccessLogSettings: "must include at least $context.requestId".
  test('API Gateway takes the format of the access log: one line, JSON, with the id of the request', () => {
    const [[, stage] = ['', {}]] = properties('AWS::ApiGatewayV2::Stage')
    const { Format } = stage['AccessLogSettings'] as { Format: string }
    expect(Format).toMatch(/\$context\.requestId(?![\w.])/)
    expect(Format).not.toContain('\n')
    expect(Format.length).toBeLessThanOrEqual(1_024)
    expect(() => JSON.parse(Format) as unknown).not.toThrow()
    const [[, { TimeoutInMillis }] = ['', {}]] = properties('AWS::ApiGatewayV2::Integration')
    expect(Number(TimeoutInMillis)).toBeGreaterThanOrEqual(50)
    expect(Number(TimeoutInMillis)).toBeLessThanOrEqual(30_000)
  })

  // Systems Manager, PutParameter: a path of at most 15 levels; its ARN has one slash, its name the other.
  test('ARNs of parameter and secret are what IAM asks about', () => {
    const rights = compact(template.Resources['SettingsPolicy'])
    expect(rights).toContain(`arn:aws:ssm:eu-central-1:123456789012:parameter/${'a'.repeat(200)}`)
    const { AllowedPattern = '' } = readGateTemplate().Parameters['PolicyParameter'] ?? {}
    expect('/release-gate/policy').toMatch(new RegExp(AllowedPattern))
    expect('release-gate/policy').not.toMatch(new RegExp(AllowedPattern))
    const secret = String(readGateTemplate().Parameters['SlackSecretArn']?.['AllowedPattern'])
    const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:release-gate/slack-AbCdEf'
    expect(arn).toMatch(new RegExp(secret))
    expect('release-gate/slack').not.toMatch(new RegExp(secret))
  })
})
