import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { InvocationResult } from './functions.ts'

/** What the emulator sends to a function's process. */
export interface RuntimeEvent {
  readonly requestId: string
  readonly arn: string
  readonly payload: unknown
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
  /** The whole environment: nothing is inherited from this process. */
  readonly environment: () => Readonly<Record<string, string>>
  readonly onOutput: (text: string) => void
}

/** One warm execution environment: started when first needed, one event at a time, started again after a crash. */
export class FunctionProcess {
  readonly #options: FunctionProcessOptions
  #child: ChildProcess | undefined
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: FunctionProcessOptions) {
    this.#options = options
  }

  invoke(payload: unknown): Promise<InvocationResult> {
    const result = this.#queue.then(() => this.#run(payload))
    this.#queue = result
    return result
  }

  async close(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  async #run(payload: unknown): Promise<InvocationResult> {
    const child = (this.#child ??= this.#start())
    const requestId = randomUUID()
    return new Promise((resolve) => {
      const settle = (result: InvocationResult): void => {
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
      child.on('message', onMessage)
      child.on('exit', onExit)
      child.send({ requestId, arn: this.#options.arn, payload }, (error) => {
        if (error) onExit(child.exitCode, child.signalCode)
      })
    })
  }

  #start(): ChildProcess {
    const { path, environment, onOutput } = this.#options
    const child = fork(fileURLToPath(new URL('./runtime.ts', import.meta.url)), [path], {
      env: { ...environment() },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc']
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', onOutput)
    }
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined
    })
    return child
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

function isAnswer(message: unknown): message is RuntimeAnswer {
  return typeof message === 'object' && message !== null && 'requestId' in message
}
