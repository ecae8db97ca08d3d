import { describe, expect, it } from '@jest/globals'
import {
  checksIn,
  judgeChecks,
  type Counted,
  type WantedChecks
} from '../../../src/verification/load/script-checks.ts'

const counted = (name: string, passes: number, fails: number): Counted => ({ name, passes, fails })
const verdicts = (
  counts: readonly Counted[],
  { all, named = {} }: { readonly all?: number; readonly named?: Record<string, number> } = {}
): Record<string, boolean> => {
  const wanted: WantedChecks = { all, named: new Map(Object.entries(named)) }
  return Object.fromEntries(judgeChecks(counts, wanted).map(({ name, passed }) => [name, passed]))
}

describe('checks of a summary', () => {
  const check = { name: 'is 200', path: '::shop::is 200', passes: 3, fails: 1 }

  it('are found in their groups, by name or in a list', () => {
    const found = [counted('shop::is 200', 3, 1)]
    const inMaps = { checks: {}, groups: { shop: { checks: { 'is 200': check }, groups: {} } } }
    const inLists = { checks: [], groups: [{ checks: [check], groups: [] }] }
    expect(checksIn({ root_group: inMaps })).toEqual(found)
    expect(checksIn({ root_group: inLists })).toEqual(found)
    const { path: _, ...listed } = check
    const newer = { results: { checks: { results: [listed] } } }
    expect(checksIn(newer)).toEqual([counted('is 200', 3, 1)])
  })

  it('are none where none ran, and where the summary is of another shape', () => {
    expect(checksIn({ root_group: { checks: { a: { ...check, passes: 0, fails: 0 } } } })).toEqual(
      []
    )
    expect(checksIn({ root_group: { checks: { a: { name: 3 } } } })).toEqual([])
    expect(checksIn({ root_group: 'x', results: [] })).toEqual([])
    let deep: Record<string, unknown> = { checks: { a: check } }
    for (let level = 0; level < 1_000; level++) deep = { groups: { deep } }
    expect(checksIn({ root_group: deep })).toEqual([])
  })
})

describe('a check', () => {
  it('that never passes has failed, one that fails now and then has not', () => {
    const counts = [counted('never', 0, 100), counted('mostly', 9_849, 7), counted('once', 1, 99)]
    expect(verdicts(counts)).toEqual({ never: false, mostly: true, once: true })
  })

  it('has to keep the share for all, or its own', () => {
    const counts = [counted('a', 99, 1), counted('shop::b', 98, 2)]
    expect(verdicts(counts, { all: 0.99 })).toEqual({ a: true, 'shop::b': false })
    expect(verdicts(counts, { named: { b: 0.985 } })).toEqual({ a: true, 'shop::b': false })
    expect(verdicts(counts, { named: { 'shop::b': 0.98 } })).toEqual({ a: true, 'shop::b': true })
  })

  it('that may always fail, may', () => {
    expect(verdicts([counted('never', 0, 9)], { named: { never: 0 } })).toEqual({ never: true })
  })

  it('is counted, so that no share is missed by a rounding', () => {
    expect(verdicts([counted('a', 999, 1)], { all: 0.999 })).toEqual({ a: true })
    expect(verdicts([counted('a', 70, 930)], { all: 0.07 })).toEqual({ a: true })
    expect(verdicts([counted('a', 69, 931)], { all: 0.07 })).toEqual({ a: false })
  })

  it('that the file names and that never ran has not passed', () => {
    expect(verdicts([counted('a', 1, 0)], { named: { b: 0.5 } })).toEqual({ a: true, b: false })
  })

  it('that has failed is never among those that are left out', () => {
    const many = Array.from({ length: 300 }, (_, index) => counted(`check ${index}`, 1, 0))
    const judged = verdicts([...many, counted('last', 0, 1)])
    expect(Object.keys(judged)).toHaveLength(100)
    expect(judged['last']).toBe(false)
  })
})
