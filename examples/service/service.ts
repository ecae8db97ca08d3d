import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { setTimeout as realSleep } from 'node:timers/promises'
import { readText } from './http/body.ts'
import { Refusal } from './http/refusal.ts'
import { matcher } from './http/routes.ts'
import type { Answer } from './http/routes.ts'
import { loginRoutes } from './routes/login.ts'
import { orderRoutes } from './routes/orders.ts'
import { paymentRoutes } from './routes/payments.ts'
import { projectRoutes } from './routes/projects.ts'
import { queueRoutes } from './routes/queue.ts'
import { statusRoutes } from './routes/status.ts'
import type { Settings } from './settings.ts'
import type { Stores } from './storage/stores.ts'

export interface ServiceOptions {
  readonly settings: Settings
  readonly stores: Stores
  readonly onError: (error: unknown) => void
  readonly sleep?: (ms: number) => Promise<unknown>
}

/** The whole service behind one HTTP server, which does not listen yet. */
export function createService({
  settings,
  stores,
  onError,
  sleep = realSleep
}: ServiceOptions): Server {
  const { version, bug, slowMs } = settings
  const find = matcher({
    ...statusRoutes(settings),
    ...loginRoutes(stores.sessions, settings),
    ...projectRoutes(stores),
    ...queueRoutes(stores.queue),
    ...orderRoutes(stores, settings),
    ...paymentRoutes(stores.orders, { ...settings, sleep })
  })

  async function answer(request: IncomingMessage): Promise<Answer> {
    const path = URL.parse(request.url ?? '/', 'http://service')?.pathname ?? ''
    const call = `${request.method ?? ''} ${path}`
    if (bug === 'slow' && path !== '/health') await sleep(slowMs)
    const match = find(call)
    if (!match) return { status: 404, content: { error: `nothing at ${call}` } }
    const { headers } = request
    return match.handler({ id: match.id, headers, body: () => readText(request) })
  }

  function afterError(error: unknown): Answer {
    if (error instanceof Refusal) return { status: error.status, content: { error: error.message } }
    onError(error)
    return { status: 500, content: { error: 'internal error' } }
  }

  const server = createServer((request, response) => {
    void answer(request)
      .catch(afterError)
      .then(({ status, content }) => {
        response.setHeader('x-app-version', version)
        // Once closed, a connection that stays open would keep the process from ending.
        if (!server.listening) response.setHeader('connection', 'close')
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(content))
      })
  })
  // Longer than a load balancer keeps its idle connections, so that it never uses one we just closed.
  server.keepAliveTimeout = 65_000
  return server
}
