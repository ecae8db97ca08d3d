import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { handleCallback } from '../../src/gate/callback/handler.ts'
import { readHttp, type HttpAnswer } from '../../src/gate/callback/http.ts'
import { isSignedBySlack } from '../../src/gate/callback/signature.ts'
import type { Platform } from '../../src/gate/platform.ts'
import { memoryWorld, policyWith } from './memory-world.ts'
import { GATE, stage } from './stage.ts'
import {
  clickPayload,
  reasonPayload,
  signed,
  SIGNING_SECRET,
  type SignedEvent
} from './slack-requests.ts'

/** 100,000 in CI; `npm run test:long` sets ten million. */
const REQUESTS = Number(process.env['GATE_FORGED_REQUESTS'] ?? 100_000)
const NOW = Date.UTC(2026, 0, 1)

let tried = 0
afterAll(() => void process.stdout.write(`forged requests: ${tried}\n`))

const verified = (event: unknown, now = NOW, secret = SIGNING_SECRET): boolean => {
  const request = readHttp(event)
  return request !== undefined && isSignedBySlack(request, secret, now)
}

/** A platform that nobody may touch before the signature is good. */
const UNTOUCHABLE: Platform = new Proxy(memoryWorld().platform, {
  get(target, name) {
    if (name === 'clock') return { ...target.clock, now: () => NOW }
    throw new Error(`${String(name)} was touched`)
  }
})

