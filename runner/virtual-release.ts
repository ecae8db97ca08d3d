import * as core from '@actions/core'
import { ManualClock } from '../emulator/clock.ts'
import { InstantRuntime } from '../emulator/dataplane/instant-runtime.ts'
import { startEmulator } from '../emulator/emulator.ts'
import type { Emulator } from '../emulator/emulator.ts'
import type { Switches } from '../emulator/switches.ts'
import { demoWorld } from '../emulator/worlds/demo.ts'
import type { DemoOptions, DemoWorld } from '../emulator/worlds/demo.ts'
import { parseInputs } from '../src/action/inputs/parse.ts'
import type { Log } from '../src/action/log.ts'
import { runRelease } from '../src/action/run-release.ts'
import { triggerOf } from '../src/action/trigger.ts'
import { newDraft } from '../src/release/draft.ts'
import type { Draft } from '../src/release/draft.ts'
import type { Ending } from '../src/release/ending.ts'
import { quiet, type Patience } from './quiet.ts'

/** One run of the action. */
export interface VirtualRun {
  /** What the release has learnt so far. */
  readonly draft: Draft
  /** What it has said so far. */
  readonly lines: readonly string[]
  /** Ends with the release, and holds its end on the virtual clock. */
  readonly ended: Promise<{ readonly ending: Ending; readonly at: number }>
}

export interface VirtualRelease extends VirtualRun {
  readonly emulator: Emulator
  readonly demo: DemoWorld
  readonly clock: ManualClock
  /** Another release in the same account; the inputs add to those of the first, or replace them. */
  readonly again: (inputs?: Readonly<Record<string, string>>) => VirtualRun
  /** Lets `ms` of virtual time pass, less where `until` settles before. */
  readonly advance: (ms: number, until?: Promise<unknown>) => Promise<void>
  readonly close: () => Promise<void>
}

export interface VirtualOptions extends DemoOptions, Patience {
  readonly switches?: Partial<Switches>
  /** As under `with:`; they add to those that release version 2, or replace them. */
  readonly inputs?: Readonly<Record<string, string>>
  /** GITHUB_WORKSPACE, unless this process has one. */
  readonly workspace?: string
  /** Aborted when the runner asks the process to end. */
  readonly cancelled?: AbortSignal
  /** The account before the release begins. */
  readonly prepare?: (emulator: Emulator, demo: DemoWorld) => void
}

/**
 * A release of the demo's service in this process, its clients talking real
 * HTTP to the emulator, both on one virtual clock: hours pass in seconds.
 */
export async function startVirtualRelease(options: VirtualOptions = {}): Promise<VirtualRelease> {
  const clock = new ManualClock()
  const emulator = await startEmulator({
    clock,
    runtime: (time) => new InstantRuntime(time),
    proxies: false,
    // The SDK waits in real time before it repeats a throttled call, while virtual time goes on.
    switches: { codedeployThrottle: 'none', ...options.switches }
  })
  const building = demoWorld(emulator, { terminationWaitMinutes: 0, ...options })
  await advance(clock, 600_000, building)
  const demo = await building
  Object.assign(process.env, emulator.environment)
  const inputs = {
    cluster: demo.cluster,
    service: demo.service,
    'container-name': demo.container,
    image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:2',
    'gate-function': demo.gate.name,
    ...options.inputs
  }
  options.prepare?.(emulator, demo)
  emulator.calls.clear()
  const { cancelled = new AbortController().signal, workspace } = options
  const job = { clock, cancelled, workspace }
  return {
    ...begin(job, inputs),
    emulator,
    demo,
    clock,
    again: (others) => begin(job, { ...inputs, ...others }),
    advance: (ms, until) => advance(clock, ms, until, options),
    close: () => emulator.close()
  }
}

interface Job {
  readonly clock: ManualClock
  readonly cancelled: AbortSignal
  readonly workspace: string | undefined
}

function begin(
  { clock, cancelled, workspace }: Job,
  inputs: Readonly<Record<string, string>>
): VirtualRun {
  const { settings } = parseInputs(
    Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
    )
  )
  const draft = newDraft(settings.cluster, settings.service)
  const lines: string[] = []
  const release = runRelease({
    io: {
      core,
      env: { ...process.env, ...(workspace !== undefined && { GITHUB_WORKSPACE: workspace }) },
      clock,
      random: Math.random,
      cancelled,
      atExit: () => () => undefined
    },
    log: logInto(lines),
    settings,
    trigger: triggerOf({}),
    draft,
    startedAt: clock.now(),
    onDeployment: () => Promise.resolve()
  })
  return { draft, lines, ended: release.then((ending) => ({ ending, at: clock.now() })) }
}

function logInto(lines: string[]): Log {
  const keep = (text: string): void => void lines.push(text)
  return {
    info: keep,
    debug: () => undefined,
    warning: keep,
    error: keep,
    fail: keep,
    mask: () => undefined,
    group: (_, work) => work()
  }
}

/** What takes real time takes no virtual time. */
async function advance(
  clock: ManualClock,
  ms: number,
  until?: Promise<unknown>,
  patience?: Patience
): Promise<void> {
  const progress = { done: false }
  const finish = (): void => void (progress.done = true)
  until?.then(finish, finish)
  for (const end = clock.now() + ms; clock.now() < end && !progress.done;) {
    await quiet(patience)
    await clock.advance(Math.min(clock.nextDue, end) - clock.now())
  }
}
