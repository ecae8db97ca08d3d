import { expect, test } from '@jest/globals'
import { outputsOf } from '../../src/action/outputs.ts'
import { decidedBy, type GateDecision } from '../../src/release/decision.ts'

const NOBODY: GateDecision = {
  state: 'APPROVED',
  openedAt: 0,
  decidedAt: 60_000,
  by: [],
  reason: undefined,
  breakGlass: false,
  votes: [],
  effect: 'APPLIED',
  head: undefined,
  requester: { logins: ['octocat', 'hubot'], verified: true, why: undefined }
}
const MINSU = { id: 'U01MINSU', name: '김민수' }
const JANE = { id: 'U02JANE', name: 'Jane Doe' }

test.each<[string, Partial<GateDecision>, string | undefined]>([
  ['by people', { by: [MINSU, JANE] }, '김민수 (U01MINSU), Jane Doe (U02JANE)'],
  ['by one whom Slack calls by the id', { by: [{ id: 'U1', name: 'U1' }] }, 'U1'],
  ['by a person who broke the glass', { by: [JANE], breakGlass: true }, 'Jane Doe (U02JANE)'],
  ['by a job whose actors the policy does not know', { breakGlass: true }, 'octocat, hubot'],
  ['by what was measured', { state: 'REJECTED' }, 'the evidence'],
  ['by nobody: expired', { state: 'EXPIRED' }, undefined],
  ['by nobody: still open', { state: 'PENDING', decidedAt: undefined }, undefined]
])('decided %s', (_, changes, who) => {
  expect(decidedBy({ ...NOBODY, ...changes })).toBe(who)
})

test('later jobs are told who let a rollback through', () => {
  const decision = { ...NOBODY, breakGlass: true, reason: 'orders are wrong' }
  expect(outputsOf({ approval: 'approved', decision })).toEqual({
    'approval-status': 'approved',
    'approved-by': 'octocat, hubot',
    'approved-at': '1970-01-01T00:01:00.000Z',
    'approval-reason': 'orders are wrong'
  })
})
