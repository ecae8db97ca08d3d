import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createHmac } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../../browser.ts'
import { CARD, CHANNEL, MODAL, openPlace, SECRET, TOKEN } from './workspace.ts'
import type { Place } from './workspace.ts'

let browser: Browser
let place: Place
let page: Page
const wrong: string[] = []

beforeAll(async () => {
  browser = await openBrowser()
}, 60_000)
afterAll(() => browser.close())
beforeEach(async () => {
  place = await openPlace()
  page = await browser.newPage({ viewport: { width: 900, height: 700 }, timezoneId: 'UTC' })
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
})
afterEach(async () => {
  await page.close()
  await place.close()
  expect(wrong.splice(0)).toEqual([])
})

/** One call of the app to Slack, in the page's place. */
async function api(method: string, args: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${place.slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(args)
  })
  return (await answer.json()) as Record<string, unknown>
}

const post = (more: object = {}): Promise<Record<string, unknown>> =>
  api('chat.postMessage', { channel: CHANNEL, text: 'a card', blocks: CARD, ...more })
const look = (user = 'U0ANN'): Promise<unknown> => page.goto(`${place.slack.pageUrl}?user=${user}`)

function payload(): Record<string, unknown> {
  const body = place.received.at(-1)?.body
  return JSON.parse(new URLSearchParams(body).get('payload') ?? '{}') as Record<string, unknown>
}