describe('threat: a forged callback', () => {
  const good = signed(clickPayload('U0ANN', 'approve', 'd-1#0f'), NOW)
  const [timestamp = '', signature = ''] = [
    good.headers['x-slack-request-timestamp'],
    good.headers['x-slack-signature']
  ]

  test("Slack's own example of a signature is found good", () => {
    // Slack, "Verifying requests from Slack".
    const event = {
      headers: {
        'X-Slack-Request-Timestamp': '1531420618',
        'X-Slack-Signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'
      },
      body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    }
    expect(verified(event, 1531420618_000, '8f742231b10e8888abcd99yyyzzz85a5')).toBe(true)
    expect(verified(event, 1531420618_000, '8f742231b10e8888abcd99yyyzzz85a6')).toBe(false)
  })

  test('the same bytes, as base64 or as text, with headers in any case', () => {
    expect(verified(good)).toBe(true)
    const text = Buffer.from(good.body, 'base64').toString()
    expect(verified({ ...good, body: text, isBase64Encoded: false })).toBe(true)
    const upper = Object.fromEntries(
      Object.entries(good.headers).map(([name, value]) => [name.toUpperCase(), value])
    )
    expect(verified({ ...good, headers: upper })).toBe(true)
  })

  test.each([-300, 300])('a timestamp %i s away is good, one second more is not', (seconds) => {
    expect(verified(good, NOW + seconds * 1000)).toBe(true)
    expect(verified(good, NOW + (seconds + Math.sign(seconds)) * 1000)).toBe(false)
  })

  test('a body of 512 KiB is read, as text and as base64, and not a byte more', () => {
    for (const [length, isRead] of [
      [524_288, true],
      [524_289, false]
    ] as const) {
      const bytes = Buffer.alloc(length, 'x')
      expect(readHttp({ body: bytes.toString() }) !== undefined).toBe(isRead)
      const event = { body: bytes.toString('base64'), isBase64Encoded: true }
      expect(readHttp(event)?.body.length).toBe(isRead ? length : undefined)
    }
  })

  test('headers are found in any case, those that are no text are left out, and none is inherited', () => {
    const headers = { 'X-One': '1', two: 2, __proto__: null }
    expect({ ...readHttp({ body: '', headers })?.headers }).toEqual({ 'x-one': '1' })
    expect(readHttp({ body: '', headers: undefined })).toEqual({
      headers: {},
      body: Buffer.alloc(0)
    })
    const { headers: read = {} } = readHttp({ body: '', headers: {} }) ?? {}
    expect(read['constructor']).toBeUndefined()
    expect(readHttp(['body'])).toBeUndefined()
  })

  test('without a secret nothing is good, not even what is signed with none', () => {
    expect(verified(signed(clickPayload('U', 'approve', 'g'), NOW, ''), NOW, '')).toBe(false)
  })

  test.each<[string, Partial<SignedEvent> | Record<string, unknown>]>([
    ['no headers', { headers: {} }],
    ['a body of 512 KiB and a byte', { body: 'x'.repeat(524_289), isBase64Encoded: false }],
    ['no body', { body: undefined }],
    ['a body that is no text', { body: { payload: 1 } }],
    ['an unsigned ssl_check', { headers: {}, body: 'ssl_check=1&token=x', isBase64Encoded: false }],
    [
      'a signature of another version',
      { headers: { ...good.headers, 'x-slack-signature': signature.replace('v0', 'v1') } }
    ],
    [
      'a signature cut short',
      { headers: { ...good.headers, 'x-slack-signature': signature.slice(0, -1) } }
    ],
    [
      'a signature in upper case',
      { headers: { ...good.headers, 'x-slack-signature': signature.toUpperCase() } }
    ],
    [
      'a timestamp with a sign',
      { headers: { ...good.headers, 'x-slack-request-timestamp': `+${timestamp}` } }
    ],
    [
      'a timestamp with a fraction',
      { headers: { ...good.headers, 'x-slack-request-timestamp': `${timestamp}.0` } }
    ],
    [
      'a timestamp that is none',
      { headers: { ...good.headers, 'x-slack-request-timestamp': 'NaN' } }
    ],
    [
      'headers that are lists',
      { headers: { 'x-slack-signature': [signature], 'x-slack-request-timestamp': [timestamp] } }
    ],
    [
      'a timestamp of yesterday',
      { headers: { ...good.headers, 'x-slack-request-timestamp': String(NOW / 1000 - 86_400) } }
    ]
  ])('%s: 401, an empty body, nothing touched, and the secret not asked for', async (_, change) => {
    const secret = (): Promise<string> => {
      throw new Error('asked for')
    }
    const answer = await handleCallback(UNTOUCHABLE, secret, { ...good, ...change })
    expect(answer).toEqual({ statusCode: 401, body: '' })
  })

  test('another body: 401, an empty body, and nothing touched', async () => {
    const body = Buffer.from('payload={}').toString('base64')
    const answer = await handleCallback(UNTOUCHABLE, () => Promise.resolve(SIGNING_SECRET), {
      ...good,
      body
    })
    expect(answer).toEqual({ statusCode: 401, body: '' })
  })

  test('a secret that cannot be read: 401', async () => {
    const answer = await handleCallback(
      UNTOUCHABLE,
      () => Promise.reject(new Error('throttled')),
      good
    )
    expect(answer.statusCode).toBe(401)
  })

  const changes = fc.oneof(
    fc
      .record({ at: fc.nat(1_000), byte: fc.nat(255) })
      .map(({ at, byte }) => (event: SignedEvent) => {
        const bytes = Buffer.from(event.body, 'base64')
        const index = at % bytes.length
        bytes[index] = bytes[index] === byte ? byte ^ 1 : byte
        return { ...event, body: bytes.toString('base64') }
      }),
    fc.string({ maxLength: 100 }).map((value) => (event: SignedEvent) => ({
      ...event,
      headers: { ...event.headers, 'x-slack-signature': value }
    })),
    fc.nat(63).map((at) => (event: SignedEvent) => {
      const digit = event.headers['x-slack-signature']?.[at + 3] === 'a' ? 'b' : 'a'
      const value = event.headers['x-slack-signature'] ?? ''
      return {
        ...event,
        headers: {
          ...event.headers,
          'x-slack-signature': value.slice(0, at + 3) + digit + value.slice(at + 4)
        }
      }
    }),
    fc
      .oneof(fc.string({ maxLength: 20 }), fc.integer().map(String))
      .map((value) => (event: SignedEvent) => ({
        ...event,
        headers: { ...event.headers, 'x-slack-request-timestamp': value }
      })),
    fc.anything().map((value) => () => value),
    fc.anything().map((value) => (event: SignedEvent) => ({ ...event, headers: value })),
    fc.anything().map((value) => (event: SignedEvent) => ({ ...event, body: value })),
    fc
      .string({ maxLength: 300 })
      .map((body) => (event: SignedEvent) => ({ ...event, body, isBase64Encoded: false })),
    fc
      .string({ maxLength: 40 })
      .map((secret) => () => signed(clickPayload('U0ANN', 'approve', 'g'), NOW, secret))
  )

  test(
    'malformed requests: no throw, no 2xx, and nothing touched before the signature is good',
    async () => {
      await fc.assert(
        fc.asyncProperty(changes, async (change) => {
          tried++
          const answer = await handleCallback(
            UNTOUCHABLE,
            () => Promise.resolve(SIGNING_SECRET),
            change(good)
          )
          if (answer.statusCode !== 401 || answer.body !== '')
            throw new Error(JSON.stringify(answer))
        }),
        { numRuns: REQUESTS }
      )
      expect(tried).toBeGreaterThanOrEqual(REQUESTS)
    },
    Math.max(120_000, REQUESTS * 2)
  )

  test('a signed body that is none of ours: 400, and nothing touched', async () => {
    const body = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc
        .constantFrom('block_actions', 'view_submission', 'shortcut')
        .chain((type) =>
          fc
            .dictionary(
              fc.constantFrom('user', 'actions', 'view', 'team', 'channel'),
              fc.jsonValue()
            )
            .map((rest) => JSON.stringify({ ...rest, type }))
        )
    )
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        let payload: unknown
        try {
          payload = JSON.parse(text)
        } catch {
          payload = text
        }
        const event = signed(payload as object, NOW)
        const answer = await handleCallback(
          UNTOUCHABLE,
          () => Promise.resolve(SIGNING_SECRET),
          event
        )
        expect(answer).toEqual({ statusCode: 400, body: '' })
      }),
      { numRuns: 2_000 }
    )
  })
})

