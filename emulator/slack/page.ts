import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { isObject, objectIn, readBody } from './body.ts'
import type { Slack } from './slack.ts'
import { ofBot } from './shapes.ts'
import type { Workspace } from './workspace.ts'

/** Nothing but our own files; messages are shown as text nodes only. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const FILES = [
  'blocks.css',
  'blocks.js',
  'client.js',
  'dates.js',
  'dialogs.css',
  'dialogs.js',
  'drawings.js',
  'emoji.js',
  'icon.svg',
  'inputs.js',
  'language.js',
  'messages.js',
  'mrkdwn.js',
  'style.css'
]
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml'
}

/** How often the page is told the emulated time, in real milliseconds. */
const TICK_MS = 1_000

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** The page on which the workspace can be watched and clicked, for whoever `?user=` names. */
export function pageFor(slack: Slack, host: string): Handler {
  const token = randomBytes(16).toString('hex')
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://slack')
    // A name that was rebound to this address is somebody else's page.
    if (request.headers.host !== host) return send(response, 421, 'text/plain', 'wrong host')
    const file = FILES.find((name) => url.pathname === `/${name}`)
    if (request.method === 'GET' && url.pathname === '/') {
      response.setHeader('content-security-policy', POLICY)
      return send(response, 200, 'text/html', read('index.html').replace('{token}', token))
    }
    if (request.method === 'GET' && file !== undefined) {
      return send(response, 200, TYPES[extname(file).slice(1)] ?? '', read(file))
    }
    if (url.searchParams.get('token') !== token)
      return send(response, 403, 'text/plain', 'no token of this page')
    const user = url.searchParams.get('user') ?? ''
    if (request.method === 'GET' && url.pathname === '/events') {
      follow(slack.workspace, user, request, response)
      return undefined
    }
    if (request.method === 'POST')
      return act(slack, url.pathname, user, await readBody(request), response)
    return send(response, 404, 'text/plain', 'nothing here')
  }
}

async function act(
  slack: Slack,
  path: string,
  user: string,
  body: string,
  response: ServerResponse
): Promise<void> {
  const given = objectIn(body) ?? {}
  const text = (name: string): string => {
    const value = given[name]
    return typeof value === 'string' ? value : ''
  }
  if (path === '/click') {
    const option = text('option')
    await slack.click(user, text('ts'), text('action'), option === '' ? undefined : option)
  } else if (path === '/press') await slack.press(user, text('action'))
  else if (path === '/submit') await slack.submit(user, textsIn(given['values']))
  else if (path === '/dismiss') slack.workspace.closeView(user)
  else return send(response, 404, 'text/plain', 'nothing here')
  return send(response, 200, 'application/json', '{}')
}

function textsIn(value: unknown): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : []
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  )
}

/**
 * Server-sent events: the whole state after every change (a channel of a demo
 * is small), and the time every second, for dates that tell how long it is.
 */
function follow(
  workspace: Workspace,
  user: string,
  request: IncomingMessage,
  response: ServerResponse
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const push = (): void =>
    void response.write(`data: ${JSON.stringify(stateFor(workspace, user))}\n\n`)
  const stop = workspace.onChange(push)
  const tick = setInterval(
    () => void response.write(`event: tick\ndata: ${workspace.clock.now()}\n\n`),
    TICK_MS
  )
  tick.unref()
  request.on('close', () => {
    stop()
    clearInterval(tick)
  })
  push()
}

function stateFor(workspace: Workspace, user: string): object {
  const { options, members, messages, ephemerals, views, troubles, clock } = workspace
  return {
    now: clock.now(),
    app: ofBot(workspace)['real_name'],
    channels: options.channels,
    members: [...members.values()].map(({ id, name, bot = false }) => ({ id, name, bot })),
    messages,
    ephemerals: ephemerals.filter((each) => each.user === user),
    modal: views.get(user),
    trouble: troubles.get(user)
  }
}

function read(name: string): string {
  return readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8')
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('content-type', `${type}; charset=utf-8`)
  response.writeHead(status).end(body)
}
