import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { callJson } from './client.ts'
import { CARD, CHANNEL, MODAL, openPlace } from './workspace.ts'
import type { Place } from './workspace.ts'

/*
 * Views on views: Slack's reference, "views.push" (at most two on top of the first, by a trigger of
 * an interaction within the modal), "block_actions payload" (a container of type `view`) and
 * "Modals" (`response_action: clear` closes all of them, an empty answer the one on top).
 */
let place: Place
beforeEach(async () => {
  place = await openPlace({ rateLimits: 'off' })
})
afterEach(() => place.close())

const plain = (text: string): object => ({ type: 'plain_text', text })
const DETAILS = {
  type: 'modal',
  callback_id: 'details',
  private_metadata: 'g-1',
  title: plain('Details'),
  blocks: [
    {
      type: 'actions',
      block_id: 'glass',
      elements: [{ type: 'button', action_id: 'more', value: 'g-1', text: plain('More') }]
    }
  ]
}

function payload(): Record<string, unknown> {
  const body = place.received.at(-1)?.body
  return JSON.parse(new URLSearchParams(body).get('payload') ?? '{}') as Record<string, unknown>
}
const call = (method: string, view: object): Promise<Record<string, unknown>> =>
  callJson(place, method, { trigger_id: payload()['trigger_id'], view })

/** Ann has the details before her, from a button of a message. */
async function details(): Promise<void> {
  const { ts } = await callJson(place, 'chat.postMessage', { channel: CHANNEL, blocks: CARD })
  await place.slack.click('U0ANN', String(ts), 'gate_reject')
  expect(await call('views.open', DETAILS)).toMatchObject({ ok: true })
}
const onTop = (): unknown => place.slack.workspace.views.get('U0ANN')?.view['callback_id']

describe('a button in a modal', () => {
  test('is sent with the view, and with neither a channel nor a message', async () => {
    await details()
    const answer = await place.slack.press('U0ANN', 'more')
    expect(answer.status).toBe(200)
    const sent = payload()
    expect(sent).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0ANN' },
      container: { type: 'view', view_id: expect.stringMatching(/^V/) },
      view: { callback_id: 'details', private_metadata: 'g-1', previous_view_id: null },
      actions: [{ action_id: 'more', block_id: 'glass', value: 'g-1' }]
    })
    for (const absent of ['channel', 'message', 'response_url']) {
      expect(sent).not.toHaveProperty(absent)
    }
  })

  test('is not there for somebody else, nor under another name', async () => {
    await details()
    await expect(place.slack.press('U0BEN', 'more')).rejects.toThrow('U0BEN has no element more')
    await expect(place.slack.press('U0ANN', 'less')).rejects.toThrow('no element less')
  })

  test('says in the modal when the app did not answer well', async () => {
    await details()
    place.answer = { status: 500, body: '' }
    await place.slack.press('U0ANN', 'more')
    expect(place.slack.workspace.views.get('U0ANN')?.trouble).toContain('Status Code 500')
  })
})

describe('a view on a view', () => {
  async function pushed(): Promise<Record<string, unknown>> {
    await place.slack.press('U0ANN', 'more')
    return call('views.push', MODAL)
  }

  test('is on top, and its closing shows the one below again', async () => {
    await details()
    const below = place.slack.workspace.views.get('U0ANN')?.id
    expect(await pushed()).toMatchObject({
      ok: true,
      view: { previous_view_id: below, root_view_id: below }
    })
    expect(onTop()).toBe('gate_reject')
    await place.slack.submit('U0ANN', { reason: 'wrong totals' })
    expect(onTop()).toBe('details')
  })

  test('goes with all others where the app says so', async () => {
    await details()
    await pushed()
    place.answer = { status: 200, body: '{"response_action":"clear"}' }
    await place.slack.submit('U0ANN', { reason: 'wrong totals' })
    expect(onTop()).toBeUndefined()
  })

  test('keeps what is below while the app complains of a field', async () => {
    await details()
    await pushed()
    place.answer = {
      status: 200,
      body: '{"response_action":"errors","errors":{"reason":"Too late."}}'
    }
    await place.slack.submit('U0ANN', { reason: 'wrong totals' })
    expect(place.slack.workspace.views.get('U0ANN')).toMatchObject({
      errors: { reason: 'Too late.' },
      below: { view: { callback_id: 'details' } }
    })
  })

  test('is refused with the trigger of a message, and of a view that is closed', async () => {
    await details()
    const { ts } = await callJson(place, 'chat.postMessage', { channel: CHANNEL, blocks: CARD })
    await place.slack.click('U0ANN', String(ts), 'gate_reject')
    expect(await call('views.push', MODAL)).toMatchObject({ ok: false, error: 'not_found' })
    await place.slack.press('U0ANN', 'more')
    place.slack.workspace.closeView('U0ANN')
    expect(await call('views.push', MODAL)).toMatchObject({ ok: false, error: 'not_found' })
  })

  test('is the third at most', async () => {
    await details()
    for (const error of [undefined, undefined, 'push_limit_reached']) {
      await place.slack.press('U0ANN', 'more')
      const { ok, error: said } = await call('views.push', DETAILS)
      expect([ok, said]).toEqual([error === undefined, error])
    }
  })

  test('of more than 250 KB is refused, as a first one is', async () => {
    await details()
    await place.slack.press('U0ANN', 'more')
    const text = plain('한'.repeat(2_900))
    const blocks = Array.from({ length: 40 }, () => ({ type: 'section', text }))
    for (const method of ['views.push', 'views.open']) {
      expect(await call(method, { ...DETAILS, blocks })).toMatchObject({ error: 'view_too_large' })
    }
  })
})
