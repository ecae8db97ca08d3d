import type { RecoveryEvidence } from '../../release/evidence.ts'
import { isWhole, type FleetState } from './fleet.ts'

type Step = RecoveryEvidence['steps'][number]

/**
 * Tracks green's steps after one of its tasks was stopped. It identifies targets only by
 * address, so that it works in every network mode: a target that leaves belongs to the
 * stopped task, and a target that was not there before belongs to the new one.
 */
export class Progress {
  readonly #steps: Step[]
  readonly #tasks: ReadonlySet<string>
  /** The targets from before the stop that have not left. */
  readonly #staying: Set<string>
  #hasLeft = false

  constructor(before: FleetState, stoppedAt: number) {
    this.#tasks = new Set(before.tasks.map(({ arn }) => arn))
    this.#staying = new Set(before.targets.map(({ id }) => id))
    this.#steps = [{ what: 'stopped', at: stoppedAt }]
  }

  /** Each step at most once, in the order in which they were seen. */
  get steps(): readonly Step[] {
    return this.#steps
  }

  get isDone(): boolean {
    return this.#has('healthy')
  }

  /** To be called with green's state at this time, milliseconds since the epoch. */
  see(now: FleetState, at: number): void {
    const present = new Map(now.targets.map(({ id, state }) => [id, state]))
    for (const id of this.#staying) {
      const state = present.get(id)
      if (state !== undefined && state !== 'draining') continue
      // From now on, a target with this address belongs to another task.
      this.#staying.delete(id)
      this.#hasLeft = true
    }
    if (this.#hasLeft) this.#reach('draining', at)
    const started = now.tasks.some(
      ({ arn, startedAt }) => !this.#tasks.has(arn) && startedAt !== undefined
    )
    if (started) this.#reach('started', at)
    const fresh = now.targets.filter(
      ({ id, state }) => !this.#staying.has(id) && state !== 'draining'
    )
    if (fresh.length > 0) this.#reach('registered', at)
    const isHealthy = fresh.some(({ state }) => state === 'healthy')
    if (this.#hasLeft && isHealthy && isWhole(now)) this.#reach('healthy', at)
  }

  #reach(what: Step['what'], at: number): void {
    if (!this.#has(what)) this.#steps.push({ what, at })
  }

  #has(what: Step['what']): boolean {
    return this.#steps.some((step) => step.what === what)
  }
}
