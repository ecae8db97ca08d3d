import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { reasonOf, timedOut } from '../../../src/verification/availability/reasons.ts'

test.each([
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'connection reset'],
  ['ENOTFOUND', 'name not found'],
  ['CERT_HAS_EXPIRED', 'tls: certificate expired'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls: self-signed certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls: certificate of another host'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls: tlsv1 alert protocol version'],
  ['HPE_INVALID_CONSTANT', 'not HTTP: invalid constant'],
  ['constructor', 'constructor']
])('%s', (code, reason) => {
  expect(reasonOf(Object.assign(new Error('to 10.0.0.1:80'), { code }))).toBe(reason)
})

test('whatever is thrown has a short reason', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.anything(), fc.record({ code: fc.string(), name: fc.string() })),
      (thrown) => {
        expect(reasonOf(thrown).length).toBeLessThan(80)
      }
    )
  )
  expect(reasonOf(undefined)).toBe('error')
  expect(reasonOf(new TypeError('x'))).toBe('type error')
})

test('a time-out says how long it waited', () => {
  expect([5_000, 250].map(timedOut)).toEqual(['timed out after 5 s', 'timed out after 0.25 s'])
})
