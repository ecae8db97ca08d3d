import { request, type ClientRequest } from 'node:http'
import { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { bodyOf, exchange } from '../../../src/verification/http/exchange.ts'
import { serveRaw, type TestServer } from '../availability/servers.ts'

const HEAD = 'HTTP/1.1 200 OK\r\n'
const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n'
const LIMIT_MS = 250

let server: TestServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

/** Text of the body, or the error's code or name. */
async function endOf(sent: ClientRequest, signal?: AbortSignal): Promise<string> {
  sent.end()
  const limits = { timeoutMs: LIMIT_MS, ...(signal && { signal }) }
  try {
    const { bytes } = await exchange(sent, limits, (response) => bodyOf(response, 1024))
    return bytes.toString()
  } catch (error) {
    const { code, name } = error as Readonly<Record<'code' | 'name', unknown>>
    return String(code ?? name)
  } finally {
    sent.destroy()
  }
}

/** Answers that a server may give, and how the exchange ends. */
const ENDINGS: readonly (readonly [string, (socket: Socket) => unknown, string])[] = [
  ['a whole answer', (to) => to.write(`${HEAD}content-length: 2\r\n\r\nok`), 'ok'],
  ['an answer that ends with the connection', (to) => to.end(`${HEAD}\r\nok`), 'ok'],
  [
    'one that is announced before',
    (to) => to.write(`HTTP/1.1 103 Early Hints\r\n\r\n${HEAD}content-length: 2\r\n\r\nok`),
    'ok'
  ],
  ['another protocol', (to) => to.write(SWITCH), 'CLOSED'],
  ['another protocol, and its data', (to) => to.write(`${SWITCH}data`), 'CLOSED'],
  [
    '101 without the protocol that it switches to',
    (to) => to.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    ''
  ],
  [
    'another protocol after an announcement',
    (to) => to.write(`HTTP/1.1 100 \r\n\r\n${SWITCH}`),
    'CLOSED'
  ],
  ['announcements only', (to) => to.write('HTTP/1.1 102 Processing\r\n\r\n'), 'TimedOut'],
  ['nothing', () => undefined, 'TimedOut'],
  ['nothing, and the end', (to) => to.end(), 'ECONNRESET'],
  ['a reset', (to) => to.resetAndDestroy(), 'ECONNRESET'],
  ['half a head', (to) => to.end('HTTP/1.1 200'), 'ECONNRESET'],
  ['a head and the end', (to) => to.end(`${HEAD}content-length: 2\r\n\r\n`), 'ECONNRESET'],
  ['half a body', (to) => to.end(`${HEAD}content-length: 9\r\n\r\nhalf`), 'ECONNRESET'],
  ['half a chunk', (to) => to.end(`${HEAD}transfer-encoding: chunked\r\n\r\n9\r\nh`), 'ECONNRESET'],
  ['a body that does not go on', (to) => to.write(`${HEAD}content-length: 9\r\n\r\nh`), 'TimedOut'],
  ['no HTTP', (to) => to.end('SSH-2.0-OpenSSH\r\n'), 'HPE_INVALID_CONSTANT']
]

test.each(ENDINGS)('%s settles', async (_, answer, end) => {
  server = await serveRaw(answer)
  expect(await endOf(request(server.url, { agent: false }))).toBe(end)
})

test('a tunnel that is opened settles: nobody here takes it over', async () => {
  server = await serveRaw((to) => to.write('HTTP/1.1 200 Connection established\r\n\r\n'))
  const { hostname, port } = server.url
  const sent = request({ hostname, port, method: 'CONNECT', path: 'example.com:443', agent: false })
  expect(await endOf(sent)).toBe('CLOSED')
})

test('a request that was destroyed before, without any error, settles', async () => {
  const sent = request('http://127.0.0.1:9/', { agent: false })
  sent.on('error', () => undefined)
  const closed = new Promise((resolve) => sent.once('close', resolve))
  sent.destroy()
  await closed
  expect(await endOf(sent)).toBe('CLOSED')
})

test.each(['before', 'meanwhile'] as const)(
  'a signal that was aborted %s settles',
  async (when) => {
    const stop = new AbortController()
    if (when === 'before') stop.abort()
    server = await serveRaw(() => stop.abort())
    expect(await endOf(request(server.url, { agent: false }), stop.signal)).toBe('ABORT_ERR')
  }
)

test('a connection that holds nothing and never tells anything keeps the process until the time-out', async () => {
  const silent = new Duplex({ read: () => undefined, write: () => undefined })
  const sent = request('http://127.0.0.1/', { createConnection: () => silent })
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length
  const before = timers()
  const ending = endOf(sent)
  expect(timers()).toBe(before + 1)
  expect(await ending).toBe('TimedOut')
  expect(timers()).toBe(before)
})

test('what goes wrong in the reader is the error of the exchange', async () => {
  server = await serveRaw((to) => to.write(`${HEAD}content-length: 0\r\n\r\n`))
  const sent = request(server.url, { agent: false }).end()
  const reading = exchange(sent, { timeoutMs: LIMIT_MS }, () => {
    throw new Error('the reader')
  })
  await expect(reading).rejects.toThrow('the reader')
})

test('a body is read up to its limit, and its connection is closed', async () => {
  server = await serveRaw((to) => to.write(`${HEAD}\r\n${'x'.repeat(3_000)}`))
  const sent = request(server.url, { agent: false }).end()
  const { bytes, cutOff } = await exchange(sent, { timeoutMs: LIMIT_MS }, (response) =>
    bodyOf(response, 1024)
  )
  expect([bytes.length, cutOff, sent.socket?.destroyed]).toEqual([1024, true, true])
})
