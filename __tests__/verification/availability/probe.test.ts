import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  createProbe,
  type Answer,
  type Probe
} from '../../../src/verification/availability/probe.ts'
import { closedPort, serve, serveRaw, type TestServer } from './servers.ts'

const opened: (TestServer | Probe)[] = []

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close()
})

function open<T extends TestServer | Probe>(each: T): T {
  opened.push(each)
  return each
}

type Options = Omit<Parameters<typeof createProbe>[0], 'target'>

function probeOf(url: URL, options: Options = {}, headers: Record<string, string> = {}): Probe {
  return open(createProbe({ target: { url, headers }, ...options }))
}

async function ask(server: TestServer | URL, options: Options = {}): Promise<Answer> {
  const url = server instanceof URL ? server : open(server).url
  return probeOf(url, options).send()
}

describe('an answer', () => {
  test('is good with 200 to 399, and says its version', async () => {
    const server = await serve((_, response) => {
      response.setHeader('X-App-Version', ' 1.4.2 ').end('hello')
    })
    expect(await ask(server)).toEqual({ version: '1.4.2', failure: undefined })
  })

  test.each([503, 500, 404, 400, 199 + 1, 204, 304])('of status %d', async (status) => {
    const server = await serve((_, response) => response.writeHead(status).end())
    const { failure } = await ask(server)
    expect(failure).toBe(status >= 400 ? `status ${status}` : undefined)
  })

  test('is good by other statuses where others are expected', async () => {
    const server = open(await serve((_, response) => response.writeHead(401).end()))
    expect((await ask(server.url, { isExpected: (status) => status === 401 })).failure).toBe(
      undefined
    )
  })

  test('that redirects is not followed', async () => {
    const paths: (string | undefined)[] = []
    const server = open(
      await serve((request, response) => {
        paths.push(request.url)
        response.writeHead(302, { location: '/elsewhere' }).end()
      })
    )
    expect((await ask(server.url)).failure).toBeUndefined()
    expect((await ask(server.url, { isExpected: (status) => status === 200 })).failure).toBe(
      'status 302'
    )
    expect(paths).toEqual(['/', '/'])
  })

  test.each([
    [undefined, 'unknown'],
    ['', 'unknown'],
    ['v'.repeat(500), 'v'.repeat(64)],
    ['\x80\xffone\ttwo\xa0', 'onetwo']
  ])('of version %j', async (given, version) => {
    const server = await serveRaw((socket) => {
      const header = given === undefined ? '' : `x-app-version: ${given}\r\n`
      socket.end(Buffer.from(`HTTP/1.1 200 OK\r\n${header}content-length: 0\r\n\r\n`, 'latin1'))
    })
    expect(await ask(server)).toEqual({ version, failure: undefined })
  })

  test('may name its version in another header', async () => {
    const server = await serve((_, response) => response.setHeader('server', 'orders/2').end())
    expect((await ask(server, { versionHeader: 'Server' })).version).toBe('orders/2')
  })

  test('is asked for with path, query and headers of the target', async () => {
    let asked: unknown
    const server = open(
      await serve((request, response) => {
        const { method, url, headers } = request
        asked = { method, url, host: headers.host, agent: headers['user-agent'] }
        response.end()
      })
    )
    await probeOf(
      new URL('/a%20b?c=d', server.url),
      {},
      { 'User-Agent': 'mine', Host: 'shop' }
    ).send()
    expect(asked).toEqual({ method: 'GET', url: '/a%20b?c=d', host: 'shop', agent: 'mine' })
  })

  test('comes from where the lookup that was handed in says', async () => {
    const server = open(await serve((_, response) => response.end()))
    const names: string[] = []
    const url = new URL(server.url)
    url.hostname = 'production.example'
    const probe = open(
      createProbe({
        target: {
          url,
          headers: {},
          lookup: (name, options, answer) => {
            names.push(name)
            if (options.all) answer(null, [{ address: '127.0.0.1', family: 4 }])
            else answer(null, '127.0.0.1', 4)
          }
        }
      })
    )
    expect(await probe.send()).toEqual({ version: 'unknown', failure: undefined })
    expect(names).toEqual(['production.example'])
  })
})

describe('connections', () => {
  test('are kept open, several of them', async () => {
    const server = open(await serve((_, response) => response.end('hello')))
    const probe = probeOf(server.url)
    for (let n = 0; n < 40; n++) expect((await probe.send()).failure).toBeUndefined()
    expect(server.connections()).toBe(4)
  })

  test('are new after those before were closed', async () => {
    const server = open(
      await serve((_, response) => response.setHeader('connection', 'close').end('hello'))
    )
    const probe = probeOf(server.url)
    for (let n = 0; n < 10; n++) expect((await probe.send()).failure).toBeUndefined()
    expect(server.connections()).toBe(10)
  })
})

