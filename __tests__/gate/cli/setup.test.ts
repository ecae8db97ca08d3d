import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { parseCommand, UsageError } from '../../../src/gate/cli/arguments.ts'
import { runCli } from '../../../src/gate/cli/run.ts'
import { AwsCliError, type SetupPorts } from '../../../src/gate/cli/setup/ports.ts'
import { parsePolicy } from '../../../src/gate/policy/parse.ts'
import { SlackError } from '../../../src/gate/slack/slack.ts'
import { VERSION } from '../../../src/release/version.ts'

const ZIP = Buffer.from('a zip')
const DIGEST = createHash('sha256').update(ZIP).digest('hex')
const ACCOUNT = '123456789012'
const SECRETS = '{"bot-token": "xoxb-1", "signing-secret": "s"}'

let asked: string[]
let inputs: string[]
let told: string
let output: string
let files: Map<string, string>
let answers: Record<string, string | AwsCliError>
let slack: SetupPorts['slackApp']

beforeEach(() => {
  asked = []
  inputs = []
  told = ''
  output = ''
  files = new Map([['r/checksums.txt', `${'0'.repeat(64)}  other.zip\n${DIGEST}  gate.zip\n`]])
  answers = {
    'sts get-caller-identity': `arn:aws:iam::${ACCOUNT}:user/ann\n`,
    's3api get-bucket-location': 'eu-west-1\n',
    'secretsmanager create-secret':
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCdEf\n'
  }
  slack = () => Promise.resolve({ team: 'T012AB3CD', app: 'A012AB3CD' })
})

async function run(...args: string[]): Promise<void> {
  const none = (): never => {
    throw new Error('not here')
  }
  const setup: SetupPorts = {
    aws(args, input) {
      asked.push(args.join(' '))
      if (input !== undefined) inputs.push(input)
      const answer = answers[args.slice(0, 2).join(' ')] ?? ''
      return answer instanceof AwsCliError ? Promise.reject(answer) : Promise.resolve(answer)
    },
    readBytes: () => Promise.resolve(ZIP),
    readText(path) {
      const text = files.get(path)
      const missing = Object.assign(new Error(`no ${path}`), { code: 'ENOENT' })
      return text === undefined ? Promise.reject(missing) : Promise.resolve(text)
    },
    writeText: (path, text) => Promise.resolve(void files.set(path, text)),
    input: () => Promise.resolve(files.get('stdin') ?? SECRETS),
    slackApp: (token) => slack(token),
    tell: (line) => void (told += `${line}\n`)
  }
  const write = (text: string): void => void (output += text)
  await runCli(args, { table: none, seal: none, readFile: none, write, warn: none, setup })
}

const parameters = (path = 'gate.json'): unknown => JSON.parse(files.get(path) ?? 'null')
const refusal = (code: string): AwsCliError =>
  new AwsCliError(`aws x failed: An error occurred (${code}) when calling the X operation: no`)

