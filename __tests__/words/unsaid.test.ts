import { describe, expect, test } from '@jest/globals'
import { NAMES } from '../../src/release/check-names.ts'
import { looksLikeSentence, unsaidIn, unsaidInCode } from './unsaid.ts'

/** What speaks to people. A folder or file is added here once everything in it is said. */
const SPEAK = [
  'src/action',
  'src/aws',
  'src/controllers',
  'src/documents',
  'src/flow',
  'src/gate/observe/measure.ts',
  'src/gate/observe/result.ts',
  'src/gate/reconcile/evidence.ts',
  'src/gate/verify/ask.ts',
  'src/ledger',
  'src/release',
  'src/report-html',
  'src/taskdef',
  'src/verification'
]

/** Texts that are not translated, in the files that begin with the path, and why. */
const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'is an example of what an input takes, or a setting in the words of the inputs': {
    'src/action/inputs/table.ts': [
      '[{"name": "app", "command": ["npm", "run", "migrate"]}]',
      '[{"capacityProvider": "FARGATE_SPOT", "weight": 1}]',
      '[{"key": "team", "value": "shop"}]',
      '{"roleArn": "arn:aws:iam::123456789012:role/ebs", "sizeInGiB": 30}'
    ],
    'src/action/summary/sections/problems.ts': ['dry-run: true'],
    'src/controllers/listener/release/plane.ts': ['`task-definition`: {0}', '`rollback-to`: {0}']
  },
  "stands in AWS's own records, which every reader of the account sees": {
    'src/action/post.ts': ['The job broke off before the task had ended'],
    'src/action/trigger.ts': ['run {0}.{1} {2}', ' by {0}'],
    'src/flow/one-off-task.ts': [
      'This run was cancelled before the task had ended',
      '{0} minutes (wait-for-minutes) passed before the task had ended'
    ],
    'src/controllers/codedeploy/release/green-fleet.ts': ['recovery of {0} in {1} is timed']
  },
  'is a name and a version': {
    'src/action/main.ts': ['ecs-gated-deploy {0}']
  },
  'is a command, or names the call whose answer follows': {
    'src/action/ledger.ts': ['dynamodb:GetItem on measured#'],
    'src/flow/one-off-task.ts': [
      '(RunTask: {0})',
      'aws ecs describe-tasks --cluster {0} --tasks {1} --region {2}'
    ],
    'src/controllers/listener/release/where.ts': [
      'aws elbv2 describe-rules --rule-arns {0} --region {1}',
      'aws elbv2 describe-listeners --listener-arns {0} --region {1}'
    ],
    'src/controllers/codedeploy/release/plane.ts': [
      'aws deploy get-deployment --deployment-id {0} --region {1}',
      'aws deploy stop-deployment --deployment-id {0} --auto-rollback-enabled --region {1}'
    ]
  },
  'is a language of machines: CSS, Mermaid, a policy of a page, an expression of DynamoDB': {
    'src/report-html/charts/frame.ts': ['tick wide'],
    'src/report-html/render.ts': [
      "default-src 'none'; style-src 'sha256-{0}'; base-uri 'none'; form-action 'none'"
    ],
    'src/report-html/style.ts': [':root'],
    'src/action/summary/availability-charts.ts': [
      '  x-axis "{0}" 0 --> {1}',
      '  title "{0}"',
      '%%{init: {"xyChart": {"height": 260}, "themeVariables": {"xyChart": {"plotColorPalette": "{0}"}}}}%%'
    ],
    'src/action/summary/gantt.ts': [
      '%%{init: {0}}%%',
      '  section {0}',
      '  title {0}',
      '  dateFormat YYYY-MM-DD HH:mm:ss.SSS',
      '  todayMarker off',
      '  axisFormat {0}',
      '  tickInterval {0}'
    ],
    'src/ledger/dynamo-table.ts': ['#open = :yes AND begins_with(pk, :prefix)'],
    'src/ledger/expressions.ts': ['SET {0}', 'REMOVE {0}']
  },
  'tells a developer that the code contradicts itself': {
    'src/verification/availability/part-text.ts': [
      'a part of availability is longer than {0} characters'
    ],
    'src/verification/availability/prober.ts': ['{0} is {1}, wanted {2} to {3}'],
    'src/aws/call-limit.ts': ['this client has no handler to bound'],
    'src/aws/run-task-schema.ts': ["the SDK's RunTask has no {0}"],
    'src/ledger/attributes.ts': ['an attribute of type {0}'],
    'src/ledger/chain.ts': ["the last item of {0}'s chain is no decision row", 'gate {0} is gone'],
    'src/ledger/decision-row.ts': ['gate {0} is not decided'],
    'src/ledger/gate.ts': [
      'no gate id: {0}',
      'gate {0} holds a deployment twice',
      'no gate under {0}'
    ],
    'src/ledger/gates.ts': [
      'no token of {0}',
      'gate {0} exists and cannot be read',
      'gate {0} is gone'
    ],
    'src/ledger/gate-step.ts': ['no gate id: {0}'],
    'src/ledger/hold.ts': [
      'what answers {0} for gate {1} is not in the ledger',
      'no gate id: {0}, or no deployment id: {1}'
    ],
    'src/ledger/kms-seal.ts': ['KMS answered without a MAC']
  },
  'is the name of an error, whose words stand where it is shown': {
    'src/verification/file/json-path.ts': ['unknown error'],
    'src/verification/http/exchange.ts': [
      'no whole answer within {0} ms',
      'the request was aborted',
      'the connection was closed without an answer',
      'the connection was closed amid the answer'
    ]
  },
  'is a name of evidence, by which other programs find it': {
    'src/verification': ['metrics during the shift']
  },
  'is compared as it stands in the ledger; the card has words for it': {
    'src/ledger/gate-facts.ts': ['not known', 'green has no target group yet']
  },
  'is what the command for auditors prints, which speaks English': {
    'src/ledger/history': [' (not proven)'],
    'src/ledger/verify-chain.ts': [
      'there is no row of this number',
      'the text does not have the digest that stands beside it',
      'it was written for another place',
      'it was not written after the row before it',
      'its seal was not made by the key of the ledger',
      'no row has the head {0}'
    ]
  },
  "goes to a function's own log, which operators read": {
    'src/gate/observe/measure.ts': ['keeping what was measured', 'ledger not read'],
    'src/gate/reconcile/evidence.ts': ['rejected by evidence', 'too much evidence to read'],
    'src/gate/verify/ask.ts': ['the values for {{env.NAME}} cannot be read']
  }
}

