import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { reportToHtml } from '../../src/report-html/render.ts'
import { SAMPLES } from '../action/summary/samples.ts'
import { openBrowser } from '../browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
}, 60_000)
afterAll(() => browser.close())

type Colour = readonly [red: number, green: number, blue: number]
interface Seen {
  readonly what: string
  readonly colour: string
  readonly ground: string
}

/** Linear light, 0 to 1; throws where the browser says anything but an opaque colour. */
function linear(css: string): Colour {
  const [, ...parts] = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(css) ?? []
  const [red, green, blue] = parts.map((part) => {
    const share = Number(part) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  if (red === undefined || green === undefined || blue === undefined) {
    throw new Error(`not an opaque colour: ${css}`)
  }
  return [red, green, blue]
}

/** WCAG 2: 1 to 21. */
function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [one, other]
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function tooFaint(seen: readonly Seen[], least: number): string[] {
  return seen.flatMap(({ what, colour, ground }) => {
    const ratio = contrast(linear(colour), linear(ground))
    return ratio >= least ? [] : [`${what}: ${ratio.toFixed(2)} (${colour} on ${ground})`]
  })
}

/**
 * Every text with its colour and what is painted below it, and every mark of
 * a chart. A number lies on the pill before it, and
 * the name of a phase on its bar; nothing else in a picture does.
 */
const LOOK = `(() => {
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const pill = each.matches('svg.number text, svg.bar text') && each.previousElementSibling
      if (pill) return getComputedStyle(pill).fill
      const own = getComputedStyle(each).backgroundColor
      if (own !== 'rgba(0, 0, 0, 0)') return own
    }
    throw new Error('no ground')
  }
  const name = (element) => element.tagName + '.' + (element.getAttribute('class') ?? '')
  const all = [...document.body.querySelectorAll('*')]
  const texts = all
    .filter((element) => !['title', 'desc'].includes(element.tagName))
    .filter((element) => [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .map((element) => {
      const { fill, color } = getComputedStyle(element)
      return { what: name(element), colour: element.tagName === 'text' ? fill : color, ground: ground(element) }
    })
  const marks = all
    .filter((element) => ['rect', 'circle', 'line'].includes(element.tagName))
    .filter((element) => !element.matches('.grid, .moment'))
    .map((element) => {
      const { fill, stroke } = getComputedStyle(element)
      return { what: name(element), colour: element.tagName === 'line' ? stroke : fill, ground: ground(element) }
    })
  return { texts, marks }
})()`

interface Look {
  readonly texts: readonly Seen[]
  readonly marks: readonly Seen[]
}

async function look(name: keyof typeof SAMPLES, scheme: 'light' | 'dark'): Promise<Look> {
  const url = pathToFileURL(join(mkdtempSync(join(tmpdir(), 'report-')), 'report.html'))
  writeFileSync(url, reportToHtml(SAMPLES[name]))
  const page = await browser.newPage({ colorScheme: scheme })
  await page.goto(url.href)
  const found = await page.evaluate<Look>(LOOK)
  await page.close()
  return found
}

const SCHEMES = ['light', 'dark'] as const
const NAMES = ['released', 'stopped', 'rejected', 'failed', 'refused', 'planned'] as const

describe.each(SCHEMES)('in %s', (scheme) => {
  it.each(NAMES)('text and marks of %s can be read (WCAG: 4.5 and 3 to 1)', async (name) => {
    const { texts, marks } = await look(name, scheme)
    expect(texts.length).toBeGreaterThan(20)
    expect(tooFaint(texts, 4.5)).toEqual([])
    expect(tooFaint(marks, 3)).toEqual([])
    if (name === 'released') expect(marks.length).toBeGreaterThan(200)
  })

  it.each(Object.entries(visions()))('blue and green are two with %s', async (_, seenAs) => {
    const { marks } = await look('released', scheme)
    const [blue, green] = ['rect.area blue', 'rect.area green'].map((what) => {
      const found = marks.find((mark) => mark.what === what)
      if (!found) throw new Error(`no ${what}`)
      return seenAs(linear(found.colour))
    })
    if (!blue || !green) throw new Error('no colours')
    expect(contrast(blue, green)).toBeGreaterThanOrEqual(3)
  })
})

it('are known to be dark where the reader asks for it', async () => {
  const [light, dark] = await Promise.all(SCHEMES.map((scheme) => look('planned', scheme)))
  expect(light?.texts[0]?.ground).toBe('rgb(255, 255, 255)')
  expect(contrast(linear(dark?.texts[0]?.ground ?? ''), [0, 0, 0])).toBeLessThan(1.5)
})

/** Machado, Oliveira and Fernandes 2009, at full severity, in linear light; and grey print. */
function visions(): Readonly<Record<string, (colour: Colour) => Colour>> {
  const seenBy =
    (...rows: readonly (readonly [number, number, number])[]) =>
    ([red, green, blue]: Colour): Colour => {
      const [one = 0, two = 0, three = 0] = rows.map(([r, g, b]) =>
        Math.min(1, Math.max(0, r * red + g * green + b * blue))
      )
      return [one, two, three]
    }
  const grey = [0.2126, 0.7152, 0.0722] as const
  return {
    'full colour vision': (colour) => colour,
    protanopia: seenBy(
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998]
    ),
    deuteranopia: seenBy(
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881]
    ),
    tritanopia: seenBy(
      [1.255528, -0.076749, -0.178779],
      [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.3039]
    ),
    'no colour at all': seenBy(grey, grey, grey)
  }
}
