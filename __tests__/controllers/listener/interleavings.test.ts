import { deepEqual, equal, ok } from 'node:assert/strict'
import { afterAll, test } from '@jest/globals'
import fc, { type Scheduler } from 'fast-check'
import {
  firstMove,
  weightsOf,
  type Move,
  type MovePlan
} from '../../../src/controllers/listener/move.ts'
import {
  drive,
  LONGEST_WRITE_MS,
  type Look,
  type MoverHost
} from '../../../src/controllers/listener/mover.ts'
import { sameWeights, type Weights } from '../../../src/controllers/listener/weights.ts'

/** 10,000 in CI; `npm run test:long` sets a million. */
const INTERLEAVINGS = Number(process.env['GATE_INTERLEAVINGS'] ?? 10_000)

const LEASE_MS = 60_000

const plan: MovePlan = {
  releaseId: 'f-1',
  route: 'arn:rule',
  pair: { from: 'arn:prod1', to: 'arn:prod2' },
  start: { from: 100, to: 0 },
  steps: [
    { share: 10, bakeMs: 30_000, asks: true },
    { share: 50, bakeMs: 30_000, asks: false },
    { share: 100, bakeMs: 0, asks: false }
  ]
}

interface Scenario {
  /** At which awaited call each mover is gone, before or after the call took effect. */
  readonly crashes: readonly { readonly at: number; readonly after: boolean }[]
  /** After how many awaited calls of all movers somebody else changes the weights, and to what. */
  readonly foreign: { readonly at: number; readonly weights: Weights } | undefined
  /** After how many of them a person presses Roll back. */
  readonly back: number | undefined
  /** At which of its awaited calls the first mover gets its answer so late that its lease is over. */
  readonly late: number | undefined
}

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  crashes: fc.array(fc.record({ at: fc.nat(45), after: fc.boolean() }), { maxLength: 3 }),
  foreign: fc.option(
    fc.record({
      at: fc.nat(70),
      // Weights that no step has, so that a reading tells whose they are.
      weights: fc.constantFrom({ from: 77, to: 23 }, { from: 0, to: 0 }, { from: 1, to: 2 })
    }),
    { nil: undefined }
  ),
  back: fc.option(fc.nat(70), { nil: undefined }),
  late: fc.option(fc.nat(30), { nil: undefined })
})

/** One reading or write of the route, in the order in which ELB took them. */
type Seen =
  | { readonly kind: 'read'; readonly by: number; readonly live: Weights }
  | { readonly kind: 'write'; readonly by: number; readonly weights: Weights }
  | { readonly kind: 'foreign'; readonly weights: Weights }

const ends: Record<string, number> = {}
let played = 0

afterAll(() => {
  process.stdout.write(`failover interleavings: ${played}, ended: ${JSON.stringify(ends)}\n`)
})

test('a foreign change that the read before a write can see is always noticed, and weights end at a declared step or at the start', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), scenarios, async (scheduler, scenario) => {
      const world = new World(scheduler, scenario)
      await world.play()
      played++
      ends[world.move.state] = (ends[world.move.state] ?? 0) + 1
      check(world, scenario)
    }),
    { numRuns: INTERLEAVINGS }
  )
})

function check(world: World, { foreign }: Scenario): void {
  const { seen, move, live } = world
  const steps = plan.steps.map((_, step) => weightsOf(plan, step))
  const declared = [plan.start, ...steps]
  let isForeign: Weights | undefined
  const lastRead = new Map<number, Weights>()
  for (const each of seen) {
    if (each.kind === 'foreign') isForeign = each.weights
    else if (each.kind === 'read') lastRead.set(each.by, each.live)
    else {
      // Whoever writes has read the route just before, and has seen weights of this move.
      const read = lastRead.get(each.by)
      ok(read !== undefined && declared.some((weights) => sameWeights(weights, read)))
      ok(declared.some((weights) => sameWeights(weights, each.weights)))
      // Only a change that came after the read can be overwritten.
      if (isForeign) ok(!sameWeights(read, isForeign))
      isForeign = undefined
    }
  }
  if (move.state === 'foreign') {
    ok(foreign !== undefined)
    deepEqual(move.foreign, live)
  } else if (isForeign === undefined) {
    ok(declared.some((weights) => sameWeights(weights, live)))
    if (move.state === 'completed') deepEqual(live, weightsOf(plan, 2))
    if (move.state === 'restored') deepEqual(live, plan.start)
  } else {
    // It came when nothing was left to be written.
    ok(move.state === 'completed' || move.state === 'restored')
  }
  // A sweep that finds the move open goes on with it until it has ended.
  ok(['completed', 'restored', 'foreign'].includes(move.state))
  // The shares rise step by step, unless the start comes back.
  const written = seen.flatMap((each) => (each.kind === 'write' ? [each.weights.to] : []))
  const rising = written.filter((share) => share !== plan.start.to)
  deepEqual(
    rising,
    [...rising].sort((one, other) => one - other)
  )
  if (foreign === undefined) equal(world.overwritten, 0)
}

