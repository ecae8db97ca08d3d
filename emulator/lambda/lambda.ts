import type { Clock } from '../clock.ts'
import { AwsError } from '../errors.ts'
import type { Routes } from '../vpc.ts'
import { Environments } from './environments.ts'
import type { FunctionCode, InvocationResult, Lambda, StoredFunction } from './functions.ts'

export interface LambdaOptions {
  readonly clock: Clock
  readonly partition: string
  readonly account: string
  readonly region: string
  /** How many events all functions may handle at once; what is reserved for one is taken from it. */
  readonly accountConcurrency: number
  /** What functions that are attached to the VPC reach there. */
  readonly routes?: () => Routes
  /** What every module function finds in its environment besides its own: credentials, endpoint. */
  readonly environment: (
    functionName: string,
    role: string | undefined
  ) => Readonly<Record<string, string>>
}

interface Entry extends StoredFunction {
  readonly invocations: { at: number; payload: unknown }[]
  readonly logs: string[]
  /** Of a module function. */
  readonly environments: Environments | undefined
}

/** The Lambda functions of one account. */
export function createLambda(options: LambdaOptions): Lambda {
  const { clock, partition, account, region } = options
  const functions = new Map<string, Entry>()
  const prefix = `arn:${partition}:lambda:${region}:${account}:function:`
  const retired: Promise<void>[] = []

  function find(nameOrArn: string): Entry | undefined {
    return functions.get(functionName(nameOrArn, prefix))
  }

  /**
   * 100 have to be left unreserved (Lambda developer guide, "Configuring reserved concurrency"), or
   * all that the account has, if that is less: the figure in the message is then the account's own
   * (observed: aws-samples/one-observability-demo#278 with 10, aws-samples/s3-to-lambda-patterns#36
   * with 50).
   */
  function checkReservation(name: string, code: FunctionCode): void {
    const others = [...functions.values()].filter((each) => each.name !== name)
    const reserved = [code, ...others.map((each) => each.code)].map(reservedBy)
    const least = Math.min(100, options.accountConcurrency)
    const left = options.accountConcurrency - reserved.reduce((sum, each) => sum + each, 0)
    if (reservedBy(code) === 0 || left >= least) return
    const message = `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${least}].`
    throw new AwsError('InvalidParameterValueException', message)
  }

  return {
    create(name, code) {
      checkReservation(name, code)
      const former = functions.get(name)?.environments
      if (former) retired.push(former.close())
      const logs: string[] = []
      const arn = prefix + name
      const entry: Entry = {
        name,
        arn,
        code,
        invocations: [],
        logs,
        environments: environmentsOf(
          code,
          arn,
          (role) => baseEnvironment(options, name, role),
          options.routes,
          logs
        )
      }
      functions.set(name, entry)
      return entry
    },

    find,

    async invoke(nameOrArn, payload, requestId) {
      const entry = find(nameOrArn)
      if (!entry) {
        const arn = nameOrArn.startsWith('arn:') ? nameOrArn : prefix + nameOrArn
        throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404)
      }
      const invocation = { at: clock.now(), payload }
      const running = entry.environments?.invoke(payload, requestId)
      entry.invocations.push(invocation)
      if (running) return running
      return entry.code.kind === 'inline' ? runInline(entry.code.handler, payload) : NO_ANSWER
    },

    names: () => [...functions.keys()],

    async close() {
      await Promise.all([
        ...retired,
        ...[...functions.values()].map((entry) => entry.environments?.close())
      ])
    }
  }
}

const NO_ANSWER: InvocationResult = { payload: null, functionError: undefined }

/** A name, a partial ARN (`123456789012:function:x`) or an ARN, each with or without a qualifier. */
function functionName(nameOrArn: string, prefix: string): string {
  if (nameOrArn.startsWith('arn:') && !nameOrArn.startsWith(prefix)) return nameOrArn
  const unqualified = nameOrArn.replace(prefix, '').replace(/^\d{12}:function:/, '')
  return unqualified.split(':', 1).join()
}

function reservedBy(code: FunctionCode): number {
  return code.kind === 'module' ? (code.concurrency ?? 0) : 0
}

const DEFAULT_CONCURRENCY = 10
const LONGEST_TIMEOUT_SECONDS = 900

function environmentsOf(
  code: FunctionCode,
  arn: string,
  base: (role: string | undefined) => Record<string, string>,
  routes: LambdaOptions['routes'],
  logs: string[]
): Environments | undefined {
  if (code.kind !== 'module') return undefined
  const { path, environment, role, concurrency = DEFAULT_CONCURRENCY, vpc = false } = code
  const { timeoutSeconds = LONGEST_TIMEOUT_SECONDS } = code
  return new Environments({
    arn,
    path,
    concurrency,
    timeoutMs: timeoutSeconds * 1000,
    ...(vpc && routes && { routes }),
    environment: () => ({ ...base(role), ...environment }),
    onOutput: (text) => logs.push(text)
  })
}

async function runInline(
  handler: (payload: unknown) => unknown,
  payload: unknown
): Promise<InvocationResult> {
  try {
    return { payload: (await handler(payload)) ?? null, functionError: undefined }
  } catch (error) {
    const known = error instanceof Error ? error : new Error(String(error))
    const failure = { errorType: known.name, errorMessage: known.message, trace: [] }
    return { payload: failure, functionError: 'Unhandled' }
  }
}

/** What Lambda itself puts into a Node.js function's environment. */
function baseEnvironment(
  options: LambdaOptions,
  name: string,
  role: string | undefined
): Record<string, string> {
  return {
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    TZ: ':UTC',
    ...options.environment(name, role)
  }
}
