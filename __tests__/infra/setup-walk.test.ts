import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { has, run, startMoto, type Moto } from './tools.ts'

/** What a reader puts in for the page's capitals; the secret's ARN is what its own command prints. */
const OWN = { BUCKET: 'bucket-of-mine', REGION: 'eu-west-1', ACCOUNT: '123456789012' }
const PASTED = '{"bot-token": "xoxb-1", "signing-secret": "s"}'

const canWalk = ['moto_server', 'aws', 'zip'].every(has)
const walked = canWalk ? describe : describe.skip
walked('docs/gate-setup.md, walked through in an account of moto_server', () => {
  let moto: Moto
  let folder: string
  let secretArn: string
  let printed: string

  /** Runs shell text in the folder of a checkout. */
  const shell = async (text: string, input = ''): Promise<string> => {
    const file = join(folder, 'input')
    await writeFile(file, input)
    const settings = `export AWS_ENDPOINT_URL=${moto.endpoint} AWS_REGION=${OWN.REGION} AWS_DEFAULT_REGION=${OWN.REGION}`
    const whole = `set -euo pipefail; cd '${folder}'; ${settings}\n${text}`
    const { code, text: output } = await run('bash', '-c', `exec < '${file}'\n${whole}`)
    if (code !== 0) throw new Error(`${text}\n${output}`)
    return output
  }

  beforeAll(async () => {
    moto = await startMoto()
    folder = await mkdtemp(join(tmpdir(), 'setup-'))
    await cp('dist/gate', join(folder, 'dist/gate'), { recursive: true })
    await cp('infra', join(folder, 'infra'), { recursive: true })
    const page = await readFile('docs/gate-setup.md', 'utf8')
    const blocks = (step: string): string[] => {
      const [, part = ''] = page.split(`\n## ${step}\n`)
      const [own = ''] = part.split('\n## ')
      return [...own.matchAll(/^```sh\n(.*?)^```/gms)].map(([, text = '']) => text)
    }
    const [, policy = ''] = /<!-- start policy -->\n```yaml\n(.*?)^```/ms.exec(page) ?? []
    await writeFile(join(folder, 'policy.yml'), policy)
    await shell(`aws s3 mb s3://${OWN.BUCKET}`)
    const [secret = '', parameter = ''] = blocks('2. Secret and policy')
    secretArn = /arn:aws:secretsmanager:[^"]+/.exec(await shell(secret, PASTED))?.[0] ?? ''
    await shell(parameter)
    const [stack = ''] = blocks('3. The stack')
    const own = stack.replace(/arn:aws:secretsmanager:\S+/, secretArn)
    printed = await shell(
      Object.entries(OWN).reduce((text, [name, value]) => text.replaceAll(name, value), own)
    )
  }, 120_000)
  afterAll(async () => {
    await moto.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('its commands make the stack', () => {
    expect(printed).toContain('Successfully created/updated stack - release-gate')
  })

  test('with the functions, their code, the secret and the policy in place', async () => {
    const read = (command: string): Promise<string> => shell(`aws ${command} --output text`)
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
    const settings = await shell(
      'aws lambda get-function-configuration --function-name release-gate-callback --query Environment.Variables'
    )
    expect(JSON.parse(settings)).toMatchObject({
      SLACK_SECRET: expect.stringContaining(secretArn),
      POLICY_PARAMETER: '/release-gate/policy'
    })
    expect(secretArn).toContain(':secret:release-gate/slack-')
  })

  test('and leaves no secret in the folder', async () => {
    expect(await shell('ls')).not.toContain('slack.json')
  })
})
