import * as sdk from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Emulator } from '../../../emulator/emulator.ts'
import type { FailoverPair, Side } from '../../../emulator/worlds/failover.ts'
import {
  firstMove,
  type Cause,
  type Move,
  type MovePlan
} from '../../../src/controllers/listener/move.ts'
import { drive, type MoverHost, type Turn } from '../../../src/controllers/listener/mover.ts'
import { readRoute, writeRoute } from '../../../src/controllers/listener/route.ts'
import { weightsIn, withWeights } from '../../../src/controllers/listener/weights.ts'

export interface MoveSettings {
  readonly from: Side
  readonly to: Side
  readonly shares: readonly number[]
  readonly bakeMs: number
}

/**
 * The real mover on the load balancers of an embedded world, over HTTP; how far the move is stands
 * in memory, and time is the emulated one.
 */
export class MemoryHost implements MoverHost {
  readonly plan: MovePlan
  move: Move
  /** Set by a test: why the move has to go back. */
  back: Cause | undefined
  /** The states that the move has been through, with the share that the step sends. */
  readonly states: string[] = []
  #version = 0
  readonly #emulator: Emulator
  readonly #client: sdk.ElasticLoadBalancingV2Client
  readonly #pair: FailoverPair

  constructor(emulator: Emulator, pair: FailoverPair, settings: MoveSettings) {
    const { from, to, shares, bakeMs } = settings
    this.#emulator = emulator
    this.#pair = pair
    this.#client = new sdk.ElasticLoadBalancingV2Client({
      endpoint: emulator.endpoint,
      region: emulator.world.region,
      credentials: emulator.userKeys
    })
    this.plan = {
      releaseId: `f-${to.targetGroup}`,
      route: pair.ruleArn ?? pair.listenerArn,
      pair: { from: from.targetGroupArn, to: to.targetGroupArn },
      start: { from: 100, to: 0 },
      steps: shares.map((share) => ({ share, bakeMs, asks: false }))
    }
    this.move = firstMove(this.plan, this.now())
  }

  now(): number {
    return this.#emulator.world.clock.now()
  }

  read(): ReturnType<MoverHost['read']> {
    return Promise.resolve({ plan: this.plan, move: this.move, version: this.#version })
  }

  record(move: Move, version: number): Promise<boolean> {
    if (version !== this.#version) return Promise.resolve(false)
    this.#version++
    this.move = move
    this.states.push(`${move.state} ${this.plan.steps[move.step]?.share ?? '?'}`)
    return Promise.resolve(true)
  }

  ask(): ReturnType<MoverHost['ask']> {
    return Promise.resolve({ allowed: true, back: this.back })
  }

  async look(): ReturnType<MoverHost['look']> {
    const elb = { sdk, client: this.#client }
    const rule = this.#pair.ruleArn
    const found = await readRoute(elb, { arn: this.#pair.listenerArn }, rule)
    if (!('value' in found)) return { live: undefined, write: () => Promise.resolve() }
    const { value: route } = found
    return {
      live: weightsIn(route.actions, this.plan.pair),
      write: (weights) =>
        writeRoute(elb, route, withWeights(route.actions, this.plan.pair, weights))
    }
  }

  leasedUntil(): number {
    return Infinity
  }

  pause(): Promise<void> {
    return this.#emulator.world.clock.sleep(1_000)
  }

  /** Drives the move to its end, and waits out every bake; `each` is told of every step that bakes. */
  async run(each: (share: number) => Promise<void> | void = () => undefined): Promise<Turn> {
    for (;;) {
      const turn = await drive(this)
      if (turn.kind !== 'wait') return turn
      await each(this.plan.steps[turn.move.step]?.share ?? NaN)
      const left = (turn.until ?? this.now()) - this.now()
      if (this.back === undefined && left > 0) await this.#emulator.world.clock.sleep(left)
    }
  }

  close(): void {
    this.#client.destroy()
  }
}
