import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { LogLevel, WebClient } from '@slack/web-api'
import { createHmac } from 'node:crypto'
import { CARD, CHANNEL, MODAL, openPlace, SECRET, TOKEN } from './workspace.ts'
import type { Place } from './workspace.ts'

let place: Place
beforeEach(async () => {
  place = await openPlace()
})
afterEach(() => place.close())

const client = (token = TOKEN): WebClient =>
  new WebClient(token, {
    slackApiUrl: place.slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 500,
    // It would say again what it throws.
    logger: { ...SILENT, getLevel: () => LogLevel.ERROR }
  })
const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  setName: () => undefined
}

/** Slack's error code, or the client's own. */
async function refusal(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
    return 'ok'
  } catch (error) {
    const { data, code } = error as { data?: { error?: string }; code?: string }
    return data?.error ?? code
  }
}

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

  test('never has its token written down', async () => {
    await post()
    expect(JSON.stringify(place.slack.calls)).not.toContain(TOKEN)
    expect(place.slack.calls).toMatchObject([{ method: 'chat.postMessage', answer: 'ok' }])
  })
})

describe('the limits of blocks', () => {
  const text = (length: number, type = 'plain_text'): object => ({ type, text: 'x'.repeat(length) })
  const button = (more: object = {}): object => ({
    type: 'actions',
    elements: [{ type: 'button', action_id: 'a', text: text(5), ...more }]
  })
  test.each<[string, object[], boolean]>([
    ['50 blocks', Array.from({ length: 50 }, () => ({ type: 'divider' })), true],
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), false],
    ['a header of 150', [{ type: 'header', text: text(150) }], true],
    ['a header of 151', [{ type: 'header', text: text(151) }], false],
    ['a header in mrkdwn', [{ type: 'header', text: text(5, 'mrkdwn') }], false],
    ['a section of 3000', [{ type: 'section', text: text(3_000, 'mrkdwn') }], true],
    ['a section of 3001', [{ type: 'section', text: text(3_001, 'mrkdwn') }], false],
    ['an empty text', [{ type: 'section', text: text(0) }], false],
    [
      '10 fields',
      [{ type: 'section', fields: Array.from({ length: 10 }, () => text(1_000)) }],
      true
    ],
    ['11 fields', [{ type: 'section', fields: Array.from({ length: 11 }, () => text(1)) }], false],
    ['a field of 2000', [{ type: 'section', fields: [text(2_000)] }], true],
    ['a field of 2001', [{ type: 'section', fields: [text(2_001)] }], false],
    ['an empty section', [{ type: 'section' }], false],
    [
      '11 context elements',
      [{ type: 'context', elements: Array.from({ length: 11 }, () => text(1)) }],
      false
    ],
    [
      '26 buttons',
      [
        {
          type: 'actions',
          elements: Array.from({ length: 26 }, () => ({ type: 'button', text: text(1) }))
        }
      ],
      false
    ],
    ['a label of 76', [button({ text: text(76) })], false],
    ['a value of 2000', [button({ value: 'x'.repeat(2_000) })], true],
    ['a value of 2001', [button({ value: 'x'.repeat(2_001) })], false],
    ['an action_id of 256', [button({ action_id: 'x'.repeat(256) })], false],
    ['another style', [button({ style: 'green' })], false],
    [
      'a confirm text of 301',
      [button({ confirm: { title: text(1), text: text(301), confirm: text(1), deny: text(1) } })],
      false
    ],
    [
      'a confirm without a deny',
      [button({ confirm: { title: text(1), text: text(1), confirm: text(1) } })],
      false
    ],
    [
      'a block_id twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' }
      ],
      false
    ],
    [
      'an input in a message',
      [{ type: 'input', label: text(1), element: { type: 'plain_text_input' } }],
      false
    ]
  ])('%s', async (_, blocks, taken) => {
    expect(await refusal(post({ blocks }))).toBe(taken ? 'ok' : 'invalid_blocks')
  })
})

describe('interactivity', () => {
  async function clicked(action = 'gate_reject'): Promise<Record<string, unknown>> {
    const { ts = '' } = await post({ blocks: CARD })
    await place.slack.click('U0ANN', ts, action)
    const body = place.received.at(-1)?.body
    return JSON.parse(new URLSearchParams(body).get('payload') ?? '') as Record<string, unknown>
  }

  test('a click is a signed form with what was clicked, by whom, and where', async () => {
    const payload = await clicked('gate_approve')
    const [{ headers, body } = { headers: {}, body: '' }] = place.received
    const timestamp = String(headers['x-slack-request-timestamp'])
    const mac = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
    expect(headers['x-slack-signature']).toBe(`v0=${mac}`)
    expect(Number(timestamp)).toBe(place.clock.now() / 1000)
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(payload).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0ANN', team_id: 'T0TEAM' },
      api_app_id: 'A0APP',
      team: { id: 'T0TEAM' },
      channel: { id: CHANNEL, name: 'releases' },
      actions: [{ action_id: 'gate_approve', block_id: 'gate', value: 'g-1', type: 'button' }]
    })
  })

  const open = (trigger: unknown): Promise<unknown> =>
    client().views.open({ trigger_id: String(trigger), view: MODAL as never })

  test('a trigger opens one modal, within three seconds, once', async () => {
    const { trigger_id: trigger } = await clicked()
    expect(await refusal(open('1.2.3'))).toBe('invalid_trigger_id')
    expect(await refusal(open(trigger))).toBe('ok')
    expect(await refusal(open(trigger))).toBe('exchanged_trigger_id')
    const { trigger_id: late } = await clicked()
    await place.clock.advance(3_001)
    expect(await refusal(open(late))).toBe('expired_trigger_id')
  })

  test('a submission carries what was filled in; what is required is asked for first', async () => {
    await open((await clicked())['trigger_id'])
    const before = place.received.length
    for (const reason of ['', 'no', 'x'.repeat(21)]) await place.slack.submit('U0ANN', { reason })
    expect(place.received).toHaveLength(before)
    expect(place.slack.workspace.views.get('U0ANN')?.errors).toEqual({
      reason: 'Please enter at most 20 characters.'
    })
    await place.slack.submit('U0ANN', { reason: 'wrong totals' })
    const payload: unknown = JSON.parse(
      new URLSearchParams(place.received.at(-1)?.body).get('payload') ?? ''
    )
    expect(payload).toMatchObject({
      type: 'view_submission',
      user: { id: 'U0ANN' },
      view: {
        callback_id: 'gate_reject',
        private_metadata: 'g-1',
        state: { values: { reason: { text: { value: 'wrong totals' } } } }
      }
    })
    expect(place.slack.workspace.views.has('U0ANN')).toBe(false)
  })

  test("the app's errors are shown at the field, and the modal stays", async () => {
    await open((await clicked())['trigger_id'])
    place.answer = {
      status: 200,
      body: '{"response_action":"errors","errors":{"reason":"Too late."}}'
    }
    await place.slack.submit('U0ANN', { reason: 'wrong totals' })
    expect(place.slack.workspace.views.get('U0ANN')?.errors).toEqual({ reason: 'Too late.' })
  })

  test('an app that refuses is an error to the person', async () => {
    place.answer = { status: 401, body: '' }
    await clicked()
    expect(place.slack.workspace.troubles.get('U0ANN')).toBe(
      'This app responded with Status Code 401.'
    )
  })

  test('an app that does not answer in three seconds is an error to the person', async () => {
    place.answer = 'hang'
    await clicked()
    expect(place.slack.workspace.troubles.get('U0ANN')).toBe('This app did not respond in time.')
  })
})
