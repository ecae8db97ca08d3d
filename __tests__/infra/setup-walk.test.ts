import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startSlack } from '../../emulator/slack/server.ts'
import type { Slack } from '../../emulator/slack/slack.ts'
import { readGateTemplate } from '../../emulator/worlds/gate-template.ts'
import { ROOT } from '../../runner/environment.ts'
import { assetsOf, writeAssets } from '../../scripts/release/assets.ts'
import { systemClock } from '../../src/release/clock.ts'
import { VERSION } from '../../src/release/version.ts'
import { describeWith } from '../helpers/needs.ts'
import {
  codeCommand,
  marked,
  OWN,
  PAGE,
  pagesPolicy,
  putCode,
  parametersGivenIn,
  shellOf,
  stackCommands
} from './setup-page.ts'
import { exportingTemplate, shell, startMoto, type Moto } from './tools.ts'

const PASTED = '{"bot-token": "xoxb-1", "signing-secret": "s"}'

/** The same by `aws cloudformation create-stack`, whose parameters are written in another way. */
function asCreateStack(deploy: string): string {
  const [command = ''] = deploy.split('--parameter-overrides')
  const words = Object.entries(parametersGivenIn(deploy)).map(
    ([name, value]) => `'ParameterKey=${name},ParameterValue="${value}"'`
  )
  const create = command.replace('cloudformation deploy', 'cloudformation create-stack')
  const body = create.replace('--template-file ', '--template-body file://')
  return `${body}--parameters ${words.join(' ')}\n`
}

