import { readFileSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import { LOAD_SCRIPT, LOAD_SECTION, queueFor } from '../../demo/load-test.ts'
import { parseVerification } from '../../src/verification/file/parse.ts'

it('adds a load to the example, for k6 and for where there is none', async () => {
  const example = readFileSync('examples/verification.yml', 'utf8')
  const { load, flows } = await parseVerification(example + LOAD_SECTION, 'verification.yml')
  expect(flows.map(({ name }) => name)).toEqual(['order and pay'])
  expect(load).toMatchObject({ required: true, script: 'load.js' })
  expect(load?.builtin.requests).toHaveLength(2)
  expect(readFileSync(`examples/${LOAD_SCRIPT}`, 'utf8')).toContain('ramping-vus')
})

it("shares one token of the queue among all of k6's users, and asks the built-in load for none", () => {
  expect(queueFor('/usr/bin/k6')).toBe('\nQUEUE=shared')
  expect(queueFor(undefined)).toBe('')
  const script = readFileSync(`examples/${LOAD_SCRIPT}`, 'utf8')
  expect(script).toMatch(/setup\(\)[^]+\/queue[^]+'x-queue-token': tokens\.queue/)
})
