/**
 * The prober of src/verification/availability: what it costs, how far off its
 * latencies are, and whether it sees a stall. Target and prober are processes
 * of their own: this file, started with an argument.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, createServer, get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../src/release/clock.ts'
import type { AvailabilityEvidence, PhaseOfTraffic, Trend } from '../src/release/evidence.ts'
import { Latencies } from '../src/verification/availability/histogram.ts'
import { startProber } from '../src/verification/availability/prober.ts'

const SELF = fileURLToPath(import.meta.url)
const RATE = 50
const SECONDS = 10
const DELAYS_MS = [5, 20, 100]
const FREEZE_MS = 1_000
/** Of the cost: a release goes on for minutes, and V8 compiles what runs often in the first of them. */
const WINDOWS = 8
/** In which modules are loaded and compiled. */
const START_MS = 2_000
const HIGHEST_CPU_PERCENT = 3
/** What counting and judging may add to the requests themselves. */
const HIGHEST_RATIO_TO_BARE = 1.5

type Check = (what: string, value: number, limit: number, show: (value: number) => string) => void

/** What the child processes say to this one, and are told. */
type FromTarget =
  | { readonly port: number }
  /** From request to answer. */
  | { readonly served: Trend | undefined }
  /** When it stood still, milliseconds since the epoch. */
  | { readonly from: number; readonly until: number }
type ToTarget = 'freeze' | 'served'
interface FromProber {
  /** Undefined where nothing was measured but the cost. */
  readonly evidence: AvailabilityEvidence | undefined
  /** Of one core, in one window of time after the other. */
  readonly cpuPercents: readonly number[]
}
interface ToProber {
  readonly enter: PhaseOfTraffic['name']
  readonly at: number
}

if (process.argv[1] === SELF) {
  const [, , role, value, windows] = process.argv
  if (role === 'target') serve(Number(value))
  else if (role === 'prober') await probe(String(value), Number(windows))
  else if (role === 'bare') await probeBare(String(value), Number(windows))
  else await measureAvailability((what, cost, limit, show) => console.log(what, show(cost), limit))
}

/** Measures and prints; `check` is given what has a limit. */
export async function measureAvailability(check: Check): Promise<void> {
  console.log(`Latency as probed at ${RATE} requests a second, against the target's own clock:`)
  for (const delayMs of DELAYS_MS) {
    const { probed, served } = await latencies(delayMs)
    const error = (name: string, value: number, real: number): string =>
      `${name} ${value.toFixed(2)} for ${real.toFixed(2)} ms (${(value - real).toFixed(2)} off)`
    console.log(
      `  an answer after ${String(delayMs).padStart(3)} ms: ` +
        `${error('p50', probed?.med ?? NaN, served?.med ?? NaN)}; ` +
        error('p99', probed?.p99 ?? NaN, served?.p99 ?? NaN)
    )
  }
  const { latency, total } = await frozen()
  const ms = (value = NaN): string => `${value.toFixed(0)} ms`
  console.log(
    `A target that stands still for ${FREEZE_MS} ms: ${total} requests in that time, ` +
      `median ${ms(latency?.med)}, p99 ${ms(latency?.p99)}`
  )
  const percent = (value: number): string => `${value.toFixed(2)} %`
  const costOf = (role: 'prober' | 'bare'): Promise<readonly number[]> =>
    withTarget(0, async (_, url) => (await probed(url, role, WINDOWS)).cpuPercents)
  // One after the other: side by side each is dearer than it is alone.
  const prober = await costOf('prober')
  const bare = await costOf('bare')
  console.log(`CPU of one core for ${RATE} requests a second, ${SECONDS} s after ${SECONDS} s:`)
  console.log(`  the prober        ${prober.map(percent).join(', ')}`)
  console.log(`  node:http, alone  ${bare.map(percent).join(', ')}`)
  const cost = medianFrom20s(prober)
  check('CPU of the prober, median from 20 s on', cost, HIGHEST_CPU_PERCENT, percent)
  const ratio = (value: number): string => `${value.toFixed(2)}x`
  check('  to bare node:http', cost / medianFrom20s(bare), HIGHEST_RATIO_TO_BARE, ratio)
}

/** Before that, V8 compiles. */
function medianFrom20s([, , ...warm]: readonly number[]): number {
  return warm.toSorted((one, other) => one - other)[warm.length >> 1] ?? NaN
}

