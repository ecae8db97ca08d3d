import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from '@jest/globals'
import { keysUrl, tryKeys } from '../../../src/gate/identity/keys.ts'

const closers: (() => void)[] = []
afterEach(() => closers.splice(0).forEach((close) => close()))

async function issuerThat(answers: RequestListener): Promise<string> {
  const server = createServer(answers)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/_services/token`
}

it('are looked for where GitHub publishes them, and found', async () => {
  const asked: unknown[] = []
  const issuer = await issuerThat(({ url }, answer) => {
    asked.push(url)
    answer.end('{"keys":[]}')
  })
  expect(await tryKeys(issuer)).toBeUndefined()
  expect(asked).toEqual(['/_services/token/.well-known/jwks'])
})

it.each<[string, RequestListener, RegExp]>([
  ['refuses', (_, answer) => answer.writeHead(403).end(), /jwks answers 403$/],
  ['leads elsewhere', (_, answer) => answer.writeHead(302, { location: '/x' }).end(), /302$/],
  ['has a page for people', (_, answer) => answer.end('<html>'), /jwks: .*JSON/],
  ['has something else', (_, answer) => answer.end('[]'), /answers without keys$/]
])('are not found where the issuer %s', async (_, answers, why) => {
  expect(await tryKeys(await issuerThat(answers))).toMatch(why)
})

it('are not found where nobody answers', async () => {
  const issuer = await issuerThat(() => undefined)
  closers.splice(0).forEach((close) => close())
  expect(await tryKeys(issuer)).toContain(`${keysUrl(issuer).href}: `)
})

it('never throws, whatever the issuer is', async () => {
  await expect(tryKeys('no address')).resolves.toContain('no address')
})
