import { expect, it } from '@jest/globals'
import { milestones } from '../../src/release/milestones.ts'
import { at, deployment, event, report } from '../action/summary/sample-parts.ts'
import { SAMPLES } from '../action/summary/samples.ts'

function told(sample: keyof typeof SAMPLES): string[] {
  return milestones(SAMPLES[sample]).map(
    ({ at: when, what, kind }) => `${(when - at(0)) / 1_000} ${kind} ${what}`
  )
}

it('are those of a release, in their order', () => {
  expect(told('released')).toEqual([
    '1.9 plain Deployment created',
    '101 plain Green serves the test listener',
    '104 plain Gate opened',
    '494 good Approved',
    '495 plain Traffic begins to move',
    '798 good All traffic on green',
    '1100 good Deployment succeeded'
  ])
})

it('say what stopped it, and when it was undone', () => {
  expect(told('stopped').slice(5)).toEqual([
    '519 bad Interrupted (evidence): stopped',
    '520 bad AllowTraffic failed',
    '521 bad Deployment stopped',
    '522 bad Rollback begins',
    '528 good Rollback succeeded'
  ])
})

it('take the gate from its event where no ledger tells of it', () => {
  expect(told('rejected')).toContain('68 plain Gate opened')
  expect(told('rejected')).toContain('2310 bad Gate failed')
})

it('are none without a deployment', () => {
  expect(told('planned')).toEqual([])
})

it('leave out a time that no date can express', () => {
  const steps = [event('AllowTraffic', 'Succeeded', Infinity, Number.NaN)]
  const made = deployment('d-1', { createdAt: at(1), completedAt: 9e15, steps })
  expect(milestones(report({}, { deployment: made, approval: 'not-required' }))).toEqual([
    { at: at(1), what: 'Deployment created', kind: 'plain' }
  ])
})
