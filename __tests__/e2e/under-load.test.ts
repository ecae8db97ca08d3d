import {
  CodeDeployClient,
  CreateDeploymentConfigCommand,
  StopDeploymentCommand
} from '@aws-sdk/client-codedeploy'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Result } from 'autocannon'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { ScaledClock } from '../../emulator/clock.ts'
import { startEmulator, type Emulator } from '../../emulator/emulator.ts'
import { demoWorld, type DemoWorld } from '../../emulator/worlds/demo.ts'
import { startAction, type RunningStep, type StepResult } from '../../runner/run-action.ts'
import { disagreements } from '../helpers/one-state.ts'
import { scaledTime } from '../helpers/scaled-time-of-one.ts'
import { toldBy } from '../helpers/told.ts'
import { suiteSwitches } from './switches.ts'

/** Requests a second, from outside: what judges is not what is judged. */
const RATE = 200
/** Time runs this many times as fast for the job, which would only wait between two looks. */
const JOB_FACTOR = 3
/** How many emulated seconds pass in one: traffic is real, waiting for it is not. */
const FACTOR = 20 * JOB_FACTOR

const CONFIGS = {
  'all at once': undefined,
  canary: { type: 'TimeBasedCanary', timeBasedCanary: { canaryPercentage: 20, canaryInterval: 2 } },
  linear: { type: 'TimeBasedLinear', timeBasedLinear: { linearPercentage: 25, linearInterval: 2 } }
} as const
type Config = keyof typeof CONFIGS

interface Run {
  readonly released: StepResult
  readonly rolledBack: StepResult
  /** What their places tell differently (helpers/one-state.ts). There is no gate: no card, no ledger. */
  readonly disagreeing: readonly string[]
  readonly load: Result
  /** Shares of green that were seen, of the first release. */
  readonly shares: readonly number[]
}

const runs = new Map<Config, Run>()
const closers: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  // One after another: three times the load is another test.
  for (const config of Object.keys(CONFIGS) as Config[]) runs.set(config, await play(config))
}, 400_000)

afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

/** One service under load: a release to its end, then one that is stopped while its traffic moves. */
async function play(config: Config): Promise<Run> {
  const emulator = await startEmulator({
    clock: new ScaledClock(FACTOR),
    switches: suiteSwitches()
  })
  closers.push(() => emulator.close())
  const demo = await demoWorld(emulator, {
    deploymentConfig: await createConfig(emulator, config),
    gateAnswers: 'Succeeded',
    terminationWaitMinutes: 2,
    desiredCount: 2
  })
  const { default: autocannon } = await import('autocannon')
  const ended = Promise.withResolvers<Result>()
  const options = {
    url: `${demo.productionUrl ?? ''}/version`,
    connections: 20,
    overallRate: RATE,
    duration: 3_600,
    timeout: 10
  }
  const load = autocannon(options, (error: Error | null, result) => {
    if (error) ended.reject(error)
    else ended.resolve(result)
  })
  try {
    const released = await (await start(emulator, demo, 2)).result
    const step = await start(emulator, demo, 3)
    await answeredBy(demo, '3')
    await stopLatest(emulator)
    const rolledBack = await step.result
    load.stop()
    const report = await readFile(released.outputs['report'] ?? '', 'utf8')
    const timeline = (JSON.parse(report) as { timeline: { kind: string; green?: number }[] })
      .timeline
    const shares = timeline.flatMap(({ kind, green }) =>
      kind === 'traffic' && green !== undefined ? [green] : []
    )
    const told = await Promise.all([toldBy(released), toldBy(rolledBack)])
    const disagreeing = told.flatMap((each) => (each ? disagreements(each) : ['nothing was told']))
    return { released, rolledBack, disagreeing, load: await ended.promise, shares }
  } finally {
    load.stop()
  }
}

async function start(
  { environment }: Emulator,
  { cluster, service, container }: DemoWorld,
  version: number
): Promise<RunningStep> {
  const step = await startAction({
    inputs: {
      cluster,
      service,
      'container-name': container,
      image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:${version}`,
      'gate-function': 'CodeDeployHook_gate',
      'wait-for': 'completed'
    },
    environment: { ...environment, ...scaledTime(JOB_FACTOR) }
  })
  closers.push(() => step.dispose())
  return step
}

/** Production traffic has begun to move. */
async function answeredBy({ productionUrl }: DemoWorld, version: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${productionUrl ?? ''}/version`)
    await answer.arrayBuffer()
    if (answer.headers.get('x-app-version') === version) return
    await pause(50)
  }
}

/** As a person does in the console. */
async function stopLatest(emulator: Emulator): Promise<void> {
  const deploymentId = [...emulator.world.codedeploy.deployments.keys()].at(-1)
  await clientOf(emulator).send(
    new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true })
  )
}

function clientOf({ endpoint, world, userKeys }: Emulator): CodeDeployClient {
  return new CodeDeployClient({ endpoint, region: world.region, credentials: userKeys })
}

async function createConfig(emulator: Emulator, config: Config): Promise<string> {
  const trafficRoutingConfig = CONFIGS[config]
  if (!trafficRoutingConfig) return 'CodeDeployDefault.ECSAllAtOnce'
  const deploymentConfigName = `test-${config}`
  await clientOf(emulator).send(
    new CreateDeploymentConfigCommand({
      deploymentConfigName,
      computePlatform: 'ECS',
      trafficRoutingConfig
    })
  )
  return deploymentConfigName
}

/** Green's shares of production, one after another. */
const SHARES: Readonly<Record<Config, readonly number[]>> = {
  'all at once': [100],
  canary: [20, 100],
  linear: [25, 50, 75, 100]
}

describe.each(Object.keys(CONFIGS) as Config[])('under 200 requests a second, %s,', (config) => {
  const run = (): Run => {
    const found = runs.get(config)
    if (!found) throw new Error('it was not played')
    return found
  }

  test('the traffic moves as configured, and back', () => {
    expect(run().released.outputs).toMatchObject({ outcome: 'released', rollback: 'none' })
    expect(run().shares).toEqual(SHARES[config])
    expect(run().rolledBack.outputs).toMatchObject({ outcome: 'stopped', rollback: 'succeeded' })
  })

  test('outputs, report and summary tell the same of both releases', () => {
    expect(run().disagreeing).toEqual([])
  })

  test('no request fails, neither through the shift nor through the rollback', () => {
    const { load } = run()
    process.stdout.write(
      `${config}: ${load.requests.total} requests in ${load.duration} s, ${load.errors} errors, ${load.non2xx} other than 2xx\n`
    )
    expect({ errors: load.errors, timeouts: load.timeouts, non2xx: load.non2xx }).toEqual({
      errors: 0,
      timeouts: 0,
      non2xx: 0
    })
    // The rate was held: otherwise nothing would have been shown.
    expect(load.requests.total / load.duration).toBeGreaterThan(RATE * 0.9)
  })
})
