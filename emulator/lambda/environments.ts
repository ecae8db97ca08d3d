import { AwsError } from '../errors.ts'
import type { InvocationResult } from './functions.ts'
import { FunctionProcess } from './process.ts'
import type { FunctionProcessOptions } from './process.ts'

export interface EnvironmentsOptions extends FunctionProcessOptions {
  /** How many events are handled at once. */
  readonly concurrency: number
}

/**
 * The execution environments of one function: an event goes to a warm one that
 * is free, or to a new one, up to the concurrency (Lambda developer guide,
 * "Understanding Lambda function scaling"). None waits for another.
 */
export class Environments {
  readonly #options: EnvironmentsOptions
  readonly #busy = new Set<FunctionProcess>()
  /** The one used last is used next: with few events there are few environments. */
  #free: FunctionProcess[] = []
  #closed = false

  constructor(options: EnvironmentsOptions) {
    this.#options = options
  }

  /**
   * Takes an environment and gives it the event. Throws AwsError
   * TooManyRequestsException, at once, where all are busy; the returned promise
   * does not reject.
   */
  invoke(payload: unknown, requestId?: string): Promise<InvocationResult> {
    if (this.#closed) throw new AwsError('ServiceException', 'The function is going away.', 500)
    if (this.#busy.size >= this.#options.concurrency) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429)
    }
    return this.#handle(payload, requestId)
  }

  /** Ends them all, those with an event included. */
  async close(): Promise<void> {
    this.#closed = true
    const all = [...this.#busy, ...this.#free]
    this.#free = []
    await Promise.all(all.map((each) => each.close()))
  }

  async #handle(payload: unknown, requestId?: string): Promise<InvocationResult> {
    // An environment that ended while nobody looked is not warm any more.
    this.#free = this.#free.filter((each) => each.running)
    const environment = this.#free.pop() ?? new FunctionProcess(this.#options)
    this.#busy.add(environment)
    const result = await environment.invoke(payload, requestId)
    this.#busy.delete(environment)
    if (environment.running) this.#free.push(environment)
    return result
  }
}
