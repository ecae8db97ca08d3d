import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { createHmac } from 'node:crypto'
import { callJson } from './client.ts'
import { CARD, CHANNEL, MODAL, openPlace, SECRET } from './workspace.ts'
import type { Place } from './workspace.ts'

let place: Place
beforeEach(async () => {
  place = await openPlace()
})
afterEach(() => place.close())

const text = (said: string): object => ({ type: 'plain_text', text: said })

async function post(blocks: object[] = CARD): Promise<string> {
  return String((await callJson(place, 'chat.postMessage', { channel: CHANNEL, blocks }))['ts'])
}

/** The payload of the last request that reached the app. */
function payload(): Record<string, unknown> {
  const body = place.received.at(-1)?.body
  return JSON.parse(new URLSearchParams(body).get('payload') ?? '{}') as Record<string, unknown>
}

async function clicked(action = 'gate_reject'): Promise<Record<string, unknown>> {
  await place.slack.click('U0ANN', await post(), action)
  return payload()
}

const open = (trigger: unknown, view: object = MODAL): Promise<Record<string, unknown>> =>
  callJson(place, 'views.open', { trigger_id: trigger, view })

describe('a click', () => {
  test('is a signed form with what was clicked, by whom, and where', async () => {
    const given = await clicked('gate_approve')
    expect(place.received).toHaveLength(1)
    const [{ headers, body } = { headers: {}, body: '' }] = place.received
    const timestamp = String(headers['x-slack-request-timestamp'])
    const mac = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
    expect(headers['x-slack-signature']).toBe(`v0=${mac}`)
    expect(Number(timestamp)).toBe(place.clock.now() / 1000)
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(headers['user-agent']).toBe('Slackbot 1.0 (+https://api.slack.com/robots)')
    const [message] = place.slack.messages(CHANNEL)
    expect(given).toEqual({
      type: 'block_actions',
      user: { id: 'U0ANN', username: 'ann.lee', name: 'ann.lee', team_id: 'T0TEAM' },
      api_app_id: 'A0APP',
      token: expect.any(String),
      container: {
        type: 'message',
        message_ts: message?.ts,
        channel_id: CHANNEL,
        is_ephemeral: false
      },
      trigger_id: expect.any(String),
      team: { id: 'T0TEAM', domain: 'emulated' },
      enterprise: null,
      is_enterprise_install: false,
      channel: { id: CHANNEL, name: 'releases' },
      message: expect.objectContaining({ ts: message?.ts, blocks: message?.blocks }),
      state: { values: {} },
      response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/actions\/T0TEAM\//),
      actions: [
        {
          type: 'button',
          action_id: 'gate_approve',
          block_id: 'gate',
          value: 'g-1',
          style: 'primary',
          text: { type: 'plain_text', text: 'Approve', emoji: true },
          action_ts: expect.stringMatching(/^\d{10}\.\d{6}$/)
        }
      ]
    })
  })

  test("carries what the app answered back to the test's driver", async () => {
    place.answer = { status: 200, body: '{"said":1}' }
    const ts = await post()
    expect(await place.slack.click('U0ANN', ts, 'gate_reject')).toEqual({
      status: 200,
      body: '{"said":1}'
    })
  })

  test('somebody of another team is told apart', async () => {
    await place.close()
    place = await openPlace({ members: [{ id: 'U0FAR', name: 'Far', team: 'T0OTHER' }] })
    await place.slack.click('U0FAR', await post(), 'gate_reject')
    expect(payload()).toMatchObject({
      user: { id: 'U0FAR', team_id: 'T0OTHER' },
      team: { id: 'T0TEAM' }
    })
  })

  test('works on the button beside a section, and on the options of a menu', async () => {
    const option = (value: string): object => ({ text: text(value), value })
    const ts = await post([
      {
        type: 'section',
        block_id: 's',
        text: text('x'),
        accessory: { type: 'button', action_id: 'beside', text: text('y') }
      },
      {
        type: 'actions',
        elements: [{ type: 'overflow', action_id: 'more', options: [option('a'), option('b')] }]
      }
    ])
    await place.slack.click('U0ANN', ts, 'beside')
    expect(payload()).toMatchObject({ actions: [{ action_id: 'beside', block_id: 's' }] })
    await place.slack.click('U0ANN', ts, 'more', 'b')
    expect(payload()).toMatchObject({
      actions: [{ type: 'overflow', action_id: 'more', selected_option: { value: 'b' } }]
    })
    await expect(place.slack.click('U0ANN', ts, 'more', 'c')).rejects.toThrow('no option c')
    await expect(place.slack.click('U0ANN', ts, 'none')).rejects.toThrow('no element none')
    expect(place.received).toHaveLength(2)
  })

  test('on what is shown to one person alone is for that person only', async () => {
    const args = { channel: CHANNEL, user: 'U0ANN', text: 'x', blocks: CARD }
    const { message_ts: ts } = await callJson(place, 'chat.postEphemeral', args)
    expect(place.slack.ephemerals('U0ANN')).toMatchObject([{ ts, blocks: CARD }])
    expect(place.slack.ephemerals('U0BEN')).toEqual([])
    await expect(place.slack.click('U0BEN', String(ts), 'gate_reject')).rejects.toThrow()
    await place.slack.click('U0ANN', String(ts), 'gate_reject')
    expect(payload()).toMatchObject({ container: { is_ephemeral: true, message_ts: ts } })
    expect(payload()).not.toHaveProperty('message')
  })
})

