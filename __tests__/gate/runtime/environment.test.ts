import { describe, expect, test } from '@jest/globals'
import { readEnvironment } from '../../../src/gate/runtime/environment.ts'
import type { Variables } from '../../../src/gate/runtime/variables.ts'
import { SMALLEST } from '../policy/documents.ts'

const OTHERS = { AWS_REGION: 'eu-central-1', LEDGER_TABLE: 't', LEDGER_KEY: 'k', SLACK_SECRET: 's' }
const ACCEPTED =
  'wanted exactly one of POLICY_PARAMETER, the name of the SSM parameter with the policy document, and POLICY, the document itself'
const NEITHER = `POLICY_PARAMETER and POLICY are not set in the function's environment; ${ACCEPTED}; set one`

function problemsOf(env: Variables): unknown {
  try {
    return readEnvironment(env)
  } catch (error) {
    return error
  }
}

describe('the policy comes', () => {
  test.each<[string, Variables, object]>([
    [
      'from an SSM parameter',
      { POLICY_PARAMETER: ' /gate/policy ' },
      { parameter: '/gate/policy' }
    ],
    ['from the environment, as it stands there', { POLICY: SMALLEST }, { document: SMALLEST }],
    [
      'from the one that says something',
      { POLICY: SMALLEST, POLICY_PARAMETER: ' ' },
      { document: SMALLEST }
    ]
  ])('%s', (_, policy, source) => {
    expect(readEnvironment({ ...OTHERS, ...policy }).policy).toEqual(source)
  })

  test.each<[string, Variables, string]>([
    [
      'from both at once',
      { POLICY: SMALLEST, POLICY_PARAMETER: '/gate/policy' },
      `POLICY_PARAMETER and POLICY are both set in the function's environment; ${ACCEPTED}; remove one`
    ],
    ['from nowhere', {}, NEITHER],
    ['from what is empty', { POLICY: '\n', POLICY_PARAMETER: '' }, NEITHER]
  ])('never %s', (_, policy, problem) => {
    expect(problemsOf({ ...OTHERS, ...policy })).toMatchObject({
      name: 'EnvironmentError',
      problems: [problem]
    })
  })
})

test('what is missing is said at once', () => {
  expect(problemsOf({})).toMatchObject({
    problems: [
      'AWS_REGION is not set; it names the region',
      'LEDGER_TABLE is not set; it names the DynamoDB table',
      'LEDGER_KEY is not set; it names the KMS key that seals decisions',
      NEITHER,
      "SLACK_SECRET is not set; it names the secret with Slack's token and signing secret"
    ]
  })
})
