import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { Clock } from '../../release/clock.ts'

export interface Execution {
  /** A path, or a name that is searched on the PATH of `env`. */
  readonly command: string
  readonly arguments: readonly string[]
  /** Its working directory. A relative `command` with a slash would start there. */
  readonly folder: string
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>
  readonly clock: Clock
  /** Interrupts the process and all processes that it has started. */
  readonly signal: AbortSignal
  /** The time from SIGINT to SIGKILL, milliseconds. */
  readonly graceMs: number
  readonly onLine: (line: string) => void
}

export type Executed =
  /** The program does not exist, or it cannot be run. */
  | { readonly kind: 'not-started'; readonly reason: string }
  | {
      readonly kind: 'ended'
      /** Undefined if a signal ended the process. */
      readonly code: number | undefined
      readonly interrupted: boolean
      /** The last of what it wrote to stderr or, if that is empty, to stdout. */
      readonly output: string
      /** The last of what it wrote to stdout. */
      readonly stdout: string
    }

/** The characters of its output that are kept, and those of them that `output` has. */
const KEPT = 32 * 1024
const LONGEST_OUTPUT = 4 * 1024

/** How long to wait for output after the process has ended, milliseconds. */
const LINGER = 1_000

/**
 * Runs a program in a process group of its own and waits for its end. No process of the
 * group is left, however the program ends. Never rejects.
 */
export async function execute(execution: Execution): Promise<Executed> {
  const { clock, signal, graceMs } = execution
  if (isAborted(signal)) {
    return { kind: 'ended', code: undefined, interrupted: true, output: '', stdout: '' }
  }
  const child = start(execution)
  if (typeof child === 'string') return { kind: 'not-started', reason: child }
  const stdout = new Tail(child.stdout, execution.onLine)
  const stderr = new Tail(child.stderr, execution.onLine)
  const failure = await started(child)
  if (failure !== undefined) return { kind: 'not-started', reason: failure }

  const kill = (name: NodeJS.Signals): void => killGroup(child.pid, name)
  const killAll = (): void => kill('SIGKILL')
  const isGone = new AbortController()
  let interrupted = false
  const interrupt = (): void => {
    interrupted = true
    kill('SIGINT')
    clock.sleep(graceMs, isGone.signal).then(killAll, () => undefined)
  }
  const closed = once(child, 'close').catch(() => undefined)
  const exited = ended(child)
  if (isAborted(signal)) interrupt()
  else signal.addEventListener('abort', interrupt, { once: true })
  // A process group of its own would outlive this process.
  process.once('exit', killAll)
  const code = await exited
  signal.removeEventListener('abort', interrupt)
  process.removeListener('exit', killAll)
  // The group is killed before the grace period is cancelled, because processes that k6 has started
  // may still run.
  killAll()
  isGone.abort()
  const isClosed = new AbortController()
  await Promise.race([closed, clock.sleep(LINGER, isClosed.signal).catch(() => undefined)])
  isClosed.abort()
  child.stdout.destroy()
  child.stderr.destroy()
  const output = (stderr.text() || stdout.text()).slice(-LONGEST_OUTPUT).trim()
  return { kind: 'ended', code, interrupted, output, stdout: stdout.text() }
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted
}

type Child = ChildProcessByStdio<null, Readable, Readable>

function start({ command, arguments: given, folder: cwd, env }: Execution): Child | string {
  try {
    return spawn(command, given, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    return reasonOf(error)
  }
}

/** Why the program did not start; undefined if it did. */
function started(child: Child): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(undefined))
    child.once('error', (error) => resolve(reasonOf(error)))
  })
}

/** The exit code; undefined if a signal ended the process. */
function ended(child: Child): Promise<number | undefined> {
  return new Promise((resolve) => {
    child.on('error', () => undefined)
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode ?? undefined)
    else child.once('exit', (code) => resolve(code ?? undefined))
  })
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group has no process any more.
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Splits output into lines, and keeps the last part of it. */
class Tail {
  #kept = ''
  #line = ''

  constructor(stream: Readable, onLine: (line: string) => void) {
    stream.setEncoding('utf8')
    stream.on('error', () => undefined)
    stream.on('data', (chunk: string) => {
      this.#kept = (this.#kept + chunk).slice(-KEPT)
      const lines = (this.#line + chunk).split(/\r\n|\r|\n/)
      this.#line = (lines.pop() ?? '').slice(-LONGEST_OUTPUT)
      for (const line of lines) onLine(line)
    })
  }

  text(): string {
    return this.#kept.trim()
  }
}
