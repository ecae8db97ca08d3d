import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { KEPT_CONNECTION_MS } from '../http/server.ts'
import { readBody } from './body.ts'
import { answerCall, readCall } from './call.ts'
import { Faults } from './faults.ts'
import { click, press, submit } from './interactivity.ts'
import { pageFor } from './page.ts'
import { RateLimit } from './rate-limit.ts'
import { ResponseUrls } from './response-urls.ts'
import type { Call, Slack } from './slack.ts'
import { fail } from './web-api.ts'
import type { Answer } from './web-api.ts'
import { Workspace } from './workspace.ts'
import type { WorkspaceOptions } from './workspace.ts'

export interface SlackOptions extends WorkspaceOptions {
  /** Where clicks go; it can be set later. */
  readonly interactivityUrl?: string
}

/** Starts it on a free port of this machine. */
export async function startSlack(options: SlackOptions): Promise<Slack> {
  const workspace = new Workspace(options)
  const faults = new Faults()
  const limit = options.rateLimits === 'off' ? undefined : new RateLimit(options.clock)
  const responseUrls = new ResponseUrls(workspace)
  const calls: Call[] = []
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.keepAliveTimeout = KEPT_CONNECTION_MS

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://slack')
    if (url.pathname.startsWith('/api/')) return api(url, request, response)
    if (request.method === 'POST' && url.pathname.startsWith('/actions/')) {
      const { status, body } = responseUrls.post(url.pathname, await readBody(request))
      return end(response, status, status === 200 ? 'text/html' : 'application/json', body)
    }
    return page(request, response)
  }

  async function api(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = url.pathname.slice('/api/'.length)
    const given = readCall(request, url.searchParams, await readBody(request))
    const note = (said: string): void => {
      calls.push({ at: options.clock.now(), method, arguments: given.args, answer: said })
    }
    const fault = faults.take(method)
    if (fault === 'hang') return note(fault)
    if (fault === 'reset') {
      note(fault)
      return void request.socket.resetAndDestroy()
    }
    if (fault === 'server-error') {
      note(fault)
      return end(response, 500, 'text/html', 'server error')
    }
    if (typeof fault === 'object' && 'slowMs' in fault) await options.clock.sleep(fault.slowMs)
    const channel = typeof given.args['channel'] === 'string' ? given.args['channel'] : ''
    const wait = fault === 'ratelimited' ? 30 : limit?.admit(method, channel)
    if (wait !== undefined) response.setHeader('retry-after', String(wait))
    const result = ((): Answer => {
      if (wait !== undefined) return fail('ratelimited')
      if (typeof fault === 'object' && 'error' in fault) return fail(fault.error)
      return answerCall(method, given, workspace)
    })()
    note(result.ok ? 'ok' : result.error)
    end(response, wait === undefined ? 200 : 429, 'application/json', JSON.stringify(result))
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const host = `127.0.0.1:${address.port}`
  workspace.address = `http://${host}`
  const app = {
    workspace,
    get url(): string {
      if (slack.interactivityUrl === undefined) throw new Error('the app has no interactivity URL')
      return slack.interactivityUrl
    },
    responseUrls
  }
  const slack: Slack = {
    apiUrl: `http://${host}/api/`,
    pageUrl: `http://${host}/`,
    workspace,
    calls,
    interactivityUrl: options.interactivityUrl,
    fail: (method, fault, times) => faults.put(method, fault, times),
    recover: () => faults.clear(),
    messages: (channel) => workspace.messages.filter((each) => each.channel === channel),
    ephemerals: (user) => workspace.ephemerals.filter((each) => each.user === user),
    click: (user, ts, actionId, option) => click(app, user, { ts, actionId, option }),
    press: (user, actionId) => press(app, user, actionId),
    submit: (user, values) => submit(app, user, values),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
  const page = pageFor(slack, host)
  return slack
}

function end(response: ServerResponse, status: number, type: string, body: string): void {
  response.setHeader('content-type', `${type}; charset=utf-8`)
  response.writeHead(status).end(body)
}
