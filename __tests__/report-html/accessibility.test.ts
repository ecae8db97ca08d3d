import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { reportToHtml } from '../../src/report-html/render.ts'
import { speaking } from '../../src/words/say.ts'
import { SAMPLES } from '../action/summary/samples.ts'
import { faultsOf } from '../axe.ts'
import { openBrowser } from '../browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
}, 60_000)
afterAll(() => browser.close())

/** Each sample once in each theme; language and width take turns, so that every pair of them is met. */
const LOOKS = Object.keys(SAMPLES).flatMap((name, index) =>
  (['light', 'dark'] as const).map((colorScheme, theme) => ({
    name: name as keyof typeof SAMPLES,
    colorScheme,
    language: (index + theme) % 2 === 0 ? ('en' as const) : ('ko' as const),
    width: index % 4 < 2 ? 1280 : 390
  }))
)

describe('axe-core finds nothing', () => {
  it.each(LOOKS)(
    'on the report of $name in $colorScheme, $language, $width px wide',
    async ({ name, colorScheme, language, width }) => {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } })
      const html = await speaking(language, () => Promise.resolve(reportToHtml(SAMPLES[name])))
      await page.setContent(html)
      // What is folded is judged too.
      await page.evaluate(
        'document.querySelectorAll("details").forEach((each) => (each.open = true))'
      )
      expect(await faultsOf(page)).toEqual([])
      await page.close()
    }
  )
})

it('a page names its language', async () => {
  const html = (): string => reportToHtml(SAMPLES.released)
  expect(html()).toContain('<html lang="en">')
  expect(await speaking('ko', () => Promise.resolve(html()))).toContain('<html lang="ko">')
})

it('each chart has a table: its title names the metric, and a table has its figures', async () => {
  const page = await browser.newPage()
  await page.setContent(reportToHtml(SAMPLES.released))
  const tables = await page.evaluate<string[]>(
    `[...document.querySelectorAll('table')].map((each) =>
      [...each.querySelectorAll('thead th')].map((th) => th.textContent).join())`
  )
  expect(tables).toEqual(
    expect.arrayContaining([
      'At (UTC),Green,Blue',
      '16 s from (UTC),Requests,Failed,Slowest,1.8.3,1.9.0',
      'Event,Status,Start (UTC),Elapsed,Took,Message',
      'Seen,At (UTC),After the stop',
      expect.stringMatching(/^At \(UTC\),Healthy hosts, blue,Healthy hosts, green,/)
    ])
  )
  await page.close()
})

it('no state is told by colour alone: each has a sign and a word', async () => {
  const page = await browser.newPage()
  for (const report of Object.values(SAMPLES)) {
    await page.setContent(reportToHtml(report))
    const states = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.badge, .tile:not(.plain) .value')].map((each) => each.textContent.trim())`
    )
    for (const words of states) expect(words).toMatch(/^[✓!✕?–] \S/u)
  }
  await page.close()
})
