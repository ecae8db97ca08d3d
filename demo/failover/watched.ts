import type { Emulator } from '../../emulator/emulator.ts'
import type { Split } from './result.ts'
import { sideNow, SIDES } from './world.ts'
import type { FailoverStage, SideName, SideNow } from './world.ts'

/** What the page shows, and what the result is made of: read from the account itself. */
export class Watched {
  readonly #emulator: Emulator
  readonly #stage: FailoverStage
  #splits: Split[] = []
  #last: PerSide | undefined

  constructor(emulator: Emulator, stage: FailoverStage) {
    this.#emulator = emulator
    this.#stage = stage
  }

  sides(): readonly [SideNow, SideNow] {
    const of = (name: SideName): SideNow => sideNow(this.#emulator, this.#stage, name)
    return [of('prod1'), of('prod2')]
  }

  weights(): PerSide {
    const [prod1, prod2] = this.sides()
    return { prod1: prod1.weight, prod2: prod2.weight }
  }

  requests(): PerSide {
    const [prod1, prod2] = this.sides()
    return { prod1: prod1.requests, prod2: prod2.requests }
  }

  /** To be called as often as steps should be seen: counts what has come since the last call to the split of then. */
  look(): void {
    const weights = this.weights()
    const requests = this.requests()
    const before = this.#last ?? requests
    this.#last = requests
    const current = this.#splits.at(-1)
    if (current) {
      this.#splits[this.#splits.length - 1] = {
        ...current,
        requests: plus(current.requests, minus(requests, before))
      }
    }
    if (!current || SIDES.some((name) => current.weights[name] !== weights[name]))
      this.#splits.push({ weights, requests: { prod1: 0, prod2: 0 } })
  }

  /** The splits since the last call of this; the current one is the first of the next. */
  takeSplits(): readonly Split[] {
    this.look()
    const taken = this.#splits
    const last = taken.at(-1)
    this.#splits = last ? [{ ...last, requests: { prod1: 0, prod2: 0 } }] : []
    return taken
  }
}

export type PerSide = Readonly<Record<SideName, number>>

export function minus(one: PerSide, other: PerSide): PerSide {
  return { prod1: one.prod1 - other.prod1, prod2: one.prod2 - other.prod2 }
}

function plus(one: PerSide, other: PerSide): PerSide {
  return { prod1: one.prod1 + other.prod1, prod2: one.prod2 + other.prod2 }
}
