import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { SAMPLES, samples } from '../../__tests__/action/summary/samples.ts'
import { openBrowser } from '../../__tests__/browser.ts'
import { renderSummary } from '../../src/action/summary/render.ts'
import { reportToHtml } from '../../src/report-html/render.ts'
import { LANGUAGES, type Language } from '../../src/words/language.ts'
import { speaking } from '../../src/words/say.ts'
import { asOnGitHub, drawDiagrams } from './github.ts'

const WIDTHS = [390, 1280] as const
const THEMES = ['light', 'dark'] as const
/** Pixels. A page that is lower than the window is as high as the window. */
const WINDOW = 400

export interface Choice {
  /** Names of sample releases; all if it is absent. */
  readonly releases?: readonly string[] | undefined
  readonly languages?: readonly Language[]
}

export interface Picture {
  readonly path: string
  /** How much a reader has to scroll. */
  readonly height: number
}

/**
 * Writes what people see of a release on its pages: HTML report and job summary of each sample
 * release, in both languages, at both widths, light and dark.
 */
export async function picturesOfPages(
  folder: string,
  { releases, languages = LANGUAGES }: Choice = {}
): Promise<readonly Picture[]> {
  await mkdir(folder, { recursive: true })
  const chosen = Object.keys(SAMPLES).filter((name) => releases?.includes(name) ?? true)
  const browser = await openBrowser()
  const written: Picture[] = []
  try {
    for (const language of languages) {
      const pages = await speaking(language, () => Promise.resolve(pagesOf(chosen)))
      for (const { name, report, summary } of pages) {
        const path = (kind: string): string => join(folder, `${kind}-${name}-${language}`)
        written.push(...(await shootAll(browser, path('report'), report)))
        written.push(...(await shootAll(browser, path('summary'), asOnGitHub(summary, language))))
      }
    }
  } finally {
    await browser.close()
  }
  return written
}

interface Pages {
  readonly name: string
  readonly report: string
  readonly summary: string
}

function pagesOf(chosen: readonly string[]): readonly Pages[] {
  return Object.entries(samples())
    .filter(([name]) => chosen.includes(name))
    .map(([name, report]) => ({
      name: name.replaceAll(' ', '-'),
      report: reportToHtml(report),
      summary: renderSummary(report)
    }))
}

async function shootAll(browser: Browser, path: string, html: string): Promise<Picture[]> {
  const written: Picture[] = []
  for (const width of WIDTHS) {
    for (const theme of THEMES) {
      const page = await browser.newPage({
        viewport: { width, height: WINDOW },
        colorScheme: theme
      })
      written.push(await shoot(page, html, theme, `${path}-${width}-${theme}.png`))
      await page.close()
    }
  }
  return written
}

async function shoot(
  page: Page,
  html: string,
  theme: 'light' | 'dark',
  path: string
): Promise<Picture> {
  await page.setContent(html)
  await drawDiagrams(page, theme)
  await page.screenshot({ path, fullPage: true })
  const height = await page.evaluate<number>('document.documentElement.scrollHeight')
  return { path, height }
}
