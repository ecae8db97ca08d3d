import { describe, expect, test } from '@jest/globals'
import { readModule } from '../../../scripts/terraform-modules.ts'
import { bothForms, placeholders, type Pairs } from './compare.ts'
import { validated } from './conformance.ts'
import type { Values } from './values.ts'
import { GATE_FORMS } from './gate-forms.ts'
import { evaluateModule, type Evaluated } from './module.ts'
import { readTemplate, resolveStack } from './stack.ts'
import { differences } from './variables.ts'

const TEMPLATE = readTemplate('infra/ci.yaml')
const LEAST = { Owner: 'octo-org', Repository: 'orders', RoleName: 'release-orders' }
const NEEDED: Values = { owner: 'octo-org', repository: 'orders', role_name: 'release-orders' }
const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'

const PAIRS: Pairs = {
  Provider: 'aws_iam_openid_connect_provider.github[0]',
  Role: 'aws_iam_role.ci'
}
const FORMS = {
  ...GATE_FORMS,
  aws_iam_openid_connect_provider: {
    type: 'AWS::IAM::OIDCProvider',
    // Registry schema of AWS::IAM::OIDCProvider: the ARN is its primary identifier.
    refs: { arn: 'Ref' },
    members: { url: 'Url', client_id_list: 'ClientIdList' }
  }
}

const ci = (variables: Values): Promise<Evaluated> =>
  evaluateModule('ci', { ...NEEDED, ...variables }, placeholders(PAIRS, FORMS))

const SETTINGS: Readonly<
  Record<string, { parameters: Readonly<Record<string, string>>; variables: Values }>
> = {
  'with defaults': { parameters: {}, variables: {} },
  'with every subject, every right, and a provider that is there': {
    parameters: {
      Prefix: 'shop-gate',
      Releases: 'release#production/orders,release#staging/orders',
      OwnerId: '123456',
      RepositoryId: '456789',
      Branch: 'release/*',
      Tag: 'v*',
      Environment: 'production',
      MoreSubjects: 'repository_owner_id:123456,workflow:release',
      ProviderArn: PROVIDER,
      PassesRoles: 'no',
      RunsTasks: 'yes',
      TimesRecovery: 'yes',
      ShowsLogs: 'yes',
      MaxSessionSeconds: '7200',
      PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary'
    },
    variables: {
      prefix: 'shop-gate',
      releases: ['release#production/orders', 'release#staging/orders'],
      owner_id: '123456',
      repository_id: '456789',
      branch: 'release/*',
      tag: 'v*',
      environment: 'production',
      more_subjects: ['repository_owner_id:123456', 'workflow:release'],
      provider_arn: PROVIDER,
      passes_roles: false,
      runs_tasks: true,
      times_recovery: true,
      shows_logs: true,
      max_session_seconds: 7200,
      permissions_boundary_arn: 'arn:aws:iam::123456789012:policy/boundary'
    }
  },
  'for an environment alone': {
    parameters: { Branch: '', Environment: 'production' },
    variables: { branch: '', environment: 'production' }
  },
  'for a customised subject alone': {
    parameters: { Branch: '', MoreSubjects: 'workflow:release' },
    variables: { branch: '', more_subjects: ['workflow:release'] }
  }
}

/** For each variable that can be wrong, what is. */
const WRONG = [
  ['prefix', 'X'],
  ['releases', ['gate#*']],
  ['owner', 'octo org'],
  ['repository', 'octo-org/orders'],
  ['owner_id', 'octo'],
  ['repository_id', '456789'],
  ['branch', 'a b'],
  ['branch', 'a\\b'],
  ['tag', 'v^1'],
  ['environment', 'prod*'],
  ['more_subjects', ['']],
  ['provider_arn', 'arn:aws:iam::123456789012:oidc-provider/example.com'],
  ['role_name', 'path/role'],
  ['role_name', 'release-gate-ci'],
  ['max_session_seconds', 60],
  ['permissions_boundary_arn', 'boundary']
] as const

describe('the module ci and the template ci', () => {
  for (const [name, { parameters, variables }] of Object.entries(SETTINGS)) {
    test(`make the same role, trust and rights, ${name}`, async () => {
      const template = resolveStack(TEMPLATE, { ...LEAST, ...parameters }, 'release-gate-ci')
      const sides = bothForms(template, await ci(variables), PAIRS, FORMS)
      expect(sides.module).toEqual(sides.template)
    })
  }

  test('take the same settings with the same defaults and limits', async () => {
    expect(differences([TEMPLATE], await readModule('ci'))).toEqual([])
  })

  test.each(WRONG)('refuses %s = %j', async (name, value) => {
    const { problems } = await ci({ [name]: value })
    expect(problems).toContainEqual(expect.stringContaining(`${name} `))
  })

  test('has a wrong value of every variable in this test', async () => {
    expect([...new Set<string>(WRONG.map(([name]) => name))].toSorted()).toEqual(
      validated(await readModule('ci'))
    )
  })
})
