import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { startSlack } from '../../../emulator/slack/server.ts'
import type { Slack } from '../../../emulator/slack/slack.ts'
import { installGate, type GateApp } from '../../../emulator/worlds/gate-app.ts'
import { kmsSeal } from '../../../src/ledger/kms-seal.ts'
import { parsePolicy } from '../../../src/gate/policy/parse.ts'
import { clientConfig } from '../../../src/gate/runtime/client-config.ts'
import type { ClientConfig } from '../../../src/gate/runtime/client-config.ts'
import { readEnvironment } from '../../../src/gate/runtime/environment.ts'
import { readPolicyText } from '../../../src/gate/runtime/policy-source.ts'
import { parameterReader, readSlackSecret } from '../../../src/gate/runtime/secrets.ts'
import { dynamoTable } from '../../../src/ledger/dynamo-table.ts'
import { SMALLEST } from '../../gate/policy/documents.ts'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'

let account: EmptyAccount
let slack: Slack
let gate: GateApp

beforeAll(async () => {
  account = await openEmptyAccount()
  slack = await startSlack({
    clock: account.clock,
    team: 'T0TEAM',
    app: 'A0APP',
    botToken: 'xoxb-1',
    signingSecret: 's3cret',
    members: [],
    channels: {}
  })
  gate = await installGate(account.emulator, {
    bundles: 'dist/gate',
    policy: SMALLEST,
    slack,
    observeSeconds: 900
  })
})
afterAll(async () => {
  await slack.close()
  await account.emulator.close()
})

/** What the template tells a function. */
function environmentOf(name: string): Readonly<Record<string, string>> {
  const code = account.emulator.world.lambda.find(name)?.code
  if (code?.kind !== 'module') throw new Error(`no bundle ${name}`)
  return code.environment
}

it.each(['CodeDeployHook_release-gate-request', 'release-gate-callback', 'release-gate-sweep'])(
  'tells %s all it needs',
  async (name) => {
    const { endpoint, userKeys, world } = account.emulator
    /** The functions' own configuration, but for where they find the endpoint and their keys. */
    const settings: ClientConfig & { readonly endpoint: string } = {
      ...clientConfig(world.region),
      endpoint,
      credentials: () => Promise.resolve(userKeys)
    }
    const given = { AWS_REGION: world.region, ...environmentOf(name) }
    const environment = readEnvironment(given)
    const { policy, table, key } = environment
    const readParameter = parameterReader(settings)
    expect(await parsePolicy(await readPolicyText(policy, readParameter))).toMatchObject({
      slack: { channel: 'C0GATE' }
    })
    expect(await readSlackSecret(environment, settings, readParameter)).toEqual({
      botToken: 'xoxb-1',
      signingSecret: 's3cret'
    })
    const seal = kmsSeal(new KMSClient(settings), key)
    expect(await seal.verify('a decision', await seal.mac('a decision'))).toBe(true)
    const rows = dynamoTable(new DynamoDBClient(settings), table)
    expect(await rows.get({ pk: 'gate#none', sk: 'state' })).toBeUndefined()
  }
)

it('has no parameter that none of the templates has', async () => {
  const { emulator } = await openEmptyAccount()
  try {
    const parameters = { CiPassRole: 'arn:aws:iam::123456789012:role/task' }
    const options = { bundles: 'dist/gate', policy: SMALLEST, slack, parameters }
    await expect(installGate(emulator, options)).rejects.toThrow(
      'no template has the parameters CiPassRole'
    )
    expect(emulator.world.lambda.names()).toEqual([])
  } finally {
    await emulator.close()
  }
})

it('tells the watchdog which function is the gate', () => {
  expect(environmentOf('release-gate-watchdog')).toMatchObject({
    GATE_FUNCTION: gate.functionArn,
    LEDGER_TABLE: gate.table
  })
})

it('has the rules, the time limits and the door of the template', async () => {
  const { events, lambda } = account.emulator.world
  const targets = events
    .rules()
    .map(({ name, targets: arns }) => [name, arns.map((arn) => arn.split(':').at(-1))])
  expect(Object.fromEntries(targets)).toEqual({
    'release-gate-every-minute': ['release-gate-sweep'],
    'release-gate-deployment-starts': ['release-gate-watchdog'],
    'release-gate-observed-starts': ['release-gate-observe'],
    'release-gate-deployment-states': ['release-gate-sweep']
  })
  expect(lambda.find('release-gate-callback')?.code).toMatchObject({
    timeoutSeconds: 10,
    concurrency: 10,
    vpc: false
  })
  expect(lambda.find(gate.verifyFunction)?.code).toMatchObject({ timeoutSeconds: 900, vpc: true })
  const unsigned = await fetch(gate.interactivityUrl, { method: 'POST' })
  expect(unsigned.status).toBe(401)
})

it('has the key under the name that the template gives it', () => {
  const { keys } = account.emulator.world
  expect(keys.find('alias/release-gate')?.arn).toBe(gate.key)
})

it('lets the rules and the door invoke what they name, and nobody else', () => {
  const { region, account: id } = account.emulator.world
  const { stack } = gate
  const [api = ''] = stack.apis.keys()
  const door = `arn:aws:execute-api:${region}:${id}:${api}/$default/POST/slack/interactions`
  const wanted = account.emulator.world.events.rules().flatMap(({ name, targets }) => {
    const source = `arn:aws:events:${region}:${id}:rule/${name}`
    return targets.map(
      (arn) => `lambda:InvokeFunction events.amazonaws.com ${source} ${arn.split(':').at(-1)}`
    )
  })
  const given = Object.values(stack.resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Permission')
    .map(({ Properties }) =>
      ['Action', 'Principal', 'SourceArn', 'FunctionName']
        .map((name) => String(Properties[name]))
        .join(' ')
    )
  expect(given.sort()).toEqual(
    [
      ...wanted,
      `lambda:InvokeFunction apigateway.amazonaws.com ${door} release-gate-callback`
    ].sort()
  )
})
