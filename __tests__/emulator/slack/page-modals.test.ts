import { describe, expect, test } from '@jest/globals'
import { usePage } from './page-stage.ts'
import { CARD, CHANNEL, MODAL } from './workspace.ts'

const stage = usePage()

describe('the reason modal', () => {
  test('asks for what is required, sends it, and closes', async () => {
    await stage.post()
    await stage.look('U0BEN')
    await stage.reject()
    const modal = stage.page.locator('#modal')
    await modal.getByLabel('Why?').waitFor()
    expect(await modal.locator('h2').textContent()).toBe('Reject')
    expect(await stage.page.locator(':focus').getAttribute('name')).toBe('reason')
    await modal.getByRole('button', { name: 'Send' }).click()
    await modal.getByText('Please complete this required field.').waitFor()
    expect(stage.place.received).toHaveLength(1)
    await modal.getByLabel('Why?').fill('틀린 합계')
    await modal.getByRole('button', { name: 'Send' }).click()
    await modal.waitFor({ state: 'hidden' })
    expect(stage.payload()).toMatchObject({
      type: 'view_submission',
      user: { id: 'U0BEN' },
      view: { state: { values: { reason: { text: { value: '틀린 합계' } } } } }
    })
  })

  test("shows the app's complaint at the field, and keeps what was typed", async () => {
    const { page, place } = stage
    await stage.post()
    await stage.look()
    await stage.reject()
    place.answer = {
      status: 200,
      body: '{"response_action":"errors","errors":{"reason":"Too late."}}'
    }
    await page.getByLabel('Why?').fill('wrong totals')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Too late.').waitFor()
    const field = page.getByLabel('Why?')
    expect(await field.inputValue()).toBe('wrong totals')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    const about = (await field.getAttribute('aria-describedby'))?.split(' ') ?? []
    expect(await Promise.all(about.map((id) => page.locator(`#${id}`).textContent()))).toEqual([
      'Too late.',
      'Goes on record'
    ])
    expect(await page.locator('.left').textContent()).toBe('8')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.locator('#modal').waitFor({ state: 'hidden' })
  })

  test('says when a submission was not taken, and takes it again', async () => {
    const { page, place } = stage
    await stage.post()
    await stage.look()
    await stage.reject()
    place.answer = { status: 500, body: '' }
    await page.getByLabel('Why?').fill('wrong totals')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('#modal').getByText('We had some trouble connecting').waitFor()
    place.answer = { status: 200, body: '' }
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('#modal').waitFor({ state: 'hidden' })
    expect(await page.locator('#modal').isVisible()).toBe(false)
  })

  test('keeps what was typed while the channel goes on', async () => {
    const { page } = stage
    await stage.post()
    await stage.look()
    await stage.reject()
    await page.getByLabel('Why?').fill('wrong to')
    await stage.post({ blocks: [], text: 'later' })
    await page.getByText('later').waitFor()
    expect(await page.getByLabel('Why?').inputValue()).toBe('wrong to')
  })

  test('belongs to the one who clicked: two people look at once', async () => {
    const { browser, page, place } = stage
    await stage.post()
    await stage.look('U0ANN')
    const other = await browser.newPage()
    await other.goto(`${place.slack.pageUrl}?user=U0BEN`)
    await stage.reject()
    await page.locator('#modal').waitFor()
    expect(await other.locator('#modal').isVisible()).toBe(false)
    await stage.reject(other)
    await other.locator('#modal').waitFor()
    expect(stage.payload()).toMatchObject({ user: { id: 'U0BEN' } })
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.locator('#modal').waitFor({ state: 'hidden' })
    expect(await other.locator('#modal').isVisible()).toBe(true)
    await other.close()
  })
})

