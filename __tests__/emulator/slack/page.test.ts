import { describe, expect, test } from '@jest/globals'
import { createHmac } from 'node:crypto'
import { usePage } from './page-stage.ts'
import { CHANNEL, openPlace, SECRET } from './workspace.ts'

const stage = usePage()

describe('the page', () => {
  test('shows a card as Slack would: formats, mentions, links, dates, emoji', async () => {
    await stage.post()
    await stage.look()
    const card = stage.page.locator('article')
    await card.locator('h3').waitFor()
    expect(await card.locator('b').first().textContent()).toBe('bold')
    expect(await card.locator('i').textContent()).toBe('it')
    expect(await card.locator('s').textContent()).toBe('no')
    expect(await card.locator('code').first().textContent()).toBe('code <x>')
    expect(await card.locator('a').getAttribute('href')).toBe('https://example.com/a')
    expect(await card.locator('.mention').textContent()).toBe('@김민준')
    expect(await card.locator('blockquote').textContent()).toBe('quoted')
    expect(await card.getByRole('img', { name: 'tada' }).isVisible()).toBe(true)
    expect(await card.locator('.fields time').textContent()).toBe('00:15')
    expect(await card.getByRole('button').allTextContents()).toEqual(['Approve', 'Reject'])
  })

  test('shows hostile text as the text it is', async () => {
    await stage.post()
    await stage.look()
    const card = stage.page.locator('article')
    expect(await card.locator('h3').textContent()).toBe('shop/orders waits <b>for</b> approval')
    expect(await card.textContent()).toContain('*not bold* <script>alert(1)</script>')
    expect(await card.locator('script').count()).toBe(0)
  })

  test('Approve asks first; No sends nothing, Yes sends the click', async () => {
    await stage.post()
    await stage.look()
    await stage.page.getByRole('button', { name: 'Approve' }).click()
    const dialog = stage.page.locator('#confirm')
    expect(await dialog.locator('h2').textContent()).toBe('Release?')
    expect(await dialog.locator('p').textContent()).toBe('Users get 2.')
    await dialog.getByRole('button', { name: 'No' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(stage.place.received).toEqual([])
    await stage.page.getByRole('button', { name: 'Approve' }).click()
    await dialog.getByRole('button', { name: 'Yes' }).click()
    await stage.place.sent(1)
    const [{ headers, body } = { headers: {}, body: '' }] = stage.place.received
    const base = `v0:${String(headers['x-slack-request-timestamp'])}:${body}`
    const mac = createHmac('sha256', SECRET).update(base).digest('hex')
    expect(headers['x-slack-signature']).toBe(`v0=${mac}`)
    expect(stage.payload()).toMatchObject({
      user: { id: 'U0ANN' },
      actions: [{ action_id: 'gate_approve' }]
    })
  })

  test('one person sees what is said to them alone, the other does not', async () => {
    await stage.api('chat.postEphemeral', {
      channel: CHANNEL,
      user: 'U0ANN',
      text: 'You are *not* an approver'
    })
    await stage.look()
    await stage.page.getByText('Only visible to you').waitFor()
    await stage.page.getByLabel('You are').selectOption('U0BEN')
    await stage.page.getByText('Only visible to you').waitFor({ state: 'detached' })
    expect(stage.page.url()).toContain('user=U0BEN')
  })

  test('follows changes without being loaded again, answers under what they answer', async () => {
    const { ts } = await stage.post()
    await stage.look()
    await stage.page.locator('article').waitFor()
    await stage.post({ blocks: [], text: 'later' })
    await stage.post({ blocks: [], text: 'still waits', thread_ts: ts })
    await stage.api('chat.update', {
      channel: CHANNEL,
      ts,
      text: 'x',
      blocks: [{ type: 'header', text: { type: 'plain_text', text: 'approved' } }]
    })
    await stage.page.getByText('approved').waitFor()
    expect(await stage.page.locator('article').allTextContents()).toEqual([
      expect.stringContaining('(edited)approved'),
      expect.stringContaining('still waits'),
      expect.stringContaining('later')
    ])
    expect(await stage.page.getByRole('button').count()).toBe(0)
  })

  test('buttons beside a section and menus of options', async () => {
    const text = (said: string): object => ({ type: 'plain_text', text: said })
    await stage.post({
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
    await stage.look()
    await stage.page.getByRole('button', { name: 'Details' }).click()
    await stage.place.sent(1)
    expect(stage.payload()).toMatchObject({ actions: [{ action_id: 'beside' }] })
    await stage.page.getByLabel('More actions').click()
    await stage.page.getByRole('button', { name: 'Second' }).click()
    await stage.place.sent(2)
    expect(stage.payload()).toMatchObject({ actions: [{ selected_option: { value: '2' } }] })
    expect(await stage.page.getByRole('button', { name: 'Second' }).isVisible()).toBe(false)
    expect(await stage.page.getByRole('img', { name: 'a chart of p99' }).count()).toBe(1)
  })

  test('several channels, each with its own messages', async () => {
    await stage.place.close()
    stage.place = await openPlace({ channels: { [CHANNEL]: 'releases', C0INFRA: 'infra' } })
    await stage.post({ blocks: [], text: 'of releases' })
    await stage.post({ blocks: [], text: 'of infra', channel: 'C0INFRA' })
    await stage.look()
    await stage.page.getByText('of releases').waitFor()
    expect(await stage.page.locator('article').count()).toBe(1)
    await stage.page.getByRole('button', { name: '# infra' }).click()
    await stage.page.getByText('of infra').waitFor()
    expect(await stage.page.locator('article').count()).toBe(1)
    expect(await stage.page.getByRole('heading', { level: 1 }).textContent()).toBe('# infra')
  })

  test('says when the app does not answer well', async () => {
    await stage.post()
    await stage.look()
    stage.place.answer = { status: 500, body: '' }
    await stage.page.getByRole('button', { name: 'Reject' }).click()
    const alert = stage.page.getByRole('alert').getByText('Status Code 500')
    await alert.waitFor()
    expect(await alert.isVisible()).toBe(true)
  })

  test('loads nothing from elsewhere, and forbids what no message may start', async () => {
    const asked = new Set<string>()
    stage.page.on('request', (request) => asked.add(new URL(request.url()).origin))
    await stage.post({
      blocks: [{ type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' }]
    })
    await stage.look()
    await stage.page.getByRole('img', { name: 'a' }).waitFor()
    expect([...asked]).toEqual([new URL(stage.place.slack.pageUrl).origin])
    const { headers } = await fetch(stage.place.slack.pageUrl)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "form-action 'none'"])
    )
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('nothing outside its folder can be read through it', async () => {
    for (const path of ['..%2fserver.ts', '%2e%2e/server.ts', 'server.ts', 'index.html']) {
      expect((await fetch(stage.place.slack.pageUrl + path)).status).toBe(403)
    }
  })

  test('nobody without its token acts through it', async () => {
    const click = await fetch(`${stage.place.slack.pageUrl}click?user=U0ANN`, {
      method: 'POST',
      body: '{}'
    })
    expect(click.status).toBe(403)
    const events = await fetch(`${stage.place.slack.pageUrl}events?user=U0ANN&token=x`)
    expect(events.status).toBe(403)
    expect(stage.place.received).toEqual([])
  })

  test.each(['light', 'dark'] as const)(
    '%s, on a phone: nothing runs out of it',
    async (colorScheme) => {
      await stage.page.emulateMedia({ colorScheme })
      await stage.page.setViewportSize({ width: 360, height: 700 })
      await stage.post()
      await stage.look()
      await stage.page.locator('article').waitFor()
      const widths = await stage.page.evaluate('[document.documentElement.scrollWidth, innerWidth]')
      expect(widths).toEqual([360, 360])
      const ground = await stage.page.evaluate('getComputedStyle(document.body).backgroundColor')
      expect(ground).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(26, 29, 33)')
    }
  )
})
