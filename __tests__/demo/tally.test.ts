import { describe, expect, it } from '@jest/globals'
import { Tally } from '../../demo/tally.ts'

const none = { requests: 0, failures: 0 }

describe('the tally of a listener', () => {
  it('names both versions before anything was asked', () => {
    const { phases, ...total } = new Tally().counts()
    expect(total).toEqual({ ...none, versions: { 1: none, 2: none } })
    expect(Object.keys(phases)).toEqual(['before', 'gate', 'shift', 'after'])
    expect(phases.shift).toEqual(total)
  })

  it('counts by phase and version, failures among the requests', () => {
    const tally = new Tally()
    tally.add('before', { version: '1', failed: false })
    tally.add('shift', { version: '1', failed: false })
    tally.add('shift', { version: '2', failed: false })
    tally.add('shift', { version: '2', failed: true })
    const { phases, ...total } = tally.counts()
    expect(phases.before.versions).toEqual({ 1: { requests: 1, failures: 0 }, 2: none })
    expect(phases.shift).toEqual({
      requests: 3,
      failures: 1,
      versions: { 1: { requests: 1, failures: 0 }, 2: { requests: 2, failures: 1 } }
    })
    expect(total).toEqual({
      requests: 4,
      failures: 1,
      versions: { 1: { requests: 2, failures: 0 }, 2: { requests: 2, failures: 1 } }
    })
  })

  it('keeps what no version answered apart', () => {
    const tally = new Tally()
    tally.add('after', { version: undefined, failed: true })
    expect(tally.counts().versions).toEqual({
      1: none,
      2: none,
      none: { requests: 1, failures: 1 }
    })
  })

  it('knows who answered last', () => {
    const tally = new Tally()
    expect(tally.latest).toBeUndefined()
    tally.add('gate', { version: '1', failed: false })
    tally.add('shift', { version: '2', failed: false })
    expect(tally.latest).toBe('2')
  })
})
