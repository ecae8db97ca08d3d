import { say } from '../../words/say.ts'
import type { Step } from './move.ts'
import { shareOf, type Weights } from './weights.ts'

/** Before which steps a person is asked. */
export type Asking = 'once' | 'every-step' | readonly number[]

export interface StepSettings {
  /** Percent of new requests, rising, the last 100. */
  readonly shares: readonly number[]
  readonly bakeMs: number
  readonly asks: Asking
}

/** A list such as `10, 25, 50, 75, 100`. Errors: what is wrong with it, in sentences. */
export function readShares(text: string): readonly number[] | { readonly problem: string } {
  const accepted = say`Accepted: rising whole numbers of percent, the last of them 100, such as 10, 25, 50, 75, 100.`
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  const shares = parts.map((part) => (/^[1-9]\d{0,2}$/.test(part) ? Number(part) : NaN))
  const wrong = parts.find((_, place) => !(Number(shares[place]) <= 100))
  if (wrong !== undefined) {
    return { problem: say`${wrong} is no whole number from 1 to 100. ${accepted}` }
  }
  const fall = shares.findIndex((share, place) => place > 0 && share <= Number(shares[place - 1]))
  if (fall > 0) {
    return {
      problem: say`${parts[fall] ?? ''} does not rise above ${parts[fall - 1] ?? ''}. ${accepted}`
    }
  }
  if (shares.at(-1) !== 100) {
    return { problem: say`the steps do not end with 100. ${accepted}` }
  }
  return shares
}

/** `once`, `every-step`, or some of the shares. */
export function readAsking(
  text: string,
  shares: readonly number[]
): Asking | { readonly problem: string } {
  if (text === 'once' || text === 'every-step') return text
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  const stray = parts.find((part) => !shares.includes(Number(part)))
  if (parts.length === 0 || stray !== undefined) {
    return {
      problem: say`Accepted: once, every-step, or a list of the steps ${shares.join(', ')} before which a person is asked.`
    }
  }
  return parts.map(Number)
}

/**
 * The steps of one move. Those that the weights have passed already are left out, so that a move
 * never takes traffic away from the side that it moves to. A person is asked before the first
 * step in any case.
 */
export function stepsFrom(start: Weights, { shares, bakeMs, asks }: StepSettings): readonly Step[] {
  const now = shareOf(start) ?? 0
  return shares
    .filter((share) => share > now)
    .map((share, place) => ({
      share,
      bakeMs,
      asks: place === 0 || asks === 'every-step' || (asks !== 'once' && asks.includes(share))
    }))
}
