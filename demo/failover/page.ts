import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import type { SideNow } from './world.ts'

/** What the page shows at one moment. */
export interface PageState {
  readonly sides: readonly [SideNow, SideNow]
  readonly failures: number
  readonly releases: readonly PageRelease[]
}

export interface PageRelease {
  readonly version: string
  readonly from: string
  readonly to: string
  readonly finish: string
  /** Undefined while it goes on. */
  readonly outcome: string | undefined
  /** What the job has said last. */
  readonly line: string
}

export interface FailoverPage {
  readonly url: string
  close(): Promise<void>
}

/** Nothing but our own files. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html',
  js: 'text/javascript'
}
const FILES: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/client.js': 'client.js',
  '/style.css': 'style.css'
}
/** How often it is told what there is now. */
const TICK_MS = 500

/** A page on loopback that shows the two groups while releases go on. */
export async function openFailoverPage(state: () => PageState): Promise<FailoverPage> {
  const followers = new Set<ServerResponse>()
  const server = createServer((request, response) => answer(request, response, followers, state))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no TCP address')
  const timer = setInterval(() => {
    const data = event(state())
    for (const follower of followers) follower.write(data)
  }, TICK_MS)
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      clearInterval(timer)
      // Whoever still looks sees how it has ended.
      for (const follower of followers) follower.end(event(state()))
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    }
  }
}

function answer(
  { method, url = '/', headers, socket }: IncomingMessage,
  response: ServerResponse,
  followers: Set<ServerResponse>,
  state: () => PageState
): void {
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
  const file = FILES[url]
  // A name that was rebound to this address is somebody else's page.
  if (headers.host !== `127.0.0.1:${socket.localPort ?? 0}`) {
    response.writeHead(421).end('wrong host')
  } else if (method === 'GET' && url === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(event(state()))
    followers.add(response)
    response.on('close', () => followers.delete(response))
  } else if (method === 'GET' && file !== undefined) {
    const type = TYPES[extname(file).slice(1)] ?? 'text/plain'
    response.setHeader('content-security-policy', POLICY)
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` })
    response.end(readFileSync(new URL(`page/${file}`, import.meta.url)))
  } else {
    response.writeHead(404).end('nothing here')
  }
}

function event(state: PageState): string {
  return `data: ${JSON.stringify(state)}\n\n`
}
