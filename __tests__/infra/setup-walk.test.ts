import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { describeWith } from '../helpers/needs.ts'
import { marked, OWN, shellOf, stackCommands } from './setup-page.ts'
import { shell, startMoto, type Moto } from './tools.ts'

const PASTED = '{"bot-token": "xoxb-1", "signing-secret": "s"}'

const COMMANDS = ['moto_server', 'aws', 'zip']
describeWith(COMMANDS, 'docs/gate-setup.md, walked through in an account of moto_server', () => {
  let moto: Moto
  let folder: string
  let secretArn: string
  let printed: string

  /** Runs shell text in the folder of a checkout. */
  const walk = (text: string, input = ''): Promise<string> => {
    const environment = {
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_REGION: OWN.REGION,
      AWS_DEFAULT_REGION: OWN.REGION,
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
    await writeFile(join(folder, 'policy.yml'), marked('policy'))
    await walk(`aws s3 mb s3://${OWN.BUCKET}`)
    const [secret = '', parameter = ''] = shellOf('2. Secret and policy')
    secretArn = /arn:aws:secretsmanager:[^"]+/.exec(await walk(secret, PASTED))?.[0] ?? ''
    await walk(parameter)
    printed = await walk(stackCommands(secretArn))
  }, 120_000)
  afterAll(async () => {
    await moto.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('its commands make the stack', () => {
    expect(printed).toContain('Successfully created/updated stack - release-gate')
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
    expect(
      await read('ssm get-parameter --name /release-gate/policy --query Parameter.Value')
    ).toContain('self-approval: allowed')
  })

  test('which its functions are told of', async () => {
    const settings = await walk(
      'aws lambda get-function-configuration --function-name release-gate-callback --query Environment.Variables'
    )
    expect(JSON.parse(settings)).toMatchObject({
      SLACK_SECRET: expect.stringContaining(secretArn),
      POLICY_PARAMETER: '/release-gate/policy'
    })
    expect(secretArn).toContain(':secret:release-gate/slack-')
  })

  test('and leaves no secret in the folder', async () => {
    expect(await walk('ls')).not.toContain('slack.json')
  })
})
