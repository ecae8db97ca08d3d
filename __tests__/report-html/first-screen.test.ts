import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { asOnGitHub } from '../../scripts/pictures/github.ts'
import { renderSummary } from '../../src/action/summary/render.ts'
import { reportToHtml } from '../../src/report-html/render.ts'
import { SAMPLES } from '../action/summary/samples.ts'
import { openBrowser } from '../browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
}, 60_000)
afterAll(() => browser.close())

/** Pixels on a phone (390 wide) of report and summary as they were before the rest was folded. */
const BEFORE = {
  released: [8912, 6007],
  stopped: [7960, 6633],
  rejected: [7399, 5053],
  failed: [5823, 3930]
} as const

async function open(html: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 390, height: 400 } })
  await page.setContent(html)
  return page
}

async function heightOf(html: string): Promise<number> {
  const page = await open(html)
  const height = await page.evaluate<number>('document.documentElement.scrollHeight')
  await page.close()
  return height
}

const TILES_END = `document.querySelector('dl.tiles').getBoundingClientRect().bottom`

const NAMES = ['released', 'stopped', 'rejected', 'failed'] as const

describe.each(NAMES)('on a phone, %s', (name) => {
  const report = SAMPLES[name]
  const [reportBefore, summaryBefore] = BEFORE[name]

  it('is at most half as tall as it was, as report and as summary', async () => {
    expect(await heightOf(reportToHtml(report))).toBeLessThan(reportBefore / 2)
    // Mermaid draws the chart less tall than its source is.
    const summary = asOnGitHub(renderSummary(report), 'en')
    expect(await heightOf(summary)).toBeLessThan(summaryBefore / 2)
  })

  it('has outcome, sentence and five figures on the first screen, then one chart, then evidence', async () => {
    const page = await open(reportToHtml(report))
    expect(await page.locator('.tile').count()).toBe(5)
    expect(await page.evaluate(TILES_END)).toBeLessThan(700)
    const headings = await page.locator('main h2').allTextContents()
    const folded = await page.locator('summary h2').allTextContents()
    const inSight = headings.filter((each) => !folded.includes(each))
    expect(inSight[0]).toBe('The release over time')
    expect(inSight.slice(1).every((each) => ['Cause', 'Evidence'].includes(each))).toBe(true)
    // What is in sight comes before what is folded.
    expect(headings.slice(0, inSight.length)).toEqual(inSight)
    await page.close()
  })
})

it('has nothing but the outcome and its problems in sight where nothing was deployed', async () => {
  const page = await open(reportToHtml(SAMPLES.refused))
  expect(await page.locator('.tile').count()).toBe(0)
  expect(await page.locator('main > section h2').allTextContents()).toEqual(['Problems'])
  await page.close()
})

it('shows what a dry run is made for, opened', async () => {
  const page = await open(reportToHtml(SAMPLES.planned))
  expect(await page.locator('details.part[open] h2').allTextContents()).toEqual([
    'What changed',
    'Pre-flight'
  ])
  await page.close()
})

it('does not end a line inside of an identifier that has separators', async () => {
  const page = await open(reportToHtml(SAMPLES.released))
  await page.evaluate('document.querySelectorAll("details").forEach((each) => (each.open = true))')
  // Each piece between two places where a line may end is on one line, if it is not a long hash.
  const broken = await page.evaluate<
    string[]
  >(`[...document.querySelectorAll('code')].flatMap((code) =>
    [...code.childNodes].filter((node) => node.nodeType === 3 && /^\\S{1,29}$/.test(node.data)).flatMap((node) => {
      const range = document.createRange()
      range.selectNode(node)
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
      return lines.size > 1 ? [node.data] : []
    }))`)
  expect(broken).toEqual([])
  await page.close()
})
