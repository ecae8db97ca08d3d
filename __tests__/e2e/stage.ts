import { afterEach } from '@jest/globals'
import { ScaledClock } from '../../emulator/clock.ts'
import { InstantRuntime } from '../../emulator/dataplane/instant-runtime.ts'
import { startEmulator } from '../../emulator/emulator.ts'
import type { Emulator, EmulatorOptions } from '../../emulator/emulator.ts'
import { demoWorld } from '../../emulator/worlds/demo.ts'
import type { DemoOptions, DemoWorld } from '../../emulator/worlds/demo.ts'
import { startAction } from '../../runner/run-action.ts'
import type { RunningStep, RunOptions, StepResult } from '../../runner/run-action.ts'
import { disagreements } from '../helpers/one-state.ts'
import { toldBy } from '../helpers/told.ts'
import { suiteSwitches } from './switches.ts'

/** Emulated minutes pass in a tenth of a second; the action itself runs in real time. */
const FACTOR = 600

const closers: (() => Promise<void>)[] = []
const ended: StepResult[] = []

/** Whatever a test is about, each release that has ended in it has told one state. */
afterEach(async () => {
  const told = await Promise.all(ended.splice(0).map(toldBy))
  for (const close of closers.splice(0).reverse()) await close()
  const found = told.flatMap((each) => (each ? disagreements(each) : []))
  if (found.length > 0) throw new Error(found.join('\n'))
})

type Inputs = Readonly<Record<string, string>>

export interface Stage {
  readonly emulator: Emulator
  readonly demo: DemoWorld
  /** Starts a release of version 2 of the demo's service; `inputs` add to it or replace. */
  readonly start: (inputs?: Inputs, options?: StartOptions) => Promise<RunningStep>
  /** The same, to its end. */
  readonly run: (inputs?: Inputs, options?: StartOptions) => Promise<StepResult>
  /** Resolves when the gate has been asked. */
  readonly asked: () => Promise<void>
}

export type StartOptions = Omit<RunOptions, 'inputs'>

export type StageOptions = DemoOptions &
  Pick<EmulatorOptions, 'switches' | 'sts'> & { readonly factor?: number }

/** The demo's account without processes, closed after the test. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const emulator = await openEmulator(options)
  const demo = await demoWorld(emulator, { terminationWaitMinutes: 0, ...options })
  const start: Stage['start'] = async (inputs = {}, { environment, ...rest } = {}) => {
    const step = await startAction({
      inputs: { ...INPUTS, ...inputs },
      environment: { ...emulator.environment, ...environment },
      ...rest
    })
    closers.push(() => step.dispose())
    void step.result.then((result) => ended.push(result))
    return step
  }
  return {
    emulator,
    demo,
    start,
    run: async (inputs, rest) => (await start(inputs, rest)).result,
    asked: () => until(() => demo.gate.requests().length > 0)
  }
}

/** An account with nothing in it, closed after the test. */
export async function openEmulator({
  switches,
  sts = {},
  factor = FACTOR
}: StageOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({
    clock: new ScaledClock(factor),
    runtime: (clock) => new InstantRuntime(clock),
    proxies: false,
    switches: suiteSwitches(switches),
    sts
  })
  closers.push(() => emulator.close())
  return emulator
}

export const GATE = 'CodeDeployHook_gate'

/** What releases version 2 there. */
export const INPUTS: Inputs = {
  cluster: 'shop',
  service: 'orders',
  'container-name': 'app',
  image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:2',
  'gate-function': GATE
}

/** Looks every few milliseconds of real time: what it waits for happens in another process. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** Names of what would have changed the account. */
export function writes(emulator: Emulator): string[] {
  return emulator.calls.writes().map(({ operation }) => operation)
}
