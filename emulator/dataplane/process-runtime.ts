import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import { setTimeout as realDelay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Clock } from '../clock.ts'
import { imageVersion, pullFailure } from './images.ts'
import { probeHttp } from './probe.ts'
import type { Endpoint, RunningTask, TaskExit, TaskRuntime, TaskSpec } from './runtime.ts'
import { CannotStart } from './runtime.ts'

const EXAMPLE_SERVICE = fileURLToPath(new URL('../../examples/service/server.ts', import.meta.url))
const LOOPBACK = '127.0.0.1'
const OUTPUT_LINES = 50
/** However fast the clock runs, a real process needs real time to end by itself. */
const SHORTEST_STOP_MS = 1000

/** Every task is a process of the example service, and its image's tag the version it reports. */
export class ProcessRuntime implements TaskRuntime {
  readonly #clock: Clock
  readonly #program: string
  readonly #processes = new Set<ChildProcess>()
  readonly #closing = new AbortController()
  readonly probe = probeHttp

  /** `program` must write one JSON line with `"message":"listening"` and its `port`. */
  constructor(clock: Clock, program = EXAMPLE_SERVICE) {
    this.#clock = clock
    this.#program = program
    process.on('exit', this.#killAll)
  }

  start(task: TaskSpec): RunningTask {
    const failure = pullFailure([task.image, ...task.sidecarImages])
    if (failure !== undefined) {
      return {
        started: Promise.reject(new CannotStart(failure)),
        exited: new Promise(() => undefined),
        stop: () => undefined
      }
    }
    // A container sees what its task definition gives it, nothing of the machine's environment.
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', this.#program, ...(task.command ?? [])],
      {
        env: {
          ...task.environment,
          APP_VERSION: imageVersion(task.image),
          HOST: LOOPBACK,
          PORT: '0'
        },
        stdio: ['ignore', 'pipe', 'pipe']
      }
    )
    this.#processes.add(child)
    const exited = Promise.withResolvers<TaskExit>()
    const started = Promise.withResolvers<Endpoint>()
    const output: string[] = []
    const keep = (line: string): void => {
      task.onLine?.(line)
      output.push(line)
      if (output.length > OUTPUT_LINES) output.shift()
    }
    if (task.isOneOff) child.on('spawn', () => started.resolve({ host: LOOPBACK, port: 0 }))
    createInterface({ input: child.stdout }).on('line', (line) => {
      keep(line)
      const port = listeningPort(line)
      if (port !== undefined) started.resolve({ host: LOOPBACK, port })
    })
    createInterface({ input: child.stderr }).on('line', keep)
    child.on('error', (error) => {
      this.#processes.delete(child)
      started.reject(new CannotStart(`CannotStartContainerError: ${error.message}`))
    })
    child.on('close', (code, signal) => {
      this.#processes.delete(child)
      exited.resolve({
        exitCode: code ?? 128 + (signal ? constants.signals[signal] : 0),
        output: output.join('\n')
      })
    })
    return {
      started: started.promise,
      exited: exited.promise,
      stop: () => void this.#stop(child, task.stopTimeoutSeconds)
    }
  }

  async close(): Promise<void> {
    process.off('exit', this.#killAll)
    this.#closing.abort()
    const gone = [...this.#processes].map(
      (child) => new Promise<void>((resolve) => child.on('close', () => resolve()))
    )
    this.#killAll()
    await Promise.all(gone)
  }

  async #stop(child: ChildProcess, stopTimeoutSeconds: number): Promise<void> {
    child.kill('SIGTERM')
    const waiting = new AbortController()
    child.on('close', () => waiting.abort())
    const signal = AbortSignal.any([waiting.signal, this.#closing.signal])
    try {
      await Promise.all([
        this.#clock.sleep(stopTimeoutSeconds * 1000, signal),
        realDelay(SHORTEST_STOP_MS, undefined, { signal })
      ])
    } catch {
      return // it has ended, or everything is ending
    }
    child.kill('SIGKILL')
  }

  readonly #killAll = (): void => {
    for (const child of this.#processes) child.kill('SIGKILL')
  }
}

function listeningPort(line: string): number | undefined {
  if (!line.includes('"listening"')) return undefined
  try {
    const entry: unknown = JSON.parse(line)
    if (typeof entry !== 'object' || entry === null || !('port' in entry)) return undefined
    return typeof entry.port === 'number' ? entry.port : undefined
  } catch {
    return undefined
  }
}
