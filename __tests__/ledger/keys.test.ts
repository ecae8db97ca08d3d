import { describe, expect, test } from '@jest/globals'
import { canonical, sha256 } from '../../src/ledger/canonical.ts'
import { membersOf, readRow, rowItem } from '../../src/ledger/decision-row.ts'
import {
  chainKey,
  chainPartition,
  gateId,
  gateKey,
  gatePartition,
  holdKey,
  releaseKey,
  serviceId
} from '../../src/ledger/keys.ts'

/*
 * What is stored for years, byte by byte: a change here makes rows unreadable
 * or chains unverifiable that somebody already has.
 */

const HASH = '0123456789abcdef0123456789abcdef'

describe('keys', () => {
  test('of a release, a gate and a decision', () => {
    const service = serviceId('shop', 'orders')
    expect(service).toBe('shop/orders')
    expect(releaseKey(service, 'd-A1')).toEqual({ pk: 'release#shop/orders', sk: 'd-A1' })
    expect(gatePartition('d-A1')).toBe('gate#d-A1')
    expect(gateKey(`d-A1#${HASH}`)).toEqual({ pk: 'gate#d-A1', sk: HASH })
    expect(chainPartition(service)).toBe('chain#shop/orders')
    expect(chainKey(service, 42)).toEqual({ pk: 'chain#shop/orders', sk: '000000000042' })
  })

  test("a gate's id hides the execution id, which is a credential of sorts", () => {
    const id = gateId('d-A1', ['an execution'])
    expect(id).toBe(`d-A1#${sha256('an execution').slice(0, 32)}`)
    expect(gateKey(id)).toBeDefined()
  })

  test('of a release that another plane names, and of the hold of each of its deployments', () => {
    const arn = 'arn:aws:ecs:eu-central-1:123456789012:service-deployment/shop/orders/aB_9'
    expect(gateKey(`${arn}#${HASH}`)).toEqual({ pk: `gate#${arn}`, sk: HASH })
    expect(holdKey(`d-A1#${HASH}`, arn)).toEqual({ pk: `hold#${arn}`, sk: HASH })
    expect(holdKey(`d-A1#${HASH}`, 'd.A1')).toBeUndefined()
    expect(holdKey('d-A1', 'd-A1')).toBeUndefined()
  })

  test("a gate's id tells all of its tokens", () => {
    const ids = [['a'], ['a', 'b'], ['b', 'a'], ['a', 'c']].map((tokens) => gateId('d-A1', tokens))
    expect(new Set(ids).size).toBe(4)
  })

  test.each([
    '',
    'd-A1',
    `d-A1#${HASH}0`,
    `d-A1#${HASH.slice(1)}`,
    `d-A1#${HASH.toUpperCase()}`,
    `#${HASH}`,
    `${'A'.repeat(257)}#${HASH}`,
    `d-A1#${HASH}\n`,
    `d-A.1#${HASH}`,
    `d A1#${HASH}`,
    `d-A1#d-A1#${HASH}`
  ])('%j is no id of a gate', (id) => {
    expect(gateKey(id)).toBeUndefined()
  })
})

describe('canonical JSON', () => {
  test('has sorted members at every depth, no blanks, and lists in their order', () => {
    const value = { b: [{ d: 1, c: null }, 'x', true], a: { f: 'é', e: undefined } }
    expect(canonical(value)).toBe('{"a":{"f":"é"},"b":[{"c":null,"d":1},"x",true]}')
    expect(canonical({ a: 1, b: 2, c: 3, B: 4 })).toBe(canonical({ B: 4, c: 3, b: 2, a: 1 }))
    expect(canonical(null)).toBe('null')
  })

  test('its digest is SHA-256 in hex', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
})

describe('a decision row', () => {
  const row = { service: 'shop/or#ders', number: 7, text: '{"number":7}', digest: 'd', mac: 'm' }

  test('is stored with the gate it belongs to, and reads back', () => {
    const item = rowItem(row, `d-A1#${HASH}`)
    expect(item).toEqual({
      pk: 'chain#shop/or#ders',
      sk: '000000000007',
      gate: `d-A1#${HASH}`,
      row: '{"number":7}',
      digest: 'd',
      mac: 'm'
    })
    expect(readRow(item)).toEqual(row)
  })

  test.each(['row', 'digest', 'mac'])('is none without its %s', (member) => {
    expect(readRow({ ...rowItem(row, 'g'), [member]: 1 })).toBeUndefined()
  })

  test.each([
    ['{"number":7}', { number: 7 }],
    ['[7]', undefined],
    ['7', undefined],
    ['null', undefined],
    ['{', undefined]
  ])('%s has the members %j', (text, members) => {
    expect(membersOf({ ...row, text })).toEqual(members)
  })
})
