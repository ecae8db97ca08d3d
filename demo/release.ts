import { setTimeout as pause } from 'node:timers/promises'
import { startEmulator } from '../emulator/emulator.ts'
import type { Emulator } from '../emulator/emulator.ts'
import { demoService } from '../emulator/worlds/demo.ts'
import type { GatedService } from '../emulator/worlds/gated-service.ts'
import { startAction } from '../runner/run-action.ts'
import type { RunningStep } from '../runner/run-action.ts'
import type { Bug } from '../examples/service/bugs.ts'
import type { Decision, Language } from './arguments.ts'
import { openGate } from './gate.ts'
import type { DemoGate } from './gate.ts'
import { keepFiles, reportIn, withoutFiles } from './kept.ts'
import { startLoad } from './load.ts'
import { findK6, queueFor } from './load-test.ts'
import { cardIn, decideIn } from './person.ts'
import { phaseIn } from './phase.ts'
import { NEVER_UP, resultOf } from './result.ts'
import type { DemoResult } from './result.ts'
import { Tally } from './tally.ts'
import { makeWorkspace, type Workspace } from './workspace.ts'

/** Requests a second. */
const PRODUCTION_RATE = 20
const TEST_RATE = 2
/** How long `--approve` and `--reject` let version 2 be looked at. */
const PERSON_MS = 3_000

export interface Hooks {
  /** Undefined: a person decides, on Slack's page. */
  readonly decision: Decision | undefined
  /** A fault of version 2 (examples/service/README.md); undefined: none. */
  readonly bug: Bug | undefined
  /** Version 2 is put under load before anybody decides. */
  readonly load: boolean
  /** The folder that keeps what the job has written; undefined: it is removed with the demo. */
  readonly keepPath: string | undefined
  /** Of the card. */
  readonly language: Language
  /** A line of the action's log. */
  readonly onLog: (line: string) => void
  /** A line of the demo's own. */
  readonly say: (line: string) => void
  /** It is a person's turn, on this page; the line says so. */
  readonly onTurn: (line: string, url: string) => void
  /** It no longer is. */
  readonly onTurnOver: () => void
  /** Aborted: everything ends at once. */
  readonly interrupted: AbortSignal
}

type Closers = (() => Promise<void>)[]

/** The whole demo, from an empty account to nothing left running; rejects when interrupted. */
export async function releaseOnce(hooks: Hooks): Promise<DemoResult> {
  const closers: Closers = []
  const interruption = Promise.withResolvers<never>()
  const interrupt = (): void => interruption.reject(hooks.interrupted.reason)
  hooks.interrupted.addEventListener('abort', interrupt, { once: true })
  try {
    return await Promise.race([release(hooks, closers), interruption.promise])
  } finally {
    hooks.interrupted.removeEventListener('abort', interrupt)
    for (const close of closers.reverse()) await close()
  }
}

