// Releases the demo's service again and again, and ends the event loop at each call of the action:
//   node releases.ts FILE       (writes what became of each release there, as JSON)
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { World, type End } from './world.ts'

const world = new World()

const { ManualClock } = await import('../../../emulator/clock.ts')
const { InstantRuntime } = await import('../../../emulator/dataplane/instant-runtime.ts')
const { startEmulator } = await import('../../../emulator/emulator.ts')
const { startGitHub } = await import('../../../emulator/github/server.ts')
const { demoWorld } = await import('../../../emulator/worlds/demo.ts')
const { createLedgerTable } = await import('../../../emulator/worlds/ledger-table.ts')
const { stepEnvironment } = await import('../../../runner/environment.ts')
const { parseFileCommands } = await import('../../../runner/file-commands.ts')
const { JOB } = await import('../../../runner/job.ts')
const { serve } = await import('../../verification/server.ts')

/** What this program writes. */
export interface Releases {
  /** The loop was ended at the first call, at the second, and so on. */
  readonly broken: readonly Ended[]
  /** The loop was ended at the first time that GitHub is told something, at the second, and so on. */
  readonly untold: readonly Ended[]
  /** They had fewer calls than that: the loop was not ended. */
  readonly whole: readonly Ended[]
  /** Nor here, and green answered one check with another protocol. */
  readonly switched: Ended
}

/** What became of one release. */
export interface Ended {
  /** The call at which the loop ended; undefined: at none. */
  readonly call: string | undefined
  readonly exitCode: number | undefined
  readonly outcome: string | undefined
  /** Whether there was a deployment. */
  readonly deployed: boolean
  readonly hasSummary: boolean
  readonly lines: readonly string[]
}

// The servers of the emulated world hold no loop open: only what the action waits for does.
const listen: unknown = Reflect.get(net.Server.prototype, 'listen')
if (typeof listen !== 'function') throw new Error('a server cannot listen')
Object.assign(net.Server.prototype, {
  listen(this: net.Server, ...args: readonly unknown[]): unknown {
    this.unref().on('connection', (socket: net.Socket) => socket.unref())
    return Reflect.apply(listen, this, args)
  }
})

const github = await startGitHub({ clock: new ManualClock(), job: JOB })
// GitHub's toolkit reads where the API is when it is loaded.
Object.assign(process.env, github.environment)
const { enter } = await import('../../../src/action/entry.ts')
await import('@actions/github')
world.changeDispatcher()
const before = { ...process.env }
let greenSwitches = false
const green = await serve((request, response) => {
  if (greenSwitches && request.url === '/b') {
    // Without a head of Node's, which refuses to write this status by itself.
    request.socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n'
    )
  } else response.end('{"id": 1}')
})

const VERIFICATION = `version: 1
target: { test: "${green.origin}" }
checks: { required: true, requests: [{ path: /a }, { path: /b, method: POST, body: "{}" }] }
flows: [{ name: pay, required: true, steps: [{ path: /order }, { path: /pay }] }]
`

/** One release in an account of its own. */
async function release(end: End, inputs: Readonly<Record<string, string>> = {}): Promise<Ended> {
  process.env = { ...before }
  const clock = new ManualClock()
  const emulator = await startEmulator({
    clock,
    runtime: (time) => new InstantRuntime(time),
    proxies: false,
    switches: {}
  })
  const building = demoWorld(emulator, {
    terminationWaitMinutes: 0,
    ...(!greenSwitches && { gateAnswers: 'Succeeded' as const })
  })
  const made = { done: false }
  void building.finally(() => (made.done = true))
  while (!made.done) await clock.advance(1_000)
  const demo = await building
  await createLedgerTable(emulator, 'release-gate')
  const folder = await mkdtemp(join(tmpdir(), 'ended-loop-'))
  const { environment, files } = await stepEnvironment({
    folder,
    inputs: {
      cluster: demo.cluster,
      service: demo.service,
      'container-name': demo.container,
      image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:2',
      'gate-function': demo.gate.name,
      'ledger-table': 'release-gate',
      verification: 'verification.yml',
      'github-token': github.token,
      environment: 'production',
      ...inputs
    },
    environment: { ...emulator.environment, ...github.environment }
  })
  await writeFile(join(environment['GITHUB_WORKSPACE'] ?? '', 'verification.yml'), VERIFICATION)
  process.env = { ...before, ...environment }
  const { exitCode, lines } = await exitOf(() => world.run(clock, end, enter))
  const [output, summary] = [
    await readFile(files.output, 'utf8'),
    await readFile(files.summary, 'utf8')
  ]
  const outputs = parseFileCommands(output)
  await rm(folder, { recursive: true })
  await emulator.close()
  return {
    call: world.endedBy,
    exitCode,
    outcome: outputs['outcome'],
    deployed: 'deployment-id' in outputs,
    hasSummary: summary !== '',
    lines
  }
}

/** Runs what would end this process, and ends it as Node does, without ending it. */
async function exitOf(
  run: () => Promise<void>
): Promise<{ exitCode: number | undefined; lines: string[] }> {
  const { stdout } = process
  const exit: unknown = Reflect.get(process, 'exit')
  const write = stdout.write.bind(stdout)
  const kept = new Set(process.listeners('exit'))
  const lines: string[] = []
  let ended: { exitCode: number | undefined } | undefined
  const end = (): void => {
    if (ended) return
    for (const each of process.listeners('exit'))
      if (!kept.has(each)) each(Number(process.exitCode))
    ended = { exitCode: process.exitCode === undefined ? undefined : Number(process.exitCode) }
    world.endLoop()
  }
  Object.assign(process, { exit: end })
  Object.assign(stdout, {
    write: (text: string, done?: () => void): boolean => {
      lines.push(...text.split('\n').filter((line) => line !== ''))
      if (typeof done === 'function') process.nextTick(done)
      return true
    }
  })
  process.exitCode = undefined
  try {
    await run()
    end()
    return { exitCode: ended?.exitCode, lines }
  } finally {
    Object.assign(process, { exit })
    Object.assign(stdout, { write })
    process.exitCode = undefined
    for (const each of process.listeners('exit')) {
      if (!kept.has(each)) process.removeListener('exit', each)
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal)
  }
}

/** At each call in turn; until so many releases in a row have gone through: one has a call more than another. */
const ENOUGH = 4
const broken: Ended[] = []
const whole: Ended[] = []
for (let at = 1; whole.length < ENOUGH; at++) {
  const ended = await release({ at })
  if (ended.call === undefined) whole.push(ended)
  else broken.push(ended)
}
// One release has a call more than another, so the last call may be missing above: GitHub is told the end.
const untold: Ended[] = []
for (let at = 1; ; at++) {
  const ended = await release({ at, of: 'fetch' })
  if (ended.call === undefined) break
  untold.push(ended)
}
greenSwitches = true
const switched = await release({ at: Infinity }, { 'ledger-table': '' })
await writeFile(process.argv[2] ?? '', JSON.stringify({ broken, untold, whole, switched }))
