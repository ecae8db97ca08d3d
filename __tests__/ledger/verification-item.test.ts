import { describe, expect, test } from '@jest/globals'
import { sha256 } from '../../src/ledger/canonical.ts'
import {
  LONGEST_VERIFICATION,
  readVerificationItem,
  verificationItem,
  verificationKey
} from '../../src/ledger/verification-item.ts'

const FILE = { path: 'release/verification.yml', text: 'version: 1 # 검증\n' }
const ITEM = verificationItem('shop/orders', 'd-A1', FILE)

describe('the verification file in the ledger', () => {
  test('stands beside the record of its release', () => {
    expect(verificationKey('shop/orders', 'd-A1')).toEqual({
      pk: 'release#shop/orders',
      sk: 'd-A1#verification'
    })
    expect(ITEM).toEqual({
      pk: 'release#shop/orders',
      sk: 'd-A1#verification',
      deploymentId: 'd-A1',
      file: sha256(FILE.text),
      ...FILE
    })
  })

  test('is read as it was written', () => {
    expect(readVerificationItem(ITEM, 'd-A1')).toEqual(FILE)
  })

  test.each([
    ['of another deployment', { deploymentId: 'd-B2' }],
    ['whose text was changed', { text: 'version: 1\n' }],
    ['without a digest', { file: '' }],
    ['without a text', { text: 1 }],
    ['without a path', { path: null }],
    [
      'that is too long',
      {
        text: 'x'.repeat(LONGEST_VERIFICATION + 1),
        file: sha256('x'.repeat(LONGEST_VERIFICATION + 1))
      }
    ]
  ])('%s is none', (_, changes) => {
    expect(readVerificationItem({ ...ITEM, ...changes }, 'd-A1')).toBeUndefined()
  })

  test('may have 256 KiB, counted as they are stored', () => {
    const longest = { path: 'v.yml', text: 'x'.repeat(LONGEST_VERIFICATION) }
    const item = verificationItem('shop/orders', 'd-A1', longest)
    expect(readVerificationItem(item, 'd-A1')).toEqual(longest)
    const korean = { path: 'v.yml', text: '검'.repeat(LONGEST_VERIFICATION / 3 + 1) }
    expect(() => verificationItem('shop/orders', 'd-A1', korean)).toThrow(
      /v\.yml: found 26\d{4} bytes, wanted at most 262144/
    )
  })
})
