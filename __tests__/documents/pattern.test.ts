import { describe, expect, test } from '@jest/globals'
import { fitsAny } from '../../src/documents/pattern.ts'

describe('a pattern', () => {
  test.each([
    ['shop/orders', 'shop/orders', true],
    ['shop/*', 'shop/orders', true],
    ['shop/*', 'shop/', true],
    ['*/payment', 'shop/payment', true],
    ['*/*', 'shop/payment', true],
    ['shop/order-*-v*', 'shop/order-api-v2', true],
    ['shop/*', 'shop/a/b', false],
    ['*', 'shop/orders', false],
    ['shop/orders', 'shop/orders2', false],
    ['shop/orders', 'xshop/orders', false],
    ['shop.orders/a', 'shopXorders/a', false],
    ['shop/or+ders', 'shop/orrders', false],
    ['shop/[a]', 'shop/a', false],
    ['shop/(a|b)', 'shop/a', false],
    ['shop/a{2}', 'shop/aa', false],
    ['shop/a?', 'shop/', false],
    ['shop/^a$', 'shop/a', false],
    ['shop/\\d', 'shop/1', false],
    ['shop/(a|b)+{2}?[x]^.$\\', 'shop/(a|b)+{2}?[x]^.$\\', true]
  ])('%s and %s: %s', (pattern, text, fits) => {
    expect(fitsAny([pattern], text)).toBe(fits)
    expect(fitsAny(['no/match', pattern], text)).toBe(fits)
  })

  test('of none, nothing fits', () => {
    expect(fitsAny([], 'shop/orders')).toBe(false)
  })
})
