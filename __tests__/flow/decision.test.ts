import { expect, test } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { askWhenDecided } from '../../src/flow/decision.ts'
import type { ReleaseLedger } from '../../src/flow/context.ts'
import type { GateDecision } from '../../src/release/decision.ts'
import { newDraft } from '../../src/release/draft.ts'
import { logLine } from '../../src/release/log-lines.ts'
import type { TimelineEvent } from '../../src/release/timeline.ts'
import { lifecycleAt, snapshotOf } from '../helpers/snapshots.ts'
import { decisionOf } from '../release/sentences.ts'

const OPEN = snapshotOf({ steps: lifecycleAt('BeforeAllowTraffic', 'InProgress') })
const PASSED = snapshotOf({ steps: lifecycleAt('BeforeAllowTraffic', 'Succeeded') })
const WHY = "the gate's policy does not allow that for orders"

/** A run that asks a ledger, which answers with these decisions, and then with the last of them. */
function run(answers: readonly (GateDecision | undefined)[], breakGlassReason?: string) {
  const events: TimelineEvent[] = []
  let reads = 0
  const ledger: Pick<ReleaseLedger, 'decision'> = {
    decision: async () => answers[Math.min(reads++, answers.length - 1)]
  }
  const asked = askWhenDecided(
    {
      ledger: ledger as ReleaseLedger,
      draft: newDraft('shop', 'orders'),
      emit: (event) => events.push(event),
      clock: new ManualClock(0),
      settings: { breakGlassReason }
    },
    'd-ABCDEFGH1'
  )
  const see = async (snapshot: typeof OPEN): Promise<void> => {
    asked.see(snapshot)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const lines = (): string[] => events.map((event) => logLine(event, 0))
  return { asked, see, lines, reads: () => reads }
}

test('the log says while the gate is open why break-glass does not apply, once', async () => {
  const pending = decisionOf('PENDING')
  const { see, lines, reads, asked } = run(
    [undefined, pending, { ...pending, breakGlassRefused: WHY }],
    'orders are wrong'
  )
  for (let polls = 0; polls < 6; polls++) await see(OPEN)
  expect(lines()).toEqual([
    expect.stringContaining(`break-glass: ${WHY}; so a person has to decide`)
  ])
  expect(reads()).toBe(3)
  await asked.last()
  expect(lines()).toHaveLength(1)
})

test('a run that asks for no break-glass reads the ledger only when the gate has ended', async () => {
  const { see, reads, lines } = run([decisionOf('APPROVED')])
  for (let polls = 0; polls < 6; polls++) await see(OPEN)
  expect(reads()).toBe(0)
  await see(PASSED)
  expect(lines()).toEqual([expect.stringContaining('approved by Minsu (U1)')])
})

test('an open gate is not asked for ever', async () => {
  const { see, reads } = run([decisionOf('PENDING')], 'orders are wrong')
  for (let polls = 0; polls < 100; polls++) await see(OPEN)
  expect(reads()).toBe(20)
})
