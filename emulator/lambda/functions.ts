/** Lambda functions of one emulated account. */
export interface Lambda {
  /** Registers or replaces a function. Throws AwsError where it reserves more than the account has to spare. */
  create(name: string, code: FunctionCode): StoredFunction
  /** By name, ARN or qualified ARN. */
  find(nameOrArn: string): StoredFunction | undefined
  /**
   * Invokes and waits. A throwing function is an answer with `functionError`,
   * not an exception. Rejects with AwsError: ResourceNotFoundException, or
   * TooManyRequestsException where its concurrency is used up. `requestId`: the
   * same for every attempt of an asynchronous invocation; a new one unless given.
   */
  invoke(nameOrArn: string, payload: unknown, requestId?: string): Promise<InvocationResult>
  names(): string[]
  /** Stops child processes. */
  close(): Promise<void>
}

/**
 * Inline: a handler in this process (emulator worlds, tests). Module: a built
 * bundle that exports `handler`, run in a child process with its own
 * environment, as Lambda does, and in several where events overlap.
 */
export type FunctionCode =
  | { readonly kind: 'inline'; readonly handler: (payload: unknown) => unknown }
  | {
      readonly kind: 'module'
      readonly path: string
      readonly environment: Readonly<Record<string, string>>
      /** ARN of its execution role; `NAME-role` of the account unless given. */
      readonly role?: string
      /** How many events it handles at once, its reserved concurrency; 10 unless given. */
      readonly concurrency?: number
      /**
       * Attached to the VPC: it reaches load balancers and tasks at their own names and
       * addresses, as of the beginning of each event, and nothing else.
       */
      readonly vpc?: boolean
      /** How long one event may take, in seconds of the machine's time; 900, the most there is, unless given. */
      readonly timeoutSeconds?: number
    }

export interface StoredFunction {
  readonly name: string
  readonly arn: string
  readonly code: FunctionCode
  /** Invocations so far, newest last, throttled ones left out: a world without a gate can be shown never to have asked. */
  readonly invocations: readonly { readonly at: number; readonly payload: unknown }[]
  /** What a module function wrote to stdout and stderr. */
  readonly logs: readonly string[]
}

export interface InvocationResult {
  readonly payload: unknown
  readonly functionError: 'Handled' | 'Unhandled' | undefined
}
