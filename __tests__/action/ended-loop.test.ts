import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Ended, Releases } from './ended-loop/releases.ts'

const PROGRAM = join(import.meta.dirname, 'ended-loop/releases.ts')

let folder: string
let releases: Releases

// In a process of its own, whose loop Node says is empty: Jest's never is.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ended-loop-'))
  const file = join(folder, 'releases.json')
  await promisify(execFile)(process.execPath, [PROGRAM, file])
  releases = JSON.parse(await readFile(file, 'utf8')) as Releases
}, 300_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

function at(kind: string): readonly Ended[] {
  return releases.broken.filter(({ call }) => call === kind)
}

describe('a release whose event loop ends at a call', () => {
  test('is tested at each of its calls', () => {
    expect(releases.broken.length).toBeGreaterThanOrEqual(45)
    expect(at('request').length).toBeGreaterThanOrEqual(30)
    expect(at('sleep').length).toBeGreaterThanOrEqual(5)
    expect(at('readFile').length).toBeGreaterThanOrEqual(2)
    expect(releases.untold.length).toBeGreaterThanOrEqual(4)
    expect(releases.broken.every(({ call }) => call !== undefined)).toBe(true)
  })

  test('fails, with an outcome and a summary, each time', () => {
    for (const ended of [...releases.broken, ...releases.untold]) {
      expect(ended).toMatchObject({ exitCode: 1, hasSummary: true })
      expect(ended.outcome).toMatch(/^(refused|unknown|released)$/)
      expect(ended.lines.some((line) => line.startsWith('::error::'))).toBe(true)
    }
  })

  test('is unknown from CreateDeployment on, and refused before', () => {
    const outcomes = releases.broken.map(({ outcome }) => outcome)
    const first = outcomes.indexOf('unknown')
    expect(first).toBeGreaterThan(5)
    expect(new Set(outcomes.slice(0, first))).toEqual(new Set(['refused']))
    expect(outcomes.slice(first)).not.toContain('refused')
    // Once it has ended, what GitHub is still to be told does not change how.
    const released = [...releases.broken, ...releases.untold].filter(
      ({ outcome }) => outcome === 'released'
    )
    expect(new Set(released.map(({ call }) => call))).toEqual(new Set(['fetch']))
    expect(releases.untold.at(-1)?.outcome).toBe('released')
    for (const { outcome, deployed } of releases.broken) {
      if (outcome === 'refused') expect(deployed).toBe(false)
    }
  })

  test('says what happened and how to go on', () => {
    const errors = (outcome: string): readonly string[] =>
      releases.broken
        .filter((ended) => ended.outcome === outcome)
        .flatMap(({ lines }) => lines.filter((line) => line.startsWith('::error::')))
    for (const line of errors('refused')) {
      expect(line).toMatch(/this process ended before the release did.*; run the job again\.$/)
    }
    const [lost = '', ...followed] = errors('unknown')
    expect(lost).toContain('look at the deployment group before a new run')
    expect(followed.length).toBeGreaterThan(20)
    for (const line of followed) {
      expect(line).toMatch(/this process ended before the release did.*on-cancel says/)
      expect(line).toContain('aws deploy get-deployment --deployment-id d-')
    }
  })
})

test('a release whose loop does not end passes', () => {
  expect(releases.whole.length).toBeGreaterThan(0)
  for (const ended of releases.whole) {
    expect(ended).toMatchObject({ exitCode: 0, outcome: 'released', hasSummary: true })
  }
})

test('a release that green answers with another protocol ends, and fails', () => {
  expect(releases.switched).toMatchObject({ exitCode: 1, outcome: 'stopped', hasSummary: true })
  expect(releases.switched.lines.join('\n')).toContain(
    'evidence               checks failed: 1 of 2 routes fail'
  )
})
