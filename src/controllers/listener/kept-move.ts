import type { KeptMove } from '../../ledger/moves.ts'
import type { HandedPlan } from './handed-plan.ts'
import type { Move } from './move.ts'
import type { SeenMove } from './release/moves.ts'

/** A move with its texts read. */
export interface ReadMove {
  readonly kept: KeptMove
  readonly handed: HandedPlan
  readonly move: Move
  readonly past: SeenMove['past']
}

/** Reads a move that the gate's functions have written, who have checked it before. */
export function readKept(kept: KeptMove): ReadMove {
  return {
    kept,
    handed: JSON.parse(kept.plan) as HandedPlan,
    move: JSON.parse(kept.move) as Move,
    past: JSON.parse(kept.past) as SeenMove['past']
  }
}

/** The states that are over once this one follows. */
export function pastOf({ move, past }: Pick<ReadMove, 'move' | 'past'>): SeenMove['past'] {
  const { state, step, since: at } = move
  return [...past, { state, step, at }]
}

/** What answers the hold before a step. Only the gate's functions can use it, by writing under `move#`. */
export function tokenOfStep(moveId: string, step: number): string {
  return `${moveId}/${step}`
}

/** The move and the step that a token stands for; undefined if it is none of these. */
export function stepOfToken(
  token: string
): { readonly moveId: string; readonly step: number } | undefined {
  const [, moveId, step] = /^(.+)\/(\d{1,3})$/.exec(token) ?? []
  return moveId === undefined ? undefined : { moveId, step: Number(step) }
}

/** Since when each step has waited for a person, by its index. */
export function askedSteps({ move, past }: Pick<ReadMove, 'move' | 'past'>): readonly {
  readonly step: number
  readonly at: number
}[] {
  const { state, step, since: at } = move
  return [...past, { state, step, at }].filter((each) => each.state === 'waiting')
}
