import { execFile } from 'node:child_process'
import { ScanCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ScaledClock, type Clock } from '../../emulator/clock.ts'
import { InstantRuntime } from '../../emulator/dataplane/instant-runtime.ts'
import { startEmulator } from '../../emulator/emulator.ts'
import type { Emulator, EmulatorOptions } from '../../emulator/emulator.ts'
import { startGitHub } from '../../emulator/github/server.ts'
import type { GitHub, GitHubOptions } from '../../emulator/github/server.ts'
import { startSlack } from '../../emulator/slack/server.ts'
import type { Slack } from '../../emulator/slack/slack.ts'
import type { Message } from '../../emulator/slack/workspace.ts'
import { demoService } from '../../emulator/worlds/demo.ts'
import type { GatedService } from '../../emulator/worlds/gated-service.ts'
import { installGate } from '../../emulator/worlds/gate-app.ts'
import type { GateApp } from '../../emulator/worlds/gate-app.ts'
import type { WorldOptions } from '../../emulator/worlds/options.ts'
import { JOB } from '../../runner/job.ts'
import { startAction } from '../../runner/run-action.ts'
import type { RunningStep, RunOptions } from '../../runner/run-action.ts'
import { whenShown } from '../helpers/when-shown.ts'
import { judgeCalls, type Judged } from '../infra/denied-calls.ts'
import { suiteSwitches } from './switches.ts'
import { CANARIES, leaks, writtenBy, type Written } from './canaries.ts'
import { stateProblems, type EndedStep } from './state-problems.ts'

export const CHANNEL = 'C0RELEASES'

export interface GateStageOptions {
  /** Milliseconds that AWS's clock is behind the functions' and the runner's. */
  readonly awsBehindMs?: number
  readonly switches?: EmulatorOptions['switches']
  readonly deploymentsRight?: GitHubOptions['deploymentsRight']
  /** With it, tasks are processes and listeners proxies; without it, both are only acted. */
  readonly dataPlane?: boolean
  /** How long CodeDeploy keeps the old tasks after the shift (default: not at all). */
  readonly terminationWaitMinutes?: number
  /** How the service stands behind its load balancer, and how many tasks it has (1). */
  readonly world?: Pick<WorldOptions, 'testListener' | 'scheme' | 'desiredCount'>
  /** JSON with the values of `{{env.NAME}}` for the function that verifies. */
  readonly verifySecret?: string
  /** What the watchdog does about deployments without the gate (`stop`). */
  readonly onUngated?: 'stop' | 'report'
  /** Seconds that a function which observes production may run; there is none unless given. */
  readonly observeSeconds?: number
  /** Lines that are added to the policy. */
  readonly policy?: string
}

/** An account with the gate in it as bundles, a Slack, a GitHub, and a release that can be started. */
export interface GateStage {
  readonly emulator: Emulator
  readonly slack: Slack
  readonly github: GitHub
  readonly app: GateApp
  readonly service: GatedService
  /** The inputs add to those of a gated release that GitHub follows, or replace them. */
  start(
    inputs?: Readonly<Record<string, string>>,
    options?: Partial<RunOptions>
  ): Promise<RunningStep>
  /** The card, once it is posted; `which` from 0. */
  card(which?: number): Promise<Message>
  /** The text of the card as it is now. */
  shown(which?: number): string
  /** Resolves when what the workspace shows fits. */
  until(condition: () => boolean): Promise<void>
  /** Everything in the ledger, as text. */
  ledger(): Promise<string>
  /** Runs the bundled command on it. */
  command(...args: readonly string[]): Promise<{ readonly code: unknown; readonly text: string }>
  /** Who has called AWS so far, judged by the template's policies. */
  judge(): Promise<Judged>
  /** Secrets in what was written, and calls that the policies do not allow. */
  problems(): Promise<string[]>
  /** Everything that the release, the gate, Slack and GitHub have written so far, by place. */
  written(): Promise<Written>
  /**
   * Rejects, once all is closed, where a secret stands in anything that was written, where the
   * job or a function did what the template's policies do not allow, and where job, card, ledger
   * and GitHub do not tell one state of a release.
   */
  close(): Promise<void>
}