describe('an app that does not answer a click well', () => {
  const trouble = (): string | undefined => place.slack.workspace.troubles.get('U0ANN')

  test('is an error to the person, and nothing is sent again', async () => {
    place.answer = { status: 401, body: '' }
    await clicked()
    expect(trouble()).toBe('This app responded with Status Code 401.')
    place.answer = { status: 500, body: '{"error":"no_table"}' }
    await clicked()
    expect(trouble()).toBe('This app responded with Status Code 500: no_table.')
    expect(place.received).toHaveLength(2)
    place.answer = { status: 200, body: '' }
    await clicked()
    expect(trouble()).toBeUndefined()
  })

  test('is not followed elsewhere', async () => {
    place.answer = { status: 302, body: '' }
    await clicked()
    expect(trouble()).toBe('This app responded with Status Code 302.')
  })

  test('has three seconds', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout')
    await clicked()
    expect(timeout).toHaveBeenCalledWith(3_000)
  })

  test('and is then given up', async () => {
    await place.close()
    place = await openPlace({ answerMs: 50 })
    place.answer = 'hang'
    await clicked()
    expect(trouble()).toBe('This app did not respond in time.')
  })
})

describe('a modal', () => {
  const view = (): Record<string, unknown> | undefined => {
    const found = place.slack.workspace.views.get('U0ANN')
    return found && { errors: found.errors, trouble: found.trouble }
  }

  test('opens by a trigger, within three seconds, once', async () => {
    const { trigger_id: trigger } = await clicked()
    expect(await open('1.2.3')).toMatchObject({ error: 'invalid_trigger_id' })
    expect(await open(trigger, { ...MODAL, title: text('x'.repeat(25)) })).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: [
          '[ERROR] failed to match all allowed schemas [json-pointer:/view/title]',
          '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'
        ]
      }
    })
    expect(await open(trigger)).toMatchObject({
      ok: true,
      view: { id: expect.stringMatching(/^V/), type: 'modal', callback_id: 'gate_reject' }
    })
    expect(await open(trigger)).toMatchObject({ error: 'exchanged_trigger_id' })
    const { trigger_id: soon } = await clicked()
    await place.clock.advance(3_000)
    expect(await open(soon)).toMatchObject({ ok: true })
    const { trigger_id: late } = await clicked()
    await place.clock.advance(3_001)
    expect(await open(late)).toMatchObject({ error: 'expired_trigger_id' })
  })

  test('asks for what is required, and for the length, before it sends anything', async () => {
    await open((await clicked())['trigger_id'])
    const said = new Map([
      ['', 'Please complete this required field.'],
      ['   ', 'Please complete this required field.'],
      ['no', 'Please enter at least 3 characters.'],
      ['x'.repeat(21), 'Please enter at most 20 characters.']
    ])
    for (const [reason, error] of said) {
      expect(await place.slack.submit('U0ANN', { reason })).toEqual({ status: undefined, body: '' })
      expect(view()?.['errors']).toEqual({ reason: error })
    }
    expect(place.received).toHaveLength(1)
  })

  test('sends what was filled in with what the app put into it, and closes', async () => {
    await open((await clicked())['trigger_id'])
    await place.slack.submit('U0ANN', { reason: '합계가 틀립니다' })
    const { headers, body } = place.received.at(-1) ?? { headers: {}, body: '' }
    const timestamp = String(headers['x-slack-request-timestamp'])
    const mac = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
    expect(headers['x-slack-signature']).toBe(`v0=${mac}`)
    expect(payload()).toMatchObject({
      type: 'view_submission',
      team: { id: 'T0TEAM' },
      user: { id: 'U0ANN', team_id: 'T0TEAM' },
      api_app_id: 'A0APP',
      trigger_id: expect.any(String),
      view: {
        id: expect.stringMatching(/^V/),
        team_id: 'T0TEAM',
        app_id: 'A0APP',
        type: 'modal',
        callback_id: 'gate_reject',
        private_metadata: 'g-1',
        hash: expect.any(String),
        state: {
          values: { reason: { text: { type: 'plain_text_input', value: '합계가 틀립니다' } } }
        }
      }
    })
    expect(view()).toBeUndefined()
    await expect(place.slack.submit('U0ANN', {})).rejects.toThrow('no modal open')
  })

  const TROUBLE = 'We had some trouble connecting. Try again?'
  const errors = (given: object): string =>
    JSON.stringify({ response_action: 'errors', errors: given })

  test.each<[string, { status: number; body: string }, object | undefined]>([
    ['nothing closes it', { status: 200, body: '' }, undefined],
    ['clear closes it', { status: 200, body: '{"response_action":"clear"}' }, undefined],
    [
      'errors stand at their fields',
      { status: 200, body: errors({ reason: 'Too late.' }) },
      { errors: { reason: 'Too late.' }, trouble: undefined }
    ],
    [
      'errors of no field are none',
      { status: 200, body: errors({ other: 'x' }) },
      { errors: {}, trouble: TROUBLE }
    ],
    ['no JSON is trouble', { status: 200, body: 'ok' }, { errors: {}, trouble: TROUBLE }],
    ['a refusal is trouble', { status: 500, body: '' }, { errors: {}, trouble: TROUBLE }]
  ])('by the answer to a submission: %s', async (_, answer, expected) => {
    await open((await clicked())['trigger_id'])
    place.answer = answer
    await place.slack.submit('U0ANN', { reason: 'wrong totals' })
    expect(view()).toEqual(expected)
  })
})
