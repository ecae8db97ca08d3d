import { describe, expect, it } from '@jest/globals'
import { complaints, requestTable } from '../../demo/result.ts'
import type { DemoResult } from '../../demo/result.ts'
import { Tally } from '../../demo/tally.ts'
import { counted, released } from './samples.ts'

const rejected: DemoResult = {
  ...released,
  decision: 'reject',
  outcome: 'rejected',
  exitCode: 1,
  requests: { ...released.requests, production: counted(['before', '1'], ['after', '1']) }
}

function onProduction(result: DemoResult, production: Tally): DemoResult {
  return { ...result, requests: { ...result.requests, production: production.counts() } }
}

describe('the verdict on a demo', () => {
  it.each([
    ['released', released],
    ['rejected', rejected]
  ])('has nothing to say where it was %s as decided', (_, result) => {
    expect(complaints(result)).toEqual([])
  })

  it.each([
    [{ ...released, outcome: 'failed', exitCode: 1 }, ['the outcome is failed', 'ended with 1']],
    [{ ...released, exitCode: null }, ['ended with a signal']],
    [{ ...released, requests: rejected.requests }, ['no request reached version 2']],
    [{ ...rejected, requests: released.requests }, ['2 requests reached version 2']],
    [{ ...rejected, exitCode: 0 }, ['ended with 0']],
    [{ ...released, decision: null }, ['nobody has decided']],
    [{ ...released, outcome: undefined }, ['the outcome is unknown, not released']]
  ])('names what went otherwise (%#)', (result, parts) => {
    const found = complaints(result)
    expect(found).toHaveLength(parts.length)
    parts.forEach((part, index) => {
      expect(found[index]).toContain(part)
    })
  })

  it('names failed requests', () => {
    const production = new Tally()
    production.add('after', { version: '2', failed: false })
    production.add('shift', { version: undefined, failed: true })
    expect(complaints(onProduction(released, production))).toEqual(['1 requests failed'])
  })
})

describe('the table of requests', () => {
  it('has a row for each phase and one for the test listener', () => {
    expect(requestTable(released)).toBe(
      [
        'production listener  version 1  version 2  failed',
        '  before the gate            1          0       0',
        '  at the gate                1          0       0',
        '  during the shift           0          1       0',
        '  afterwards                 0          1       0',
        '  in all                     2          2       0',
        'test listener                0          1       0'
      ].join('\n')
    )
  })

  it('has a column for what no version answered only where there is such', () => {
    const production = new Tally()
    production.add('shift', { version: undefined, failed: true })
    expect(requestTable(onProduction(released, production))).toContain('version 2  no version')
    expect(requestTable(released)).not.toContain('no version')
  })
})
