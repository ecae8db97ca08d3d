import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { ROOT } from '../../runner/environment.ts'
import { systemClock } from '../../src/release/clock.ts'
import type { Evidence } from '../../src/release/evidence.ts'
import { askGreen, valuesFrom } from '../../src/verification/green-checks.ts'
import { parseVerification } from '../../src/verification/file/parse.ts'
import { openStage, type Stage } from './service/stage.ts'

let stage: Stage | undefined
afterEach(() => stage?.close())

/** What a file of examples/ finds out about the example service. */
async function foundBy(file: string, settings: Record<string, string>): Promise<Evidence[]> {
  const path = join(ROOT, 'examples', file)
  const verification = await parseVerification(await readFile(path, 'utf8'), path)
  stage = await openStage(settings)
  const found: Evidence[] = []
  await askGreen(verification, {
    target: stage.url,
    valueOf: valuesFrom(verification, { LOGIN_PASSWORD: 'tea-time' }),
    clock: systemClock,
    signal: new AbortController().signal,
    monotonic: () => performance.now(),
    onEvidence: (evidence) => Promise.resolve(void found.push(evidence))
  })
  return found
}

describe('the order flow of examples/verification.yml', () => {
  test('passes a version that works', async () => {
    const found = await foundBy('verification.yml', {})
    expect(found.map(({ verdict }) => verdict)).toEqual(['passed', 'passed'])
  })

  test('passes a version of which all users may share one token of the queue', async () => {
    const found = await foundBy('verification.yml', { QUEUE: 'shared' })
    expect(found.map(({ verdict }) => verdict)).toEqual(['passed', 'passed'])
  })

  test.each([
    ['payment-500', 'pay'],
    ['payment-lost', 'read back'],
    ['wrong-total', 'order']
  ])('finds %s, at %s', async (bug, step) => {
    const [checks, flow] = await foundBy('verification.yml', { BUG: bug })
    expect(checks).toMatchObject({ verdict: 'passed' })
    expect(flow?.summary).toContain(`fails at ${step}`)
  })
})

describe('examples/verification/', () => {
  const SECTIONS = ['checks', 'flows', 'load', 'availability', 'metrics', 'recovery'] as const

  test('has one file a section, with that section alone, and what it names is there', async () => {
    const folder = join(ROOT, 'examples/verification')
    expect((await readdir(folder)).toSorted()).toEqual(
      SECTIONS.map((section) => `${section}.yml`).toSorted()
    )
    for (const section of SECTIONS) {
      const path = join(folder, `${section}.yml`)
      const verification = await parseVerification(await readFile(path, 'utf8'), path)
      const there = SECTIONS.filter((each) => {
        const found = verification[each]
        return found !== undefined && !(Array.isArray(found) && found.length === 0)
      })
      expect(there).toEqual([section])
      const { script } = verification.load ?? {}
      if (script !== undefined) expect(await readFile(join(ROOT, script), 'utf8')).not.toBe('')
    }
  })

  test.each(['checks.yml', 'flows.yml'])('%s passes a version that works', async (file) => {
    const found = await foundBy(`verification/${file}`, { QUEUE: 'required' })
    expect(found.length).toBeGreaterThan(0)
    expect(found.every(({ verdict }) => verdict === 'passed')).toBe(true)
  })

  test('flows.yml finds a payment that is lost', async () => {
    const [, flow] = await foundBy('verification/flows.yml', {
      QUEUE: 'required',
      BUG: 'payment-lost'
    })
    expect(flow?.summary).toContain('fails at read back')
  })
})

describe('the flows of examples/verification/flows.yml', () => {
  test('log in, and share one token of the queue', async () => {
    const found = await foundBy('verification/flows.yml', { QUEUE: 'required' })
    expect(found).toMatchObject([
      { name: 'log in', verdict: 'passed' },
      { name: 'queue and order', verdict: 'passed' }
    ])
  })

  test('find a token that is good for any number of orders', async () => {
    const found = await foundBy('verification/flows.yml', {
      QUEUE: 'required',
      BUG: 'queue-reused'
    })
    expect(found[1]?.summary).toContain('fails at a token is good for one order')
  })

  test('find that nobody has to wait', async () => {
    const found = await foundBy('verification/flows.yml', {})
    expect(found[1]?.summary).toContain('fails at not without the queue')
  })
})
