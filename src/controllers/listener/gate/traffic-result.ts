import type { StepReached, TrafficResult } from '../../../ledger/gate.ts'
import type { ReadMove } from '../kept-move.ts'
import type { Cause } from '../move.ts'
import { shareOf, type Weights } from '../weights.ts'

/** What became of the traffic of a move; undefined while it has not begun to move. */
export function trafficResultOf(found: ReadMove): TrafficResult | undefined {
  const { move, past, handed } = found
  const { state, since } = move
  const all = [...past, { state, step: move.step, at: since }]
  const beganAt = all.find((each) => each.state === 'writing')?.at
  const last = handed.plan.steps.length - 1
  const shiftedAt = all.find((each) => each.state === 'baking' && each.step === last)?.at
  const times = {
    ...(beganAt !== undefined && { beganAt }),
    ...(shiftedAt !== undefined && { shiftedAt })
  }
  const cause = {
    ...(move.cause && { stoppedBy: STOPPED_BY[move.cause.kind] }),
    ...(move.cause?.kind === 'condition' && { stoppedBecause: move.cause.broken })
  }
  switch (state) {
    case 'waiting':
    case 'writing':
    case 'baking': {
      if (beganAt === undefined) return undefined
      return {
        status: 'shifting',
        rollback: 'none',
        at: beganAt,
        ...times,
        reached: reached(found)
      }
    }
    case 'completed':
      return { status: 'released', rollback: 'none', at: since, ...times }
    case 'restoring':
      return { status: 'stopped', rollback: 'in-progress', at: since, ...times, ...cause }
    case 'restored': {
      const at = all.find((each) => each.state === 'restoring')?.at ?? since
      const ended = { at, rolledBackAt: since, ...times, ...cause }
      return { status: 'stopped', rollback: 'succeeded', ...ended }
    }
    case 'left':
      return {
        status: 'stopped',
        rollback: 'none',
        at: since,
        ...times,
        ...cause,
        reached: reached(found)
      }
    case 'foreign': {
      const { from, to } = handed.sides
      const foreign = {
        sides: [from, to] as const,
        left: numbers(move.confirmed),
        ...(move.foreign && { found: numbers(move.foreign) })
      }
      return {
        status: 'stopped',
        rollback: 'none',
        at: since,
        ...times,
        stoppedBy: 'others',
        foreign
      }
    }
  }
}

const STOPPED_BY = {
  person: 'person',
  condition: 'condition',
  rejected: 'rejected',
  expired: 'expired',
  cancelled: 'job',
  halted: 'job'
} as const satisfies Record<Cause['kind'], TrafficResult['stoppedBy']>

function reached({ move, handed }: ReadMove): StepReached {
  const { steps } = handed.plan
  const isAhead = move.state === 'waiting' || move.state === 'writing'
  const next = steps[isAhead ? move.step : move.step + 1]?.share
  return {
    share: Math.round(shareOf(move.confirmed) ?? 0),
    side: handed.sides.to,
    ...(next !== undefined && { next })
  }
}

function numbers({ from, to }: Weights): readonly [number, number] {
  return [from, to]
}
