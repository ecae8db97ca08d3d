/**
 * The program inside a function's process: loads the bundle once, as a warm
 * Lambda does, and answers one event after the other over IPC.
 */
import { pathToFileURL } from 'node:url'
import type { RuntimeAnswer, RuntimeEvent } from './process.ts'
import { joinVpc } from './vpc.ts'

const bundle = process.argv[2] ?? ''
// Before the bundle, which may keep what it imports.
const enter = process.argv[3] === 'vpc' ? joinVpc() : undefined
const handler = await loadHandler(bundle)

process.on('disconnect', () => process.exit(0))
process.on('message', (event: RuntimeEvent) => {
  if (event.routes) enter?.(event.routes)
  void answer(event)
})
process.send?.('ready')

async function answer({ requestId, arn, payload, timeoutMs }: RuntimeEvent): Promise<void> {
  let result: RuntimeAnswer
  try {
    result = {
      requestId,
      payload: (await handler(payload, context(requestId, arn, timeoutMs))) ?? null
    }
  } catch (error) {
    const known = error instanceof Error ? error : new Error(String(error))
    result = {
      requestId,
      failure: {
        errorType: known.name,
        errorMessage: known.message,
        trace: known.stack?.split('\n') ?? []
      }
    }
  }
  process.send?.(result)
}

function context(requestId: string, arn: string, timeoutMs: number): object {
  const deadline = Date.now() + timeoutMs
  return {
    awsRequestId: requestId,
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
    invokedFunctionArn: arn,
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    getRemainingTimeInMillis: () => deadline - Date.now()
  }
}

type Handler = (event: unknown, context: object) => unknown

async function loadHandler(path: string): Promise<Handler> {
  const loaded: unknown = await import(pathToFileURL(path).href)
  for (const candidate of [loaded, member(loaded, 'default')]) {
    const found = member(candidate, 'handler')
    if (isHandler(found)) return found
  }
  throw new Error(`${path} exports no function named handler`)
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function'
}