describe('the page', () => {
  test('shows a card as Slack would: formats, mentions, links, dates, emoji', async () => {
    await post()
    await look()
    const card = page.locator('article')
    await card.locator('h3').waitFor()
    expect(await card.locator('b').first().textContent()).toBe('bold')
    expect(await card.locator('i').textContent()).toBe('it')
    expect(await card.locator('s').textContent()).toBe('no')
    expect(await card.locator('code').first().textContent()).toBe('code <x>')
    expect(await card.locator('a').getAttribute('href')).toBe('https://example.com/a')
    expect(await card.locator('.mention').textContent()).toBe('@김민준')
    expect(await card.locator('blockquote').textContent()).toBe('quoted')
    expect(await card.textContent()).toContain('🎉')
    expect(await card.locator('.fields time').textContent()).toBe('00:15')
    expect(await card.getByRole('button').allTextContents()).toEqual(['Approve', 'Reject'])
  })

  test('shows hostile text as the text it is', async () => {
    await post()
    await look()
    const card = page.locator('article')
    expect(await card.locator('h3').textContent()).toBe('shop/orders waits <b>for</b> approval')
    expect(await card.textContent()).toContain('*not bold* <script>alert(1)</script>')
    expect(await card.locator('script').count()).toBe(0)
  })

  test('Approve asks first; No sends nothing, Yes sends the click', async () => {
    await post()
    await look()
    await page.getByRole('button', { name: 'Approve' }).click()
    const dialog = page.locator('#confirm')
    expect(await dialog.locator('h2').textContent()).toBe('Release?')
    expect(await dialog.locator('p').textContent()).toBe('Users get 2.')
    await dialog.getByRole('button', { name: 'No' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(place.received).toEqual([])
    await page.getByRole('button', { name: 'Approve' }).click()
    await dialog.getByRole('button', { name: 'Yes' }).click()
    await place.sent(1)
    const [{ headers, body } = { headers: {}, body: '' }] = place.received
    const base = `v0:${String(headers['x-slack-request-timestamp'])}:${body}`
    const mac = createHmac('sha256', SECRET).update(base).digest('hex')
    expect(headers['x-slack-signature']).toBe(`v0=${mac}`)
    expect(payload()).toMatchObject({
      user: { id: 'U0ANN' },
      actions: [{ action_id: 'gate_approve' }]
    })
  })

  test('the reason modal: required, sent, closed', async () => {
    await post()
    await look('U0BEN')
    await page.getByRole('button', { name: 'Reject' }).click()
    await place.sent(1)
    await api('views.open', { trigger_id: payload()['trigger_id'], view: MODAL })
    const modal = page.locator('#modal')
    await modal.getByLabel('Why?').waitFor()
    expect(await modal.locator('h2').textContent()).toBe('Reject')
    await modal.getByRole('button', { name: 'Send' }).click()
    await modal.getByText('Please complete this required field.').waitFor()
    expect(place.received).toHaveLength(1)
    await modal.getByLabel('Why?').fill('틀린 합계')
    await modal.getByRole('button', { name: 'Send' }).click()
    await modal.waitFor({ state: 'hidden' })
    expect(payload()).toMatchObject({
      type: 'view_submission',
      user: { id: 'U0BEN' },
      view: { state: { values: { reason: { text: { value: '틀린 합계' } } } } }
    })
  })

  test("the app's complaint stands at the field, and what was typed stays", async () => {
    await post()
    await look()
    await page.getByRole('button', { name: 'Reject' }).click()
    await place.sent(1)
    await api('views.open', { trigger_id: payload()['trigger_id'], view: MODAL })
    place.answer = {
      status: 200,
      body: '{"response_action":"errors","errors":{"reason":"Too late."}}'
    }
    await page.getByLabel('Why?').fill('wrong totals')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Too late.').waitFor()
    const field = page.getByLabel('Why?')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    const about = (await field.getAttribute('aria-describedby'))?.split(' ') ?? []
    expect(await Promise.all(about.map((id) => page.locator(`#${id}`).textContent()))).toEqual([
      'Too late.',
      'Goes on record'
    ])
    expect(await page.locator('.left').textContent()).toBe('8')
    expect(await page.locator('textarea').inputValue()).toBe('wrong totals')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.locator('#modal').waitFor({ state: 'hidden' })
  })

  test('one person sees what is said to them alone, the other does not', async () => {
    await api('chat.postEphemeral', {
      channel: CHANNEL,
      user: 'U0ANN',
      text: 'You are *not* an approver'
    })
    await look()
    await page.getByText('Only visible to you').waitFor()
    await page.getByLabel('You are').selectOption('U0BEN')
    await page.getByText('Only visible to you').waitFor({ state: 'detached' })
    expect(page.url()).toContain('user=U0BEN')
  })

  test('follows changes without being loaded again, answers under what they answer', async () => {
    const { ts } = await post()
    await look()
    await page.locator('article').waitFor()
    await post({ blocks: [], text: 'later' })
    await post({ blocks: [], text: 'still waits', thread_ts: ts })
    await api('chat.update', {
      channel: CHANNEL,
      ts,
      text: 'x',
      blocks: [{ type: 'header', text: { type: 'plain_text', text: 'approved' } }]
    })
    await page.getByText('approved').waitFor()
    expect(await page.locator('article').allTextContents()).toEqual([
      expect.stringContaining('(edited)approved'),
      expect.stringContaining('still waits'),
      expect.stringContaining('later')
    ])
    expect(await page.getByRole('button').count()).toBe(0)
  })

  test('keeps the focus where it is while messages around it change', async () => {
    const { ts } = await post()
    await look()
    const reject = page.getByRole('button', { name: 'Reject' })
    await reject.focus()
    await post({ blocks: [], text: 'later' })
    await page.getByText('later').waitFor()
    expect(await page.locator(':focus').textContent()).toBe('Reject')
    await api('chat.update', { channel: CHANNEL, ts, text: 'x', blocks: CARD.slice(1) })
    await page.getByText('(edited)').waitFor()
    expect(await page.locator(':focus').textContent()).toBe('Reject')
    await api('chat.update', { channel: CHANNEL, ts, text: 'x', blocks: CARD.slice(0, 1) })
    await reject.waitFor({ state: 'detached' })
    expect(await page.locator(':focus').getAttribute('data-ts')).toBe(ts)
  })

  test('by keyboard alone: the dialog takes the focus and gives it back', async () => {
    await post()
    await look()
    const approve = page.getByRole('button', { name: 'Approve' })
    await approve.focus()
    await page.keyboard.press('Enter')
    await page.locator('#confirm').getByRole('button', { name: 'No' }).waitFor()
    expect(await page.locator(':focus').textContent()).toBe('No')
    await page.keyboard.press('Escape')
    await page.locator('#confirm').waitFor({ state: 'hidden' })
    expect(await page.locator(':focus').textContent()).toBe('Approve')
    expect(place.received).toEqual([])
  })

  test('buttons beside a section and menus of options', async () => {
    const text = (said: string): object => ({ type: 'plain_text', text: said })
    await post({
      blocks: [
        {
          type: 'section',
          text: text('x'),
          accessory: { type: 'button', action_id: 'beside', text: text('Details') }
        },
        {
          type: 'actions',
          elements: [
            {
              type: 'overflow',
              action_id: 'more',
              options: [
                { text: text('First'), value: '1' },
                { text: text('Second'), value: '2' }
              ]
            }
          ]
        },
        { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a chart of p99' }
      ]
    })
    await look()
    await page.getByRole('button', { name: 'Details' }).click()
    await place.sent(1)
    expect(payload()).toMatchObject({ actions: [{ action_id: 'beside' }] })
    await page.getByLabel('More actions').click()
    await page.getByRole('button', { name: 'Second' }).click()
    await place.sent(2)
    expect(payload()).toMatchObject({ actions: [{ selected_option: { value: '2' } }] })
    expect(await page.getByRole('button', { name: 'Second' }).isVisible()).toBe(false)
    expect(await page.getByRole('img', { name: 'a chart of p99' }).count()).toBe(1)
  })

  test('several channels, each with its own messages', async () => {
    await place.close()
    place = await openPlace({ channels: { [CHANNEL]: 'releases', C0INFRA: 'infra' } })
    await post({ blocks: [], text: 'of releases' })
    await post({ blocks: [], text: 'of infra', channel: 'C0INFRA' })
    await look()
    await page.getByText('of releases').waitFor()
    expect(await page.locator('article').count()).toBe(1)
    await page.getByRole('button', { name: '# infra' }).click()
    await page.getByText('of infra').waitFor()
    expect(await page.locator('article').count()).toBe(1)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('# infra')
  })

  test('says when the app does not answer well', async () => {
    await post()
    await look()
    place.answer = { status: 500, body: '' }
    await page.getByRole('button', { name: 'Reject' }).click()
    await page.getByRole('alert').getByText('Status Code 500').waitFor()
  })

  test('says in the modal when a submission was not taken', async () => {
    await post()
    await look()
    await page.getByRole('button', { name: 'Reject' }).click()
    await place.sent(1)
    await api('views.open', { trigger_id: payload()['trigger_id'], view: MODAL })
    place.answer = { status: 500, body: '' }
    await page.getByLabel('Why?').fill('wrong totals')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('#modal').getByText('We had some trouble connecting').waitFor()
    place.answer = { status: 200, body: '' }
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('#modal').waitFor({ state: 'hidden' })
  })

  test('a person who looks twice is one person; two people are two', async () => {
    await post()
    await look('U0ANN')
    const other = await browser.newPage()
    await other.goto(`${place.slack.pageUrl}?user=U0BEN`)
    await page.getByRole('button', { name: 'Reject' }).click()
    await place.sent(1)
    await api('views.open', { trigger_id: payload()['trigger_id'], view: MODAL })
    await page.locator('#modal').waitFor()
    expect(await other.locator('#modal').isVisible()).toBe(false)
    await other.getByRole('button', { name: 'Reject' }).click()
    await place.sent(2)
    expect(payload()).toMatchObject({ user: { id: 'U0BEN' } })
    await other.close()
  })

  test('nobody without its token acts through it', async () => {
    const click = await fetch(`${place.slack.pageUrl}click?user=U0ANN`, {
      method: 'POST',
      body: '{}'
    })
    expect(click.status).toBe(403)
    const events = await fetch(`${place.slack.pageUrl}events?user=U0ANN&token=x`)
    expect(events.status).toBe(403)
    expect(place.received).toEqual([])
  })

  test.each(['light', 'dark'] as const)(
    '%s, on a phone: nothing runs out of it',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width: 360, height: 700 })
      await post()
      await look()
      await page.locator('article').waitFor()
      const widths = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')
      expect(widths).toEqual([360, 360])
      const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor')
      expect(ground).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(26, 29, 33)')
    }
  )
})
