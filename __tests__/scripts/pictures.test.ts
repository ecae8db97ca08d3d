import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'
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
