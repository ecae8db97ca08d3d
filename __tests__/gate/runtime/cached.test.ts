import { describe, expect, test } from '@jest/globals'
import { cached, memoizeLast } from '../../../src/gate/runtime/cached.ts'

describe('what is kept', () => {
  test('is loaded once, until its time is over', async () => {
    let [now, loads] = [0, 0]
    const get = cached(
      () => Promise.resolve(++loads),
      30_000,
      () => now
    )
    expect(await Promise.all([get(), get()])).toEqual([1, 1])
    now = 29_999
    expect(await get()).toBe(1)
    now = 30_000
    expect(await get()).toBe(2)
  })

  test('is no failure: the next one who asks tries again', async () => {
    let loads = 0
    const load = (): Promise<number> =>
      ++loads === 1 ? Promise.reject(new Error('throttled')) : Promise.resolve(loads)
    const get = cached(load, 30_000, () => 0)
    await expect(get()).rejects.toThrow('throttled')
    expect(await get()).toBe(2)
  })
})

describe('the same text', () => {
  test('is read once, and again after another one', async () => {
    const read: string[] = []
    const get = memoizeLast((text) => {
      read.push(text)
      return Promise.resolve(text.length)
    })
    for (const text of ['a', 'a', 'bb', 'a']) expect(await get(text)).toBe(text.length)
    expect(read).toEqual(['a', 'bb', 'a'])
  })
})