describe('threat: replay, and a timestamp of the future', () => {
  test('good from 300 s before to 300 s after, in both directions', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000, max: 2_000 }), (skew) => {
        const event = signed(clickPayload('U0ANN', 'approve', 'g'), NOW)
        expect(verified(event, NOW + skew * 1_000)).toBe(Math.abs(skew) <= 300)
      }),
      { numRuns: 2_000 }
    )
  })

  const wishes = {
    approve: clickPayload('U0ANN', 'approve', GATE),
    reject: reasonPayload('U0ANN', 'reject', GATE, 'wrong totals')
  }

  test.each([
    ['approve', 1],
    ['approve', 2],
    ['reject', 1]
  ] as const)('the same request many times (%s, quorum %i) counts once', async (intent, quorum) => {
    const place = stage(policyWith({ quorum }))
    await place.hook()
    const event = signed(wishes[intent], place.clock.now())
    const replay = (): Promise<HttpAnswer> =>
      handleCallback(place.platform, () => Promise.resolve(SIGNING_SECRET), event)
    for (let count = 0; count < 10; count++) expect((await replay()).statusCode).toBe(200)
    await Promise.all(Array.from({ length: 10 }, replay))
    const { state, votes } = await place.gate()
    expect(votes).toHaveLength(intent === 'approve' ? 1 : 0)
    const decided = quorum === 1 ? 1 : 0
    expect(state).toBe(decided === 0 ? 'PENDING' : intent === 'approve' ? 'APPROVED' : 'REJECTED')
    expect(place.plane.told).toHaveLength(decided)
    // The gate, what answers its hook, and the decision's row.
    expect(place.table.items.size).toBe(2 + decided)
    await place.clock.advance(301_000)
    expect((await replay()).statusCode).toBe(401)
  })
})
