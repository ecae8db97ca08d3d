import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { HttpAnswer, HttpRequest } from './protocol.ts'

/** Answers a request, or says that the connection is to be reset. */
export type Handler = (request: HttpRequest) => Promise<{ readonly answer: HttpAnswer } | 'reset'>

export interface RunningServer {
  readonly port: number
  close(): Promise<void>
}

/** Node's own 5 s would have clients connect anew that ask every few seconds. */
export const KEPT_CONNECTION_MS = 60_000

/** Listens on loopback only. The first handler whose prefix fits the path gets the request. */
export async function serve(
  port: number,
  handlers: readonly (readonly [prefix: string, handler: Handler])[]
): Promise<RunningServer> {
  const server = createServer((message, response) => {
    void respond(handlers, message, response)
  })
  server.keepAliveTimeout = KEPT_CONNECTION_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { port: address.port, close: () => closeServer(server) }
}

async function respond(
  handlers: readonly (readonly [string, Handler])[],
  message: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  try {
    const request = await readRequest(message)
    const handler = handlers.find(([prefix]) => request.path.startsWith(prefix))?.[1]
    const outcome = handler ? await handler(request) : NOT_FOUND
    if (outcome === 'reset') {
      message.socket.resetAndDestroy()
      return
    }
    const { status, headers, body } = outcome.answer
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
    response.end(body)
  } catch {
    // The client went away while it was sending or waiting: nobody is left to answer.
    message.socket.destroy()
  }
}

async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array))
  const url = message.url ?? '/'
  const mark = url.indexOf('?')
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers: message.headers,
    body: Buffer.concat(chunks)
  }
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

const NOT_FOUND = { answer: { status: 404, headers: {}, body: '' } }
