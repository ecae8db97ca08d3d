import { expect, test } from '@jest/globals'
import { headline, type HeadlineFacts } from '../../src/release/headline.ts'
import { CODEDEPLOY_SAYS, everyEnd } from './sentences.ts'

const ENDS = everyEnd().map((facts) => ({ facts, said: headline(facts) }))

function broken(
  isWrong: (said: string, facts: HeadlineFacts) => boolean
): readonly { readonly said: string }[] {
  return ENDS.filter(({ said, facts }) => isWrong(said, facts)).map(({ said, facts }) => ({
    said,
    outcome: facts.outcome,
    rollback: facts.rollback,
    decision: facts.decision?.state
  }))
}

/** What must never stand in one sentence, whatever happened. */
test.each<[string, (said: string, facts: HeadlineFacts) => boolean]>([
  [
    'production that never moved and production that is back',
    (said) => /stayed on the revision before/.test(said) && /is back on/.test(said)
  ],
  [
    'no rollback and a rollback',
    (said) => /there was no rollback/.test(said) && /rollback (d-|succeeded|FAILED|is)/.test(said)
  ],
  [
    'a released revision and a rollback',
    (said) => /serves all production traffic/.test(said) && /rollback/.test(said)
  ],
  [
    "CodeDeploy's sentence twice",
    (said) => said.split(CODEDEPLOY_SAYS.replace(/\.$/, '')).length > 2
  ],
  [
    "CodeDeploy's sentence where the ledger has the reason",
    (said, { decision }) =>
      decision !== undefined &&
      ['REJECTED', 'FAILED', 'WITHDRAWN'].includes(decision.state) &&
      /was rejected|failed: the gate|failed before anyone/.test(said) &&
      said.includes('validation functions')
  ],
  [
    'a rejection that may have been an expiry, where the ledger knows',
    (said, { decision }) => decision?.state === 'REJECTED' && /or expired there/.test(said)
  ],
  [
    'the advice to use a ledger where there is one',
    (said, { hasLedger }) => hasLedger === true && /only a ledger/.test(said)
  ],
  ['an ARN', (said) => /arn:aws/.test(said)],
  ['nobody as the person who decided', (said) => /by nobody|nobody (approved|rejected)/.test(said)],
  [
    'that nobody decided, where somebody did',
    (said, { decision }) =>
      ['APPROVED', 'REJECTED'].includes(decision?.state ?? '') && /nobody decided/.test(said)
  ],
  [
    'a stop by this run, which left the deployment alone',
    (said, { interrupt }) => interrupt?.done === 'left' && /was stopped because/.test(said)
  ],
  [
    'that it goes on, where it has ended',
    (said, { outcome, interrupt }) =>
      (['rejected', 'expired', 'failed', 'stopped'].includes(outcome) ||
        interrupt?.done === 'stopped') &&
      outcome !== 'started' &&
      outcome !== 'unknown' &&
      /goes on without/.test(said)
  ],
  ['a value that is not there', (said) => /undefined|null|NaN|\{\d\}/.test(said)],
  ['two full stops, or an empty bracket', (said) => /\.\.|\(\)|: ;|;;|  /.test(said)]
])('no headline says %s', (_, isWrong) => {
  expect(broken(isWrong)).toEqual([])
})

test('every bad end says what became of production, and only those do', () => {
  const tells = (said: string): boolean => /rollback/.test(said.replace(/stop-and-rollback/g, ''))
  for (const { said, facts } of ENDS) {
    const { outcome, interrupt } = facts
    const isBad =
      ['rejected', 'expired', 'failed', 'stopped'].includes(outcome) ||
      (outcome === 'timed-out' && interrupt?.done === 'stopped')
    expect([said, tells(said)]).toEqual([said, isBad])
  }
})

test('every end reads as one sentence that begins with a capital, a name or a number', () => {
  expect(ENDS.length).toBeGreaterThan(1_000)
  for (const { said } of ENDS)
    expect(said).toMatch(/^([A-Z]|orders:42|90 |wait-for-minutes )[^\n]*[^.]\.$/)
})
