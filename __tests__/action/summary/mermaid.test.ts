import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { renderSummary } from '../../../src/action/summary/render.ts'
import { speaking } from '../../../src/words/say.ts'
import { openBrowser } from '../../browser.ts'
import { describeUnless } from '../../helpers/needs.ts'
import { SAMPLES } from './samples.ts'

/** GitHub draws charts with Mermaid, which is too large to be installed with every checkout. */
const MERMAID = process.env['MERMAID']
const MISSING = MERMAID === undefined ? 'MERMAID does not name a mermaid.min.js' : undefined

describeUnless(MISSING, 'Mermaid itself', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await openBrowser()
    page = await browser.newPage()
    await page.addScriptTag({ path: MERMAID ?? '' })
  }, 60_000)
  afterAll(() => browser.close())

  it.each(['en', 'ko'] as const)('accepts every chart of every sample: %s', async (language) => {
    const charts = await speaking(language, () =>
      Promise.resolve(
        Object.values(SAMPLES).flatMap((report) =>
          [...renderSummary(report).matchAll(/```mermaid\n([\s\S]*?)\n```/g)].map(
            ([, source = '']) => source
          )
        )
      )
    )
    expect(charts.length).toBeGreaterThan(10)
    for (const source of charts) {
      // `parse` rejects with the line that it does not understand.
      await page.evaluate(`mermaid.parse(${JSON.stringify(source)})`)
    }
  })
})
