import { readFile } from 'node:fs/promises'
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

describe('the flows of examples/verification-queue.yml', () => {
  test('log in, and share one token of the queue', async () => {
    const found = await foundBy('verification-queue.yml', { QUEUE: 'required' })
    expect(found).toMatchObject([
      { name: 'log in', verdict: 'passed' },
      { name: 'queue and order', verdict: 'passed' }
    ])
  })

  test('find a token that is good for any number of orders', async () => {
    const found = await foundBy('verification-queue.yml', {
      QUEUE: 'required',
      BUG: 'queue-reused'
    })
    expect(found[1]?.summary).toContain('fails at a token is good for one order')
  })

  test('find that nobody has to wait', async () => {
    const found = await foundBy('verification-queue.yml', {})
    expect(found[1]?.summary).toContain('fails at not without the queue')
  })
})
