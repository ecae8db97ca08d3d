import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'
import { openApi, send } from './stage.ts'
import type { ApiStage } from './stage.ts'

let account: EmptyAccount
let api: ApiStage

beforeAll(async () => {
  account = await openEmptyAccount()
  api = await openApi(account)
})
afterEach(() => {
  expect(account.reset()).toEqual([])
})
afterAll(async () => account.emulator.close())

const FORM: [string, string] = ['Content-Type', 'application/x-www-form-urlencoded']

/** The event that this request became. */
async function eventOf(
  headers: readonly [string, string][],
  body: string | Buffer = '',
  query = ''
): Promise<Record<string, unknown>> {
  const { status } = await send(`${api.url}/slack/interactions${query}`, headers, body)
  expect(status).toBe(204)
  return { ...api.events().at(-1) }
}

describe('the event of payload format 2.0', () => {
  it('has the members that API Gateway documents', async () => {
    const event = await eventOf(
      [FORM, ['User-Agent', 'Slackbot 1.0'], ['X-Slack-Signature', 'v0=ABC']],
      'payload=%7B%7D'
    )
    const { port } = new URL(api.url)
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'POST /slack/interactions',
      rawPath: '/slack/interactions',
      rawQueryString: '',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'Slackbot 1.0',
        'x-slack-signature': 'v0=ABC',
        host: `127.0.0.1:${port}`,
        'content-length': '14',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': port,
        'x-forwarded-proto': 'http'
      },
      requestContext: {
        accountId: '123456789012',
        apiId: api.apiId,
        domainName: `${api.apiId}.execute-api.eu-central-1.amazonaws.com`,
        domainPrefix: api.apiId,
        http: {
          method: 'POST',
          path: '/slack/interactions',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'Slackbot 1.0'
        },
        requestId: expect.any(String),
        routeKey: 'POST /slack/interactions',
        stage: '$default',
        time: '01/Jan/2026:00:00:00 +0000',
        timeEpoch: Date.UTC(2026, 0, 1)
      },
      body: Buffer.from('payload=%7B%7D').toString('base64'),
      isBase64Encoded: true
    })
  })

  it('joins several values of a header with commas, and keeps cookies apart', async () => {
    const event = await eventOf([
      ['X-Many', 'one'],
      ['X-Many', 'two'],
      ['Cookie', 'a=1; b=2'],
      ['X-Forwarded-For', '203.0.113.9']
    ])
    expect(event['headers']).toMatchObject({
      'x-many': 'one,two',
      'x-forwarded-for': '203.0.113.9, 127.0.0.1'
    })
    expect(event['headers']).not.toHaveProperty('cookie')
    expect(event['cookies']).toEqual(['a=1', 'b=2'])
  })

  it('has the query as it was sent, and its values decoded and joined', async () => {
    const event = await eventOf([], '', '?a=1&a=2&b=%C3%A9')
    expect(event).toMatchObject({
      rawQueryString: 'a=1&a=2&b=%C3%A9',
      queryStringParameters: { a: '1,2', b: 'é' }
    })
  })

  it('without a body has none', async () => {
    const event = await eventOf([FORM])
    expect(event).not.toHaveProperty('body')
    expect(event['isBase64Encoded']).toBe(false)
  })

  it.each([
    'application/json',
    'application/problem+json; charset=utf-8',
    'text/plain',
    'text/xml'
  ])('has a body of %s as the text it is', async (type) => {
    const event = await eventOf([['Content-Type', type]], '{"é":1}')
    expect(event).toMatchObject({ body: '{"é":1}', isBase64Encoded: false })
  })

  it('keeps every byte of a body that is not text', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    const event = await eventOf([['Content-Type', 'application/octet-stream']], bytes)
    expect(Buffer.from(String(event['body']), 'base64')).toEqual(bytes)
  })

  it('has an id of its own, which the answer repeats', async () => {
    const url = `${api.url}/slack/interactions`
    const [first, second] = [await send(url, []), await send(url, [])]
    const ids = api
      .events()
      .slice(-2)
      .map(({ requestContext }) => requestContext.requestId)
    expect([first.headers['apigw-requestid'], second.headers['apigw-requestid']]).toEqual(ids)
    expect(new Set(ids).size).toBe(2)
  })
})
