import { describe, expect, it } from '@jest/globals'
import { headline, type HeadlineFacts } from '../../src/release/headline.ts'
import { OUTCOMES } from '../../src/release/outcome.ts'
import { decisionOf } from './sentences.ts'

const FACTS: HeadlineFacts = {
  outcome: 'released',
  rollback: 'none',
  service: 'api',
  cluster: 'prod',
  lookWith: 'aws deploy get-deployment --deployment-id d-1 --region eu-west-1',
  revision: 'api:42',
  deploymentId: 'd-1',
  goal: 'completed',
  decision: undefined,
  problems: []
}

function say(facts: Partial<HeadlineFacts>): string {
  return headline({ ...FACTS, ...facts })
}

describe('headline', () => {
  it.each(OUTCOMES)('is one line that ends as a sentence: %s', (outcome) => {
    for (const rollback of ['none', 'in-progress', 'succeeded', 'failed'] as const) {
      const bare = { outcome, rollback, deploymentId: undefined, revision: undefined }
      for (const facts of [{ outcome, rollback }, bare]) {
        expect(say({ ...facts, reason: 'two\nlines.' })).toMatch(/^[A-Z0-9aw][^\n]*\.$/)
        expect(say(facts)).not.toContain('undefined')
      }
    }
  })

  it('says which revision serves, and whether the deployment goes on', () => {
    expect(say({})).toBe(
      'api:42 serves all production traffic of service api in cluster prod; deployment d-1 has completed.'
    )
    expect(say({ goal: 'traffic-shifted' })).toContain('goes on until the old tasks have ended')
  })

  it.each([
    ['started', 'has started'],
    ['test-traffic', 'has test traffic on green'],
    ['approval', 'has passed its gate']
  ] as const)('names the goal a started release has reached: %s', (goal, words) => {
    expect(say({ outcome: 'started', goal })).toContain(words)
    expect(say({ outcome: 'started', goal })).toContain(`(wait-for: ${goal})`)
  })

  it('does not claim a rejection that only a ledger could tell from an expiry', () => {
    expect(say({ outcome: 'rejected' })).toContain(
      'was rejected at the gate or expired there; only a ledger tells which'
    )
    const told = say({ outcome: 'rejected', decision: decisionOf('REJECTED') })
    expect(told).toContain('was rejected by Minsu (U1): totals are wrong;')
    expect(told).not.toContain('expire')
    const unread = say({ outcome: 'rejected', hasLedger: true })
    expect(unread).toContain('the ledger could not tell which')
  })

  it('says whether production traffic had moved, where that is known', () => {
    expect(say({ outcome: 'failed', trafficMoved: false })).toContain(
      'production stayed on the revision before'
    )
    expect(say({ outcome: 'failed', trafficMoved: true })).toContain('traffic had begun to move')
    expect(say({ outcome: 'failed' })).not.toContain('production')
  })

  it('says where a deployment failed and why', () => {
    const sentence = say({ outcome: 'failed', failedEvent: 'Install', reason: 'No tasks. ' })
    expect(sentence).toContain('failed at Install: No tasks;')
  })

  it('says what best explains a failure instead of what the control plane says', () => {
    const facts = { outcome: 'failed', failedEvent: 'Install', reason: 'It timed out.' } as const
    const finding = 'container app exited with 137'
    expect(say({ ...facts, finding })).toContain(
      'failed at Install: container app exited with 137;'
    )
    expect(say({ ...facts, finding })).not.toContain('timed out')
  })

  it('names functions, tasks and revisions instead of their ARNs', () => {
    const reason =
      'The role arn:aws:iam::123456789012:role/deploy may not call arn:aws:lambda:eu-west-1:123456789012:function:CodeDeployHook_gate.'
    expect(say({ outcome: 'failed', reason })).toContain(
      'failed: The role deploy may not call CodeDeployHook_gate;'
    )
  })

  it('does not take a stop by somebody else for one of this run, which only gave up waiting', () => {
    const interrupt = { cause: 'timeout', policy: 'leave', done: 'left' } as const
    expect(say({ outcome: 'stopped', reason: 'stopped by an alarm', interrupt })).toContain(
      'was stopped: stopped by an alarm'
    )
  })

  it('carries the state of the rollback', () => {
    const failed = { outcome: 'failed', rollbackDeploymentId: 'd-2' } as const
    expect(say({ ...failed, rollback: 'succeeded' })).toContain('rollback d-2 succeeded')
    expect(say({ ...failed, rollback: 'in-progress' })).toContain('d-2 is still in progress')
    expect(say({ ...failed, rollback: 'failed' })).toContain('rollback d-2 FAILED')
    expect(say({ outcome: 'failed' })).toContain('there was no rollback')
  })

  it.each(['released', 'started', 'planned', 'refused', 'unknown'] as const)(
    'says nothing of a rollback where none was due: %s',
    (outcome) => {
      expect(say({ outcome })).not.toContain('rollback')
    }
  )

  it('tells how to attach again to what can no longer be seen', () => {
    const sentence = say({ outcome: 'unknown', reason: 'ExpiredTokenException' })
    expect(sentence).toContain('(ExpiredTokenException)')
    expect(sentence).toContain('on-active-deployment: attach')
    expect(sentence).toContain('aws deploy get-deployment --deployment-id d-1 --region eu-west-1')
  })

  it('does not promise a deployment that may never have been created', () => {
    const sentence = say({ outcome: 'unknown', deploymentId: undefined })
    expect(sentence).toContain('whether it was created is not known')
    expect(sentence).not.toContain('aws deploy')
  })

  it('names the policy that decided a time-out', () => {
    const left = { cause: 'timeout', policy: 'leave', done: 'left', waitForMinutes: 90 } as const
    expect(say({ outcome: 'timed-out', interrupt: left })).toBe(
      '90 minutes (wait-for-minutes) passed before completed was reached; deployment d-1 of service api in cluster prod goes on without this job (on-timeout: leave).'
    )
    const stopped = { ...left, policy: 'stop', done: 'stopped' } as const
    const sentence = say({ outcome: 'timed-out', interrupt: stopped })
    expect(sentence).toContain('was stopped (on-timeout: stop)')
    expect(sentence).toContain('there was no rollback')
  })

  it('tells a cancel that stopped from one that left the deployment alone', () => {
    const cancel = { cause: 'cancel', policy: 'stop-and-rollback', done: 'stopped' } as const
    expect(say({ outcome: 'stopped', rollback: 'succeeded', interrupt: cancel })).toContain(
      'because this run was cancelled (on-cancel: stop-and-rollback)'
    )
    const left = say({
      outcome: 'unknown',
      interrupt: { ...cancel, policy: 'leave', done: 'left' }
    })
    expect(left).toContain('was left to go on (on-cancel: leave)')
    expect(left).not.toContain('rollback')
    const shifted = say({
      outcome: 'unknown',
      interrupt: { ...cancel, done: 'left', trafficFullyShifted: true }
    })
    expect(shifted).toContain('that is not undone')
  })

  it('says that a cancel came before there was a deployment', () => {
    const interrupt = { cause: 'cancel', policy: 'stop-and-rollback', done: 'stopped' } as const
    expect(say({ outcome: 'stopped', deploymentId: undefined, interrupt })).toBe(
      'This run was cancelled; nothing was deployed.'
    )
  })

  it('says an alarm in the words of AWS', () => {
    const reason = 'One or more alarms have been activated. Activated alarms: 5xx'
    expect(say({ outcome: 'stopped', reason })).toContain(`was stopped: ${reason};`)
  })

  it('counts the problems of a refusal, and says a single one', () => {
    expect(say({ outcome: 'refused', problems: ['a: bad', 'b: bad'] })).toBe(
      'Refused with 2 problems; nothing was written.'
    )
    expect(say({ outcome: 'refused', problems: ['service: missing'] })).toContain(
      'service: missing'
    )
  })
})
