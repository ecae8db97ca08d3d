import { describe, expect, test } from '@jest/globals'
import { headline } from '../../src/release/headline.ts'
import { outcomeWords } from '../../src/release/report-words.ts'
import { passes } from '../../src/release/outcome.ts'
import { text } from '../../src/action/summary/markdown.ts'
import { everyEnd } from '../release/sentences.ts'
import { chapterIn, disagreements, type Due, type Told } from './one-state.ts'

const ENDS = everyEnd()
  // A release that has not ended badly has no rollback to speak of.
  .filter(({ outcome, rollback, interrupt }) => {
    const isLeft = outcome === 'timed-out' && interrupt?.done !== 'stopped'
    const isBad = ['rejected', 'expired', 'failed', 'stopped', 'timed-out'].includes(outcome)
    return rollback === 'none' || (isBad && !isLeft)
  })
  .map((facts): Told => {
    const { outcome, rollback } = facts
    const said = headline(facts)
    const exitCode = passes(outcome) ? 0 : 1
    const summary = `## ${outcomeWords(outcome)}: \`orders\`\n\n${text(said).source}\n`
    return { outcome, rollback, headline: said, exitCode, summary }
  })

const ALL: Due = { gated: true, mirrored: true, completed: true }
const NONE: Due = { gated: false, mirrored: false, completed: false }
const SHIFTED = { state: 'APPROVED', result: 'shifted', rollback: 'none' }
const RELEASED = { ...SHIFTED, result: 'released' }

function told(outcome: Told['outcome'], rollback: Told['rollback'], more: Partial<Told>): Told {
  const found = ENDS.find((each) => each.outcome === outcome && each.rollback === rollback)
  if (!found) throw new Error(`no end is ${outcome} with rollback ${rollback}`)
  return { ...found, ...more }
}

test('every way in which a release may end tells one state', () => {
  expect(ENDS.length).toBeGreaterThan(500)
  expect(ENDS.flatMap(disagreements)).toEqual([])
})

describe('one state is found where', () => {
  test.each<[string, Told]>([
    [
      'it was released',
      told('released', 'none', {
        card: 'orders 1 → 2: released',
        github: 'success',
        history: { state: 'APPROVED', result: 'released', rollback: 'none' }
      })
    ],
    [
      'it was stopped and rolled back',
      told('stopped', 'succeeded', {
        card: 'orders 1 → 2: rolled back',
        github: 'failure',
        history: { state: 'APPROVED', result: 'stopped', rollback: 'succeeded' }
      })
    ],
    [
      'it was rejected',
      told('rejected', 'succeeded', {
        card: 'shop/orders: rejected',
        github: 'failure',
        history: { state: 'REJECTED' }
      })
    ],
    [
      'the job did not wait for the rollback',
      told('stopped', 'in-progress', {
        card: 'orders: rolled back',
        history: { state: 'WITHDRAWN', rollback: 'succeeded' }
      })
    ],
    [
      'everybody who had to be told was told',
      told('released', 'none', {
        card: 'orders: released',
        github: 'success',
        history: RELEASED,
        due: ALL
      })
    ],
    [
      'the job waited for the shift alone',
      told('released', 'none', {
        card: 'orders: all traffic has moved',
        history: SHIFTED,
        due: { ...NONE, gated: true }
      })
    ],
    [
      'Slack did not take the card, and the ledger says that the gate failed',
      told('failed', 'succeeded', { history: { state: 'FAILED' }, due: { ...NONE, gated: true } })
    ],
    ['nobody had to be told', told('released', 'none', { due: NONE })],
    [
      'the job had gone on before the end',
      told('started', 'none', { card: 'orders: rolled back', github: 'in_progress' })
    ]
  ])('%s', (_, all) => {
    expect(disagreements(all)).toEqual([])
  })
})

describe('two states are found where', () => {
  test.each<[string, Told]>([
    [
      'the card still says what was decided, and not what became of it',
      told('released', 'none', { card: 'orders: approved' })
    ],
    [
      'the ledger does not say what became of it',
      told('released', 'none', { history: { state: 'APPROVED', result: '' } })
    ],
    [
      'a rolled-back release is released on its card',
      told('failed', 'succeeded', { card: 'orders: released' })
    ],
    [
      'the card has a rollback that the job denies',
      told('stopped', 'none', { card: 'orders: rolled back' })
    ],
    [
      'the card does not know of the rollback',
      told('stopped', 'succeeded', { card: 'orders: stopped' })
    ],
    [
      'the card has a header that nobody knows',
      told('released', 'none', { card: 'orders: well done' })
    ],
    [
      'the rollback failed for one of them',
      told('failed', 'succeeded', { card: 'orders: ROLLBACK FAILED' })
    ],
    ["GitHub's deployment is green", told('rejected', 'succeeded', { github: 'success' })],
    [
      'the ledger has a rejection of what was released',
      told('released', 'none', { history: { state: 'REJECTED' } })
    ],
    [
      'the ledger has another result',
      told('released', 'none', { history: { state: 'APPROVED', result: 'stopped' } })
    ],
    [
      'the ledger has another rollback',
      told('stopped', 'succeeded', {
        history: { state: 'APPROVED', result: 'stopped', rollback: 'none' }
      })
    ],
    [
      'a gated release has no card',
      told('released', 'none', { history: RELEASED, due: { ...NONE, gated: true } })
    ],
    [
      'a gated release has no row',
      told('released', 'none', { card: 'orders: released', due: { ...NONE, gated: true } })
    ],
    ['GitHub was not told', told('released', 'none', { due: { ...NONE, mirrored: true } })],
    [
      'the card does not know that it has completed',
      told('released', 'none', {
        card: 'orders: all traffic has moved',
        due: { ...NONE, completed: true }
      })
    ],
    [
      'history does not know that it has completed',
      told('released', 'none', { history: SHIFTED, due: { ...NONE, completed: true } })
    ],
    ['the job passes', told('expired', 'succeeded', { exitCode: 0 })],
    ['the summary has another title', told('failed', 'none', { summary: '## ✅ Released' })],
    ['the headline is of another outcome', told('failed', 'none', { headline: 'It has expired.' })]
  ])('%s', (_, all) => {
    expect(disagreements(all)).not.toEqual([])
  })
})

test.each([
  ['orders 1 → 2: waiting for approval', 'waiting'],
  ['orders 1 → 2: blocked by an error of the gate', 'gate-failed'],
  ['orders 1 → 2: request closed', 'withdrawn'],
  ['orders 1 → 2: ROLLBACK FAILED', 'rollback-failed'],
  ['orders 1 → 2: failed', 'failed'],
  ['orders 1 → 2: approved too late', 'too-late'],
  ['shop/orders: approved', 'approved'],
  ['shop/orders: a deployment without the gate', 'ungated'],
  ['orders 1 → 2: expired, nobody decided in time', 'expired']
])('the header "%s" says %s', (header, chapter) => {
  expect(chapterIn(header)).toBe(chapter)
})
