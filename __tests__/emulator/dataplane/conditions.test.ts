import { describe, expect, it } from '@jest/globals'
import { holds, matchesPath } from '../../../emulator/dataplane/conditions.ts'
import type { Asked } from '../../../emulator/dataplane/conditions.ts'
import type { Condition } from '../../../emulator/elbv2/conditions.ts'

const ASKED: Asked = {
  method: 'GET',
  path: '/api/orders',
  query: 'version=2&q=a%20b&flag&expr=1*2',
  host: 'Shop.Example.com',
  headers: { 'x-canary': ['no', 'Yes, please'], accept: ['*/*'] },
  source: '127.0.0.1'
}

describe('a path pattern', () => {
  it.each([
    ['/api/*', '/api/orders/1', true],
    ['/api/*', '/api', false],
    ['/v?/x', '/v1/x', true],
    ['/v?/x', '/v10/x', false],
    ['/a.b', '/aXb', false],
    ['/API', '/api', false]
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected)
  })
})

describe('a condition', () => {
  it.each<[Condition, boolean]>([
    [{ field: 'path-pattern', values: ['/x', '/api/*'] }, true],
    [{ field: 'path-pattern', values: ['/x'] }, false],
    [{ field: 'host-header', values: ['shop.example.COM'] }, true],
    [{ field: 'host-header', values: ['*.example.com'] }, true],
    [{ field: 'host-header', values: ['example.com'] }, false],
    [{ field: 'http-request-method', values: ['POST', 'GET'] }, true],
    [{ field: 'http-request-method', values: ['get'] }, false],
    [{ field: 'source-ip', values: ['10.0.0.0/8', '127.0.0.0/8'] }, true],
    [{ field: 'source-ip', values: ['10.0.0.0/8', '::1/128'] }, false],
    [{ field: 'http-header', header: 'X-Canary', values: ['yes*'] }, true],
    [{ field: 'http-header', header: 'X-Canary', values: ['yes'] }, false],
    [{ field: 'http-header', header: 'X-Other', values: ['*'] }, false],
    [{ field: 'query-string', values: [{ Key: 'VERSION', Value: '2' }] }, true],
    [{ field: 'query-string', values: [{ Key: 'version', Value: '3' }] }, false],
    [{ field: 'query-string', values: [{ Value: 'a%20*' }] }, true],
    [{ field: 'query-string', values: [{ Key: 'other', Value: '2' }] }, false],
    [{ field: 'query-string', values: [{ Key: 'expr', Value: '1\\*2' }] }, true],
    [{ field: 'query-string', values: [{ Key: 'expr', Value: '1\\?2' }] }, false]
  ])('%j: %s', (condition, expected) => {
    expect(holds(condition, ASKED)).toBe(expected)
  })
})
