import { afterEach, describe, expect, test } from '@jest/globals'
import type { RequestListener } from 'node:http'
import { LONGEST_BODY, NoAnswer, send, type Answer } from '../../../src/verification/http/send.ts'
import { serve, type Served } from '../server.ts'

let served: Served | undefined
afterEach(async () => {
  await served?.close()
  served = undefined
})

interface Wish {
  readonly path?: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

async function sendTo(listener: RequestListener, wish: Wish = {}): Promise<Answer> {
  served = await serve(listener)
  return sendAt(served.origin, wish)
}

function sendAt(origin: string, wish: Wish = {}): Promise<Answer> {
  const { path = '/', method = 'GET', headers = {}, body, timeoutMs = 5_000, signal } = wish
  const url = new URL(path, origin)
  return send(
    { url, method, headers, body, timeoutMs },
    signal ?? new AbortController().signal,
    () => performance.now()
  )
}

describe('one request', () => {
  test('brings status, headers, body and the time it took', async () => {
    const answer = await sendTo(
      (request, response) => {
        response.setHeader('X-Seen', [request.method ?? '', request.url ?? ''])
        request.pipe(response.writeHead(201))
      },
      { path: '/orders?a=1', method: 'POST', headers: { 'x-one': '1' }, body: 'é' }
    )
    expect(answer).toMatchObject({
      status: 201,
      headers: { 'x-seen': 'POST, /orders?a=1' },
      cutOff: false
    })
    expect(answer.body.toString()).toBe('é')
    expect(answer.ms).toBeGreaterThan(0)
    expect(answer.ms).toBeLessThan(5_000)
  })

  test('does not follow a redirect', async () => {
    let asked = 0
    const answer = await sendTo((_, response) => {
      asked++
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    })
    expect([answer.status, answer.headers['location'], asked]).toEqual([
      302,
      'http://169.254.169.254/',
      1
    ])
  })
})

describe('a broken green', () => {
  test('that sends a gigabyte: a megabyte is read, and memory stays flat', async () => {
    const block = Buffer.alloc(64 * 1024, 'x')
    let sent = 0
    const before = process.memoryUsage().rss
    const answer = await sendTo((_, response) => {
      const more = (): void => {
        while (!response.destroyed && sent < 1e9) {
          sent += block.length
          if (!response.write(block)) return void response.once('drain', more)
        }
      }
      more()
    })
    expect(answer.cutOff).toBe(true)
    expect(answer.body).toHaveLength(LONGEST_BODY)
    expect(sent).toBeLessThan(100e6)
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6)
  })

  test('that never answers, or never ends its answer: a bounded failure', async () => {
    await expect(sendTo(() => undefined, { timeoutMs: 100 })).rejects.toThrow(
      'no whole answer within 100 ms'
    )
    await served?.close()
    await expect(
      sendTo((_, response) => void response.write('a'), { timeoutMs: 100 })
    ).rejects.toThrow('no whole answer within 100 ms')
  })

  test('that drops the connection, at once or in the middle', async () => {
    await expect(sendTo((request) => request.socket.destroy())).rejects.toThrow('connection reset')
    await served?.close()
    await expect(
      sendTo((_, response) => {
        response.writeHead(200, { 'content-length': 100 })
        response.write('a', () => response.destroy())
      })
    ).rejects.toThrow(/connection reset|aborted/)
  })

  test('that switches to another protocol', async () => {
    served = await serve(() => undefined)
    served.server.on('connection', (socket) =>
      socket.once('data', () =>
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n'
        )
      )
    )
    await expect(sendAt(served.origin)).rejects.toThrow(
      'the connection was closed without a whole answer'
    )
  })

  test('that is not there', async () => {
    const gone = await serve(() => undefined)
    await gone.close()
    await expect(sendAt(gone.origin)).rejects.toThrow('connection refused')
    await expect(sendAt('http://no-such-host.invalid')).rejects.toThrow(NoAnswer)
  })

  test('that floods with headers', async () => {
    await expect(
      sendTo((_, response) => {
        response.setHeader('x-flood', 'x'.repeat(200_000)).end()
      })
    ).rejects.toThrow('HPE_HEADER_OVERFLOW')
  })

  test('that speaks no HTTP', async () => {
    served = await serve(() => undefined)
    served.server.on('connection', (socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
    await expect(sendAt(served.origin)).rejects.toThrow(NoAnswer)
  })
})

describe('a request that may not be sent', () => {
  test('to where clouds keep credentials', async () => {
    await expect(sendAt('http://169.254.169.254')).rejects.toThrow('where no request may go')
  })

  test('after the release was interrupted', async () => {
    const stop = new AbortController()
    const pending = sendTo(() => stop.abort(), { signal: stop.signal })
    await expect(pending).rejects.toThrow('interrupted')
    await expect(sendAt('http://127.0.0.1:9', { signal: stop.signal })).rejects.toThrow(
      'interrupted'
    )
  })
})
