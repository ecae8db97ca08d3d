import { setTimeout as pause } from 'node:timers/promises'
import { startEmulator } from '../emulator/emulator.ts'
import type { Emulator } from '../emulator/emulator.ts'
import { demoWorld } from '../emulator/worlds/demo.ts'
import type { DemoWorld } from '../emulator/worlds/demo.ts'
import { ROOT } from '../runner/environment.ts'
import { startAction } from '../runner/run-action.ts'
import type { RunningStep } from '../runner/run-action.ts'
import type { Decision } from './arguments.ts'
import { serveGate } from './gate-server.ts'
import type { GateState } from './gate-state.ts'
import { startLoad } from './load.ts'
import { resultOf } from './result.ts'
import type { DemoResult } from './result.ts'
import { Story } from './story.ts'
import { Tally } from './tally.ts'

/** Requests a second. */
const PRODUCTION_RATE = 20
const TEST_RATE = 2
/** How long `--approve` and `--reject` let version 2 be looked at. */
const PERSON_MS = 3_000

export interface Hooks {
  /** Undefined: a person decides, on the page. */
  readonly decision: Decision | undefined
  /** A line of the action's log. */
  readonly onLog: (line: string) => void
  /** A line of the demo's own. */
  readonly say: (line: string) => void
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
  const demo = await demoWorld(emulator, { container: 'orders', terminationWaitMinutes: 0 })
  const { productionUrl = '', testUrl = '' } = demo
  const story = new Story(demo.gate, (deploymentId) => hasShifted(emulator, deploymentId))
  const production = { url: productionUrl, tally: new Tally() }
  const test = { url: testUrl, tally: new Tally() }
  say(`An AWS account, emulated, at ${emulator.endpoint}`)
  say(`Version 1 of orders serves ${productionUrl}, under ${PRODUCTION_RATE} requests a second`)
  closers.push(
    putUnderLoad(production, PRODUCTION_RATE, story),
    putUnderLoad(test, TEST_RATE, story)
  )
  await pause(1_000) // some traffic before anything begins
  const step = await startRelease(demo, emulator.environment, hooks)
  closers.push(() => step.dispose())
  const state = (): GateState => ({
    stage: story.stage,
    service: demo.service,
    cluster: demo.cluster,
    running: 'orders:1',
    next: 'orders:2',
    deploymentId: story.deploymentId,
    decision: story.decision,
    outcome: story.outcome,
    production: listenerState(production),
    test: listenerState(test)
  })
  const decide = (decision: Decision): void => {
    story.decide(decision)
    say(decision === 'approve' ? 'Approved' : 'Rejected')
  }
  if (hooks.decision === undefined) {
    const page = await serveGate(state, decide)
    closers.push(() => page.close())
    say(`The page on which you will decide: ${page.url}`)
    whenAsked(step, () => say(`It is your turn: approve or reject on ${page.url}`))
  } else {
    const { decision } = hooks
    whenAsked(step, async () => {
      await pause(PERSON_MS, undefined, { signal: hooks.interrupted })
      decide(decision)
    })
  }
  const end = await step.result
  story.end(end.outputs['outcome'] ?? 'unknown')
  await pause(2_000) // what users meet afterwards, and time for the page to show the end
  return resultOf({
    step: end,
    decision: story.decision,
    requests: { production: production.tally.counts(), test: test.tally.counts() },
    seconds: Math.round((performance.now() - startedAt) / 100) / 10
  })
}

function hasShifted({ world }: Emulator, deploymentId: string): boolean {
  const { events = [] } = world.codedeploy.deployments.get(deploymentId) ?? {}
  return events.some(
    ({ lifecycleEventName: name, status }) => name === 'AllowTraffic' && status === 'Succeeded'
  )
}

interface Listener {
  readonly url: string
  readonly tally: Tally
}

/** Begins steady traffic and returns what ends it. */
function putUnderLoad({ url, tally }: Listener, rate: number, story: Story): () => Promise<void> {
  const load = startLoad({
    url: `${url}/version`,
    rate,
    begin: () => {
      const { phase } = story
      return (answer) => tally.add(phase, answer)
    }
  })
  return () => load.stop()
}

function listenerState({ url, tally }: Listener): GateState['test'] {
  return { url, latest: tally.latest, counts: tally.counts() }
}

/** Calls back once the action has said that it waits. Where that fails, the result shows that nobody decided. */
function whenAsked(step: RunningStep, then: () => void | Promise<void>): void {
  step
    .line(/waiting for approval/)
    .then(then)
    .catch(() => undefined)
}

function startRelease(
  demo: DemoWorld,
  environment: Readonly<Record<string, string>>,
  { onLog, interrupted }: Hooks
): Promise<RunningStep> {
  return startAction({
    inputs: {
      cluster: demo.cluster,
      service: demo.service,
      'task-definition': 'examples/service/task-definition.json',
      'container-name': demo.container,
      image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:2',
      'gate-function': demo.gate.name
    },
    environment,
    workspace: ROOT,
    // A terminal's Ctrl-C reaches the action too; what it still has to say is nobody's concern then.
    onLine: (line) => interrupted.aborted || onLog(line)
  })
}
