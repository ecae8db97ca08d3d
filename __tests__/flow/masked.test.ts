import { describe, expect, it } from '@jest/globals'
import { maskerFor } from '../../src/flow/masked.ts'

const mask = maskerFor({
  containerDefinitions: [
    {
      name: 'app',
      environment: [
        { name: 'PORT', value: '8080' },
        { name: 'DATABASE', value: 'orders-primary.internal' },
        { name: 'KEY', value: 'first line of it\nsecond line of it' }
      ]
    }
  ]
})

describe('a line of a task in a public log', () => {
  it.each([
    ['cannot reach orders-primary.internal:5432', 'cannot reach ***:5432'],
    ['got second line of it', 'got ***'],
    ['listening on 8080', 'listening on 8080'],
    ['key AKIAIOSFODNN7EXAMPLE refused', 'key *** refused'],
    ['postgres://orders:tea-time@db/orders', 'postgres://orders:***@db/orders'],
    ['Authorization: Bearer abc.def-123456', 'Authorization: Bearer ***'],
    ['password=tea-time user=minji', 'password=*** user=minji'],
    ['{"apiKey": "abcdef", "level": "info"}', '{"apiKey": "***", "level": "info"}'],
    ['token eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abc-123 expired', 'token *** expired'],
    ['-----BEGIN RSA PRIVATE KEY-----MIIE', '***'],
    ['ghp_0123456789abcdefghij0123 and xoxb-0123456789-abc', '*** and ***'],
    ['Error: connect ECONNREFUSED 10.0.0.7:5432', 'Error: connect ECONNREFUSED 10.0.0.7:5432']
  ])('%s', (line, shown) => {
    expect(mask(line)).toBe(shown)
  })
})