async function release(hooks: Hooks, closers: Closers): Promise<DemoResult> {
  const startedAt = performance.now()
  const { say } = hooks
  const emulator = await startEmulator({ region: 'eu-west-1' })
  closers.push(() => emulator.close())
  // CodeDeploy would keep version 1 for minutes after the shift; nobody wants to wait for that here.
  const service = await demoService(emulator, { container: 'orders', terminationWaitMinutes: 0 })
  const gate = await openGate(emulator, hooks.language)
  closers.push(() => gate.close())
  const { productionUrl = '', testUrl = '' } = service
  const production = { url: productionUrl, tally: new Tally() }
  const test = { url: testUrl, tally: new Tally() }
  say(`An AWS account, emulated, at ${emulator.endpoint}`)
  say(`A Slack, emulated, at ${gate.slack.pageUrl}`)
  say(`Version 1 of orders serves ${productionUrl}, under ${PRODUCTION_RATE} requests a second`)
  closers.push(
    putUnderLoad(production, PRODUCTION_RATE, emulator),
    putUnderLoad(test, TEST_RATE, emulator)
  )
  await pause(1_000) // some traffic before anything begins
  const k6 = hooks.load ? await findK6() : undefined
  if (hooks.load) {
    say(
      k6 === undefined
        ? 'There is no k6 on the PATH: version 2 is put under the built-in load'
        : `Version 2 is put under load by ${k6}`
    )
  }
  const workspace = await makeWorkspace(service, hooks)
  closers.push(() => workspace.remove())
  const step = await startRelease(service, gate, { ...workspace, k6 }, emulator.environment, hooks)
  closers.push(() => step.dispose())
  void atTheGate(gate, step, hooks).catch(() => undefined)
  const end = await step.result
  hooks.onTurnOver()
  await pause(2_000) // what users meet afterwards, and time for the card to show the end
  const { keepPath } = hooks
  const kept = keepPath === undefined ? undefined : await keepFiles(keepPath, end)
  return resultOf({
    step: { ...end, outputs: kept ?? withoutFiles(end.outputs) },
    bug: hooks.bug,
    report: await reportIn(end.outputs),
    requests: { production: production.tally.counts(), test: test.tally.counts() },
    seconds: Math.round((performance.now() - startedAt) / 100) / 10
  })
}

/** Where nobody is asked, or nobody answers, the result shows it. */
async function atTheGate({ slack }: DemoGate, step: RunningStep, hooks: Hooks): Promise<void> {
  const card = await cardIn(slack)
  if (hooks.decision === undefined) {
    const unless = hooks.bug === undefined ? '' : ', unless the evidence decides first'
    hooks.onTurn(`It is your turn${unless}: approve or reject on ${slack.pageUrl}`, slack.pageUrl)
    return
  }
  // Before that, nobody may say yes.
  await step.line(/evidence +order and pay/)
  if (hooks.load) await step.line(/evidence +load/)
  await pause(PERSON_MS, undefined, { signal: hooks.interrupted })
  const done =
    hooks.decision === 'approve' ? 'Approved on Slack' : 'Rejected on Slack, with a reason'
  const decided = await decideIn(slack, card, hooks.decision)
  hooks.say(decided ? done : `The gate does not answer Slack: try it yourself on ${slack.pageUrl}`)
}

interface Listener {
  readonly url: string
  readonly tally: Tally
}

/** Begins steady traffic and returns what ends it. */
function putUnderLoad(
  { url, tally }: Listener,
  rate: number,
  { world }: Emulator
): () => Promise<void> {
  const load = startLoad({
    url: `${url}/version`,
    rate,
    begin: () => {
      const phase = phaseIn(world.codedeploy)
      return (answer) => tally.add(phase, answer)
    }
  })
  return () => load.stop()
}

function startRelease(
  service: GatedService,
  { app, github }: DemoGate,
  { folder, store, k6 }: Workspace & { readonly k6: string | undefined },
  environment: Readonly<Record<string, string>>,
  { bug, onLog, interrupted }: Hooks
): Promise<RunningStep> {
  return startAction({
    inputs: {
      cluster: service.cluster,
      service: service.service,
      'task-definition': 'task-definition.json',
      'container-name': service.container,
      image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:2',
      'environment-variables': `STORE_FILE=${store}${queueFor(k6)}${bug === undefined ? '' : `\nBUG=${bug}`}`,
      'gate-function': app.functionArn,
      'ledger-table': app.table,
      'test-url': `${service.testUrl ?? ''}/version`,
      verification: 'verification.yml',
      'github-token': github.token,
      environment: 'production',
      // Of a task that stops by itself the demo shows the last lines, since its log is nobody else's.
      'show-logs': 'true',
      // CodeDeploy would wait an hour for a version that never comes up.
      ...(bug !== undefined && NEVER_UP.includes(bug) && { 'green-unhealthy-after': '1' })
    },
    environment: { ...environment, ...github.environment },
    workspace: folder,
    // A terminal's Ctrl-C reaches the action too; what it still has to say is nobody's concern then.
    onLine: (line) => interrupted.aborted || onLog(line)
  })
}
