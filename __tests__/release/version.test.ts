import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { compareVersions, VERSION } from '../../src/release/version.ts'

test('the version is that of package.json and of its lock file', () => {
  const of = (path: string): unknown =>
    (JSON.parse(readFileSync(path, 'utf8')) as { version: unknown }).version
  expect([VERSION, VERSION]).toEqual([of('package.json'), of('package-lock.json')])
})

test.each([
  ['1.2.3', '1.2.3', 'same'],
  ['1.2.3', '1.2.9', 'compatible'],
  ['1.2.9', '1.2.3', 'compatible'],
  ['1.2.0', '1.10.0', 'compatible'],
  ['1.10.0', '1.2.0', 'gate-is-older'],
  ['2.0.0', '1.9.0', 'other-major'],
  ['1.9.0', '2.0.0', 'other-major'],
  // semver.org, item 4: anything may change at any time before 1.0.0.
  ['0.2.0', '0.1.0', 'other-major'],
  ['0.1.4', '0.1.0', 'compatible'],
  ['1.0.0', '0.1.0', 'other-major'],
  ['1.2.3-rc.1', '1.2.3', 'compatible'],
  ['main', 'main', 'same'],
  ['1.2.3', 'main', 'not-comparable'],
  ['1.2', '1.2.0', 'not-comparable'],
  ['1.2.3', '', 'not-comparable']
])('a job of %s with a gate of %s: %s', (job, gate, difference) => {
  expect(compareVersions(job, gate)).toBe(difference)
})
