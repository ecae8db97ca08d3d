import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { renderDigest, renderDigestDetails } from '../../../src/gate/card/digest.ts'
import type { CardView, DecisionView } from '../../../src/gate/card/view.ts'
import { textsIn, violations } from './slack-limits.ts'
import { anyView, NOW, VIEW } from './views.ts'

const DECISION: DecisionView = {
  state: 'APPROVED',
  at: NOW,
  by: ['U0ANN', 'U0BEN'],
  names: ['Ann Lee', 'Ben'],
  reason: undefined,
  breakGlass: false,
  effect: 'APPLIED'
}
const BACK: CardView['trafficResult'] = {
  status: 'stopped',
  rollback: 'succeeded',
  at: NOW,
  beganAt: NOW,
  stoppedBy: 'observer',
  why: '3 of 10 failed'
}
const shown = (value: unknown): string =>
  textsIn(value)
    .map(({ text }) => text.replaceAll('\u2060', ''))
    .join('\n')
const line = (change: Partial<CardView>): string =>
  shown(renderDigest({ ...VIEW, decision: DECISION, ...change }).blocks)

test.each<[string, Partial<CardView>, string]>([
  [
    'released',
    {
      trafficResult: { status: 'released', rollback: 'none', at: NOW, beganAt: NOW },
      availability: { verdict: 'passed', total: 9_856, failed: 0, summary: '' }
    },
    ':white_check_mark: *orders 1.4.1 → 1.4.2: released*  ·  approved by Ann Lee, Ben  ·  0 of 9,856 requests failed'
  ],
  [
    'rolled back after its approval',
    { trafficResult: BACK },
    ':leftwards_arrow_with_hook: *orders 1.4.1 → 1.4.2: rolled back*  ·  approved by Ann Lee, Ben'
  ],
  [
    'by break-glass',
    { decision: { ...DECISION, breakGlass: true, names: ['Ann Lee'] }, trafficResult: BACK },
    ':leftwards_arrow_with_hook: *orders 1.4.1 → 1.4.2: rolled back*  ·  approved by Ann Lee  ·  break-glass'
  ],
  [
    'rejected by evidence',
    { decision: { ...DECISION, state: 'REJECTED', by: [], names: [] } },
    ':no_entry: *orders 1.4.1 → 1.4.2: rejected*  ·  rejected by the evidence itself'
  ],
  [
    'expired',
    { decision: { ...DECISION, state: 'EXPIRED', by: [], names: [] } },
    ':hourglass: *orders 1.4.1 → 1.4.2: expired, nobody decided in time*'
  ],
  [
    'in Korean',
    { language: 'ko', decision: { ...DECISION, state: 'REJECTED', names: ['김민준'] } },
    ':no_entry: *orders 1.4.1 → 1.4.2: 거절되었습니다*  ·  거절: 김민준'
  ]
])('one line for a release that is %s', (_, change, text) => {
  expect(line(change)).toBe(text)
})

test('its thread has the story, what was released and where to read on', () => {
  const details = renderDigestDetails({ ...VIEW, decision: DECISION, trafficResult: BACK })
  const text = shown(details.blocks)
  for (const part of ['Approved', 'Cause: 3 of 10 failed', 'Rolled back', '`1.4.2`', 'd-ABC123']) {
    expect(text).toContain(part)
  }
})

test('nobody is called by it, and whatever the texts, Slack takes it', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      for (const message of [renderDigest(view), renderDigestDetails(view)]) {
        expect(violations(message.blocks)).toEqual([])
        expect(JSON.stringify(message.blocks).length).toBeLessThanOrEqual(13_200)
        // A mention would notify people of what is over.
        for (const { text } of textsIn(message.blocks)) expect(text).not.toMatch(/<[@!](?!date)/)
      }
    }),
    { numRuns: 200 }
  )
})