describe('why it failed', () => {
  test('nobody listens', async () => {
    expect(await ask(await closedPort())).toEqual({
      version: undefined,
      failure: 'connection refused'
    })
  })

  test.each([
    [
      'reset',
      'connection reset',
      (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy()
    ],
    ['closed', 'connection reset', (socket: { destroy(): void }) => socket.destroy()]
  ])('the connection is %s', async (_, reason, answer) => {
    expect(await ask(await serveRaw(answer))).toEqual({ version: undefined, failure: reason })
  })

  test('the body breaks off', async () => {
    const server = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-app-version: 2\r\ncontent-length: 100\r\n\r\nhalf')
      setTimeout(() => socket.destroy(), 20)
    })
    expect(await ask(server)).toEqual({ version: '2', failure: 'connection reset' })
  })

  test('no answer in time', async () => {
    const server = await serve(() => undefined)
    expect(await ask(server, { timeoutMs: 200 })).toEqual({
      version: undefined,
      failure: 'timed out after 0.2 s'
    })
  })

  test('a body that drips', async () => {
    const server = await serve((_, response) => {
      response.setHeader('x-app-version', '2')
      const drip = setInterval(() => response.write('.'), 10)
      response.once('close', () => clearInterval(drip))
    })
    expect(await ask(server, { timeoutMs: 200 })).toEqual({
      version: '2',
      failure: 'timed out after 0.2 s'
    })
  })

  test('answers that only announce one, for ever', async () => {
    const server = await serveRaw((socket) => {
      const flood = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 5)
      socket.once('close', () => clearInterval(flood))
    })
    expect((await ask(server, { timeoutMs: 200 })).failure).toBe('timed out after 0.2 s')
  })

  test('a flood of headers', async () => {
    const server = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const flood = (): void => {
        while (
          !socket.destroyed &&
          socket.write(`x-${'flood'.repeat(20)}: ${'y'.repeat(900)}\r\n`)
        );
      }
      socket.on('drain', flood)
      flood()
    })
    expect((await ask(server)).failure).toBe('headers too long')
  })

  test('no HTTP', async () => {
    const server = await serveRaw((socket) => socket.end('220 mail.example ESMTP\r\n'))
    expect((await ask(server)).failure).toMatch(/^not HTTP: /)
  })

  test('no TLS', async () => {
    const server = open(await serve((_, response) => response.end()))
    expect((await ask(new URL(`https://${server.url.host}/`))).failure).toMatch(/^tls: [a-z ]+$/)
  })

  test('an answer in another protocol', async () => {
    const server = await serveRaw((socket) =>
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n'
      )
    )
    expect((await ask(server, { timeoutMs: 2_000 })).failure).toMatch(/^connection/)
  })

  test('a lookup that refuses', async () => {
    class AddressRefused extends Error {
      override readonly name = 'AddressRefused'
    }
    const probe = open(
      createProbe({
        target: {
          url: new URL('http://metadata.example/'),
          headers: {},
          lookup: (_, __, answer) => answer(new AddressRefused('it is at 169.254.169.254'), '', 4)
        }
      })
    )
    expect((await probe.send()).failure).toBe('address refused')
  })

  test('a header that cannot be sent', async () => {
    const probe = probeOf(new URL('http://127.0.0.1:9/'), {}, { 'x-a': 'line\nbreak' })
    expect((await probe.send()).failure).toBe('err invalid char')
  })
})

test('a body of 1 GB costs no memory, and is good', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = (): number => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return (heapUsed + external) / 2 ** 20
  }
  const chunk = Buffer.alloc(64 * 1024)
  const GIGABYTE = 2 ** 30
  let sent = 0
  const server = open(
    await serve((_, response) => {
      let left = GIGABYTE
      response.writeHead(200, { 'content-length': GIGABYTE })
      const pour = (): void => {
        while (left > 0 && !response.destroyed) {
          left -= chunk.length
          sent += chunk.length
          if (!response.write(chunk)) return
        }
      }
      response.on('drain', pour)
      pour()
    })
  )
  const probe = probeOf(server.url)
  await probe.send()
  const before = used()
  const requests = 20
  for (let n = 0; n < requests; n++) {
    expect(await probe.send()).toEqual({ version: 'unknown', failure: undefined })
  }
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(used() - before).toBeLessThan(16)
  expect(sent / requests).toBeLessThan(32 * 2 ** 20)
})
