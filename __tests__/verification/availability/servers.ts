import { createServer, type RequestListener } from 'node:http'
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket
} from 'node:net'

/** A server on 127.0.0.1, closed with everything that is connected to it. */
export interface TestServer {
  readonly url: URL
  /** Of all connections so far. */
  readonly connections: () => number
  close(): Promise<void>
}

export function serve(listener: RequestListener): Promise<TestServer> {
  return listen(createServer(listener))
}

/** Speaks for itself, byte by byte, once something was asked. */
export function serveRaw(answer: (socket: Socket) => void): Promise<TestServer> {
  return listen(
    createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => answer(socket))
    })
  )
}

async function listen(server: Server): Promise<TestServer> {
  const open = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket) => {
    connections++
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    connections: () => connections,
    close: () => {
      for (const socket of open) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    }
  }
}

/** Where nobody listens. */
export async function closedPort(): Promise<URL> {
  const server = await serve(() => undefined)
  await server.close()
  return server.url
}
