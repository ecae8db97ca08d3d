import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Routes } from '../vpc.ts'
import type { InvocationResult } from './functions.ts'

/** What the emulator sends to a function's process. */
export interface RuntimeEvent {
  readonly requestId: string
  readonly arn: string
  readonly payload: unknown
  /** Of a function that is attached to the VPC: how things are there now. */
  readonly routes?: Routes
  /** How long it has. */
  readonly timeoutMs: number
}

export type RuntimeAnswer =
  | { readonly requestId: string; readonly payload: unknown }
  | { readonly requestId: string; readonly failure: FunctionFailure }

export interface FunctionFailure {
  readonly errorType: string
  readonly errorMessage: string
  readonly trace: readonly string[]
}

export interface FunctionProcessOptions {
  readonly arn: string
  readonly path: string
  /** How long one event may take. A function's process lives in the machine's time, so this is of it too. */
  readonly timeoutMs: number
  /** The whole environment: nothing is inherited from this process. */
  readonly environment: () => Readonly<Record<string, string>>
  readonly onOutput: (text: string) => void
  /** Given: it is attached to the VPC. */
  readonly routes?: () => Routes
}

/** One execution environment: a process that loads the bundle once and handles one event at a time. */
export class FunctionProcess {
  readonly #options: FunctionProcessOptions
  readonly #child: ChildProcess

  constructor(options: FunctionProcessOptions) {
    this.#options = options
    const { path, environment, onOutput, routes } = options
    const network = routes ? ['vpc'] : []
    this.#child = fork(
      fileURLToPath(new URL('./runtime.ts', import.meta.url)),
      [path, ...network],
      {
        env: { ...environment() },
        execArgv: [],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc']
      }
    )
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', onOutput)
    }
  }

  /** False once the process has ended; nothing starts it again. */
  get running(): boolean {
    const { exitCode, signalCode, connected } = this.#child
    return exitCode === null && signalCode === null && connected
  }

  /** One at a time. A process that throws or ends is a result too; this never rejects. */
  invoke(payload: unknown, requestId: string = randomUUID()): Promise<InvocationResult> {
    const child = this.#child
    const { arn, timeoutMs, routes } = this.#options
    return new Promise((resolve) => {
      const settle = (result: InvocationResult): void => {
        clearTimeout(timer)
        child.off('message', onMessage)
        child.off('exit', onExit)
        resolve(result)
      }
      const onMessage = (message: unknown): void => {
        if (!isAnswer(message) || message.requestId !== requestId) return
        if ('failure' in message) settle({ payload: message.failure, functionError: 'Unhandled' })
        else settle({ payload: message.payload, functionError: undefined })
      }
      const onExit = (code: number | null, signal: string | null): void => {
        settle({ payload: exitFailure(requestId, code, signal), functionError: 'Unhandled' })
      }
      const timer = setTimeout(() => {
        settle({ payload: timeOut(requestId, timeoutMs), functionError: 'Unhandled' })
        // The environment goes with it.
        child.kill('SIGKILL')
      }, timeoutMs)
      child.on('message', onMessage)
      child.on('exit', onExit)
      const event = { requestId, arn, payload, timeoutMs, ...(routes && { routes: routes() }) }
      child.send(event satisfies RuntimeEvent, (error) => {
        if (error) onExit(child.exitCode, child.signalCode)
      })
    })
  }

  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#child
    if (exitCode !== null || signalCode !== null) return
    const gone = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.kill('SIGKILL')
    await gone
  }
}

/** As Lambda words a runtime that ended in the middle of an event. */
function exitFailure(requestId: string, code: number | null, signal: string | null): object {
  const how = code === null ? `signal: ${signal ?? 'unknown'}` : `exit status ${code}`
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${how}`
  }
}

/** As Lambda words it (Lambda developer guide, "Configure Lambda function timeout"). */
function timeOut(requestId: string, timeoutMs: number): object {
  const seconds = (timeoutMs / 1000).toFixed(2)
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`
  }
}

function isAnswer(message: unknown): message is RuntimeAnswer {
  return typeof message === 'object' && message !== null && 'requestId' in message
}
