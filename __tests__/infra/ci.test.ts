import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createStack, type Stack } from '../../emulator/cloudformation/stack.ts'
import { parseTemplate } from '../../emulator/cloudformation/template.ts'
import type { Emulator } from '../../emulator/emulator.ts'
import { createGateStacks, readGateTemplate } from '../../emulator/worlds/gate-template.ts'
import { openEmptyAccount } from '../emulator/empty-account.ts'
import { describeWith } from '../helpers/needs.ts'
import { isAllowed, type Statement } from './iam.ts'
import { run } from './tools.ts'

const TEXT = readFileSync('infra/ci.yaml', 'utf8')
const TEMPLATE = parseTemplate(TEXT)
const ISSUER = 'token.actions.githubusercontent.com'
/** The least that a reader gives. */
const LEAST = { Owner: 'octo-org', Repository: 'orders', RoleName: 'release-orders' }
const IDS = { OwnerId: '123456', RepositoryId: '456789' }

let emulator: Emulator
let close: () => Promise<void>
beforeAll(async () => {
  const account = await openEmptyAccount()
  emulator = account.emulator
  close = () => account.emulator.close()
})
afterAll(() => close())

const stackWith = (parameters: Readonly<Record<string, string>> = {}): Promise<Stack> =>
  createStack(emulator, { template: TEMPLATE, parameters: { ...LEAST, ...parameters }, code: {} })

interface RoleProperties {
  readonly AssumeRolePolicyDocument: { readonly Statement: readonly Statement[] }
  readonly ManagedPolicyArns: readonly string[]
  readonly Policies: readonly [{ readonly PolicyDocument: { readonly Statement: Statement[] } }]
}
const roleOf = ({ resources }: Stack): RoleProperties =>
  resources['Role']?.Properties as unknown as RoleProperties

/** Whether STS gives the role to a job with this token. */
function mayTake(stack: Stack, sub: string, aud = 'sts.amazonaws.com'): boolean {
  const { Statement } = roleOf(stack).AssumeRolePolicyDocument
  return isAllowed(
    Statement.map((each) => ({ ...each, Resource: '*' })),
    {
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: '*',
      context: { [`${ISSUER}:aud`]: [aud], [`${ISSUER}:sub`]: [sub] }
    }
  )
}

describe('threat: role: who may take the role of infra/ci.yaml', () => {
  // docs.github.com, "OpenID Connect reference", Example subject claims.
  const MAIN = 'repo:octo-org/orders:ref:refs/heads/main'
  // The same page, Immutable subject claims; github.blog changelog of 2026-04-23 for the dates.
  const MAIN_BY_ID = 'repo:octo-org@123456/orders@456789:ref:refs/heads/main'

  test.each([
    ['a run on the branch', {}, MAIN, true],
    ['a run on another branch', {}, 'repo:octo-org/orders:ref:refs/heads/other', false],
    ['a branch that begins alike', {}, `${MAIN}-too`, false],
    ['a pull request', {}, 'repo:octo-org/orders:pull_request', false],
    ['an environment that is not named', {}, 'repo:octo-org/orders:environment:production', false],
    ['a tag where none is named', {}, 'repo:octo-org/orders:ref:refs/tags/v1.2.3', false],
    ['another repository', {}, 'repo:octo-org/orders-too:ref:refs/heads/main', false],
    ['another owner', {}, 'repo:octo/orders:ref:refs/heads/main', false],
    ['a token by id where no id is given', {}, MAIN_BY_ID, false],
    ['a token by id', IDS, MAIN_BY_ID, true],
    ['one by name, although there are ids', IDS, MAIN, true],
    [
      'a repository of that name after it was deleted',
      IDS,
      MAIN_BY_ID.replace('@456789', '@99'),
      false
    ],
    [
      'an owner of that name after it was deleted',
      IDS,
      MAIN_BY_ID.replace('@123456', '@99'),
      false
    ],
    [
      'a branch by pattern',
      { Branch: 'release/*' },
      'repo:octo-org/orders:ref:refs/heads/release/1',
      true
    ],
    ['the branch before it', { Branch: 'release/*' }, MAIN, false],
    ['a tag', { Tag: 'v*' }, 'repo:octo-org/orders:ref:refs/tags/v1.2.3', true],
    [
      'a tag by id',
      { ...IDS, Tag: 'v*' },
      'repo:octo-org@123456/orders@456789:ref:refs/tags/v1',
      true
    ],
    [
      'a branch that is called like a tag',
      { Tag: 'v*' },
      'repo:octo-org/orders:ref:refs/heads/v1',
      false
    ],
    [
      'an environment',
      { Environment: 'production' },
      'repo:octo-org/orders:environment:production',
      true
    ],
    [
      'an environment by id',
      { ...IDS, Environment: 'production' },
      'repo:octo-org@123456/orders@456789:environment:production',
      true
    ],
    ['no branch', { Branch: '', Environment: 'production' }, MAIN, false],
    ['an own subject', { MoreSubjects: 'a:1,repository_id:7:x' }, 'repository_id:7:x', true],
    ['a part of one', { MoreSubjects: 'a:1,repository_id:7:x' }, 'a:1,repository_id:7:x', false],
    ['an own subject alone', { Branch: '', MoreSubjects: 'a:1' }, 'a:1', true],
    ['none', { Branch: '', MoreSubjects: 'a:1' }, MAIN, false]
  ] as const)('%s: %j %s %s', async (_, parameters, sub, expected) => {
    expect(mayTake(await stackWith(parameters), sub)).toBe(expected)
  })

  test('nobody with a token for another audience', async () => {
    expect(mayTake(await stackWith(), MAIN, 'https://github.com/octo-org')).toBe(false)
  })

  test.each([
    ['Owner', '*'],
    ['Owner', 'octo-org/orders'],
    ['Repository', '*'],
    ['Repository', 'orders:ref'],
    ['OwnerId', '*'],
    ['Branch', 'ma?n'],
    ['Branch', 'main:x'],
    ['Branch', '${aws:username}'],
    ['Environment', '*'],
    ['ProviderArn', `arn:aws:iam::123456789012:oidc-provider/example.com`]
  ])('%s takes no %s', async (name, value) => {
    await expect(stackWith({ [name]: value })).rejects.toThrow(`Parameter '${name}'`)
  })
})

