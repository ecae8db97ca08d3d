import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { connect, type Connections } from '../../../src/gate/runtime/connect.ts'
import { sha256 } from '../../../src/ledger/canonical.ts'
import { serve, type Served } from '../../verification/server.ts'
import { SMALLEST } from '../policy/documents.ts'

const before = process.env
const INVALID = `${SMALLEST}qorum: 2\n`
let ssm: Served | undefined
let asked: string[]
let inParameter: string

beforeEach(async () => {
  asked = []
  inParameter = SMALLEST
  ssm = await serve((request, response) => {
    asked.push(String(request.headers['x-amz-target']))
    response.end(JSON.stringify({ Parameter: { Value: inParameter } }))
  })
  process.env = {
    ...before,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_SSM: ssm.origin,
    LEDGER_TABLE: 'table',
    LEDGER_KEY: 'key',
    SLACK_SECRET: 'secret'
  }
})
afterEach(async () => {
  process.env = before
  await ssm?.close()
})

function connected(variables: Readonly<Record<string, string>>): Connections<never> {
  Object.assign(process.env, variables)
  return connect(() => ({}))
}

test.each([
  ['an SSM parameter', { POLICY_PARAMETER: '/gate/policy' }, ['AmazonSSM.GetParameter']],
  ["the function's environment, without a call", { POLICY: SMALLEST }, []]
])('the policy is read from %s', async (_, variables, calls) => {
  const { platform } = connected(variables)
  expect(await platform.policy()).toMatchObject({
    digest: sha256(SMALLEST),
    slack: { channel: 'C0GATE' }
  })
  expect(asked).toEqual(calls)
})

test.each([
  ['an SSM parameter', { POLICY_PARAMETER: '/gate/policy' }],
  ["the function's environment", { POLICY: INVALID }]
])('an invalid policy in %s is none, at every reading', async (_, variables) => {
  inParameter = INVALID
  const { platform } = connected(variables)
  for (let reading = 0; reading < 2; reading++) {
    await expect(platform.policy()).rejects.toMatchObject({
      name: 'PolicyError',
      problems: [expect.stringContaining('qorum')]
    })
  }
})

test('a function that is told of two policies does not start', () => {
  expect(() => connected({ POLICY: SMALLEST, POLICY_PARAMETER: '/gate/policy' })).toThrow(
    'remove one'
  )
})
