import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { WebClient } from '@slack/web-api'
import { call, callJson, clientOf, refusal } from './client.ts'
import { CARD, CHANNEL, openPlace, TOKEN } from './workspace.ts'
import type { Place } from './workspace.ts'

let place: Place
beforeEach(async () => {
  place = await openPlace()
})
afterEach(() => place.close())

const client = (token = TOKEN): WebClient => clientOf(place, token)

const post = (more: object = {}): Promise<{ ts?: string | undefined }> =>
  client().chat.postMessage({ channel: CHANNEL, text: 'hello', ...more })

describe("Slack's own client", () => {
  test('posts, updates and answers in a thread', async () => {
    const { ts = '' } = await post({ blocks: CARD })
    expect(ts).toMatch(/^\d{10}\.\d{6}$/)
    await client().chat.update({ channel: CHANNEL, ts, text: 'changed', blocks: CARD.slice(0, 1) })
    await post({ thread_ts: ts, reply_broadcast: true })
    expect(place.slack.workspace.messages).toMatchObject([
      {
        ts,
        text: 'changed',
        edited: expect.stringMatching(/^\d{10}\.\d{6}$/),
        blocks: CARD.slice(0, 1)
      },
      { thread: ts, broadcast: true, text: 'hello' }
    ])
  })

  test('says something to one person alone', async () => {
    await client().chat.postEphemeral({ channel: CHANNEL, user: 'U0ANN', text: 'psst' })
    expect(place.slack.workspace.ephemerals).toMatchObject([{ user: 'U0ANN', text: 'psst' }])
  })

  test('looks people and groups up', async () => {
    expect((await client().users.info({ user: 'U0GUEST' })).user).toMatchObject({
      id: 'U0GUEST',
      team_id: 'T0TEAM',
      is_restricted: true,
      is_ultra_restricted: true,
      is_bot: false,
      deleted: false
    })
    expect((await client().usergroups.users.list({ usergroup: 'S0OPS' })).users).toEqual(['U0ANN'])
    expect((await client().auth.test()).team_id).toBe('T0TEAM')
  })

  test('is refused in the words of the real one', async () => {
    const { ts = '' } = await post()
    const chat = client().chat
    expect(await refusal(client('xoxb-wrong').auth.test())).toBe('invalid_auth')
    expect(await refusal(client('').apiCall('auth.test'))).toBe('not_authed')
    expect(await refusal(client().apiCall('chat.nothing'))).toBe('unknown_method')
    expect(await refusal(post({ channel: 'C0NONE' }))).toBe('channel_not_found')
    expect(await refusal(post({ text: '' }))).toBe('no_text')
    expect(await refusal(post({ text: 'x'.repeat(40_001) }))).toBe('msg_too_long')
    expect(await refusal(post({ blocks: [{ type: 'nothing' }] }))).toBe('invalid_blocks')
    expect(await refusal(chat.update({ channel: CHANNEL, ts: '1.1', text: 'x' }))).toBe(
      'message_not_found'
    )
    expect(await refusal(chat.update({ channel: CHANNEL, ts, text: '' }))).toBe('no_text')
    expect(await refusal(client().users.info({ user: 'U0NONE' }))).toBe('user_not_found')
    expect(await refusal(client().usergroups.users.list({ usergroup: 'S0NONE' }))).toBe(
      'no_such_subteam'
    )
  })

  test('is refused in a channel that the app was not invited to, and for what others wrote', async () => {
    await place.close()
    place = await openPlace({
      channels: { [CHANNEL]: 'releases', C0OTHER: 'x' },
      notIn: ['C0OTHER']
    })
    expect(await refusal(post({ channel: 'C0OTHER' }))).toBe('not_in_channel')
    const user = { user: 'U0ANN' }
    const { chat } = client()
    expect(await refusal(chat.postEphemeral({ ...user, channel: 'C0OTHER', text: 'x' }))).toBe(
      'not_in_channel'
    )
    const { ts } = place.slack.workspace.post({
      channel: CHANNEL,
      text: 'by hand',
      blocks: [],
      author: 'U0ANN'
    })
    expect(await refusal(chat.update({ channel: CHANNEL, ts, text: 'x' }))).toBe(
      'cant_update_message'
    )
    expect(await refusal(chat.postEphemeral({ user: 'U0NONE', channel: CHANNEL, text: 'x' }))).toBe(
      'user_not_in_channel'
    )
  })

  test('an update without blocks keeps those that are there; with an empty list they go', async () => {
    const { ts = '' } = await post({ blocks: CARD })
    await client().chat.update({ channel: CHANNEL, ts, text: 'words' })
    expect(place.slack.messages(CHANNEL)).toMatchObject([{ text: 'words', blocks: CARD }])
    await client().chat.update({ channel: CHANNEL, ts, text: 'words', blocks: [] })
    expect(place.slack.messages(CHANNEL)[0]?.blocks).toEqual([])
  })

  test('an update takes 4,000 bytes of text, and three for a Korean letter', async () => {
    const { ts = '' } = await post()
    const update = (text: string): Promise<unknown> =>
      refusal(client().chat.update({ channel: CHANNEL, ts, text }))
    expect(await update('x'.repeat(4_000))).toBe('ok')
    expect(await update('x'.repeat(4_001))).toBe('msg_too_long')
    expect(await update('가'.repeat(1_333))).toBe('ok')
    expect(await update('가'.repeat(1_334))).toBe('msg_too_long')
    expect(await update('&'.repeat(801))).toBe('msg_too_long')
  })

  test('gets ids for blocks that came without, and the defaults of texts', async () => {
    const { ts = '' } = await post({
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: 'x' } },
        {
          type: 'actions',
          block_id: 'mine',
          elements: [{ type: 'button', text: { type: 'plain_text', text: 'y' } }]
        }
      ]
    })
    expect(place.slack.workspace.find(CHANNEL, ts)?.blocks).toEqual([
      {
        type: 'section',
        block_id: expect.any(String),
        text: { type: 'mrkdwn', text: 'x', verbatim: false }
      },
      {
        type: 'actions',
        block_id: 'mine',
        elements: [
          {
            type: 'button',
            action_id: expect.any(String),
            text: { type: 'plain_text', text: 'y', emoji: true }
          }
        ]
      }
    ])
  })

  test('is told to wait at more than a message a second, after a short burst', async () => {
    for (let count = 0; count < 5; count++) await post()
    expect(await refusal(post())).toBe('slack_webapi_rate_limited_error')
    await place.clock.advance(1_000)
    expect(await refusal(post())).toBe('ok')
  })

  test.each([
    ['hang', 'slack_webapi_request_error'],
    ['reset', 'slack_webapi_request_error'],
    ['server-error', 'slack_webapi_http_error'],
    ['ratelimited', 'slack_webapi_rate_limited_error'],
    [{ error: 'fatal_error' }, 'fatal_error']
  ] as const)('meets a fault: %j', async (fault, error) => {
    place.slack.fail('chat.postMessage', fault, 1)
    expect(await refusal(post())).toBe(error)
    expect(await refusal(post())).toBe('ok')
    place.slack.fail('*', { error: 'fatal_error' })
    expect(await refusal(client().auth.test())).toBe('fatal_error')
    place.slack.recover()
    expect(await refusal(client().auth.test())).toBe('ok')
  })

  test('is answered late, on the clock, and then rightly', async () => {
    place.slack.fail('auth.test', { slowMs: 200_000 }, 1)
    const answer = callJson(place, 'auth.test', {})
    while (place.clock.pending === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(place.slack.calls).toEqual([])
    await place.clock.advance(200_000)
    expect(await answer).toMatchObject({ ok: true, bot_id: 'B0GATEBOT' })
  })

  test('can be without limits', async () => {
    await place.close()
    place = await openPlace({ rateLimits: 'off' })
    for (let count = 0; count < 20; count++) expect(await refusal(post())).toBe('ok')
  })

  test('one channel does not use up what another may have', async () => {
    await place.close()
    place = await openPlace({ channels: { [CHANNEL]: 'releases', C0OTHER: 'x' } })
    for (let count = 0; count < 6; count++) await refusal(post())
    expect(await refusal(post({ channel: 'C0OTHER' }))).toBe('ok')
  })

  test('what was called, and how it ended, can be read afterwards', async () => {
    place.slack.fail('chat.postMessage', 'reset', 1)
    await refusal(post())
    await refusal(post({ channel: 'C0NONE' }))
    expect(place.slack.calls).toMatchObject([
      { method: 'chat.postMessage', answer: 'reset', at: place.clock.now() },
      { method: 'chat.postMessage', answer: 'channel_not_found', arguments: { text: 'hello' } }
    ])
  })

  test('never has its token written down', async () => {
    await post()
    expect(JSON.stringify(place.slack.calls)).not.toContain(TOKEN)
    expect(place.slack.calls).toMatchObject([{ method: 'chat.postMessage', answer: 'ok' }])
  })
})

