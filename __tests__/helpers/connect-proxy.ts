import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A proxy on loopback. Whatever host it is asked for, it connects to `origin`. */
export interface ConnectProxy {
  readonly port: number
  /** What it was asked for: `CONNECT host:port`, or `GET http://...`. */
  readonly asked: readonly string[]
  /** `Proxy-Authorization` of the last request. */
  readonly authorization: () => string | undefined
  close(): Promise<void>
}

export interface Origin {
  readonly port: number
  readonly certificate: string
  close(): Promise<void>
}

/** How a proxy answers that does not connect: a status, or not at all. */
export type Refusal = 407 | 502 | 'silence'

export async function openProxy(origin: number, refusal?: Refusal): Promise<ConnectProxy> {
  const asked: string[] = []
  let authorization: string | undefined
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.end('through the proxy')
  })
  server.on('connect', ({ url = '', headers }, socket: Socket) => {
    asked.push(`CONNECT ${url}`)
    authorization = headers['proxy-authorization']
    socket.on('error', () => undefined)
    if (refusal === 'silence') return
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal} no\r\n\r\n`)
    const onwards = connect(origin, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onwards.pipe(socket).pipe(onwards)
    })
    onwards.on('error', () => socket.destroy())
    socket.on('close', () => onwards.destroy())
  })
  return { asked, authorization: () => authorization, ...(await listen(server)) }
}

/** An HTTPS server for these names, with a certificate that openssl makes. */
export async function openOrigin(
  names: readonly string[],
  listener: RequestListener
): Promise<Origin> {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  const at = (name: string): string => join(folder, name)
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-subj', '/CN=test', '-keyout', at('key'), '-out', at('certificate')],
      ...['-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`]
    ],
    { stdio: 'ignore' }
  )
  const key = readFileSync(at('key'), 'utf8')
  const certificate = readFileSync(at('certificate'), 'utf8')
  rmSync(folder, { recursive: true })
  return { certificate, ...(await listen(createHttpsServer({ key, cert: certificate }, listener))) }
}

async function listen(server: Server): Promise<Pick<Origin, 'port' | 'close'>> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { port, close }
}
