import { describe, expect, test } from '@jest/globals'
import { readAsking, readShares, stepsFrom } from '../../../src/controllers/listener/steps.ts'

describe('the input `steps`', () => {
  test.each<[string, readonly number[]]>([
    ['10, 25, 50, 75, 100', [10, 25, 50, 75, 100]],
    ['100', [100]],
    ['1 99\n100', [1, 99, 100]]
  ])('%j', (text, shares) => {
    expect(readShares(text)).toEqual(shares)
  })

  test.each<[string, RegExp]>([
    ['', /do not end with 100/],
    ['10, 50', /do not end with 100/],
    ['50, 25, 100', /25 does not rise above 50/],
    ['50, 50, 100', /50 does not rise above 50/],
    ['10, 110', /110 is no whole number from 1 to 100/],
    ['0, 100', /0 is no whole number/],
    ['10%, 100', /10% is no whole number/],
    ['12.5, 100', /12\.5 is no whole number/]
  ])('of %j it says what is wrong and what is accepted', (text, problem) => {
    const read = readShares(text)
    expect(read).toMatchObject({ problem: expect.stringMatching(problem) })
    expect(read).toMatchObject({ problem: expect.stringContaining('Accepted: rising') })
  })
})

describe('the input `approve`', () => {
  test.each([
    ['once', 'once'],
    ['every-step', 'every-step'],
    ['50, 100', [50, 100]]
  ])('%j', (text, asking) => {
    expect(readAsking(text, [10, 50, 100])).toEqual(asking)
  })

  test.each(['', 'never', '25', '10, x'])('%j is refused', (text) => {
    expect(readAsking(text, [10, 50, 100])).toEqual({
      problem:
        'Accepted: once, every-step, or a list of the steps 10, 50, 100 before which a person is asked.'
    })
  })
})

describe('the steps of a move', () => {
  const shares = [10, 50, 100]
  const asked = (asks: 'once' | 'every-step' | readonly number[], from = 100, to = 0): unknown =>
    stepsFrom({ from, to }, { shares, bakeMs: 60_000, asks }).map((step) => [step.share, step.asks])

  test('a person is asked before the first, whatever the input says', () => {
    expect(asked('once')).toEqual([
      [10, true],
      [50, false],
      [100, false]
    ])
    expect(asked([100])).toEqual([
      [10, true],
      [50, false],
      [100, true]
    ])
    expect(asked('every-step')).toEqual([
      [10, true],
      [50, true],
      [100, true]
    ])
  })

  test('from an even split only what is left is moved', () => {
    expect(asked('once', 1, 1)).toEqual([[100, true]])
  })
})
