/**
 * The service that examples and the demo release: a small order service.
 * Plain Node, no dependencies: `node examples/service/server.ts`.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Orders } from './orders.ts'

const version = process.env['APP_VERSION'] ?? 'dev'
const host = process.env['HOST'] ?? '0.0.0.0'
const port = Number(process.env['PORT'] ?? 8080)
/** A fault to release on purpose; the README lists them. */
const bug = process.env['BUG'] ?? ''
const slowMs = Number(process.env['SLOW_MS'] ?? 2000)
const MAX_BODY_BYTES = 64 * 1024

const orders = new Orders({ wrongTotal: bug === 'wrong-total' })
let stopping = false

const server = createServer((request, response) => {
  response.setHeader('x-app-version', version)
  void handle(request, response).catch((error: unknown) => {
    log('error', { error: String(error) })
    if (!response.headersSent) send(response, 500, { error: 'internal error' })
  })
})
// Longer than a load balancer keeps its idle connections, so that it never uses one we just closed.
server.keepAliveTimeout = 65_000

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://service').pathname
  const call = `${request.method ?? ''} ${path}`
  if (call === 'GET /health') {
    send(response, bug === 'unhealthy' ? 500 : 200, {
      status: bug === 'unhealthy' ? 'failing' : 'ok'
    })
    return
  }
  if (bug === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs))
  if (call === 'GET /version') return send(response, 200, { version, startedAt, pid: process.pid })
  if (call === 'GET /orders') return send(response, 200, { orders: orders.all() })
  if (call === 'POST /orders') return create(response, await body(request))
  const id = /^GET \/orders\/([\w-]+)$/.exec(call)?.[1]
  const order = id === undefined ? undefined : orders.find(id)
  if (order) return send(response, 200, order)
  send(response, 404, { error: `nothing at ${call}` })
}

function create(response: ServerResponse, text: string | undefined): void {
  if (text === undefined) return send(response, 413, { error: 'an order has at most 64 KiB' })
  const { order, problem } = orders.create(text)
  if (order) return send(response, 201, order)
  send(response, 400, { error: problem })
}

async function body(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, content: unknown): void {
  // A connection that stays open would keep the process from ending.
  if (stopping) response.setHeader('connection', 'close')
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(content))
}

function log(message: string, more: object): void {
  process.stdout.write(
    `${JSON.stringify({ time: new Date().toISOString(), version, message, ...more })}\n`
  )
}

const startedAt = new Date().toISOString()
if (bug === 'crash') {
  process.stderr.write('cannot reach the order database: giving up\n')
  process.exitCode = 1
} else {
  server.listen(port, host, () => {
    const address = server.address()
    log('listening', { host, port: typeof address === 'object' ? address?.port : port })
  })
}

process.on('SIGTERM', () => {
  stopping = true
  log('stopping', {})
  // Open requests are finished first; then nothing keeps the process alive.
  server.close()
  server.closeIdleConnections()
})
