import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from './body.ts'
import { Faults } from './faults.ts'
import type { Fault } from './faults.ts'
import { click, submit } from './interactivity.ts'
import type { Interaction } from './interactivity.ts'
import { pageFor } from './page.ts'
import { RateLimit } from './rate-limit.ts'
import { fail, METHODS } from './web-api.ts'
import type { Answer, Arguments } from './web-api.ts'
import { Workspace } from './workspace.ts'
import type { WorkspaceOptions } from './workspace.ts'

export interface SlackOptions extends WorkspaceOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number
}

/** One call of the Web API, as it came in. The token is not kept. */
export interface Call {
  readonly at: number
  readonly method: string
  readonly arguments: Arguments
  /** `ok`, or Slack's error. */
  readonly answer: string
}

/** A Slack with one workspace, on loopback: its Web API, its interactivity and a page to look at it. */
export interface Slack {
  /** For `slackApiUrl`, with a slash at the end. */
  readonly apiUrl: string
  /** The page; `?user=U...` is who looks. */
  readonly pageUrl: string
  readonly workspace: Workspace
  readonly calls: readonly Call[]
  /** Where clicks go: the app's interactivity URL. Undefined until it is told. */
  interactivityUrl: string | undefined
  /** Makes a method misbehave, `times` times or until `faults.clear()`. */
  fail(method: string, fault: Fault, times?: number): void
  recover(): void
  click(user: string, ts: string, actionId: string): Promise<Interaction>
  /** `values` by block id. */
  submit(user: string, values: Readonly<Record<string, string>>): Promise<Interaction>
  close(): Promise<void>
}

export async function startSlack(options: SlackOptions): Promise<Slack> {
  const workspace = new Workspace(options)
  const faults = new Faults()
  const limit = options.rateLimits === 'off' ? undefined : new RateLimit(options.clock)
  const calls: Call[] = []
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://slack')
    if (pathname.startsWith('/api/')) return api(pathname.slice('/api/'.length), request, response)
    return page(request, response)
  }

  async function api(
    method: string,
    request: IncomingMessage,
    response: ServerResponse
  ): Promise<void> {
    const args = readArguments(request, await readBody(request))
    const fault = faults.take(method)
    if (fault === 'hang') return
    if (fault === 'reset') return void request.socket.resetAndDestroy()
    if (fault === 'server-error') return end(response, 500, 'text/html', 'server error')
    const channel = typeof args['channel'] === 'string' ? args['channel'] : ''
    const wait = fault === 'ratelimited' ? 30 : limit?.admit(method, channel)
    if (wait !== undefined) response.setHeader('retry-after', String(wait))
    const result =
      wait !== undefined
        ? fail('ratelimited')
        : typeof fault === 'object'
          ? fail(fault.error)
          : call(method, request, args)
    calls.push({
      at: options.clock.now(),
      method,
      arguments: args,
      answer: result.ok ? 'ok' : result.error
    })
    end(response, wait === undefined ? 200 : 429, 'application/json', JSON.stringify(result))
  }

  function call(method: string, request: IncomingMessage, args: Arguments): Answer {
    const { authorization } = request.headers
    if (authorization === undefined) return fail('not_authed')
    if (authorization !== `Bearer ${options.botToken}`) return fail('invalid_auth')
    const run = METHODS[method]
    return run ? run(args, workspace) : fail('unknown_method')
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const host = `127.0.0.1:${address.port}`
  const slack: Slack = {
    apiUrl: `http://${host}/api/`,
    pageUrl: `http://${host}/`,
    workspace,
    calls,
    interactivityUrl: undefined,
    fail: (method, fault, times) => faults.put(method, fault, times),
    recover: () => faults.clear(),
    click: (user, ts, actionId) => click(workspace, url(), user, ts, actionId),
    submit: (user, values) => submit(workspace, url(), user, values),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
  const page = pageFor(slack, host)
  return slack

  function url(): string {
    if (slack.interactivityUrl === undefined) throw new Error('the app has no interactivity URL')
    return slack.interactivityUrl
  }
}

function readArguments(request: IncomingMessage, body: string): Arguments {
  if (request.headers['content-type']?.startsWith('application/json') === true) {
    try {
      return JSON.parse(body) as Arguments
    } catch {
      return {}
    }
  }
  const form = new URLSearchParams(body)
  form.delete('token')
  return Object.fromEntries(form)
}

function end(response: ServerResponse, status: number, type: string, body: string): void {
  response.setHeader('content-type', `${type}; charset=utf-8`)
  response.writeHead(status).end(body)
}
