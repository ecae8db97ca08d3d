import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { keepFiles, reportIn, withoutFiles } from '../../demo/kept.ts'
import { findK6 } from '../../demo/load-test.ts'

let folder = ''
let outputs: Record<string, string> = {}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-'))
  outputs = { outcome: 'released', 'task-definition': '' }
  for (const [name, file] of [
    ['report', 'report.json'],
    ['report-html', 'report.html']
  ] as const) {
    outputs[name] = join(folder, file)
    await writeFile(outputs[name], '{"headline": "it was"}')
  }
})
afterAll(() => rm(folder, { recursive: true }))

it('keeps what the job has written, and names the places of the copies', async () => {
  const place = join(folder, 'out/of/it')
  const kept = await keepFiles(place, { outputs, summary: '## Released' })
  expect(kept).toEqual({
    outcome: 'released',
    'task-definition': '',
    report: join(place, 'report.json'),
    'report-html': join(place, 'report.html')
  })
  expect((await readdir(place)).sort()).toEqual(['report.html', 'report.json', 'summary.md'])
  expect(await readFile(join(place, 'summary.md'), 'utf8')).toBe('## Released')
})

it('names no file that is gone with the demo', () => {
  expect(withoutFiles(outputs)).toEqual({ outcome: 'released' })
})

it('reads the report, where there is one', async () => {
  expect(await reportIn(outputs)).toMatchObject({ headline: 'it was' })
  expect(await reportIn({})).toBeUndefined()
})

it('finds the k6 that the action would run', async () => {
  expect(await findK6(folder)).toBeUndefined()
  await writeFile(join(folder, 'k6'), '#!/bin/sh\n', { mode: 0o755 })
  expect(await findK6(`/nowhere:${folder}`)).toBe(join(folder, 'k6'))
  expect(await findK6('')).toBeUndefined()
})
