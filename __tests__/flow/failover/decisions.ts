import type { Place, Pair, Run } from './stage.ts'

/** What happens to a release while its traffic moves. */
export interface Decision {
  readonly name: string
  /** For the table in docs/failover.md. */
  readonly words: string
  readonly inputs?: Readonly<Record<string, string>>
  /** Done while a step is watched; undefined if nothing is done. */
  readonly act?: (place: Place, run: Run, cancel: () => void) => void
  readonly outcome: string
  readonly rollback: string
  /** Where the weights are at the end: those of the start, of the step, of somebody else, or all on the side that is released. */
  readonly weights: 'start' | 'step' | 'foreign' | 'released'
  /** What is read in the headline. */
  readonly says: RegExp
}

/** Weights of no step. */
export const FOREIGN: Pair = [77, 23]

/** Minutes after which the job gives up, in the rows that run out of time. */
const MINUTES = '3'

export const DECISIONS: readonly Decision[] = [
  {
    name: 'approved',
    words: 'nothing',
    outcome: 'released',
    rollback: 'none',
    weights: 'released',
    says: /serves all production traffic/
  },
  {
    name: 'condition broken',
    words: 'the side that gets the traffic loses its healthy targets',
    act: (place) => place.loseTargets(1),
    outcome: 'failed',
    rollback: 'succeeded',
    weights: 'start',
    says: /prod2 has \d healthy targets of 2 needed; .*the rollback|rollback .* succeeded/
  },
  {
    name: 'metrics broken',
    words: 'a limit or an alarm of `metrics` is broken',
    inputs: { verification: 'metrics.yml' },
    act: ({ emulator }) => emulator.world.alarms.put('orders-5xx', 'ALARM'),
    outcome: 'stopped',
    rollback: 'succeeded',
    weights: 'start',
    says: /stopped: metrics: .*orders-5xx/
  },
  {
    name: 'foreign change',
    words: 'somebody else changes the weights',
    act: (place) => place.setWeights(FOREIGN),
    outcome: 'failed',
    rollback: 'none',
    weights: 'foreign',
    says: /somebody else has changed the weights .* they are 77 and 23/
  },
  {
    name: 'cancelled',
    words: 'the job is cancelled (`on-cancel: stop-and-rollback`)',
    act: (_place, _run, cancel) => cancel(),
    outcome: 'stopped',
    rollback: 'in-progress',
    weights: 'start',
    says: /stopped because this run was cancelled/
  },
  {
    name: 'cancelled, to stop',
    words: 'the job is cancelled (`on-cancel: stop`)',
    inputs: { 'on-cancel': 'stop' },
    act: (_place, _run, cancel) => cancel(),
    outcome: 'stopped',
    rollback: 'none',
    weights: 'step',
    says: /stopped because this run was cancelled/
  },
  {
    name: 'cancelled, to be left',
    words: 'the job is cancelled (`on-cancel: leave`)',
    inputs: { 'on-cancel': 'leave' },
    act: (_place, _run, cancel) => cancel(),
    outcome: 'unknown',
    rollback: 'none',
    weights: 'step',
    says: /This run was cancelled/
  },
  {
    name: 'timed out, to roll back',
    words: 'the time to wait has passed (`on-timeout: stop-and-rollback`)',
    inputs: { 'wait-for-minutes': MINUTES, 'on-timeout': 'stop-and-rollback' },
    outcome: 'timed-out',
    rollback: 'succeeded',
    weights: 'start',
    says: /3 minutes \(wait-for-minutes\) passed/
  },
  {
    name: 'timed out, to stop',
    words: 'the time to wait has passed (`on-timeout: stop`)',
    inputs: { 'wait-for-minutes': MINUTES, 'on-timeout': 'stop' },
    outcome: 'timed-out',
    rollback: 'none',
    weights: 'step',
    says: /3 minutes \(wait-for-minutes\) passed/
  },
  {
    name: 'timed out, to be left',
    words: 'the time to wait has passed (`on-timeout: leave`)',
    inputs: { 'wait-for-minutes': MINUTES },
    outcome: 'timed-out',
    rollback: 'none',
    weights: 'step',
    says: /3 minutes \(wait-for-minutes\) passed/
  }
]

const WEIGHTS: Readonly<Record<Decision['weights'], string>> = {
  start: 'the start weights',
  step: 'those of the step',
  foreign: 'as somebody else has left them',
  released: 'all on the side that was released'
}

/** The rows as docs/failover.md has them. */
export function decisionsTable(): string {
  const rows = DECISIONS.map(
    ({ words, outcome, rollback, weights }) =>
      `| ${words} | \`${outcome}\` | \`${rollback}\` | ${WEIGHTS[weights]} |`
  )
  return [
    '| While traffic moves | outcome | rollback | Weights at the end |',
    '|---|---|---|---|',
    ...rows
  ].join('\n')
}
