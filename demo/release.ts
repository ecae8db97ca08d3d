import { setTimeout as pause } from 'node:timers/promises'
import { startEmulator } from '../emulator/emulator.ts'
import type { Emulator } from '../emulator/emulator.ts'
import { demoWorld } from '../emulator/worlds/demo.ts'
import type { DemoWorld } from '../emulator/worlds/demo.ts'
import { startAction } from '../runner/run-action.ts'
import type { RunningStep } from '../runner/run-action.ts'
import { serveGate } from './gate-server.ts'
import type { Decision } from './gate-server.ts'
import type { GateState } from './gate-state.ts'
import { ask, startLoad } from './load.ts'
import { resultOf } from './result.ts'
import type { DemoResult } from './result.ts'
import { Tally } from './tally.ts'

const IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:2'

export interface Hooks {
  /** Undefined: a person decides, on the page. */
  readonly decision: Decision | undefined
  /** A line of the action's log. */
  readonly onLog: (line: string) => void
  /** A line of the demo's own. */
  readonly say: (line: string) => void
  /** Aborted: the release is cancelled, as GitHub cancels a job. */
  readonly cancelled: AbortSignal
}

export interface DemoRun {
  readonly result: DemoResult
  /** Markdown. */
  readonly summary: string
}

/** The whole demo, from an empty account to nothing left running. */
export async function releaseOnce(hooks: Hooks): Promise<DemoRun> {
  const emulator = await startEmulator()
  try {
    return await released(emulator, hooks)
  } finally {
    await emulator.close()
  }
}

async function released(emulator: Emulator, hooks: Hooks): Promise<DemoRun> {
  const startedAt = performance.now()
  const { say } = hooks
  const demo = await demoWorld(emulator, {
    desiredCount: 2,
    healthCheckIntervalSeconds: 5,
    deregistrationDelaySeconds: 5,
    terminationWaitMinutes: 0
  })
  const { productionUrl = '', testUrl = '' } = demo
  say(`AWS, emulated:        ${emulator.endpoint}`)
  say(`orders, version 1:    ${productionUrl} (production listener), under steady traffic`)
  const tally = new Tally()
  const load = startLoad(productionUrl, (answer) => tally.add(answer))
  const decided: { decision?: Decision; outcome?: string } = {}
  const decide = (decision: Decision): void => {
    if (decided.decision !== undefined) return
    decided.decision = decision
    tally.phase = 'decided'
    const verdict = decision === 'approve' ? 'Succeeded' : 'Failed'
    for (const request of demo.gate.requests()) demo.gate.decide(request, verdict)
  }
  const state = (): GateState => ({
    stage: stageOf(demo, decided),
    service: demo.service,
    cluster: demo.cluster,
    running: 'orders:1',
    next: 'orders:2',
    deploymentId: demo.gate.requests()[0]?.deploymentId,
    productionUrl,
    testUrl,
    decision: decided.decision,
    outcome: decided.outcome,
    requests: tally.byVersion()
  })
  const page = await serveGate(state, decide)
  await pause(2_000)
  const step = await startAction({
    inputs: {
      cluster: demo.cluster,
      service: demo.service,
      'container-name': demo.container,
      image: IMAGE,
      'gate-function': demo.gate.name
    },
    environment: emulator.environment,
    onLine: hooks.onLog
  })
  const cancel = (): void => step.kill('SIGINT')
  hooks.cancelled.addEventListener('abort', cancel, { once: true })
  try {
    await Promise.race([atGate(demo, step), step.result])
    if (demo.gate.requests().length > 0) {
      tally.phase = 'gate'
      await introduce(page.url, testUrl, hooks)
      if (hooks.decision !== undefined) decide(hooks.decision)
    }
    const end = await step.result
    decided.outcome = end.outputs['outcome'] ?? 'unknown'
    tally.phase = 'after'
    await pause(2_000)
    await load.stop()
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10
    return { result: resultOf(end, tally, seconds), summary: end.summary }
  } finally {
    await load.stop()
    await page.close()
    await step.dispose()
  }
}

function stageOf(
  demo: DemoWorld,
  { decision, outcome }: { decision?: Decision; outcome?: string }
): GateState['stage'] {
  if (outcome !== undefined) return 'ended'
  if (decision !== undefined) return 'decided'
  return demo.gate.requests().length > 0 ? 'asked' : 'waiting'
}

async function atGate(demo: DemoWorld, step: RunningStep): Promise<void> {
  const ended = { yet: false }
  const end = (): void => {
    ended.yet = true
  }
  step.result.then(end, end)
  while (demo.gate.requests().length === 0 && !ended.yet) await pause(50)
}

async function introduce(pageUrl: string, testUrl: string, hooks: Hooks): Promise<void> {
  const { version = 'nobody' } = await ask(`${testUrl}/version`)
  hooks.say(`The test listener ${testUrl} is answered by version ${version}.`)
  if (hooks.decision === undefined) {
    hooks.say(`The gate asks: open ${pageUrl} and approve or reject.`)
    return
  }
  // Long enough to see that users are still on version 1.
  await pause(3_000)
  hooks.say(`--${hooks.decision}: decided without a person.`)
}