const COMMANDS = ['moto_server', 'aws']
describeWith(COMMANDS, 'docs/gate-setup.md, walked through in an account of moto_server', () => {
  let moto: Moto
  let folder: string
  let slack: Slack
  let printed: string
  let bucketPolicy: string

  /** Runs shell text in the folder of a checkout. */
  const walk = (text: string, input = ''): Promise<string> => {
    const environment = {
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_REGION: OWN.REGION,
      AWS_DEFAULT_REGION: OWN.REGION,
      SLACK_API_URL: slack.apiUrl,
      // moto takes any keys, as long as there are some.
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'y'
    }
    return shell(text, { folder, environment, input })
  }

  beforeAll(async () => {
    moto = await startMoto()
    folder = await mkdtemp(join(tmpdir(), 'setup-'))
    await cp('dist/gate', join(folder, 'dist/gate'), { recursive: true })
    await cp('infra', join(folder, 'infra'), { recursive: true })
    writeAssets(join(folder, 'release'), assetsOf(ROOT, join(ROOT, 'dist')))
    const { slack: place, approvers } = pagesPolicy()
    slack = await startSlack({
      clock: systemClock,
      ...place,
      botToken: 'xoxb-1',
      signingSecret: 's',
      members: approvers.users.map((id) => ({ id, name: id })),
      channels: { [place.channel]: 'releases' }
    })
    const [secret = ''] = shellOf('2. Secret and policy')
    bucketPolicy = await putCode(walk)
    await walk(secret, PASTED)
    const [gate = '', policies = '', ci = '', ...shown] = stackCommands()
    printed = await walk(gate)
    await exportInItsPlace()
    printed += await walk([asCreateStack(policies), asCreateStack(ci), ...shown].join('\n'))
  }, 120_000)
  afterAll(async () => {
    await slack.close()
    await moto.close()
    await rm(folder, { recursive: true, force: true })
  })

  /**
   * In moto neither exports nor imports go with a change set, which is what `deploy` makes (moto
   * 5.2.5, cloudformation/models.py, execute_change_set). So another stack exports under the names
   * of the gate's, and the one that imports is created by `create-stack`. The values themselves
   * are looked at in template.test.ts.
   */
  async function exportInItsPlace(): Promise<void> {
    const exported = Object.entries(readGateTemplate('gate').Outputs).filter(
      ([, { Export }]) => Export !== undefined
    )
    const values = Object.fromEntries(
      exported.map(([name]) => [`release-gate-${name}`, `arn:aws:any:::${name}`])
    )
    await writeFile(join(folder, 'exports.json'), exportingTemplate(values))
    const body = '--stack-name exports --template-body file://exports.json'
    await walk(`aws cloudformation create-stack ${body}`)
  }

  test('its commands make the stacks', () => {
    expect(printed).toContain('Successfully created/updated stack - release-gate\n')
    expect(printed).toMatch(
      /"StackId": "arn:aws:cloudformation:[^"]+:stack\/release-gate-policies\//
    )
  })

  test('with the functions, their code, the secret and the policy in place', async () => {
    const read = (command: string): Promise<string> => walk(`aws ${command} --output text`)
    expect(
      (await read("lambda list-functions --query 'Functions[].[FunctionName]'"))
        .trim()
        .split(/\s+/)
        .toSorted()
    ).toEqual([
      'CodeDeployHook_release-gate-request',
      'release-gate-callback',
      'release-gate-sweep',
      'release-gate-watchdog'
    ])
    expect(
      await read(
        'secretsmanager get-secret-value --secret-id release-gate/slack --query SecretString'
      )
    ).toContain('xoxb-1')
    const policy = 'ssm get-parameter --name /release-gate/policy --query Parameter.Value'
    expect(await read(policy)).toBe(`${marked('policy')}\n`)
    const [, edit = ''] = shellOf('2. Secret and policy')
    await writeFile(join(folder, 'policy.yml'), marked('policy').replace('allowed', 'forbidden'))
    await walk(edit)
    expect(await read(policy)).toContain('self-approval: forbidden')
  })

  test("with CI's policies, on the role that it assumes", async () => {
    const policies = await walk('aws iam list-policies --scope Local --output text')
    for (const name of ['ci', 'ci-pass-roles', 'guard', 'auditor']) {
      expect(policies).toContain(`policy/release-gate-${name}-eu-west-1`)
    }
    // moto attaches none of a template's (5.2.5); that the role has them is looked at in ci.test.ts.
    const query = '--query Role.AssumeRolePolicyDocument --output json'
    const trust = await walk(`aws iam get-role --role-name release-orders ${query}`)
    expect(trust).toContain('"repo:octo-org/orders:ref:refs/heads/main"')
    expect(trust).toContain('"repo:octo-org@123456/orders@456789:ref:refs/heads/main"')
  })

  test('which its functions are told of', async () => {
    const settings = await walk(
      'aws lambda get-function-configuration --function-name release-gate-callback --query Environment.Variables'
    )
    expect(JSON.parse(settings)).toMatchObject({
      SLACK_SECRET: expect.stringContaining(':secret:release-gate/slack-'),
      POLICY_PARAMETER: '/release-gate/policy'
    })
  })

  test('a copy of the template that has grown goes by way of the bucket, as the page says', async () => {
    const [gate = ''] = stackCommands()
    const [text, more] = [await readFile(join(folder, 'infra/gate.yaml'), 'utf8'), '# own\n']
    await writeFile(join(folder, 'infra/own.yaml'), text + more.repeat(51_200 / more.length))
    const own = gate
      .replaceAll('release-gate \\', 'own-gate \\')
      .replace('infra/gate.yaml', 'infra/own.yaml')
      .replace('deploy \\', 'deploy --no-execute-changeset \\')
    await expect(walk(own)).rejects.toThrow(/greater than 51,200 bytes must be deployed via an S3/)
    expect(PAGE).toContain('`--s3-bucket BUCKET`')
    const withBucket = own.replace('deploy', `deploy --s3-bucket ${OWN.BUCKET}`)
    // Where moto then looks for the bucket is not where it is; what counts is that the command uploads.
    await walk(`${withBucket.trimEnd()} || true`)
    expect(await walk(`aws s3 ls s3://${OWN.BUCKET}`)).toMatch(/ \d{5} \w+\.template$/m)
  }, 60_000)

  test('the bucket is private, keeps versions, and is spoken to over TLS only', async () => {
    const of = (command: string): Promise<string> =>
      walk(`aws s3api ${command} --bucket ${OWN.BUCKET} --output json`)
    expect(JSON.parse(await of('get-public-access-block'))).toEqual({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true
      }
    })
    expect(JSON.parse(await of('get-bucket-versioning'))).toMatchObject({ Status: 'Enabled' })
    expect(bucketPolicy).toContain('aws:SecureTransport')
    const key = `gate-${VERSION}-`
    expect(await walk(`aws s3 ls s3://${OWN.BUCKET}`)).toMatch(
      new RegExp(` ${key}[0-9a-f]{12}\\.zip$`, 'm')
    )
  })

  test('the same command once more changes nothing, and says so', async () => {
    const [secret = ''] = shellOf('2. Secret and policy')
    expect(await walk(secret, PASTED)).toContain('there is a secret release-gate/slack already')
    const before = await readFile(join(folder, 'gate.json'), 'utf8')
    await walk(codeCommand())
    expect(await readFile(join(folder, 'gate.json'), 'utf8')).toBe(before)
  })

  test('and leaves no secret in the folder', async () => {
    expect(await walk('ls')).not.toContain('slack.json')
  })
})