export async function openGateStage(options: GateStageOptions = {}): Promise<GateStage> {
  const emulator = await startEmulator({
    clock: new ScaledClock(1, Date.now() - (options.awsBehindMs ?? 0)),
    ...(options.dataPlane !== true && {
      runtime: (clock: Clock) => new InstantRuntime(clock),
      proxies: false
    }),
    switches: suiteSwitches(options.switches)
  })
  const closers: (() => Promise<void>)[] = [() => emulator.close()]
  const { world } = emulator
  const service = await demoService(emulator, {
    terminationWaitMinutes: options.terminationWaitMinutes ?? 0,
    desiredCount: 1,
    healthCheckIntervalSeconds: 5,
    ...options.world
  })
  /** Not the account's user: what the job does is judged by the policy for CI. */
  const ci = emulator.credentials.addUser(`arn:aws:iam::${world.account}:user/ci`)
  const clock = new ScaledClock()
  const github = await startGitHub({
    // Its tokens are issued when AWS says that the deployment was created.
    clock: world.clock,
    job: JOB,
    ...(options.deploymentsRight && { deploymentsRight: options.deploymentsRight })
  })
  closers.push(() => github.close())
  const { botToken, signingSecret } = CANARIES
  const slack = await startSlack({
    clock,
    team: 'T0TEAM',
    app: 'A0APP',
    botToken,
    signingSecret,
    members: [
      { id: 'U0ANN', name: 'Ann' },
      { id: 'U0BEN', name: 'Ben' },
      { id: 'U0OCTO', name: 'octocat' }
    ],
    channels: { [CHANNEL]: 'releases' },
    rateLimits: 'off'
  })
  closers.push(() => slack.close())
  const bundles = new URL('../../dist/gate', import.meta.url).pathname
  const app = await installGate(emulator, {
    bundles,
    slack,
    policy: policyOf(github, options),
    parameters: {
      CiPassRoles: `arn:aws:iam::${world.account}:role/ecsTaskExecutionRole`,
      RecoveryClusters: `arn:aws:ecs:${world.region}:${world.account}:cluster/${service.cluster}`
    },
    ...(options.verifySecret !== undefined && { verifySecret: options.verifySecret }),
    observeSeconds: options.observeSeconds
  })
  const whenever = (condition: () => boolean): Promise<void> =>
    whenShown(slack.workspace, condition)
  const steps = new Map<RunningStep, { hasEnded: boolean; readonly due: EndedStep['due'] }>()
  const cards = (): Message[] =>
    slack.workspace.messages.filter(
      ({ thread, blocks }) => thread === undefined && blocks[0]?.['type'] === 'header'
    )
  const stage: GateStage = {
    emulator,
    slack,
    github,
    app,
    service,
    async start(given = {}, { environment, ...rest } = {}) {
      const inputs: Readonly<Record<string, string>> = {
        cluster: service.cluster,
        service: service.service,
        'container-name': service.container,
        image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:2',
        'environment-variables': `CANARY=${CANARIES.environmentValue}`,
        'gate-function': app.functionArn,
        'ledger-table': app.table,
        'github-token': github.token,
        environment: 'production',
        ...given
      }
      const step = await startAction({
        inputs,
        environment: {
          ...emulator.environment,
          AWS_ACCESS_KEY_ID: ci.accessKeyId,
          AWS_SECRET_ACCESS_KEY: ci.secretAccessKey,
          ...github.environment,
          ...environment
        },
        ...rest
      })
      const due = {
        gated: inputs['gate-function'] !== '',
        mirrored:
          inputs['github-token'] !== '' && (options.deploymentsRight ?? 'write') === 'write',
        completed: (inputs['wait-for'] ?? 'completed') === 'completed'
      }
      const course = { hasEnded: false, due }
      steps.set(step, course)
      void step.result.then(() => (course.hasEnded = true))
      closers.push(() => step.dispose())
      return step
    },
    async card(which = 0) {
      await whenever(() => cards().length > which)
      return cards()[which] as Message
    },
    shown: (which = 0) => JSON.stringify(cards()[which]?.blocks ?? []),
    until: whenever,
    async ledger() {
      const client = new DynamoDBClient({
        endpoint: emulator.endpoint,
        region: world.region,
        credentials: emulator.userKeys
      })
      const { Items } = await client.send(new ScanCommand({ TableName: app.table }))
      client.destroy()
      return JSON.stringify(Items)
    },
    // Not waited for in this turn: the account it talks to is in this process.
    command: (...args) =>
      new Promise((resolve) => {
        const script = `${bundles}/cli/index.js`
        const env = { ...emulator.environment }
        execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
          resolve({ code: error?.code ?? 0, text: stdout + stderr })
        )
      }),
    async written() {
      const written: Record<string, string> = {
        messages: JSON.stringify(slack.workspace.messages),
        ephemerals: JSON.stringify(slack.workspace.ephemerals),
        'calls to Slack': JSON.stringify(slack.calls),
        'logs of the functions': app.logs().join('\n'),
        'GitHub deployments': JSON.stringify(github.deployments),
        events: JSON.stringify(world.events.deliveries),
        ledger: await stage.ledger()
      }
      let number = 0
      for (const [step, { hasEnded }] of steps) {
        number++
        for (const [name, text] of Object.entries(await writtenBy(step, hasEnded)))
          written[`${name} of step ${number}`] = text
      }
      return written
    },
    judge: () =>
      judgeCalls(emulator, app.stack, {
        [ci.accessKeyId]: 'CI',
        [emulator.userKeys.accessKeyId]: 'other'
      }),
    async close() {
      try {
        const ended = await Promise.all(
          [...steps].flatMap(([step, { hasEnded, due }]) =>
            hasEnded ? [step.result.then((result) => ({ result, due }))] : []
          )
        )
        const problems = [...(await stage.problems()), ...(await stateProblems(stage, ended))]
        if (problems.length > 0) throw new Error(problems.join('\n'))
      } finally {
        for (const closer of closers.reverse()) await closer()
      }
    },
    async problems() {
      const keys = [emulator.userKeys, ci].map(({ secretAccessKey }) => secretAccessKey)
      const found = leaks(
        [...Object.values(CANARIES), github.token, ...keys],
        await stage.written()
      )
      const { denied, used } = await stage.judge()
      return [
        ...found.map((place) => `a secret leaked: ${place}`),
        ...denied.map((request) => `a policy does not allow ${request}`),
        ...(steps.size > 0 && !('CI' in used) ? ['nobody judged what the job did'] : [])
      ]
    }
  }
  return stage
}

function policyOf(
  { issuer }: GitHub,
  { policy = '', onUngated = 'stop' }: GateStageOptions
): string {
  return `
version: 1
language: en
slack: { team: T0TEAM, app: A0APP, channel: ${CHANNEL} }
github: { issuer: "${issuer}", repositories: [octo/shop], identities: { octocat: U0OCTO } }
approvers: { users: [U0ANN, U0BEN, U0OCTO] }
self-approval: forbidden
watch: { deployment-groups: ["*/*"], on-ungated: ${onUngated} }
${policy}
`
}
