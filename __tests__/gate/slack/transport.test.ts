import { afterEach, describe, expect, test } from '@jest/globals'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { slackClient } from '../../../src/gate/slack/client.ts'
import { transport } from '../../../src/gate/slack/transport.ts'

let server: Server | undefined
afterEach(() => {
  server?.close()
  server?.closeAllConnections()
})

async function answering(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return `http://127.0.0.1:${address.port}/`
}

describe("Slack's answers", () => {
  test('come with status, headers and text, over one connection that is kept', async () => {
    const connections = new Set<unknown>()
    const url = await answering((request, response) => {
      connections.add(request.socket)
      request.setEncoding('utf8').once('data', (body: string) => {
        response.writeHead(201, 'Made', { 'X-Said': `${String(request.method)} ${body}` })
        response.end('{"ok":"예"}')
      })
    })
    for (const body of ['a=1', 'a=2']) {
      const answer = await transport(`${url}x?y`, { method: 'POST', body })
      expect(answer).toMatchObject({ ok: true, status: 201, statusText: 'Made', url: `${url}x?y` })
      expect(answer.headers.get('X-SAID')).toBe(`POST ${body}`)
      expect(answer.headers.get('none')).toBeNull()
      expect(Object.fromEntries(answer.headers.entries())['x-said']).toBe(`POST ${body}`)
      expect(await answer.text()).toBe('{"ok":"예"}')
      expect(await answer.json()).toEqual({ ok: '예' })
      expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe('{"ok":"예"}')
    }
    expect(connections.size).toBe(1)
  })

  test('come over another connection where the kept one has been closed meanwhile', async () => {
    const seen: unknown[] = []
    const url = await answering((request, response) => {
      if (seen.includes(request.socket)) request.socket.resetAndDestroy()
      else response.end('{}')
      seen.push(request.socket)
    })
    for (const connections of [1, 2]) {
      expect((await transport(url, { method: 'POST', body: 'a' })).status).toBe(200)
      expect(new Set(seen).size).toBe(connections)
    }
    expect(seen).toHaveLength(3)
  })

  test('that lead elsewhere are not followed', async () => {
    let asked = 0
    const url = await answering((_, response) => {
      asked++
      response.writeHead(302, { location: '/other' }).end()
    })
    expect(await transport(url)).toMatchObject({ ok: false, status: 302 })
    expect(asked).toBe(1)
  })
})

describe('no answer', () => {
  test.each<[string, RequestListener]>([
    ['at all', () => undefined],
    ['to its end', (_, response) => void response.writeHead(200).write('{')]
  ])('%s: given up when the signal says so', async (_, listener) => {
    const url = await answering(listener)
    const stop = new AbortController()
    const answer = transport(url, { signal: stop.signal })
    await once(server ?? failed(), 'request')
    stop.abort()
    await expect(answer).rejects.toThrow(/abort/)
  })

  test('of a server that is not there, or that cuts it off, is an error of Slack', async () => {
    const url = await answering((_, response) => {
      response.writeHead(200, { 'content-length': '99' }).write('{')
      setImmediate(() => response.destroy())
    })
    const reset = await transport(url).catch((error: unknown) => error)
    expect(reset).toMatchObject({ code: 'ECONNRESET' })
    const slack = slackClient({ token: 'xoxb-x', url })
    await expect(slack.person('U1')).rejects.toMatchObject({ code: 'network' })
    server?.close()
    server?.closeAllConnections()
    await expect(slack.person('U1')).rejects.toMatchObject({ code: 'network' })
  })

  test('but another protocol is an error of Slack', async () => {
    const url = await answering(() => undefined)
    server?.on('connection', (socket) =>
      socket.once('data', () =>
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n'
        )
      )
    )
    await expect(transport(url)).rejects.toMatchObject({ code: 'CLOSED' })
    const slack = slackClient({ token: 'xoxb-x', url })
    await expect(slack.person('U1')).rejects.toMatchObject({ code: 'network' })
  })

  test('to what is no text: it is not sent', async () => {
    await expect(transport('http://127.0.0.1:1/', { body: new FormData() })).rejects.toThrow(
      'only text can be sent'
    )
  })
})

function failed(): never {
  throw new Error('no server')
}
