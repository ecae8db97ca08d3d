import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Decision } from './arguments.ts'
import type { GateState } from './gate-state.ts'
import { CONTENT_SECURITY_POLICY } from './page-assets.ts'
import { page } from './page.ts'
import { languageOf } from './words.ts'

export interface GateServer {
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves the page on loopback. A decision needs the token that only the page
 * holds, so that no other page in the same browser can decide. `decide` throws
 * where there is nothing to decide.
 */
export async function serveGate(
  state: () => GateState,
  decide: (decision: Decision) => void
): Promise<GateServer> {
  const token = randomBytes(16).toString('hex')
  let host = ''
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://gate')
    // A name that was rebound to this address is somebody else's page.
    if (request.headers.host !== host) return end(response, 421, 'wrong host')
    const language = languageOf(searchParams.get('lang'), request.headers['accept-language'])
    const call = `${request.method ?? ''} ${pathname}`
    if (call === 'GET /') {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY)
      return end(response, 200, page(state(), { language, token }))
    }
    if (call === 'POST /decide') {
      const form = new URLSearchParams(await body(request))
      const decision = form.get('decision')
      if (form.get('token') !== token) return end(response, 403, 'no token of this page')
      if (decision !== 'approve' && decision !== 'reject') return end(response, 400, 'no decision')
      try {
        decide(decision)
      } catch (error) {
        return end(response, 409, error instanceof Error ? error.message : String(error))
      }
      response.setHeader('location', `/?lang=${language}`)
      return end(response, 303, '')
    }
    return end(response, 404, 'nothing here')
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  host = `127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
  return {
    url: `http://${host}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

const LARGEST = 1024

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!(chunk instanceof Buffer)) continue
    size += chunk.length
    if (size > LARGEST) throw new Error('too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function end(response: ServerResponse, status: number, text: string): void {
  response.setHeader('cache-control', 'no-store')
  response.writeHead(status).end(text)
}
