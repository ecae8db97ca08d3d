import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../../browser.ts'
import { callJson } from './client.ts'
import { CARD, CHANNEL, openPlace } from './workspace.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
}, 60_000)
afterAll(() => browser.close())

it('says that the demo has ended, keeps what it last knew, and takes no clicks', async () => {
  const place = await openPlace()
  await callJson(place, 'chat.postMessage', { channel: CHANNEL, text: 'Release 2?', blocks: CARD })
  const page = await browser.newPage()
  await page.goto(`${place.slack.pageUrl}?user=U0ANN`)
  const button = page.locator('#messages button').first()
  await button.waitFor()
  const before = await page.locator('#messages').innerText()
  expect(await page.locator('#trouble').isVisible()).toBe(false)
  await place.close()
  const notice = page.getByRole('alert')
  await notice.getByText('The demo has ended.').waitFor()
  expect(await page.locator('#messages').innerText()).toBe(before)
  expect(await page.locator('#messages').getAttribute('inert')).toBe('')
  expect(await page.locator('#user').isDisabled()).toBe(true)
  await page.close()
}, 60_000)
