import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { ROOT } from '../../runner/environment.ts'
import { parsePolicy } from '../../src/gate/policy/parse.ts'
import type { Item } from '../../src/ledger/table.ts'
import { VERSION } from '../../src/release/version.ts'
import { FULL } from '../gate/policy/documents.ts'
import { readAll } from './read.ts'
import { DEPLOYMENT, writeAll } from './written.ts'

/*
 * docs/versions.md promises that job and gate of one major version read what the other has written,
 * in either order. A folder holds what a version has written, what its readers made of it, and these
 * readers themselves, bundled. UPDATE_GOLDEN=1 writes the one of the version that is being made; what
 * a released version has left is never written again.
 */
const FOLDER = join(ROOT, '__tests__/formats')
const versions = readdirSync(FOLDER).filter((name) => /^\d+\.\d+\.\d+$/.test(name))

const at = (version: string, file: string): string => join(FOLDER, version, file)
const json = (version: string, file: string): unknown =>
  JSON.parse(readFileSync(at(version, file), 'utf8'))

interface Frozen {
  readonly readAll: typeof readAll
}

const readersOf = async (version: string): Promise<Frozen> =>
  (await import(pathToFileURL(at(version, 'readers.js')).href)) as Frozen

let today: readonly Item[]
let readToday: unknown
beforeAll(async () => {
  today = await writeAll(VERSION)
  readToday = await readAll(today, DEPLOYMENT)
  if (process.env['UPDATE_GOLDEN'] === '1') freeze()
})

function freeze(): void {
  mkdirSync(join(FOLDER, VERSION), { recursive: true })
  const write = (file: string, value: unknown): void =>
    writeFileSync(at(VERSION, file), `${JSON.stringify(value, undefined, 2)}\n`)
  write('items.json', today)
  write('read.json', readToday)
  writeFileSync(at(VERSION, 'policy.yml'), FULL.trimStart())
  // In a process of its own: rolldown refuses values from a realm of jest.
  const script = join(ROOT, 'scripts/release/freeze-readers.ts')
  execFileSync(process.execPath, [script, at(VERSION, 'readers.js')])
}

test('the version that is being made has its folder', () => {
  const hint = `UPDATE_GOLDEN=1 npm run test:unit -- formats`
  expect([VERSION, existsSync(at(VERSION, 'items.json')) ? '' : hint]).toEqual([VERSION, ''])
  expect(versions).toContain(VERSION)
})

describe.each(versions)('what version %s has left', (version) => {
  const items = json(version, 'items.json') as readonly Item[]

  test('is of every kind that the ledger has', () => {
    const kinds = new Set(items.map(({ pk }) => pk.replace(/#.*/, '#')))
    expect([...kinds].toSorted()).toEqual(
      ['chain#', 'gate#', 'hold#', 'measured#', 'release#', 'watch#'].toSorted()
    )
  })

  test("is read by today's job, gate and command as it was then", async () => {
    expect(await readAll(items, DEPLOYMENT)).toMatchObject(json(version, 'read.json') as object)
  })

  test('is verified: the chain is whole', async () => {
    expect(await readAll(items, DEPLOYMENT)).toMatchObject({ faults: [] })
  })

  test("is a policy that today's gate takes", async () => {
    await expect(
      parsePolicy(readFileSync(at(version, 'policy.yml'), 'utf8'))
    ).resolves.toBeDefined()
  })
})

describe.each(versions)('what is written today, read by version %s', (version) => {
  test('is understood: every member that it knew means what it meant', async () => {
    const { readAll: read } = await readersOf(version)
    const understood = await read(today, DEPLOYMENT)
    const { read: then } = json(version, 'read.json') as { read: Readonly<Record<string, unknown>> }
    const expected = Object.fromEntries(
      Object.entries(then).map(([key, value]) => [key, withoutDigests(value)])
    )
    expect(withoutDigests(understood)).toMatchObject({ read: expected, faults: [] })
  })
})

/** Digests are of whole texts, so that a new member makes them others; so do versions. */
function withoutDigests(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDigests)
  if (typeof value === 'string') return /^(?:\d+-)?[0-9a-f]{64}$/.test(value) ? '<digest>' : value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, each]) => name !== 'version' || typeof each === 'number')
      .map(([name, each]) => [name, withoutDigests(each)])
  )
}

test('a member that went would be noticed', async () => {
  const poorer = today.map((item): Item => {
    if (typeof item['record'] !== 'string') return item
    const { revision: _, ...rest } = JSON.parse(item['record']) as Record<string, unknown>
    return { ...item, record: JSON.stringify(rest) }
  })
  const read = await readAll(poorer, DEPLOYMENT)
  expect(() => expect(read).toMatchObject(readToday as object)).toThrow()
})