describe('a call as bytes', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const json = { 'content-type': 'application/json; charset=utf-8' }
  const bearer = { authorization: `Bearer ${TOKEN}` }

  test.each<[string, Record<string, string>, string, string]>([
    ['a form with its token inside', form, `token=${TOKEN}`, 'ok'],
    ['a form with the token in the header', { ...form, ...bearer }, '', 'ok'],
    ['JSON with the token in the header', { ...json, ...bearer }, '{}', 'ok'],
    ['JSON with its token inside', json, JSON.stringify({ token: TOKEN }), 'not_authed'],
    ['another token', form, 'token=xoxb-other', 'invalid_auth'],
    ['a header that is no bearer', { ...form, authorization: `Basic ${TOKEN}` }, '', 'not_authed'],
    ['JSON that is none', { ...json, ...bearer }, '{', 'invalid_json'],
    ['JSON that is no object', { ...json, ...bearer }, '[1]', 'json_not_object']
  ])('%s', async (_, headers, body, expected) => {
    const { ok, error } = await call(place, 'auth.test', headers, body)
    expect(ok === true ? 'ok' : error).toBe(expected)
    expect(JSON.stringify(place.slack.calls)).not.toContain(TOKEN)
  })

  test('a form carries blocks as JSON text', async () => {
    const fields = { channel: CHANNEL, text: 'x', blocks: JSON.stringify(CARD) }
    const body = new URLSearchParams(fields).toString()
    const send = (text: string): Promise<unknown> =>
      call(place, 'chat.postMessage', { ...form, ...bearer }, text)
    expect(await send(body)).toMatchObject({ ok: true, message: { blocks: CARD } })
    expect(await send(`channel=${CHANNEL}&blocks=%7B`)).toMatchObject({
      error: 'invalid_blocks_format'
    })
  })

  test('says to wait as HTTP does: 429 and Retry-After in seconds', async () => {
    for (let count = 0; count < 5; count++) await post()
    const answer = await fetch(`${place.slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { ...json, ...bearer },
      body: JSON.stringify({ channel: CHANNEL, text: 'x' })
    })
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await answer.json()).toEqual({ ok: false, error: 'ratelimited' })
  })

  test('says what is wrong with blocks, and where', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3_001) } }]
    const problems = [
      'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]'
    ]
    expect(await callJson(place, 'chat.postMessage', { channel: CHANNEL, blocks })).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: problems,
      response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) }
    })
  })
})
