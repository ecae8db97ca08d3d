import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { cardStates } from '../../scripts/pictures/card-views.ts'
import { picturesOfCard } from '../../scripts/pictures/card.ts'
import { renderCard } from '../../src/gate/card/render.ts'
import { picturesOfPages } from '../../scripts/pictures/pages.ts'

test('pictures of report and summary are made at both widths, in both themes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  const made = await picturesOfPages(folder, { releases: ['refused'], languages: ['ko'] })
  expect(made.map(({ path }) => basename(path))).toEqual(
    ['report', 'summary'].flatMap((kind) =>
      ['390', '1280'].flatMap((width) =>
        ['light', 'dark'].map((theme) => `${kind}-refused-ko-${width}-${theme}.png`)
      )
    )
  )
  for (const { path, height } of made) {
    const bytes = readFileSync(path)
    // A PNG says its height in its header (PNG specification, IHDR).
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.readUInt32BE(20)).toBe(height)
  }
}, 60_000)

test('pictures of the card, its questions and the watchdog are made at both widths, in both themes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  const only = /^(?:card-frozen|reason-reject|ungated-succeeded)-/
  const made = await picturesOfCard(folder, { languages: ['ko'], only })
  expect(made.map((path) => basename(path))).toEqual(
    ['card-frozen', 'reason-reject', 'ungated-succeeded'].flatMap((name) =>
      ['1280', '390'].flatMap((width) =>
        ['light', 'dark'].map((theme) => `${name}-ko-${width}-${theme}.png`)
      )
    )
  )
  for (const path of made) {
    expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG')
  }
}, 60_000)

test('no two states of the card in the pictures look the same', () => {
  const texts = Object.values(cardStates(0)).map((view) => JSON.stringify(renderCard(view)))
  expect(new Set(texts).size).toBe(texts.length)
})

test('the command names its parts where a part is unknown, and makes nothing', () => {
  const folder = join(tmpdir(), 'pictures-of-nothing')
  const { status, stderr } = spawnSync(process.execPath, ['scripts/pictures.ts', folder, 'crad'], {
    encoding: 'utf8'
  })
  expect(status).toBe(1)
  expect(stderr).toContain(
    'usage: npm run pictures -- FOLDER [part ...]; a part is one of card, pages'
  )
  expect(existsSync(folder)).toBe(false)
})
