import { describe, expect, test } from '@jest/globals'
import type { Effect, TrafficResult } from '../../src/ledger/gate.ts'
import {
  awaitsRollback,
  effectOf,
  hasEnded,
  isAtRest,
  trafficResultOf
} from '../../src/ledger/of-all-holds.ts'
import { factsOfHolds, holdOf } from './samples.ts'

describe('the effect of a gate', () => {
  test.each<[Effect[], Effect]>([
    [['NONE'], 'NONE'],
    [['APPLIED'], 'APPLIED'],
    [['LATE'], 'LATE'],
    [['APPLIED', 'NONE'], 'NONE'],
    [['LATE', 'NONE'], 'NONE'],
    [['LATE', 'APPLIED'], 'LATE'],
    [['APPLIED', 'APPLIED', 'APPLIED'], 'APPLIED']
  ])('%j is %s', (effects, effect) => {
    expect(effectOf({ effects: Object.fromEntries(effects.entries()) })).toBe(effect)
  })
})

const SHIFTING: TrafficResult = { status: 'shifting', rollback: 'none', at: 1 }
const RELEASED: TrafficResult = { status: 'released', rollback: 'none', at: 2 }
const FAILED: TrafficResult = { status: 'failed', rollback: 'in-progress', at: 3 }
const BACK: TrafficResult = { status: 'failed', rollback: 'succeeded', at: 4 }
const STOPPED: TrafficResult = { status: 'stopped', rollback: 'none', at: 5 }

/** A gate of two holds of which this is known. */
function gateOf(one: TrafficResult | undefined, two: TrafficResult | undefined) {
  const facts = factsOfHolds([holdOf('d-ONE'), holdOf('d-TWO')], ['1', '2'])
  const trafficResults = { ...(one && { 'd-ONE': one }), ...(two && { 'd-TWO': two }) }
  return { facts, trafficResults }
}

describe('what became of the traffic of two holds', () => {
  test.each<
    [string, TrafficResult | undefined, TrafficResult | undefined, TrafficResult | undefined]
  >([
    ['nothing is known', undefined, undefined, undefined],
    ['one shifts', undefined, SHIFTING, SHIFTING],
    [
      'one is released, and nothing of the other is known',
      RELEASED,
      undefined,
      { ...RELEASED, status: 'shifting' }
    ],
    ['one is released, and the other shifts', RELEASED, SHIFTING, SHIFTING],
    ['both are released', RELEASED, { ...RELEASED, at: 9 }, RELEASED],
    ['one has failed, and the other is released', RELEASED, BACK, BACK],
    ['one is stopped, and the other shifts', SHIFTING, STOPPED, STOPPED],
    ['one has failed, and the other is stopped', STOPPED, BACK, BACK],
    ['one is back, and the other goes back', BACK, FAILED, { ...BACK, rollback: 'in-progress' }]
  ])('%s', (_, one, two, expected) => {
    expect(trafficResultOf(gateOf(one, two))).toEqual(expected)
  })

  test('traffic has moved since the first began, and all of it once the last has', () => {
    const one = { ...SHIFTING, beganAt: 10, shiftedAt: 50 }
    const two = { ...SHIFTING, beganAt: 20 }
    expect(trafficResultOf(gateOf(one, two))).toEqual({ ...SHIFTING, beganAt: 10 })
    expect(trafficResultOf(gateOf(one, undefined))).not.toHaveProperty('shiftedAt')
    const both = trafficResultOf(gateOf(one, { ...two, shiftedAt: 70 }))
    expect(both).toMatchObject({ beganAt: 10, shiftedAt: 70 })
  })

  test('a rollback has ended once all have', () => {
    const back = { ...BACK, rolledBackAt: 90 }
    expect(trafficResultOf(gateOf(back, RELEASED))).toMatchObject({ rolledBackAt: 90 })
    expect(trafficResultOf(gateOf(back, FAILED))).not.toHaveProperty('rolledBackAt')
  })

  test.each<[TrafficResult, number, boolean]>([
    [STOPPED, 59_999, true],
    [STOPPED, 60_000, false],
    [{ ...STOPPED, status: 'failed' }, 0, true],
    [FAILED, 0, false],
    [BACK, 0, false],
    [RELEASED, 0, false]
  ])('%j, %i ms later: whether a rollback may still appear', (result, later, awaited) => {
    expect(awaitsRollback(gateOf(RELEASED, result), result.at + later)).toBe(awaited)
  })

  test.each<[TrafficResult | undefined, TrafficResult | undefined, boolean, boolean]>([
    [undefined, undefined, false, false],
    [SHIFTING, undefined, false, false],
    [RELEASED, undefined, true, false],
    [RELEASED, SHIFTING, true, false],
    [STOPPED, undefined, true, false],
    [RELEASED, FAILED, true, false],
    [RELEASED, RELEASED, true, true],
    [BACK, STOPPED, true, true]
  ])('%j and %j: a deployment has ended: %s; all rest: %s', (one, two, ended, rests) => {
    expect(hasEnded(gateOf(one, two))).toBe(ended)
    expect(isAtRest(gateOf(one, two))).toBe(rests)
  })
})
