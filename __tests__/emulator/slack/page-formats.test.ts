import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../../browser.ts'
import { callJson } from './client.ts'
import { CHANNEL, openPlace } from './workspace.ts'
import type { Place } from './workspace.ts'

/*
 * How the page shows mrkdwn. `shown` is the HTML that the browser has made of
 * it, which no message can write by itself: all text in it is escaped.
 */
let browser: Browser
let page: Page
let place: Place
beforeAll(async () => {
  browser = await openBrowser()
  place = await openPlace({ rateLimits: 'off' })
  page = await browser.newPage({ timezoneId: 'Asia/Seoul', locale: 'en-US' })
  await page.goto(`${place.slack.pageUrl}?user=U0ANN`)
}, 60_000)
afterAll(async () => {
  await browser.close()
  await place.close()
})

async function shown(text: string): Promise<string> {
  const { ts } = await callJson(place, 'chat.postMessage', { channel: CHANNEL, text })
  const body = page.locator(`article[data-ts="${String(ts)}"] .text`)
  return await body.innerHTML()
}

describe('mrkdwn on the page', () => {
  test.each([
    ['formats, nested', '*a _b_ ~c~*', '<b>a <i>b</i> <s>c</s></b>'],
    ['no format inside a word', 'a*b*c 2*3*4', 'a*b*c 2*3*4'],
    ['no format where Korean goes on without a space', '*굵게*입니다', '*굵게*입니다'],
    ['a format beside Korean punctuation', '(*굵게*), 끝', '(<b>굵게</b>), 끝'],
    ['no format from blanks', '* a * and _ b _', '* a * and _ b _'],
    [
      'no format behind a word joiner',
      '\u2060*\u2060a\u2060*\u2060',
      '\u2060*\u2060a\u2060*\u2060'
    ],
    ['code as it is written', '`*a* :tada: &lt;b&gt;`', '<code>*a* :tada: &lt;b&gt;</code>'],
    ['a block of several lines', 'x\n```a\n *b*```\ny', 'x<pre>a\n *b*</pre>y'],
    ['a quote', '&gt; a\n&gt; *b*\nc', '<blockquote>a\n<b>b</b></blockquote>c'],
    ['lines', 'a\nb', 'a\nb'],
    ['entities, once', '&amp;lt; &lt;b&gt;', '&amp;lt; &lt;b&gt;'],
    ['emoji by name, and no others', ':rocket: :no_such:', '🚀 :no_such:'],
    [
      'no emoji by a name that objects have',
      ':constructor: :__proto__:',
      ':constructor: :__proto__:'
    ],
    ['who looks, marked', '<@U0ANN>', '<span class="mention me">@Ann Lee</span>'],
    ['others by name', '<@U0BEN|x>', '<span class="mention">@김민준</span>'],
    ['nobody by id', '<@U0NONE>', '<span class="mention">@U0NONE</span>'],
    ['a channel', `<#${CHANNEL}>`, '<span class="mention">#releases</span>'],
    ['a group', '<!subteam^S0OPS|@ops>', '<span class="mention">@ops</span>'],
    ['everybody', '<!here>', '<span class="mention me">@here</span>'],
    [
      'a link with a label',
      '<https://x.example/?a=1&amp;b=2|to &lt;it&gt;>',
      '<a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer" target="_blank">to &lt;it&gt;</a>'
    ],
    ['no link that runs something', '<javascript:alert(1)|x>', '&lt;javascript:alert(1)|x&gt;'],
    ['no link to data', '<data:text/html,x|x>', '&lt;data:text/html,x|x&gt;'],
    ['markup as text', '<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;']
  ])('%s', async (_, text, html) => {
    expect(await shown(text)).toBe(html)
  })
})

describe('emoji that an app uses', () => {
  /** Every name in the words of the gate's card and in what it adds to them. */
  const used = new Set(
    [...sourcesOf('src/gate/card'), ...sourcesOf('src/gate/callback')].flatMap(
      (source) => source.match(/(?<=['`* ]):[a-z_]+:(?=['`* ])/g) ?? []
    )
  )

  test('are drawn, so that a machine without a font for them shows no boxes', async () => {
    expect(used.size).toBeGreaterThan(12)
    for (const name of used) {
      expect([name, await shown(name)]).toEqual([
        name,
        expect.stringMatching(
          /^<svg viewBox="0 0 20 20" class="emoji" role="img" aria-label="[a-z ]+">/
        )
      ])
    }
  })

  test('are drawn in what is plain text too', async () => {
    const { ts } = await callJson(place, 'chat.postMessage', {
      channel: CHANNEL,
      text: 'x',
      blocks: [{ type: 'header', text: { type: 'plain_text', text: ':x: a :no_such: b' } }]
    })
    const header = page.locator(`article[data-ts="${String(ts)}"] h3`)
    await header.waitFor()
    expect(await header.locator('svg').count()).toBe(1)
    expect(await header.textContent()).toBe(' a :no_such: b')
  })
})

/** The text of every file under a folder. */
function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}

/** Midnight UTC of 2026-01-01, which is nine in the morning in Seoul. */
const NOW = 1_767_225_600

describe('dates on the page', () => {
  test.each([
    ['{date_num}', 0, '2026-01-01'],
    ['{date_slash}', 0, '01/01/2026'],
    ['{date}', 86_400, 'January 2nd, 2026'],
    ['{date_short}', 0, 'Jan 1, 2026'],
    ['{date_long}', 10 * 86_400, 'Sunday, January 11th, 2026'],
    ['{date_long_full}', 0, 'January 1, 2026'],
    ['{time}', 0, '09:00'],
    ['{time_secs}', 5, '09:00:05'],
    ['{date_short_pretty} {time}', 15 * 3_600, 'Tomorrow 00:00'],
    ['until {date_pretty}', 0, 'until today'],
    ['{date_long_pretty}', -9 * 3_600 - 1, 'Yesterday'],
    ['{date_short_pretty}', 3 * 86_400, 'Jan 4, 2026'],
    ['{ago}', -120, '2 minutes ago'],
    ['{ago}', 3_700, 'in 1 hour'],
    ['{nothing} {constructor}', 0, '{nothing} {constructor}']
  ])('%s, %i seconds from now', async (format, from, expected) => {
    const html = await shown(`<!date^${NOW + from}^${format}|in UTC>`)
    expect(html.replace(/<[^>]*>/g, '')).toBe(expected)
    expect(html).toContain('title="in UTC"')
  })

  test('the fallback where there is no such moment', async () => {
    expect(await shown('<!date^soon^{time}|some &lt;day&gt;>')).toBe('some &lt;day&gt;')
  })

  test('go on with the clock while nothing else happens', async () => {
    const { ts } = await callJson(place, 'chat.postMessage', {
      channel: CHANNEL,
      text: `it ends <!date^${NOW + 3_000}^{ago}|soon>`
    })
    const time = page.locator(`article[data-ts="${String(ts)}"] .text time`)
    expect(await time.textContent()).toBe('in 50 minutes')
    await place.clock.advance(20 * 60_000)
    await time.getByText('in 30 minutes').waitFor()
  })
})