/** Movers that take each other's place, in a world whose every call is a step of the scheduler. */
class World {
  readonly seen: Seen[] = []
  overwritten = 0
  move: Move = firstMove(plan, 0)
  live: Weights = plan.start
  #version = 0
  #now = 0
  /** Awaited calls of all movers, and of the first. */
  #calls = 0
  #made = 0
  #lease = { by: -1, until: -LONGEST_WRITE_MS }
  readonly #scheduler: Scheduler
  readonly #scenario: Scenario

  constructor(scheduler: Scheduler, scenario: Scenario) {
    this.#scheduler = scheduler
    this.#scenario = scenario
  }

  /** Two movers at a time, as a sweep that comes while another function still works; then the rest, one by one. */
  async play(): Promise<void> {
    const first = this.#mover(0)
    const second = this.#mover(1)
    await this.#scheduler.waitFor(Promise.all([first, second]))
    for (let by = 2; by < 8 && !this.#hasEnded(); by++) {
      this.#now = Math.max(this.#now, this.#lease.until + LONGEST_WRITE_MS)
      await this.#scheduler.waitFor(this.#mover(by))
    }
  }

  #hasEnded(): boolean {
    return ['completed', 'restored', 'foreign'].includes(this.move.state)
  }

  /** Resolves when the mover has ended or is gone. */
  async #mover(by: number): Promise<void> {
    for (let turn = 0; turn < 20; turn++) {
      if (!(await this.#takeLease(by))) {
        // Somebody else moves; this one comes again.
        await this.#scheduler.schedule(Promise.resolve())
        continue
      }
      const crash = this.#scenario.crashes[by]
      const gone = new Promise<'gone'>((resolve) => {
        this.#crashes.set(by, { ...crash, calls: 0, resolve: () => resolve('gone') })
      })
      const turned = await Promise.race([
        drive(this.#host(by)).catch(() => 'failed' as const),
        gone
      ])
      if (turned === 'gone') return
      if (typeof turned === 'string') continue
      if (turned.kind === 'end') return
      if (turned.kind === 'wait') this.#now = Math.max(this.#now, turned.until ?? this.#now)
    }
  }

  readonly #crashes = new Map<
    number,
    { at?: number; after?: boolean; calls: number; resolve: () => void }
  >()

  async #takeLease(by: number): Promise<boolean> {
    await this.#scheduler.schedule(Promise.resolve())
    const isFree = this.#lease.by === by || this.#lease.until + LONGEST_WRITE_MS <= this.#now
    if (isFree) this.#lease = { by, until: this.#now + LEASE_MS }
    return isFree
  }

  async #step<T>(by: number, call: () => T): Promise<T> {
    const crash = this.#crashes.get(by)
    const dies = crash !== undefined && crash.calls++ === crash.at
    await this.#scheduler.schedule(Promise.resolve())
    this.#happen()
    if (dies && crash.after !== true) return this.#die(by)
    const result = call()
    if (by === 0 && this.#scenario.late === this.#made++) await this.#waitLong()
    return dies ? this.#die(by) : result
  }

  /** Until another mover has had the time for a few steps. */
  async #waitLong(): Promise<void> {
    this.#now += LEASE_MS + LONGEST_WRITE_MS
    for (let step = 0; step < 40; step++) await this.#scheduler.schedule(Promise.resolve())
  }

  #die(by: number): Promise<never> {
    this.#crashes.get(by)?.resolve()
    return new Promise(() => undefined)
  }

  /** What others do beside the movers. */
  #happen(): void {
    const { foreign } = this.#scenario
    if (foreign?.at === this.#calls++) {
      this.live = foreign.weights
      this.seen.push({ kind: 'foreign', weights: foreign.weights })
    }
  }

  #host(by: number): MoverHost {
    const leasedUntil = this.#lease.until
    return {
      now: () => this.#now,
      leasedUntil: () => leasedUntil,
      read: () => this.#step(by, () => ({ plan, move: this.move, version: this.#version })),
      record: (move, version) =>
        this.#step(by, () => {
          if (version !== this.#version) return false
          this.#version++
          this.move = move
          return true
        }),
      ask: () =>
        this.#step(by, () => ({
          allowed: true,
          back:
            this.#scenario.back !== undefined && this.#calls > this.#scenario.back
              ? { kind: 'person', by: 'U1' }
              : undefined
        })),
      look: () =>
        this.#step(by, (): Look => {
          const { live } = this
          this.seen.push({ kind: 'read', by, live })
          return { live, write: (weights) => this.#write(by, weights) }
        }),
      pause: () => this.#step(by, () => undefined)
    }
  }

  /** ELB takes the write at some later moment than it is sent. */
  #write(by: number, weights: Weights): Promise<void> {
    const isForeign = (shown: Weights): boolean =>
      this.#scenario.foreign !== undefined && sameWeights(this.#scenario.foreign.weights, shown)
    const sentAt = this.#now
    return this.#step(by, () => {
      // The client gives up a call that takes longer.
      if (this.#now - sentAt > LONGEST_WRITE_MS) throw new Error('timed out')
      if (isForeign(this.live)) this.overwritten++
      this.live = weights
      this.seen.push({ kind: 'write', by, weights })
    })
  }
}
