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
import { spoilt } from './spoilt.ts'

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

it('has the one-off task with its exit codes', async () => {
  const { page } = await open(SAMPLES.migration)
  const part = page.locator('details.part', {
    has: page.getByRole('heading', { name: 'One-off task' })
  })
  expect(await part.getByText('container order ended with exit code 1').count()).toBe(1)
  expect(await part.locator('tbody tr').count()).toBe(2)
  await page.close()
})

it('has a mark for each column and each step of traffic', async () => {
  const { page } = await open(SAMPLES.stopped)
  const [whole] = await page.locator('rect.failure.mark').all()
  expect(whole).toBeDefined()
  // 100 % blue, then 90 and 10, then 100 again.
  const traffic = page.locator('svg[aria-labelledby=whole-traffic-title] rect.area')
  expect(await traffic.count()).toBe(4)
  // 538 seconds in columns of eight.
  const latency = page.locator('svg[aria-labelledby=whole-latency-0-title] rect.mark')
  expect(await latency.count()).toBe(68)
  await page.close()
})

const HOSTILE = `"'><img src=x onerror=alert(1)></style></title><script>alert(2)</script>&lt;`
/** Every element of the page with the names of its attributes. A text may break anywhere. */
async function shape(report: unknown): Promise<unknown> {
  const { page, noise } = await open(report as Report)
  const found = await page.evaluate(
    `[...document.querySelectorAll('*:not(wbr)')].map((e) => [e.tagName, ...e.getAttributeNames()].join(' '))`
  )
  expect(noise).toEqual([])
  await page.close()
  return found
}

it.each(Object.entries(SAMPLES))('has no element of hostile text: %s', async (_, report) => {
  expect(await shape(spoilt(report, HOSTILE))).toEqual(await shape(spoilt(report, 'x')))
})

it('shows hostile text as it is, where a target, an alarm and a version have it', async () => {
  for (const name of ['failed', 'released'] as const) {
    const { page } = await open(spoilt(SAMPLES[name], HOSTILE) as Report)
    const cells = await page.locator('td').allTextContents()
    const wanted = name === 'failed' ? [HOSTILE] : [`? ${HOSTILE}`, `${HOSTILE}: 7`]
    expect(cells).toEqual(expect.arrayContaining(wanted))
    await page.close()
  }
})

it.each([
  'javascript:alert(1)',
  ' jAvAsCrIpT:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  '//x.example',
  'not an address'
])('makes no link of %j', async (url) => {
  const { failed } = SAMPLES
  const label = 'where to look'
  const { page } = await open({
    ...failed,
    trigger: { ...failed.trigger, runUrl: url, commitUrl: url },
    where: { ...failed.where, consoleLinks: [{ label, url }] },
    diagnosis: failed.diagnosis && { ...failed.diagnosis, whereToLook: [{ label, url }] },
    deployment: failed.deployment && { ...failed.deployment, consoleUrl: url }
  })
  expect(await page.locator('a').count()).toBe(0)
  expect(await page.getByText(label).count()).toBe(2)
  await page.close()
})

describe('its size', () => {
  const { released } = SAMPLES
  const [event] = released.timeline
  const second = {
    total: 50,
    failed: 50,
    slowestMs: 3_000,
    byVersion: { '1.8.3': 25, '1.9.0': 25 }
  }
  const hour = Array.from({ length: 3_600 }, (_, index) => ({
    ...second,
    at: released.startedAt + index * 1_000
  }))
  const evidence = released.evidence.map((each) =>
    each.section === 'availability'
      ? { ...each, endedAt: released.startedAt + 3_600_000, seconds: hour }
      : each
  )

  it('is that of less than 300 columns a chart for an hour at 50 requests a second', async () => {
    const report = { ...released, evidence }
    expect(Buffer.byteLength(reportToHtml(report))).toBeLessThan(300_000)
    const { page } = await open(report)
    for (const chart of ['latency', 'failures']) {
      const marks = page.locator(`svg[aria-labelledby^=whole-${chart}] rect.mark`)
      // An hour of columns of 32 seconds, one of them begun before the first second.
      expect(await marks.count()).toBe(113)
    }
    await page.close()
  })

  it('is bounded for whatever a report holds, and says what it leaves out', () => {
    const much = <T>(value: T): T[] => Array.from({ length: 20_000 }, () => value)
    const text = 'x'.repeat(10_000)
    const html = reportToHtml({
      ...released,
      evidence,
      warnings: much(text),
      problems: much(text),
      timeline: event ? much(event) : []
    })
    expect(Buffer.byteLength(html)).toBeLessThan(4_000_000)
    expect(html).toContain('19500 of 20000 entries left out for size')
    expect(html).toContain('19500 of 20000 entries left out for size')
  })
})

it('prints on white with nothing folded away, also for a reader of dark pages', async () => {
  const { page } = await open(SAMPLES.stopped)
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
  const folded = page.locator('details table')
  expect(await page.evaluate(GROUND)).not.toBe('rgb(255, 255, 255)')
  expect(await folded.first().isVisible()).toBe(false)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await page.evaluate(GROUND)).toBe('rgb(255, 255, 255)')
  expect(await folded.first().isVisible()).toBe(true)
  expect(await page.evaluate(OVERFLOW)).toBe('visible')
  await page.close()
})

const GROUND = 'getComputedStyle(document.body).backgroundColor'
const OVERFLOW = 'getComputedStyle(document.querySelector(".scroll")).overflowX'

it('has a row for each line of a wide table on a phone, with the names of its columns', async () => {
  const { page } = await open(SAMPLES.stopped, 360)
  const before = `getComputedStyle(document.querySelector('td[data-head="p99"]'), '::before').content`
  // The browser gives the attribute's name here, and its text to who looks.
  expect(await page.evaluate(before)).toMatch(/^(attr\(data-head\)|"p99")$/)
  expect(
    await page.evaluate(
      `[...document.querySelectorAll('.scroll')].filter((e) => e.scrollWidth > e.clientWidth).length`
    )
  ).toBe(0)
  await page.close()
})
