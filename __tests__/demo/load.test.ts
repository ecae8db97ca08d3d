import { afterEach, describe, expect, it } from '@jest/globals'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { ask, startLoad } from '../../demo/load.ts'
import type { Answer } from '../../demo/tally.ts'

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function serve(handler: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(handler)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port ?? 0}`, server }
}

describe('one request', () => {
  it.each([
    [200, false],
    [500, true],
    [404, true]
  ])('that is answered with %d', async (status, failed) => {
    const { url } = await serve((_, response) => {
      response.writeHead(status, { 'x-app-version': '7' }).end('body')
    })
    expect(await ask(url)).toEqual({ version: '7', failed })
  })

  it('that no version answers', async () => {
    const { url } = await serve((_, response) => void response.end())
    expect(await ask(url)).toEqual({ version: undefined, failed: false })
  })

  it('that is cut short has failed, whoever began to answer', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'x-app-version': '1', 'content-length': '100' })
      response.write('half', () => response.destroy())
    })
    expect(await ask(url)).toEqual({ version: '1', failed: true })
  })

  it('that nobody takes', async () => {
    const { url, server } = await serve(() => undefined)
    await new Promise((resolve) => server.close(resolve))
    expect(await ask(url)).toEqual({ version: undefined, failed: true })
  })

  it('that is never answered ends at its limit', async () => {
    const { url } = await serve(() => undefined)
    expect(await ask(url, 20)).toEqual({ version: undefined, failed: true })
  })
})

describe('steady traffic', () => {
  it('asks one after the other, each on a connection of its own, until it is stopped', async () => {
    let connections = 0
    let open = 0
    let most = 0
    const { url, server } = await serve((_, response) => {
      most = Math.max(most, ++open)
      response.setHeader('x-app-version', '1')
      setImmediate(() => response.end(() => open--))
    })
    server.on('connection', () => connections++)
    const answers: Answer[] = []
    const enough = Promise.withResolvers<undefined>()
    const load = startLoad({
      url,
      rate: 1000,
      begin: () => (answer) => {
        if (answers.push(answer) === 5) enough.resolve(undefined)
      }
    })
    await enough.promise
    await load.stop()
    const count = answers.length
    expect(connections).toBe(count)
    expect(most).toBe(1)
    expect(answers).toEqual(answers.map(() => ({ version: '1', failed: false })))
    await new Promise((resolve) => setImmediate(resolve))
    expect(answers).toHaveLength(count)
  })

  it('counts a request in the phase it began in', async () => {
    let phase = 'before'
    const { url } = await serve((_, response) => {
      phase = 'after'
      response.end()
    })
    const counted = Promise.withResolvers<string>()
    const load = startLoad({
      url,
      rate: 1,
      begin: () => {
        const begun = phase
        return () => counted.resolve(begun)
      }
    })
    expect(await counted.promise).toBe('before')
    await load.stop()
  })
})