const exceptions = Object.values(EXCEPTIONS).flatMap((files) =>
  Object.entries(files).flatMap(([path, texts]) => texts.map((text) => ({ path, text })))
)

/** Of CSS only the beginning is written down here. */
function isException(
  { path, text: allowed }: (typeof exceptions)[number],
  { where, text }: { readonly where: string; readonly text: string }
): boolean {
  return where.startsWith(path) && (text === allowed || text.trimStart().startsWith(`${allowed} {`))
}

const unsaid = unsaidIn(SPEAK).filter(({ text }) => NAMES[text] === undefined)

test('every sentence for people is given to `say`', () => {
  const forgotten = unsaid.filter((each) => !exceptions.some((known) => isException(known, each)))
  expect(forgotten).toEqual([])
})

test('no exception stands for a text that is gone', () => {
  const idle = exceptions.filter((known) => !unsaid.some((each) => isException(known, each)))
  expect(idle).toEqual([])
})

describe('a sentence', () => {
  test.each([
    'the service is not known',
    '{0} is missing',
    'wanted {0}',
    'container "{0}"',
    'cannot read "{0}"',
    '<p>nobody was asked</p>'
  ])('is found: %s', (text) => {
    expect(looksLikeSentence(text)).toBe(true)
  })

  test.each([
    'cluster',
    'task-definition',
    '{0}: {1}',
    'ecs:StopTask: {0}',
    '{0} ms',
    '{0} UTC',
    '<td class="number">{0}</td>',
    'arn:aws:ecs:eu-west-1'
  ])('is none: %s', (text) => {
    expect(looksLikeSentence(text)).toBe(false)
  })

  test('is found in a value of a sentence that is said, and not in a type or the sentence itself', () => {
    const code =
      "type T = 'not for people'\nconst a = say`said: ${b ?? 'not said here'}`\nconst c = `not said ${d}`"
    expect(unsaidInCode('a.ts', code)).toEqual([
      { text: 'not said here', where: 'a.ts:2' },
      { text: 'not said {0}', where: 'a.ts:3' }
    ])
  })
})
