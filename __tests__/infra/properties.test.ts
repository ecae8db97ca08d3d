import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from '@jest/globals'
import type { Resource } from '../../emulator/cloudformation/template.ts'
import {
  createGateStacks,
  GATE_TEMPLATES,
  readGateTemplate
} from '../../emulator/worlds/gate-template.ts'
import { ACCOUNT_TEMPLATES } from '../../emulator/worlds/account-template.ts'
import { openEmptyAccount } from '../emulator/empty-account.ts'
import { describeUnless } from '../helpers/needs.ts'
import { CALLS } from './calls.ts'
import { IN_A_VPC } from './template.ts'

/*
 * What CloudFormation and the services would refuse is told by their own documents, which ship with
 * cfn-lint and botocore: this asks them of every property, as the template resolves it with the
 * parameters' defaults in an account of the emulator.
 */
const SCRIPT = fileURLToPath(new URL('judge_properties.py', import.meta.url))
const MODULES = 'import botocore, cfnlint.schema.manager, jsonschema'
const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:releases'

type Resources = Readonly<Record<string, Pick<Resource, 'Type' | 'Properties'>>>

function judge(resources: Resources): string[] {
  const input = JSON.stringify({ region: 'eu-central-1', resources, calls: CALLS })
  const { stdout, stderr, status } = spawnSync('python3', [SCRIPT], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as string[]
}

const missing =
  spawnSync('python3', ['-c', MODULES]).status === 0
    ? undefined
    : 'no python3 with botocore, cfn-lint and jsonschema'

describeUnless(missing, 'every property of the templates in infra/', () => {
  /** By the parameters' defaults, without functions in a VPC, and with everything that a parameter adds. */
  let made: Readonly<Record<'least' | 'most', Resources>>

  beforeAll(async () => {
    made = {
      least: await resourcesWith({}),
      most: await resourcesWith({
        ...IN_A_VPC,
        AlarmTopicArn: TOPIC,
        CiRoles: 'release-orders,release-carts',
        CiPassRoles: 'arn:aws:iam::123456789012:role/task',
        RunTaskClusters: 'arn:aws:ecs:eu-central-1:123456789012:cluster/staging',
        RecoveryClusters: 'arn:aws:ecs:eu-central-1:123456789012:cluster/staging',
        TaskLogGroups: 'arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/orders:*',
        FailoverServices: 'arn:aws:ecs:eu-central-1:123456789012:service/shop/shop-prod1',
        FailoverListeners:
          'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/1/2'
      })
    }
  }, 60_000)

  async function resourcesWith(parameters: Readonly<Record<string, string>>): Promise<Resources> {
    const { emulator } = await openEmptyAccount()
    try {
      const names = GATE_TEMPLATES.filter((name) => name !== 'vpc' || 'VerifySubnets' in parameters)
      const templates = names.map((name) => readGateTemplate(name))
      const { resources } = await createGateStacks(emulator, templates, {
        parameters: {
          CodeBucket: 'code',
          CodeKey: 'gate.zip',
          SlackSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf',
          ...parameters
        },
        code: { 'code/gate.zip': '/code' },
        environment: {}
      })
      return resources
    } finally {
      await emulator.close()
    }
  }

  test('there is no other template, and every one of its resources is judged', () => {
    // Of the others each has a test of its own.
    const others = [...ACCOUNT_TEMPLATES, 'ci']
    const all = [...GATE_TEMPLATES, ...others].map((name) => `${name}.yaml`)
    const templates = readdirSync('infra').filter((name) => name.endsWith('.yaml'))
    expect(templates.sort()).toEqual(all.sort())
    const resources = GATE_TEMPLATES.flatMap((name) =>
      Object.keys(readGateTemplate(name).Resources)
    )
    expect(Object.keys(made.most).sort()).toEqual(resources.sort())
    expect(Object.keys(made.least).length).toBeGreaterThan(40)
  })

  test.each(['least', 'most'] as const)(
    'is taken by the registry and by the calls behind it, with the %s that parameters make',
    (which) => {
      expect(judge(made[which])).toEqual([])
    },
    60_000
  )

  test('the check itself finds what each of the two would refuse', () => {
    const wrong: [string, Readonly<Record<string, unknown>>, RegExp][] = [
      [
        'ApiStage',
        {
          AccessLogSettings: { DestinationArn: 'arn', Format: '{"ip":"$context.requestIdentity"}' }
        },
        /Format: must include \$context\.requestId/
      ],
      [
        'ApiStage',
        { AccessLogSettings: { DestinationArn: 'arn', Format: '$context.requestId'.repeat(60) } },
        /Format: 1080 characters are more than 1024/
      ],
      ['ApiIntegration', { TimeoutInMillis: 20 }, /20 are fewer than 50/],
      ['SweepLogs', { RetentionInDays: '45' }, /registry: 45 is not one of/],
      ['SweepLogs', { LogGroupName: 'a b' }, /logGroupName: a b does not match/],
      ['SweepFunction', { Timeout: 901 }, /Timeout: 901 are more than 900/],
      ['SweepFunction', { Colour: 'red' }, /Additional properties .*'Colour' was unexpected/],
      ['SweepFunction', { Architectures: ['arm32'] }, /arm32 is none of x86_64, arm64/],
      ['SweepFunction', { Arn: 'arn' }, /\.Arn: can only be read/],
      ['SweepFunction', { Role: undefined }, /'Role' is a required property/],
      ['SweepFunction', { Role: undefined }, /CreateFunction.Role is missing/],
      ['SweepRole', { RoleName: 'a/b' }, /RoleName: a\/b does not match/],
      ['SealKeyAlias', { AliasName: 'gate' }, /registry: 'gate' does not match/],
      ['EveryMinute', { Targets: [{ Id: 'a' }] }, /'Arn' is a required property/],
      [
        'EveryMinute',
        { Targets: [{ Id: 'a', Arn: 'arn', RetryPolicy: { MaximumEventAgeInSeconds: 30 } }] },
        /MaximumEventAgeInSeconds: 30 are fewer than 60/
      ],
      ['Ledger', { BillingMode: 'FREE' }, /FREE is none of PROVISIONED, PAY_PER_REQUEST/],
      ['SweepErrors', { AlarmActions: Array(6).fill(TOPIC) }, /6 entries are more than 5/],
      ['SweepErrors', { Period: 'often' }, /Period: wanted a number/]
    ]
    const all = made.most
    const changed = wrong.map(([name, properties], index): [string, Resources[string]] => {
      const { Type = '', Properties = {} } = all[name] ?? {}
      const given = { ...Properties, ...properties }
      const kept = Object.entries(given).filter(([, value]) => value !== undefined)
      return [`${name}${index}`, { Type, Properties: Object.fromEntries(kept) }]
    })
    const other = { Type: 'AWS::SNS::Topic', Properties: {} }
    const found = judge({ ...Object.fromEntries(changed), Topic: other })
    const unseen = wrong.filter(
      ([name, , words], index) =>
        !found.some((each) => each.startsWith(`${name}${index}`) && words.test(each))
    )
    expect({ unseen, found }).toEqual({ unseen: [], found })
    expect(found).toContain('Topic: nobody has said here which call makes a AWS::SNS::Topic')
  }, 60_000)
})