describe('the provider', () => {
  test('is created, for the audience of STS, and stays when the stack goes', async () => {
    const stack = await stackWith()
    const arn = `arn:aws:iam::${emulator.world.account}:oidc-provider/${ISSUER}`
    expect(stack.resources['Provider']?.Properties).toEqual({
      Url: `https://${ISSUER}`,
      ClientIdList: ['sts.amazonaws.com']
    })
    expect(TEXT).toMatch(/Type: AWS::IAM::OIDCProvider\n.*\n    DeletionPolicy: Retain/)
    expect(stack.outputs).toMatchObject({ ProviderArn: arn })
    expect(roleOf(stack).AssumeRolePolicyDocument.Statement).toMatchObject([
      { Principal: { Federated: arn } }
    ])
  })

  test('or one that is there is taken', async () => {
    const ProviderArn = `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`
    const stack = await stackWith({ ProviderArn, MoreSubjects: 'a' })
    expect(stack.resources).not.toHaveProperty('Provider')
    const { Statement } = roleOf(stack).AssumeRolePolicyDocument
    expect(Statement).toMatchObject([
      { Principal: { Federated: ProviderArn } },
      { Principal: { Federated: ProviderArn } }
    ])
  })
})

describe('what the role may', () => {
  test.each([
    [{}, ['ci', 'guard', 'ci-pass-roles']],
    [{ PassesRoles: 'no' }, ['ci', 'guard']],
    [
      { RunsTasks: 'yes', TimesRecovery: 'yes', ShowsLogs: 'yes' },
      ['ci', 'guard', 'ci-pass-roles', 'ci-run-task', 'ci-recovery', 'ci-task-logs']
    ]
  ])(
    '%j: the policies %j, by the names that policies.yaml gives them',
    async (parameters, names) => {
      const { emulator: other } = await openEmptyAccount()
      try {
        const policies = await createGateStacks(
          other,
          [readGateTemplate('gate'), readGateTemplate('policies')],
          {
            parameters: {
              CodeBucket: 'code',
              CodeKey: 'gate.zip',
              SlackSecretArn:
                'arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf',
              CiPassRoles: 'arn:aws:iam::123456789012:role/task',
              RunTaskClusters: 'arn:aws:ecs:eu-central-1:123456789012:cluster/shop',
              RecoveryClusters: 'arn:aws:ecs:eu-central-1:123456789012:cluster/shop',
              TaskLogGroups: 'arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/orders:*'
            },
            code: { 'code/gate.zip': '/code' },
            environment: {}
          }
        )
        const stack = await createStack(other, {
          template: TEMPLATE,
          parameters: { ...LEAST, ...parameters },
          code: {}
        })
        const { region } = other.world
        const there = Object.keys(policies.resources).map((name) => policies.id(name))
        const attached = roleOf(stack).ManagedPolicyArns
        expect(attached.map((arn) => arn.replace(/^.*\/release-gate-/, ''))).toEqual(
          names.map((name) => `${name}-${region}`)
        )
        expect(attached.filter((arn) => !there.includes(arn))).toEqual([])
      } finally {
        await other.close()
      }
    }
  )

  test('of a repository with a service of its own: no other releases are recorded', async () => {
    const stack = await stackWith({ Releases: 'release#production/orders' })
    const { Statement } = roleOf(stack).Policies[0].PolicyDocument
    const all: Statement = { Effect: 'Allow', Action: '*', Resource: '*' }
    const { account, region } = emulator.world
    const puts = (key: string): boolean =>
      isAllowed([all, ...Statement], {
        action: 'dynamodb:PutItem',
        resource: `arn:aws:dynamodb:${region}:${account}:table/release-gate`,
        context: { 'dynamodb:LeadingKeys': [key] }
      })
    expect([puts('release#production/orders'), puts('release#production/carts')]).toEqual([
      true,
      false
    ])
  })
})

describe('limits', () => {
  test('the template has less than 45 kB', () => {
    expect(Buffer.byteLength(TEXT)).toBeLessThan(45_000)
  })

  // IAM user guide, "IAM and AWS STS quotas": 2,048 characters of a trust policy without white space.
  test('the trust policy fits with the longest names', async () => {
    const stack = await stackWith({
      Owner: 'o'.repeat(39),
      Repository: 'r'.repeat(100),
      OwnerId: '1'.repeat(10),
      RepositoryId: '2'.repeat(10),
      Branch: 'b'.repeat(60),
      Tag: 't'.repeat(20),
      Environment: 'e'.repeat(40)
    })
    const { AssumeRolePolicyDocument } = roleOf(stack)
    expect(JSON.stringify(AssumeRolePolicyDocument).length).toBeLessThanOrEqual(2_048)
  })
})

describeWith(['cfn-lint'], 'cfn-lint', () => {
  test('finds nothing', async () => {
    expect(await run('cfn-lint', 'infra/ci.yaml')).toEqual({ code: 0, text: '' })
  }, 60_000)
})
