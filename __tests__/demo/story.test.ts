import { describe, expect, it } from '@jest/globals'
import type { DemoReport, DemoResult } from '../../demo/result.ts'
import { complaints } from '../../demo/result.ts'
import { storyOf } from '../../demo/story.ts'
import { BUGS } from '../../examples/service/bugs.ts'
import { counted, released } from './samples.ts'

const report: DemoReport = {
  headline: 'It was.',
  diagnosis: null,
  evidence: [{ name: 'order and pay', verdict: 'passed', summary: 'all', load: null }]
}
const onOld = { ...released.requests, production: counted(['before', '1'], ['after', '1']) }
const failed: DemoReport = {
  ...report,
  evidence: [
    { name: 'checks', verdict: 'passed', summary: 'all', load: null },
    {
      name: 'order and pay',
      verdict: 'failed',
      summary: 'fails at read back: not paid.',
      load: null
    }
  ]
}
const stopped: DemoResult = {
  ...released,
  decision: null,
  bug: 'crash',
  outcome: 'stopped',
  exitCode: 1,
  requests: onOld,
  outputs: { outcome: 'stopped', rollback: 'succeeded' },
  report: {
    ...report,
    evidence: [],
    diagnosis: { cause: 'The deployment was stopped during Install. Before that: it ended.' }
  }
}

describe('the last lines of a demo', () => {
  it('a release that was approved', () => {
    const outputs = { ...released.outputs, 'approved-by': 'Minji Kim (U0MINJI2K)' }
    expect(storyOf({ ...released, report, outputs })).toEqual([
      'Version 2 has no fault.',
      'Passed: order and pay.',
      'Approved by Minji Kim (U0MINJI2K).',
      'Of 4 requests of users, 2 reached version 2 and none failed.',
      'As decided: released, in 21.5 s.'
    ])
  })

  it('a fault that the evidence has found', () => {
    const outputs = {
      outcome: 'rejected',
      rollback: 'succeeded',
      'approval-reason': 'order and pay: fails at read back'
    }
    const result = {
      ...stopped,
      bug: 'payment-lost',
      decision: 'reject',
      outcome: 'rejected'
    } as const
    expect(storyOf({ ...result, outputs, report: failed })).toEqual([
      'Version 2 has the fault payment-lost: a payment is answered with 200, and the order stays unpaid; its health checks see nothing.',
      'Found by "order and pay": fails at read back: not paid.',
      'Rejected: order and pay: fails at read back.',
      'Of 2 requests of users, none reached version 2 and none failed.',
      'The rollback succeeded: version 1 serves.',
      'As decided: rejected, in 21.5 s.'
    ])
  })

  it('a version without a fault that a person rejects', () => {
    const outputs = {
      outcome: 'rejected',
      rollback: 'succeeded',
      'approval-reason': 'Totals of version 2 are wrong'
    }
    const result = { ...stopped, bug: null, decision: 'reject', outcome: 'rejected' } as const
    expect(storyOf({ ...result, outputs, report })).toEqual([
      'Version 2 has no fault.',
      'Passed: order and pay.',
      'Rejected: Totals of version 2 are wrong.',
      'Of 2 requests of users, none reached version 2 and none failed.',
      'The rollback succeeded: version 1 serves.',
      'As decided: rejected, in 21.5 s.'
    ])
  })

  it('a version that never came up', () => {
    expect(complaints(stopped)).toEqual([])
    expect(storyOf(stopped)).toEqual([
      'Version 2 has the fault crash: it ends with exit code 1 as soon as it is started.',
      'The deployment was stopped during Install. Before that: it ended',
      'Nobody was asked, because there was nothing to look at.',
      'Of 2 requests of users, none reached version 2 and none failed.',
      'The rollback succeeded: version 1 serves.',
      'As decided: stopped, in 21.5 s.'
    ])
    expect(complaints({ ...stopped, outcome: 'failed' })).toEqual([
      'the outcome is failed, not stopped'
    ])
    expect(complaints({ ...stopped, requests: released.requests })).toEqual([
      '2 requests reached version 2'
    ])
  })

  it.each([
    ['k6', '1.8.1', 'by your k6'],
    ['autocannon', '9.0.0', 'built in, since no k6 was found']
  ])('which load it was: %s', (engine, engineVersion, words) => {
    const load = { engine, engineVersion }
    const evidence = [{ name: 'load', verdict: 'passed', summary: '2 of 2 thresholds hold', load }]
    expect(storyOf({ ...released, report: { ...report, evidence } })).toContain(
      `Load, ${words}: passed. 2 of 2 thresholds hold.`
    )
  })

  it.each(BUGS)('is at most ten lines, whatever is released: %s', (bug) => {
    const long = 'x'.repeat(5_000)
    const evidence = ['a', 'b', 'c'].map((name) => ({
      name,
      verdict: 'failed',
      summary: long,
      load: name === 'c' ? { engine: 'k6', engineVersion: '1' } : null
    }))
    const told = storyOf({
      ...stopped,
      bug,
      report: { ...report, evidence, diagnosis: { cause: long } }
    })
    // Above them stands their title.
    expect(told.length).toBeLessThan(10)
    expect(Math.max(...told.map((line) => line.length))).toBeLessThan(330)
  })
})
