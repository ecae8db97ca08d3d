import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createStack, type Stack } from '../../emulator/cloudformation/stack.ts'
import { parseTemplate } from '../../emulator/cloudformation/template.ts'
import type { Message } from '../../emulator/slack/workspace.ts'
import { interactivityUrlOf } from '../../emulator/worlds/gate-app.ts'
import { createGateStacks, readGateTemplate } from '../../emulator/worlds/gate-template.ts'
import { runAction, startAction, type StepResult } from '../../runner/run-action.ts'
import { describeWith } from '../helpers/needs.ts'
import { whenShown } from '../helpers/when-shown.ts'
import { judgeCalls, type Callers } from './denied-calls.ts'
import { openReader, type Reader } from './reader.ts'
import {
  pagesPolicy,
  putCode,
  parametersGivenIn,
  shellOf,
  stackCommands,
  stepInputs
} from './setup-page.ts'

const REASON = 'orders are placed twice'
/** The role that the page's step takes. */
const ROLE = (stepInputs()['role-to-assume'] ?? '').replace(/^.*\//, '')

const COMMANDS = ['moto_server', 'aws', 'python3', 'curl']
const NAME = 'docs/gate-setup.md, from nothing to the first card in the embedded world'
describeWith(COMMANDS, NAME, () => {
  let reader: Reader
  let stack: Stack
  let role: Stack
  let unsigned: string
  let swept: string
  let dryRun: StepResult
  let writesOfDryRun: string[]
  let card: Message
  let rejected: StepResult
  let recorded: string

  beforeAll(async () => {
    reader = await openReader()
    const { emulator, slack, walk, secrets, jobEnvironment: environment } = reader
    const began = performance.now()
    await putCode(walk)
    // Step 2.
    const [secret = ''] = shellOf('2. Secret and policy')
    await walk(secret, { input: JSON.stringify(secrets) })
    stack = await createdAsThePageSays()
    // Step 4.
    slack.interactivityUrl = interactivityUrlOf(stack)
    // Step 5.
    const [check = '', record = ''] = shellOf('5. Does it work?')
    const [curl = ''] = /^curl.*$/m.exec(check) ?? []
    const [invoke = ''] = /^aws lambda invoke.*$/m.exec(check) ?? []
    unsigned = await walk(curl.replace('INTERACTIVITY_URL', slack.interactivityUrl))
    swept = await walk(invoke)
    dryRun = await runAction({ inputs: { ...stepInputs(), 'dry-run': 'true' }, environment })
    writesOfDryRun = emulator.calls
      .writes()
      .filter(({ accessKeyId = '' }) => emulator.credentials.arnOf(accessKeyId)?.includes(ROLE))
      .map(({ operation }) => operation)
    const step = await startAction({ inputs: stepInputs(), environment })
    card = await firstCard(step.result)
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    process.stdout.write(`from nothing to the first card: ${seconds} s of the machine's\n`)
    // The page's words: "Reject on it, with a reason, leaves the traffic where it was."
    const [person = ''] = pagesPolicy().approvers.users
    await slack.click(person, card.ts, 'gate_reject')
    await whenShown(slack.workspace, () => slack.workspace.views.has(person))
    await slack.submit(person, { reason: REASON })
    rejected = await step.result
    await step.dispose()
    const [, head = ''] = /`(1-[0-9a-f]{64})`/.exec(rejected.summary) ?? []
    const asked = record.replace('HEAD', head).replace('SEAL_KEY', stack.outputs['SealKey'] ?? '')
    recorded = await walk(asked, { as: reader.auditor })
  }, 300_000)
  afterAll(() => reader.close())

  /** Step 3: the templates as they stand, the parameters that were noted or named, the code out of the bucket. */
  async function createdAsThePageSays(): Promise<Stack> {
    const { emulator, slack, walk, folder } = reader
    const noted = JSON.parse(await readFile(join(folder, 'gate.json'), 'utf8')) as string[]
    const [, policies = '', ci = ''] = stackCommands()
    const parameters = {
      ...parametersGivenIn(`--parameter-overrides ${noted.join(' ')}`),
      ...parametersGivenIn(policies)
    }
    const object = `${parameters['CodeBucket']}/${parameters['CodeKey']}`
    await walk(`aws s3 cp s3://${object} bucket.zip && python3 -m zipfile -e bucket.zip unpacked`)
    const templates = [readGateTemplate('gate'), readGateTemplate('policies')]
    const made = await createGateStacks(emulator, templates, {
      parameters,
      code: { [object]: join(folder, 'unpacked') },
      environment: { SLACK_API_URL: slack.apiUrl }
    })
    role = await createStack(emulator, {
      name: 'release-gate-ci-orders',
      template: parseTemplate(await readFile('infra/ci.yaml', 'utf8')),
      parameters: parametersGivenIn(ci),
      code: {}
    })
    return made
  }

  /** Rejects with what the job said where it ends without a card. */
  async function firstCard(ended: Promise<StepResult>): Promise<Message> {
    const { workspace } = reader.slack
    const none = ended.then(({ lines }) => Promise.reject(new Error(lines.join('\n'))))
    await Promise.race([whenShown(workspace, () => workspace.messages.length > 0), none])
    return workspace.messages[0] as Message
  }

  /** The role of the page's step has the policy for CI, whoever reads the record that of auditors. */
  const callers = (): Callers => ({
    [ROLE]: 'CI',
    [reader.auditor.accessKeyId]: 'Auditor',
    [reader.emulator.userKeys.accessKeyId]: 'other'
  })

  test('the dry run says OK of the gate, the ledger and the watchdog, and writes nothing', () => {
    const said = dryRun.lines.join('\n')
    expect(dryRun.exitCode).toBe(0)
    expect(said).not.toMatch(/^NG /m)
    expect(said).toMatch(/^OK +gate: /m)
    expect(said).toMatch(/^OK +ledger: /m)
    expect(said).toMatch(/^OK +watchdog: .* is stopped$/m)
    expect(writesOfDryRun).toEqual([])
  })

  test('the role that the job took is the one of the stack of CI', () => {
    expect(role.outputs['RoleArn']).toBe(stepInputs()['role-to-assume'])
    const attached = role.resources['Role']?.Properties['ManagedPolicyArns']
    expect(attached).toEqual(
      ['CiPolicy', 'GuardPolicy', 'CiPassRolesPolicy'].map((name) => stack.id(name))
    )
  })

  test("the card stands in the policy's channel and asks about the page's image", () => {
    const shown = JSON.stringify(card)
    expect(card.channel).toBe(pagesPolicy().slack.channel)
    expect(shown).toContain('orders:1.4.2')
    expect(shown).toContain('gate_approve')
  })

  test('Reject with a reason leaves the traffic where it was', () => {
    expect(rejected.outputs).toMatchObject({
      outcome: 'rejected',
      'approval-status': 'rejected',
      'approval-reason': REASON
    })
    const { emulator, service } = reader
    const listener = emulator.world.elb.listeners.get(service.productionListenerArn)
    const served = listener?.weights.filter(({ weight }) => weight > 0)
    expect(served?.map(({ targetGroupArn }) => targetGroupArn)).toEqual([
      service.targetGroupArns[0]
    ])
    expect(rejected.summary).toContain('production stayed on the revision before')
  })

  test("step 5: Slack's address refuses what Slack has not signed", () => {
    expect(unsigned).toBe('401\n')
  })

  // `aws logs tail` beside it has nothing to read here: the emulator keeps logs with its functions.
  test('step 5: the sweep finds table and policy', () => {
    expect(swept).toContain('"StatusCode": 200')
    expect(swept).not.toContain('FunctionError')
    const logs = reader.emulator.world.lambda.find('release-gate-sweep')?.logs.join('') ?? ''
    expect(logs).not.toContain('policy not readable')
  })

  test('step 5: history says who let nothing through and why; verify finds the record whole', () => {
    expect(recorded).toContain(REASON)
    expect(recorded).toContain(
      'ok: 2 rows of production/orders (1 decision, 1 of what became of it), none edited'
    )
  })

  // What the policies lack would show in a real account only: the emulator asks nobody for rights.
  test('the policies of the stack allow everything that its functions, the job and the auditor did', async () => {
    const { denied, used } = await judgeCalls(reader.emulator, stack, callers())
    expect(denied).toEqual([])
    expect(Object.keys(used).sort()).toEqual([
      'Auditor',
      'CI',
      'CallbackRole',
      'RequestRole',
      'SweepRole',
      'WatchdogRole'
    ])
    expect(used['CallbackRole']).toEqual(
      expect.arrayContaining(['codedeploy:PutLifecycleEventHookExecutionStatus', 'kms:GenerateMac'])
    )
  })

  test.each([
    ['DecidePolicy', 'Seal', /^CallbackRole: kms:GenerateMac on arn:aws:kms:/],
    ['CiPolicy', 'ReadDecisions', /^CI: dynamodb:GetItem on .*:table\/release-gate$/],
    ['CiPolicy', 'CreateRevisions', /^CI: codedeploy:RegisterApplicationRevision on /],
    ['CiPolicy', 'ReadDeploymentConfigs', /^CI: codedeploy:GetDeploymentConfig on /],
    ['AuditorPolicy', 'VerifySeals', /^Auditor: kms:VerifyMac on /],
    ['SettingsPolicy', 'ReadPolicy', /^RequestRole: ssm:GetParameter on .*release-gate\/policy$/]
  ])('without the statement %s %s somebody would be denied', async (policy, sid, words) => {
    const { Properties, ...rest } = stack.resources[policy] ?? { Type: '', Properties: {} }
    const { Statement } = Properties['PolicyDocument'] as { Statement: { Sid: string }[] }
    const less = { Statement: Statement.filter(({ Sid }) => Sid !== sid) }
    expect(less.Statement).toHaveLength(Statement.length - 1)
    const poorer = { ...rest, Properties: { ...Properties, PolicyDocument: less } }
    const without = { ...stack, resources: { ...stack.resources, [policy]: poorer } }
    const { denied } = await judgeCalls(reader.emulator, without, callers())
    expect(denied).toContainEqual(expect.stringMatching(words))
  })

  test("the key's own policy and the table's are asked as well", async () => {
    const { SealKey, Ledger } = stack.resources
    if (!SealKey || !Ledger) throw new Error('no key, no table')
    const denyAll = { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' }
    const resources = {
      ...stack.resources,
      SealKey: { ...SealKey, Properties: { KeyPolicy: { Statement: [] } } },
      Ledger: {
        ...Ledger,
        Properties: { ResourcePolicy: { PolicyDocument: { Statement: [denyAll] } } }
      }
    }
    const { denied } = await judgeCalls(reader.emulator, { ...stack, resources }, callers())
    for (const words of [/^CallbackRole: kms:GenerateMac/, /^RequestRole: dynamodb:PutItem/]) {
      expect(denied).toContainEqual(expect.stringMatching(words))
    }
  })

  test('nobody goes unjudged because nobody knows who it was', async () => {
    await expect(judgeCalls(reader.emulator, stack, {})).rejects.toThrow(/who .*user\/release is/)
  })
})
