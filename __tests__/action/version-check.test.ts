import { expect, test } from '@jest/globals'
import { checkVersion } from '../../src/action/version-check.ts'
import type { GateSays, Heard } from '../../src/ledger/watched.ts'

const SAYS: GateSays = { deploymentGroups: ['*/*'], onUngated: 'stop' }

const checked = (heard: Heard, own?: string) => checkVersion(() => Promise.resolve(heard), own)

test.each([
  ['1.2.0', '1.2.0', 'OK', 'the job and the gate are 1.2.0'],
  ['1.2.0', '1.2.7', 'OK', 'each understands what the other writes'],
  ['1.2.0', '1.4.0', 'OK', 'each understands what the other writes'],
  ['1.4.0', '1.2.0', 'WARN', "update the gate's functions (docs/upgrade.md)"],
  ['2.0.0', '1.2.0', 'WARN', 'different major versions'],
  ['1.2.0', '2.0.0', 'WARN', 'different major versions'],
  ['1.2.0', 'main', 'WARN', 'cannot be compared'],
  ['1.2.0', undefined, 'WARN', 'it is older than 1.0.0: update its functions first']
] as const)('a job of %s and a gate of %s: %s', async (own, gate, verdict, words) => {
  const checks = await checked({ ...SAYS, ...(gate !== undefined && { version: gate }) }, own)
  expect(checks).toEqual([{ name: 'version', verdict, reason: expect.stringContaining(words) }])
})

test('nothing is said where the gate has said nothing, cannot use its policy, or is not heard', async () => {
  expect(await checked(undefined)).toEqual([])
  expect(await checked('unusable')).toEqual([])
  expect(await checkVersion(() => Promise.reject(new Error('denied')))).toEqual([])
})
