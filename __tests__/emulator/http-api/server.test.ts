import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'
import { openApi, send } from './stage.ts'

let account: EmptyAccount

beforeAll(async () => {
  account = await openEmptyAccount()
})
afterEach(() => {
  expect(account.reset()).toEqual([])
})
afterAll(async () => account.emulator.close())

const INTERNAL = { status: 500, body: '{"message":"Internal Server Error"}' }

/** What a client sees of a function's answer. */
async function seen(payload: unknown): Promise<Record<string, unknown>> {
  const api = await openApi(account, () => payload)
  const { status, headers, body } = await send(`${api.url}/slack/interactions`, [])
  return { status, type: headers['content-type'], body: body.toString('latin1') }
}

describe("a function's answer", () => {
  it('with a status code is the answer', async () => {
    const api = await openApi(account, () => ({
      statusCode: 201,
      headers: { 'X-One': 'a', Age: 3 },
      cookies: ['a=1', 'b=2; HttpOnly'],
      body: 'made'
    }))
    const { status, headers, body } = await send(`${api.url}/slack/interactions`, [])
    expect({ status, body: body.toString() }).toEqual({ status: 201, body: 'made' })
    expect(headers).toMatchObject({
      'x-one': 'a',
      age: '3',
      'set-cookie': ['a=1', 'b=2; HttpOnly'],
      'content-length': '4'
    })
  })

  it('in base64 is decoded', async () => {
    const body = Buffer.from([0, 255, 10]).toString('base64')
    expect(await seen({ statusCode: 200, body, isBase64Encoded: true })).toMatchObject({
      body: '\u0000\u00ff\n'
    })
  })

  it('without a status code is the JSON of a 200', async () => {
    const type = 'application/json'
    expect(await seen({ ok: true })).toEqual({ status: 200, type, body: '{"ok":true}' })
    expect(await seen([1])).toEqual({ status: 200, type, body: '[1]' })
    expect(await seen('text')).toEqual({ status: 200, type, body: 'text' })
    expect(await seen(undefined)).toEqual({ status: 200, type, body: 'null' })
  })

  it('with a body that says no type is plain text', async () => {
    expect(await seen({ statusCode: 403, body: 'no' })).toEqual({
      status: 403,
      type: 'text/plain;charset=UTF-8',
      body: 'no'
    })
    expect(await seen({ statusCode: 204 })).toEqual({ status: 204, type: undefined, body: '' })
  })

  it.each<[string, unknown]>([
    ['a status code that is none', { statusCode: 'soon' }],
    ['a status code out of range', { statusCode: 99 }],
    ['a body that is no text', { statusCode: 200, body: { ok: true } }],
    ['headers that are a list', { statusCode: 200, headers: ['a: b'] }],
    ['a header that would break the line', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['cookies that are no list', { statusCode: 200, cookies: 'a=1' }]
  ])('with %s is a 500', async (_, payload) => {
    expect(await seen(payload)).toMatchObject(INTERNAL)
  })

  it('that is an error tells the client nothing of it', async () => {
    const api = await openApi(account, () => {
      throw new Error('a secret')
    })
    const { status, body } = await send(`${api.url}/slack/interactions`, [])
    expect({ status, body: body.toString() }).toEqual(INTERNAL)
  })

  it('that takes too long is a 503', async () => {
    const ended = Promise.withResolvers<undefined>()
    const api = await openApi(account, () => ended.promise, { timeoutMs: 20 })
    const { status, body } = await send(`${api.url}/slack/interactions`, [])
    ended.resolve(undefined)
    expect({ status, body: body.toString() }).toEqual({
      status: 503,
      body: '{"message":"Service Unavailable"}'
    })
  })
})

describe('a request', () => {
  it('that no route is for is a 404, and no invocation', async () => {
    const api = await openApi(account)
    const statuses: unknown[] = []
    for (const path of ['/', '/slack/interactions/', '/Slack/interactions', '/constructor'])
      statuses.push((await send(`${api.url}${path}`, [])).status)
    const get = await fetch(`${api.url}/slack/interactions`)
    expect(await get.json()).toEqual({ message: 'Not Found' })
    expect([...statuses, get.status]).toEqual([404, 404, 404, 404, 404])
    expect(api.events()).toEqual([])
  })

  it('goes to the route that names its method, then to ANY, then to the default', async () => {
    const routes = { 'POST /a': 'one', 'ANY /a': 'two', $default: 'three' }
    for (const name of Object.values(routes)) {
      account.emulator.world.lambda.create(name, {
        kind: 'inline',
        handler: (event) => ({ name, key: (event as { routeKey: string }).routeKey })
      })
    }
    const { url } = await account.emulator.openHttpApi({ routes })
    const ask = async (method: string, path: string): Promise<unknown> =>
      (await fetch(`${url}${path}`, { method })).json()
    expect(await ask('POST', '/a?b=c')).toEqual({ name: 'one', key: 'POST /a' })
    expect(await ask('PUT', '/a')).toEqual({ name: 'two', key: 'ANY /a' })
    expect(await ask('POST', '/b')).toEqual({ name: 'three', key: '$default' })
  })

  it('to a function that is not there is a 500', async () => {
    const { url } = await account.emulator.openHttpApi({ routes: { $default: 'nobody' } })
    const { status, body } = await send(url, [])
    expect({ status, body: body.toString() }).toEqual(INTERNAL)
  })

  it('of more than 10 MB is refused before the function, one of 10 MB is not', async () => {
    const api = await openApi(account)
    const most = Buffer.alloc(10 * 1024 * 1024, 'a')
    const url = `${api.url}/slack/interactions`
    expect((await send(url, [], most)).status).toBe(204)
    const refused = await send(url, [], Buffer.concat([most, Buffer.from('a')]))
    expect(refused.status).toBe(413)
    expect(refused.body.toString()).toBe('{"message":"Request Entity Too Large"}')
    expect(api.events()).toHaveLength(1)
  })

  it('beyond the burst is throttled until the clock has moved', async () => {
    const api = await openApi(account, undefined, { throttling: { rate: 2, burst: 3 } })
    const ask = async (times: number): Promise<unknown[]> => {
      const statuses: unknown[] = []
      for (let time = 0; time < times; time++)
        statuses.push((await send(`${api.url}/slack/interactions`, [])).status)
      return statuses
    }
    expect(await ask(5)).toEqual([204, 204, 204, 429, 429])
    const refused = await send(`${api.url}/slack/interactions`, [])
    expect(refused.body.toString()).toBe('{"message":"Too Many Requests"}')
    await account.clock.advance(500)
    expect(await ask(2)).toEqual([204, 429])
    await account.clock.advance(60_000)
    expect(await ask(4)).toEqual([204, 204, 204, 429])
    expect(api.events()).toHaveLength(7)
  })

  it('finds nobody once the API has closed', async () => {
    const api = await openApi(account)
    await api.close()
    await expect(send(`${api.url}/slack/interactions`, [])).rejects.toThrow('ECONNREFUSED')
  })
})
