import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../../browser.ts'
import { callJson } from './client.ts'
import { CARD, CHANNEL, MODAL, openPlace } from './workspace.ts'
import type { Place } from './workspace.ts'

/** A browser in front of a fresh Slack, for every test of a file. */
export interface Stage {
  readonly browser: Browser
  readonly page: Page
  place: Place
  /** One call of the app to Slack. */
  api(method: string, args: object): Promise<Record<string, unknown>>
  /** The card, or what is given in its place. */
  post(more?: object): Promise<Record<string, unknown>>
  look(user?: string): Promise<void>
  /** The payload of the last request that reached the app. */
  payload(): Record<string, unknown>
  /** Presses Reject, and opens the modal that it asks for. */
  reject(on?: Page): Promise<void>
}

/**
 * Registers what a file of page tests needs, and fails every test on whose page
 * anything was wrong: an exception, or anything the policy of the page refused.
 */
export function usePage(): Stage {
  let browser: Browser
  let page: Page
  const wrong: string[] = []
  beforeAll(async () => {
    browser = await openBrowser()
  }, 60_000)
  afterAll(() => browser.close())
  beforeEach(async () => {
    stage.place = await openPlace()
    page = await browser.newPage({ viewport: { width: 900, height: 700 }, timezoneId: 'UTC' })
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
  })
  afterEach(async () => {
    await page.close()
    await stage.place.close()
    expect(wrong.splice(0)).toEqual([])
  })
  const stage: Omit<Stage, 'place'> & { place: Place } = {
    get browser() {
      return browser
    },
    get page() {
      return page
    },
    place: undefined as never,
    api: (method, args) => callJson(stage.place, method, args),
    post: (more = {}) =>
      stage.api('chat.postMessage', { channel: CHANNEL, text: 'a card', blocks: CARD, ...more }),
    look: async (user = 'U0ANN') => {
      await page.goto(`${stage.place.slack.pageUrl}?user=${user}`)
    },
    payload() {
      const body = stage.place.received.at(-1)?.body
      const payload: unknown = JSON.parse(new URLSearchParams(body).get('payload') ?? '{}')
      return payload as Record<string, unknown>
    },
    async reject(on = page) {
      const before = stage.place.received.length
      await on.getByRole('button', { name: 'Reject' }).click()
      await stage.place.sent(before + 1)
      await stage.api('views.open', { trigger_id: stage.payload()['trigger_id'], view: MODAL })
    }
  }
  return stage
}
