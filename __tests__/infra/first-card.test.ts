import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { createStack, type Stack } from '../../emulator/cloudformation/stack.ts'
import { InstantRuntime } from '../../emulator/dataplane/instant-runtime.ts'
import { startEmulator, type Emulator } from '../../emulator/emulator.ts'
import { startGitHub, type GitHub } from '../../emulator/github/server.ts'
import { startSlack, type Slack } from '../../emulator/slack/server.ts'
import type { Message } from '../../emulator/slack/workspace.ts'
import type { Credentials } from '../../emulator/sts/credentials.ts'
import { interactivityUrlOf } from '../../emulator/worlds/gate-app.ts'
import { gatedService, whenSteady, type GatedService } from '../../emulator/worlds/gated-service.ts'
import { builder } from '../../emulator/worlds/ground.ts'
import { readGateTemplate } from '../../emulator/worlds/gate-template.ts'
import { createLoadBalancer } from '../../emulator/worlds/network.ts'
import { JOB } from '../../runner/job.ts'
import { runAction, startAction, type StepResult } from '../../runner/run-action.ts'
import { judgeCalls, type Callers } from './denied-calls.ts'
import { marked, OWN, shellOf, stackCommands } from './setup-page.ts'
import { has, shell } from './tools.ts'

const SECRETS = { 'bot-token': 'xoxb-of-the-page', 'signing-secret': 'of the page' }
const REASON = 'orders are placed twice'

interface PagesPolicy {
  readonly slack: { readonly team: string; readonly app: string; readonly channel: string }
  readonly approvers: { readonly users: readonly string[] }
}

