import { describe, expect, test } from '@jest/globals'
import { checkVerification } from '../../src/flow/preflight-verification.ts'
import type { Settings } from '../../src/release/settings.ts'
import type { Verification } from '../../src/verification/file/model.ts'
import { parseVerification } from '../../src/verification/file/parse.ts'
import { followedOf } from '../helpers/followed.ts'

describe('pre-flight', () => {
  const verdict = (
    verification: Verification,
    which: 'test' | 'production',
    listener: 'tls' | 'by-rule' = 'tls'
  ): string => {
    const listeners = { production: 'plain', test: 'plain', [which]: listener } as const
    const settings = {
      waitFor: 'completed',
      verificationPath: 'v.yml',
      ledgerTable: 'table'
    } as unknown as Settings
    const plan = { listeners, following: followedOf('d-1') }
    const [result] = checkVerification(settings, plan, verification)
    return `${result?.verdict ?? ''}: ${result?.reason ?? ''}`
  }
  const CHECKS = 'checks: { required: true, requests: [{ path: / }] }'
  const AVAILABILITY = 'availability: { on-breach: stop, path: / }'

  test.each([
    ['test', CHECKS, AVAILABILITY],
    ['production', AVAILABILITY, CHECKS]
  ] as const)(
    'refuses a %s listener with TLS that is asked by no name',
    async (which, asks, other) => {
      const file = (text: string): Promise<Verification> =>
        parseVerification(`version: 1\n${text}`, 'v.yml')
      expect(verdict(await file(asks), which)).toMatch(
        new RegExp(`^NG: the ${which} listener speaks TLS.*name the address.*target.${which}`)
      )
      const named = await file(`target: { ${which}: "https://shop.example.com" }\n${asks}`)
      expect(verdict(named, which)).toMatch(/^OK/)
      expect(verdict(await file(other), which)).toMatch(/^OK/)
    }
  )

  test('refuses a listener that leads there by a rule with a host or a header, and is asked by no name', async () => {
    const file = await parseVerification(`version: 1\n${CHECKS}`, 'v.yml')
    expect(verdict(file, 'test', 'by-rule')).toMatch(
      /^NG: the test listener leads to the service only by a rule that wants more than a path.*`target.test`/
    )
  })
})
