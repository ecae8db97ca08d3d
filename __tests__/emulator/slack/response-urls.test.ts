import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { callJson } from './client.ts'
import { CARD, CHANNEL, openPlace } from './workspace.ts'
import type { Place } from './workspace.ts'

let place: Place
let ts: string
let url: string
beforeEach(async () => {
  place = await openPlace()
  ts = String((await callJson(place, 'chat.postMessage', { channel: CHANNEL, blocks: CARD }))['ts'])
  await place.slack.click('U0ANN', ts, 'gate_reject')
  const payload: unknown = JSON.parse(
    new URLSearchParams(place.received.at(-1)?.body).get('payload') ?? ''
  )
  url = (payload as { response_url: string }).response_url
})
afterEach(() => place.close())

async function respond(body: object | string): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body)
  })
  return `${answer.status} ${await answer.text()}`
}

describe('a response_url', () => {
  test('says something to the one who clicked, alone, unless told otherwise', async () => {
    expect(await respond({ text: 'only you' })).toBe('200 ok')
    expect(place.slack.ephemerals('U0ANN')).toMatchObject([{ text: 'only you', channel: CHANNEL }])
    await respond({ text: 'all', response_type: 'in_channel' })
    expect(place.slack.messages(CHANNEL)).toMatchObject([{ ts }, { text: 'all' }])
  })

  test('replaces the message that was clicked, or deletes it', async () => {
    await respond({ text: 'decided', replace_original: true })
    expect(place.slack.messages(CHANNEL)).toMatchObject([{ ts, text: 'decided', blocks: [] }])
    await respond({ delete_original: 'true' })
    expect(place.slack.messages(CHANNEL)).toEqual([])
  })

  test('works five times', async () => {
    for (let count = 0; count < 5; count++) expect(await respond({ text: 'x' })).toBe('200 ok')
    expect(await respond({ text: 'x' })).toBe('404 {"ok":false,"error":"used_url"}')
  })

  test('works for thirty minutes', async () => {
    await place.clock.advance(30 * 60_000)
    expect(await respond({ text: 'x' })).toBe('200 ok')
    await place.clock.advance(1)
    expect(await respond({ text: 'x' })).toBe('404 {"ok":false,"error":"expired_url"}')
  })

  test('refuses what is no message, and what is no response_url', async () => {
    expect(await respond('{')).toBe('400 {"ok":false,"error":"invalid_payload"}')
    expect(await respond({})).toBe('400 {"ok":false,"error":"no_text"}')
    expect(await respond({ blocks: [{ type: 'nothing' }] })).toContain('invalid_blocks')
    url += '0'
    expect(await respond({ text: 'x' })).toBe('404 {"ok":false,"error":"no_service"}')
    expect(place.slack.workspace.ephemerals).toEqual([])
  })
})