const canWalk = ['aws', 'zip', 'python3', 'curl'].every(has)
const walked = canWalk ? describe : describe.skip
walked('docs/gate-setup.md, from nothing to the first card in the embedded world', () => {
  const closers: (() => Promise<void>)[] = []
  let emulator: Emulator
  let slack: Slack
  let github: GitHub
  let service: GatedService
  let stack: Stack
  let folder: string
  let interactivityUrl: string
  let auditor: Credentials
  let dryRun: StepResult
  let writesOfDryRun: string[]
  let card: Message
  let rejected: StepResult

  /** Runs shell text of the page in the folder of a checkout, as the account's user unless other keys are given. */
  const walk = (text: string, input = '', keys = {}): Promise<string> =>
    shell(text, { folder, environment: { ...emulator.environment, ...keys }, input })

  /** The step that the page shows. */
  const inputs = (): Readonly<Record<string, string>> => {
    const { steps } = parse(marked('step')) as { steps: { with: Record<string, string> }[] }
    return steps[0]?.with ?? {}
  }

  const policy = (): PagesPolicy => parse(marked('policy')) as PagesPolicy

  /** The role that the step takes. */
  const role = (): string => (inputs()['role-to-assume'] ?? '').replace(/^.*\//, '')

  /** Resolves when the workspace is so. */
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return
        stop()
        resolve()
      }
      const stop = slack.workspace.onChange(look)
      look()
    })

  beforeAll(async () => {
    const { slack: place, approvers } = policy()
    const [annId = '', benId = ''] = approvers.users
    // What a reader has: a service that CodeDeploy releases, a workspace, a checkout.
    emulator = await startEmulator({
      region: OWN.REGION,
      account: OWN.ACCOUNT,
      runtime: (clock) => new InstantRuntime(clock),
      proxies: false
    })
    closers.push(() => emulator.close())
    auditor = emulator.credentials.addUser(`arn:aws:iam::${OWN.ACCOUNT}:user/auditor`)
    service = await ordersOf(inputs()['cluster'] ?? '')
    slack = await startSlack({
      clock: emulator.world.clock,
      ...place,
      botToken: SECRETS['bot-token'],
      signingSecret: SECRETS['signing-secret'],
      members: [
        { id: annId, name: 'Ann' },
        { id: benId, name: 'Ben' }
      ],
      channels: { [place.channel]: 'releases' }
    })
    closers.push(() => slack.close())
    github = await startGitHub({ clock: emulator.world.clock, job: JOB })
    closers.push(() => github.close())
    folder = await mkdtemp(join(tmpdir(), 'first-card-'))
    closers.push(() => rm(folder, { recursive: true, force: true }))
    await cp('dist/gate', join(folder, 'dist/gate'), { recursive: true })

    const began = performance.now()
    await writeFile(join(folder, 'policy.yml'), marked('policy'))
    const [secret = '', parameter = ''] = shellOf('2. Secret and policy')
    const arn = /arn:aws:secretsmanager:[^"]+/.exec(await walk(secret, JSON.stringify(SECRETS)))
    await walk(parameter)
    await createAsThePageSays(arn?.[0] ?? '')
    dryRun = await runAction({
      inputs: { ...inputs(), 'dry-run': 'true' },
      environment: jobEnvironment()
    })
    writesOfDryRun = emulator.calls
      .writes()
      .filter(({ accessKeyId = '' }) => emulator.credentials.arnOf(accessKeyId)?.includes(role()))
      .map(({ operation }) => operation)
    const step = await startAction({ inputs: inputs(), environment: jobEnvironment() })
    closers.push(() => step.dispose())
    card = await firstCard(step.result)
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    process.stdout.write(`from nothing to the first card: ${seconds} s of the machine's\n`)

    // The page's words: "Reject on it, with a reason, leaves the traffic where it was."
    await slack.click(annId, card.ts, 'gate_reject')
    await until(() => slack.workspace.views.has(annId))
    await slack.submit(annId, { reason: REASON })
    rejected = await step.result
  }, 300_000)
  afterAll(async () => {
    for (const close of closers.reverse()) await close()
  })

  /** Step 3: zip and template as they stand; the command's parameters, and the code out of the zip. */
  async function createAsThePageSays(secretArn: string): Promise<void> {
    const commands = stackCommands(secretArn)
    const [pack = ''] = commands.split('\n')
    await walk(pack)
    await walk('python3 -m zipfile -e gate.zip unpacked')
    const [, overrides = ''] = /--parameter-overrides(.*?)\n\n/s.exec(commands) ?? []
    const given = overrides.replaceAll(/[\\']/g, '').trim().split(/\s+/)
    const parameters = Object.fromEntries(
      given.map((each): [string, string] => {
        const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(each) ?? []
        return [name, value]
      })
    )
    stack = await createStack(emulator, {
      template: readGateTemplate(),
      parameters,
      code: {
        [`${parameters['CodeBucket']}/${parameters['CodeKey']}`]: join(folder, 'unpacked')
      },
      environment: { SLACK_API_URL: slack.apiUrl }
    })
    // Step 4.
    interactivityUrl = interactivityUrlOf(stack)
    slack.interactivityUrl = interactivityUrl
  }

  /** The step signs in with GitHub's token alone, as a job does. */
  const jobEnvironment = (): Record<string, string | undefined> => ({
    ...emulator.environment,
    ...github.environment,
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined
  })

  async function ordersOf(cluster: string): Promise<GatedService> {
    const { world, operations } = emulator
    operations.ecs.CreateCluster({ clusterName: cluster }, world, builder(world))
    const built = await gatedService(
      emulator,
      {
        cluster,
        service: inputs()['service'] ?? '',
        container: inputs()['container-name'] ?? '',
        sidecars: [],
        application: 'AppECS-production-orders',
        deploymentGroup: 'DgpECS-production-orders',
        targetGroups: ['orders-a', 'orders-b'],
        loadBalancerArn: createLoadBalancer(emulator, 'production', 'internet-facing'),
        port: 80,
        testPort: 8443
      },
      { desiredCount: 1, healthCheckIntervalSeconds: 5, version: '1.4.1' }
    )
    await whenSteady(emulator, built)
    return built
  }

  /** Rejects with what the job said where it ends without a card. */
  async function firstCard(ended: Promise<StepResult>): Promise<Message> {
    const none = ended.then(({ lines }) => Promise.reject(new Error(lines.join('\n'))))
    await Promise.race([until(() => slack.workspace.messages.length > 0), none])
    return slack.workspace.messages[0] as Message
  }

  /** The role of the page's step has the policy for CI, whoever reads the record that of auditors. */
  const callers = (): Callers => {
    const { accessKeyId } = emulator.userKeys
    return { [role()]: 'CI', [auditor.accessKeyId]: 'Auditor', [accessKeyId]: 'other' }
  }

  test('the dry run says OK of the gate and of the ledger, and writes nothing', () => {
    const said = dryRun.lines.join('\n')
    expect(dryRun.exitCode).toBe(0)
    expect(said).not.toMatch(/^NG /m)
    expect(said).toMatch(/^OK +gate: /m)
    expect(said).toMatch(/^OK +ledger: /m)
    expect(writesOfDryRun).toEqual([])
  })

  test("the card stands in the policy's channel and asks about the page's image", () => {
    const shown = JSON.stringify(card)
    expect(card.channel).toBe(policy().slack.channel)
    expect(shown).toContain('orders:1.4.2')
    expect(shown).toContain('gate_approve')
  })

  test('Reject with a reason leaves the traffic where it was', () => {
    expect(rejected.outputs).toMatchObject({
      outcome: 'rejected',
      'approval-status': 'rejected',
      'approval-reason': REASON
    })
    const listener = emulator.world.elb.listeners.get(service.productionListenerArn)
    const served = listener?.weights.filter(({ weight }) => weight > 0)
    expect(served?.map(({ targetGroupArn }) => targetGroupArn)).toEqual([
      service.targetGroupArns[0]
    ])
    expect(rejected.summary).toContain('production traffic never moved')
  })

  test("step 5: Slack's address refuses what Slack has not signed", async () => {
    const [check = ''] = shellOf('5. Does it work?')
    const [curl = ''] = /^curl.*$/m.exec(check) ?? []
    expect(await walk(curl.replace('INTERACTIVITY_URL', interactivityUrl))).toBe('401\n')
  })

  // `aws logs tail` beside it has nothing to read here: the emulator keeps logs with its functions.
  test('step 5: the sweep finds table and policy', async () => {
    const [check = ''] = shellOf('5. Does it work?')
    const [invoke = ''] = /^aws lambda invoke.*$/m.exec(check) ?? []
    const said = await walk(invoke)
    expect(said).toContain('"StatusCode": 200')
    expect(said).not.toContain('FunctionError')
    const logs = emulator.world.lambda.find('release-gate-sweep')?.logs.join('') ?? ''
    expect(logs).not.toContain('policy not readable')
  })

  test('step 5: history says who let nothing through and why; verify finds the record whole', async () => {
    const [, record = ''] = shellOf('5. Does it work?')
    const [, head = ''] = /`(1-[0-9a-f]{64})`/.exec(rejected.summary) ?? []
    expect(head).not.toBe('')
    const { accessKeyId, secretAccessKey } = auditor
    const said = await walk(
      record.replace('HEAD', head).replace('SEAL_KEY', stack.outputs['SealKey'] ?? ''),
      '',
      { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
    )
    expect(said).toContain(REASON)
    expect(said).toContain('ok: 1 row of production/orders, none edited')
  })

  // What the policies lack would show in a real account only: the emulator asks nobody for rights.
  test('the policies of the stack allow everything that its functions, the job and the auditor did', async () => {
    const { denied, used } = await judgeCalls(emulator, stack, callers())
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
    const { denied } = await judgeCalls(emulator, without, callers())
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
    const { denied } = await judgeCalls(emulator, { ...stack, resources }, callers())
    for (const words of [/^CallbackRole: kms:GenerateMac/, /^RequestRole: dynamodb:PutItem/]) {
      expect(denied).toContainEqual(expect.stringMatching(words))
    }
  })

  test('nobody goes unjudged because nobody knows who it was', async () => {
    await expect(judgeCalls(emulator, stack, {})).rejects.toThrow(/who .*user\/release is/)
  })
})