describe('gate setup code', () => {
  const CODE = ['setup', 'code', '--from', 'r', '--region', 'eu-west-1']
  const KEY = `gate-${VERSION}-${DIGEST.slice(0, 12)}.zip`
  const BUCKET = `release-gate-code-${ACCOUNT}-eu-west-1`

  test('puts the zip into the bucket of account and region, and notes both parameters', async () => {
    await run(...CODE)
    expect(asked.at(-1)).toBe(
      `s3api put-object --bucket ${BUCKET} --key ${KEY} --body r/gate.zip --expected-bucket-owner ${ACCOUNT} --region eu-west-1`
    )
    expect(parameters()).toEqual([`CodeBucket=${BUCKET}`, `CodeKey=${KEY}`])
    expect(told).toContain(`put as s3://${BUCKET}/${KEY}`)
  })

  test.each([
    [
      'is another one',
      `${'a'.repeat(64)}  gate.zip\n`,
      /its SHA-256 is .*, checksums\.txt says a{64}/
    ],
    ['is not among them', `${DIGEST}  other.zip\n`, /checksums\.txt does not name gate\.zip/],
    ['is named like another', `${DIGEST}  gate.zip.old\n`, /does not name gate\.zip/]
  ])('a zip that %s in the checksums is sent nowhere', async (_, checksums, words) => {
    files.set('r/checksums.txt', checksums)
    await expect(run(...CODE)).rejects.toThrow(words)
    expect(asked).toEqual([])
  })

  test('without a bucket it says how to make one', async () => {
    answers['s3api get-bucket-location'] = refusal('NoSuchBucket')
    await expect(run(...CODE)).rejects.toThrow(
      `no bucket ${BUCKET} in this account: add --create-bucket`
    )
    expect(asked.filter((line) => line.includes('create-bucket'))).toEqual([])
  })

  test('makes one if asked: private, with versions, over TLS only, before anything is in it', async () => {
    answers['s3api get-bucket-location'] = refusal('NoSuchBucket')
    await run(...CODE, '--create-bucket')
    expect(asked.map((line) => line.split(' ')[1])).toEqual([
      'get-caller-identity',
      'get-bucket-location',
      'create-bucket',
      'put-public-access-block',
      'put-bucket-versioning',
      'put-bucket-policy',
      'put-object'
    ])
    expect(asked[2]).toContain('LocationConstraint=eu-west-1')
    expect(asked[3]).toContain(
      'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true'
    )
    expect(asked[5]).toContain('"aws:SecureTransport":"false"')
  })

  // S3, CreateBucket: us-east-1 is the default, and no constraint that may be named.
  test('in us-east-1 it names no place', async () => {
    answers['s3api get-bucket-location'] = refusal('NoSuchBucket')
    await run('setup', 'code', '--from', 'r', '--region', 'us-east-1', '--create-bucket')
    expect(asked.join()).not.toContain('LocationConstraint=')
    answers['s3api get-bucket-location'] = 'None\n'
    await run('setup', 'code', '--from', 'r', '--region', 'us-east-1')
    expect(asked.at(-1)).toContain('put-object')
  })

  test.each([
    ['is in another region', 'eu-central-1\n', /is in eu-central-1, the stack in eu-west-1/],
    ["is somebody else's", refusal('AccessDenied'), /is not this account's, or these credentials/],
    ['cannot be looked at', refusal('ExpiredToken'), /ExpiredToken/]
  ])('a bucket that %s is not used', async (_, answer, words) => {
    answers['s3api get-bucket-location'] = answer
    await expect(run(...CODE, '--create-bucket')).rejects.toThrow(words)
    expect(asked.filter((line) => /create-bucket|put-/.test(line))).toEqual([])
    expect(files.has('gate.json')).toBe(false)
  })

  test('keeps what else stands in the file, adds what is set, and takes what is new of both', async () => {
    files.set('gate.json', '["CodeKey=old", "A=1"]')
    await run(...CODE, '--bucket', 'mine', '--set', 'AlarmTopicArn=arn:aws:sns:x', '--set', 'B=c=d')
    expect(parameters()).toEqual([
      `CodeKey=${KEY}`,
      'A=1',
      'CodeBucket=mine',
      'AlarmTopicArn=arn:aws:sns:x',
      'B=c=d'
    ])
  })

  test.each(['{}', 'no JSON', '[{"ParameterKey": "A"}]', '["A"]'])(
    'a file of something else (%s) is left as it is, and nothing is done',
    async (text) => {
      files.set('gate.json', text)
      await expect(run(...CODE)).rejects.toThrow('gate.json is no file of parameters')
      expect([asked, files.get('gate.json')]).toEqual([[], text])
    }
  )
})

describe('gate setup slack', () => {
  const SLACK = ['setup', 'slack', '--channel', 'C012AB3CD', '--approvers', 'U0ANN2AB3,U0BEN4CD5']

  test("stores secret and policy, with the token's workspace and app", async () => {
    await run(...SLACK)
    const [secret = '', policy = ''] = inputs
    expect(JSON.parse(secret)).toEqual({ 'bot-token': 'xoxb-1', 'signing-secret': 's' })
    const read = await parsePolicy(policy)
    expect(read).toMatchObject({ language: 'en', watch: { onUngated: 'stop' } })
    expect(policy).toContain('slack: { team: T012AB3CD, app: A012AB3CD, channel: C012AB3CD }')
    expect(asked[1]).toContain('--name /release-gate/policy --type String --value file://IN_FILE')
    expect(parameters()).toEqual([
      'SlackSecretArn=arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-AbCdEf',
      'PolicyParameter=/release-gate/policy'
    ])
  })

  test('threat: secrets: they are among no arguments and in no output', async () => {
    await run(...SLACK)
    expect(`${asked.join()}${told}${output}${files.get('gate.json')}`).not.toMatch(
      /xoxb-1|signing-secret/
    )
  })

  test('what is there already stays', async () => {
    answers['secretsmanager create-secret'] = refusal('ResourceExistsException')
    answers['secretsmanager describe-secret'] = 'arn:aws:secretsmanager:r:1:secret:there\n'
    answers['ssm put-parameter'] = refusal('ParameterAlreadyExists')
    await run(...SLACK, '--prefix', 'own-gate')
    expect(parameters()).toEqual([
      'SlackSecretArn=arn:aws:secretsmanager:r:1:secret:there',
      'PolicyParameter=/own-gate/policy'
    ])
    expect(told).toContain('there is a secret own-gate/slack already, which stays as it is')
    expect(told).toContain('there is a policy /own-gate/policy already, which stays as it is')
  })

  test('speaks, and lets the gate speak, Korean', async () => {
    await run(...SLACK, '--language', 'ko')
    expect(inputs[1]).toContain('language: ko\n')
    expect(told).toContain('정책을 저장했습니다')
  })

  test.each([
    ['no JSON', /wanted on standard input/],
    ['{"bot-token": "xoxb-1"}', /wanted on standard input/]
  ])('refuses %s on standard input, and writes nothing', async (text, words) => {
    files.set('stdin', text)
    await expect(run(...SLACK)).rejects.toThrow(words)
    expect(asked).toEqual([])
  })

  test.each([
    [
      'does not know the token',
      () => Promise.reject(new SlackError('auth.test', 'invalid_auth')),
      /invalid_auth/
    ],
    [
      'names no app',
      () => Promise.resolve({ team: 'T012AB3CD', app: undefined }),
      /Bot User OAuth Token/
    ]
  ])('writes nothing where Slack %s', async (_, app, words) => {
    slack = app
    await expect(run(...SLACK)).rejects.toThrow(words)
    expect(asked).toEqual([])
  })

  test('any other refusal of AWS ends it', async () => {
    answers['ssm put-parameter'] = refusal('AccessDeniedException')
    await expect(run(...SLACK)).rejects.toThrow('AccessDeniedException')
    expect(files.has('gate.json')).toBe(false)
  })
})

describe('the command line', () => {
  test('every problem is told at once', () => {
    expect(() =>
      parseCommand([
        'setup',
        'slack',
        '--channel',
        '#releases',
        '--approvers',
        'U1A2,ann',
        '--prefix',
        'A'
      ])
    ).toThrow(
      new UsageError([
        '--channel: "#releases" is no id of a channel, such as C012AB3CD',
        '--approvers: "ann" is no id of a person, such as U0ANN2AB3',
        '--prefix: wanted 3 to 31 lower case letters, digits and hyphens'
      ])
    )
    expect(() => parseCommand(['setup', 'code', '--bucket', 'A', '--set', 'x'])).toThrow(
      new UsageError([
        '--bucket: "A" is no name of a bucket',
        '--set: "x" is not NAME=VALUE',
        '--from is required'
      ])
    )
    expect(() => parseCommand(['setup'])).toThrow(/wanted .*setup code.*, found setup/)
    expect(() => parseCommand(['setup', 'code', 'x', '--from', 'r'])).toThrow(/unexpected: x/)
    expect(() => parseCommand(['setup', 'code', '--from', 'r', '--channel', 'C012AB3CD'])).toThrow(
      /--channel means nothing to setup code/
    )
  })

  test('--version says which one this is', async () => {
    await run('--version')
    expect(output).toBe(`${VERSION}\n`)
  })
})