async function latencies(
  delayMs: number
): Promise<{ probed: Trend | undefined; served: Trend | undefined }> {
  return withTarget(delayMs, async (target, url) => {
    const { evidence } = await probed(url, 'prober')
    const answer = await ask(target, 'served')
    if (!('served' in answer)) throw new Error('the target did not say what it served')
    return { probed: evidence?.phases[0]?.latency, served: answer.served }
  })
}

/** What was sent while the target stood still, as a phase of its own. */
async function frozen(): Promise<PhaseOfTraffic> {
  return withTarget(0, async (target, url) => {
    const { evidence } = await probed(url, 'prober', 1, async (enter) => {
      await pause(4_000)
      const answer = await ask(target, 'freeze')
      if (!('from' in answer)) throw new Error('the target did not say when it froze')
      enter({ enter: 'shift', at: answer.from })
      enter({ enter: 'after', at: answer.until })
    })
    const phase = evidence?.phases.find(({ name }) => name === 'shift')
    if (!phase) throw new Error('there is no phase of the freeze')
    return phase
  })
}

async function withTarget<T>(
  delayMs: number,
  use: (target: ChildProcess, url: string) => Promise<T>
): Promise<T> {
  const target = fork(SELF, ['target', String(delayMs)])
  try {
    const [started] = (await once(target, 'message')) as [FromTarget]
    if (!('port' in started)) throw new Error('the target did not say where it listens')
    return await use(target, `http://127.0.0.1:${started.port}/`)
  } finally {
    target.kill()
  }
}

async function ask(target: ChildProcess, question: ToTarget): Promise<FromTarget> {
  const answer = once(target, 'message')
  target.send(question)
  const [message] = (await answer) as [FromTarget]
  return message
}

/** Probes in a process of its own, which ends by itself. */
async function probed(
  url: string,
  role: 'prober' | 'bare',
  windows = 1,
  meanwhile?: (enter: (phase: ToProber) => void) => Promise<void>
): Promise<FromProber> {
  const prober = fork(SELF, [role, url, String(windows)])
  const end = once(prober, 'message')
  await meanwhile?.((phase) => prober.send(phase))
  const gone = once(prober, 'exit')
  const [message] = (await end) as [FromProber]
  await gone
  return message
}

/** The target: answers after a delay that it measures itself. */
function serve(delayMs: number): void {
  const served = new Latencies()
  const server = createServer((_, response) => {
    const startedAt = performance.now()
    const answer = (): void => {
      response.end('ok')
      served.record(performance.now() - startedAt)
    }
    if (delayMs === 0) answer()
    else setTimeout(answer, delayMs)
  })
  const say = (message: FromTarget): void => void process.send?.(message)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (typeof address === 'object' && address) say({ port: address.port })
  })
  process.on('message', (question: ToTarget) => {
    if (question === 'served') return say({ served: served.trend() })
    const from = Date.now()
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FREEZE_MS)
    say({ from, until: Date.now() })
  })
}

/** The prober: nothing else runs in its process. */
async function probe(url: string, windows: number): Promise<void> {
  const prober = startProber({
    target: { url: new URL(url), headers: {} },
    rate: RATE,
    limits: {},
    clock: systemClock,
    random: Math.random,
    onBreach: (reason) => console.log(`the prober gave up: ${reason}`)
  })
  process.on('message', ({ enter, at }: ToProber) => prober.enter(enter, at))
  const cpuPercents = await cpuOf(windows)
  say({ evidence: await prober.stop(), cpuPercents })
}

/** The least that such requests can cost: nothing is timed, counted or looked at. */
async function probeBare(url: string, windows: number): Promise<void> {
  const agent = new Agent({ keepAlive: true })
  const timer = setInterval(() => {
    const request = get(url, { agent }, (response) => response.resume())
    // The last one is cut off at the end.
    request.on('error', () => undefined)
  }, 1000 / RATE)
  const cpuPercents = await cpuOf(windows)
  clearInterval(timer)
  agent.destroy()
  say({ evidence: undefined, cpuPercents })
}

/** What this process takes of one core in each window, once it has started. */
async function cpuOf(windows: number): Promise<number[]> {
  await pause(START_MS)
  const percents: number[] = []
  for (let count = 0; count < windows; count++) {
    const startedAt = performance.now()
    const before = process.cpuUsage()
    await pause(SECONDS * 1000)
    const { user, system } = process.cpuUsage(before)
    percents.push((user + system) / 10 / (performance.now() - startedAt))
  }
  return percents
}

function say(message: FromProber): void {
  process.send?.(message, () => process.disconnect())
}
