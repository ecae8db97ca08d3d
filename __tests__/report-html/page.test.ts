import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import type { Report } from '../../src/release/report.ts'
import { reportToHtml } from '../../src/report-html/render.ts'
import { SAMPLES } from '../action/summary/samples.ts'
import { openBrowser } from '../browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
}, 60_000)
afterAll(() => browser.close())

interface Opened {
  readonly page: Page
  /** Requests other than for the file itself, and what the console said. */
  readonly noise: readonly string[]
}

async function open(report: Report, width = 1280): Promise<Opened> {
  const url = pathToFileURL(join(mkdtempSync(join(tmpdir(), 'report-')), 'report.html')).href
  writeFileSync(new URL(url), reportToHtml(report))
  const page = await browser.newPage({ viewport: { width, height: 800 } })
  const noise: string[] = []
  page.on('console', (message) => noise.push(message.text()))
  page.on('pageerror', (error) => noise.push(error.message))
  page.on('request', (request) => {
    if (request.url() !== url) noise.push(request.url())
  })
  await page.goto(url)
  return { page, noise }
}

describe.each(Object.entries(SAMPLES))('the page of %s', (_, report) => {
  it.each([360, 1280])('loads nothing, and fits %d pixels', async (width) => {
    const { page, noise } = await open(report, width)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    expect(await page.locator('h1').count()).toBe(1)
    expect(noise).toEqual([])
    await page.close()
  })
})

it('has a mark for each column and each step of traffic', async () => {
  const { page } = await open(SAMPLES.stopped)
  const [whole] = await page.locator('rect.failure.mark').all()
  expect(whole).toBeDefined()
  // 100 % blue, then 90 and 10, then 100 again.
  const traffic = page.locator('svg[aria-labelledby=whole-traffic-title] rect.area')
  expect(await traffic.count()).toBe(4)
  // 538 seconds in columns of four.
  const latency = page.locator('svg[aria-labelledby=whole-latency-0-title] rect.mark')
  expect(await latency.count()).toBe(135)
  await page.close()
})

const HOSTILE = `"'><img src=x onerror=alert(1)></style></title><script>alert(2)</script>&lt;`
/** What code chooses by; everything else may be any text. */
const WORDS_OF_OURS =
  /^(outcome|rollback|approval|state|section|verdict|kind|status|metric|side|unit|what|engine|cause|effect)$/

/** The value with this text in place of every text that is not one of our own words. */
function spoilt(value: unknown, key: string, put: string): unknown {
  if (typeof value === 'string') {
    if (/url$/i.test(key)) return `https://x.example/${put}`
    return WORDS_OF_OURS.test(key) ? value : put
  }
  if (Array.isArray(value)) return value.map((each) => spoilt(each, key, put))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, spoilt(each, name, put)])
  )
}

/** Every element of the page with the names of its attributes. */
async function shape(report: unknown): Promise<unknown> {
  const { page, noise } = await open(report as Report)
  const found = await page.evaluate(
    `[...document.querySelectorAll('*')].map((e) => [e.tagName, ...e.getAttributeNames()].join(' '))`
  )
  expect(noise).toEqual([])
  await page.close()
  return found
}

it.each(Object.entries(SAMPLES))('has no element of hostile text: %s', async (_, report) => {
  expect(await shape(spoilt(report, '', HOSTILE))).toEqual(await shape(spoilt(report, '', 'x')))
})
