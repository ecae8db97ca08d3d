import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { AwsError } from '../errors.ts'
import { KEPT_CONNECTION_MS } from '../http/server.ts'
import type { World } from '../world.ts'
import { fromFunction, INTERNAL_ERROR, message } from './answer.ts'
import type { ApiAnswer } from './answer.ts'
import { Bucket } from './bucket.ts'
import type { Throttling } from './bucket.ts'
import { proxyEvent } from './event.ts'
import type { ApiRequest } from './event.ts'

/** What of an API can be changed while it stands. */
export interface HttpApiSettings {
  /** Function by route key: `POST /slack/interactions`, `ANY /x` or `$default`. */
  readonly routes: Readonly<Record<string, string>>
  /** The account's own limits, which nobody reaches here, unless given. */
  readonly throttling?: Throttling
  /** Milliseconds of the machine's time a function may take, on whatever route; API Gateway's 30 s unless given. */
  readonly timeoutMs?: number
}

export interface HttpApiOptions extends HttpApiSettings {
  /** 0, the default, takes a free one. */
  readonly port?: number
}

/** An HTTP API of API Gateway with its stage `$default`, on loopback. */
export interface HttpApi {
  readonly apiId: string
  /** Without a slash at the end. */
  readonly url: string
  /** Counts from the next request. Routes are added; what is not named stays. */
  change(settings: Partial<HttpApiSettings>): void
  close(): Promise<void>
}

/** API Gateway quotas for HTTP APIs: payload size 10 MB, integration timeout 30 seconds. */
const MAX_BODY_BYTES = 10 * 1024 * 1024
const INTEGRATION_TIMEOUT_MS = 30_000

/** Opens an HTTP API in front of functions of this account. */
export async function openHttpApi(world: World, options: HttpApiOptions): Promise<HttpApi> {
  const apiId = randomBytes(5).toString('hex')
  let settings: HttpApiSettings = options
  const bucketOf = ({ throttling }: Partial<HttpApiSettings>): Bucket | undefined =>
    throttling && new Bucket(world.clock, throttling)
  let bucket = bucketOf(options)
  const server = createServer((incoming, response) => {
    const requestId = randomBytes(11).toString('base64')
    void handle(incoming, requestId)
      .catch(() => INTERNAL_ERROR)
      .then((answer) => write(response, answer, requestId))
  })
  server.keepAliveTimeout = KEPT_CONNECTION_MS

  async function handle(incoming: IncomingMessage, requestId: string): Promise<ApiAnswer> {
    const [path, query] = split(incoming.url ?? '/')
    const method = incoming.method ?? 'GET'
    const route = routeOf(settings.routes, method, path)
    if (!route) return message(404, 'Not Found')
    if (bucket && !bucket.admit()) return message(429, 'Too Many Requests')
    const body = await readBody(incoming)
    if (!body) return message(413, 'Request Entity Too Large')
    const request: ApiRequest = {
      method,
      path,
      query,
      rawHeaders: incoming.rawHeaders,
      body,
      sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
      httpVersion: incoming.httpVersion
    }
    const event = proxyEvent(request, {
      apiId,
      region: world.region,
      account: world.account,
      routeKey: route.key,
      requestId,
      at: Math.floor(world.clock.now()),
      port: incoming.socket.localPort ?? 0,
      httpApiBody: world.switches.httpApiBody
    })
    return integrate(world, route.target, event, settings.timeoutMs ?? INTEGRATION_TIMEOUT_MS)
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the API has no port')
  return {
    apiId,
    url: `http://127.0.0.1:${address.port}`,
    change(changed) {
      const routes = { ...settings.routes, ...changed.routes }
      settings = { ...settings, ...changed, routes }
      bucket = bucketOf(changed) ?? bucket
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

async function integrate(
  world: World,
  functionName: string,
  event: object,
  timeoutMs: number
): Promise<ApiAnswer> {
  const late = Promise.withResolvers<ApiAnswer>()
  const timer = setTimeout(() => late.resolve(message(503, 'Service Unavailable')), timeoutMs)
  try {
    return await Promise.race([
      world.lambda.invoke(functionName, event).then(fromFunction),
      late.promise
    ])
  } catch (error) {
    // A function that is not there or may not be invoked now: API Gateway says no more than this.
    if (error instanceof AwsError) return INTERNAL_ERROR
    throw error
  } finally {
    clearTimeout(timer)
  }
}

function routeOf(
  routes: HttpApiOptions['routes'],
  method: string,
  path: string
): { readonly key: string; readonly target: string } | undefined {
  for (const key of [`${method} ${path}`, `ANY ${path}`, '$default']) {
    const target = Object.hasOwn(routes, key) ? routes[key] : undefined
    if (target !== undefined) return { key, target }
  }
  return undefined
}

/** Undefined where there are more bytes than API Gateway takes; the rest is read and thrown away. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size <= MAX_BODY_BYTES) chunks.push(bytes)
    else chunks.length = 0
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined
}

function write(response: ServerResponse, answer: ApiAnswer, requestId: string): void {
  const { status, headers, cookies, body } = answer
  response.writeHead(status, {
    ...headers,
    ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
    'apigw-requestid': requestId,
    'content-length': Buffer.byteLength(body)
  })
  response.end(body)
}

function split(url: string): [path: string, query: string] {
  const mark = url.indexOf('?')
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)]
}