describe('a button in a modal', () => {
  const DETAILS = {
    type: 'modal',
    callback_id: 'details',
    title: { type: 'plain_text', text: 'Details' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [
      {
        type: 'section',
        text: { type: 'mrkdwn', text: 'until <!date^1767226500^{time}|00:15 UTC> :lock:' }
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'more',
            text: { type: 'plain_text', text: 'Break glass' },
            style: 'danger'
          }
        ]
      }
    ]
  }

  test('is pressed like one of a message, and what it opens lies on top', async () => {
    const { page, place } = stage
    await stage.post()
    await stage.look()
    await page.getByRole('button', { name: 'Reject' }).click()
    await place.sent(1)
    await stage.api('views.open', { trigger_id: stage.payload()['trigger_id'], view: DETAILS })
    const modal = page.locator('#modal')
    // Dates and emoji are drawn there as in messages.
    await modal.getByText('until 00:15').waitFor()
    expect(await modal.locator('svg.emoji').count()).toBe(1)
    await modal.getByRole('button', { name: 'Break glass' }).click()
    await place.sent(2)
    expect(stage.payload()).toMatchObject({ container: { type: 'view' } })
    await stage.api('views.push', { trigger_id: stage.payload()['trigger_id'], view: MODAL })
    await modal.getByLabel('Why?').waitFor()
    await modal.getByRole('button', { name: 'Cancel' }).click()
    await modal.getByText('until 00:15').waitFor()
    await modal.getByRole('button', { name: 'Close' }).click()
    await modal.waitFor({ state: 'hidden' })
  })

  test('of a long modal stays within the window, title and buttons too', async () => {
    const { page, place } = stage
    await page.setViewportSize({ width: 390, height: 600 })
    await stage.post()
    await stage.look()
    await page.getByRole('button', { name: 'Reject' }).click()
    await place.sent(1)
    const text = { type: 'mrkdwn', text: 'a line\n'.repeat(80).trim() }
    const blocks = [{ type: 'section', text }, ...DETAILS.blocks]
    const trigger = stage.payload()['trigger_id']
    await stage.api('views.open', { trigger_id: trigger, view: { ...DETAILS, blocks } })
    const close = page.locator('#modal').getByRole('button', { name: 'Close' })
    await close.waitFor()
    const box = await close.boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(600)
    expect(await page.locator('#modal h2').boundingBox()).toMatchObject({ x: expect.any(Number) })
    expect((await page.locator('#modal h2').boundingBox())?.y).toBeGreaterThanOrEqual(0)
  })
})

describe('the focus', () => {
  test('stays where it is while messages around it change', async () => {
    const { page } = stage
    const { ts } = await stage.post()
    await stage.look()
    const reject = page.getByRole('button', { name: 'Reject' })
    await reject.focus()
    // What did not change is not made anew: a selection in it would be gone.
    await page.evaluate("document.querySelector('article').id = 'the-same'")
    await stage.post({ blocks: [], text: 'later' })
    await page.getByText('later').waitFor()
    expect(await page.locator('#the-same').getByRole('button').count()).toBe(2)
    expect(await page.locator(':focus').textContent()).toBe('Reject')
    const update = (blocks: object[]): Promise<unknown> =>
      stage.api('chat.update', { channel: CHANNEL, ts, text: 'x', blocks })
    await update(CARD.slice(1))
    await page.getByText('(edited)').waitFor()
    expect(await page.locator(':focus').textContent()).toBe('Reject')
    await update(CARD.slice(0, 1))
    await reject.waitFor({ state: 'detached' })
    expect(await page.locator(':focus').getAttribute('data-ts')).toBe(ts)
  })

  test('goes into a dialog and back, by keyboard alone', async () => {
    const { page } = stage
    await stage.post()
    await stage.look()
    await page.getByRole('button', { name: 'Approve' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('#confirm').getByRole('button', { name: 'No' }).waitFor()
    expect(await page.locator(':focus').textContent()).toBe('No')
    await page.keyboard.press('Escape')
    await page.locator('#confirm').waitFor({ state: 'hidden' })
    expect(await page.locator(':focus').textContent()).toBe('Approve')
    expect(stage.place.received).toEqual([])
  })
})
