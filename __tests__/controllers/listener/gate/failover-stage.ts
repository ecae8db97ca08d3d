import * as sdk from '@aws-sdk/client-elastic-load-balancing-v2'
import type { CloudWatch } from '../../../../src/aws/clients.ts'
import { OptionalReads } from '../../../../src/aws/optional-reads.ts'
import { gatePlane } from '../../../../src/controllers/listener/gate/gate-plane.ts'
import { moverPlane } from '../../../../src/controllers/listener/gate/mover-plane.ts'
import { requestPlane } from '../../../../src/controllers/listener/gate/request-plane.ts'
import type { MovePlan, Step } from '../../../../src/controllers/listener/move.ts'
import { ledgerMoves } from '../../../../src/controllers/listener/release/ledger-moves.ts'
import type { Moves, SeenMove } from '../../../../src/controllers/listener/release/moves.ts'
import { weightsIn, type Weights } from '../../../../src/controllers/listener/weights.ts'
import type { GatePlane, RequestPlane } from '../../../../src/controllers/gate-plane.ts'
import { handleCallback } from '../../../../src/gate/callback/handler.ts'
import type { HttpAnswer } from '../../../../src/gate/callback/http.ts'
import { handleMover } from '../../../../src/gate/mover/handler.ts'
import type { Platform } from '../../../../src/gate/platform.ts'
import type { Policy } from '../../../../src/gate/policy/policy.ts'
import { handleRequest } from '../../../../src/gate/request/handler.ts'
import { handleSweep } from '../../../../src/gate/sweep/sweep.ts'
import type { Gate } from '../../../../src/ledger/gate.ts'
import { gatesOf } from '../../../../src/ledger/gates.ts'
import type { Table } from '../../../../src/ledger/table.ts'
import { MINUTE, memoryWorld, policyWith, type MemoryWorld } from '../../../gate/memory-world.ts'
import { ASKED } from '../../../gate/stage.ts'
import {
  clickPayload,
  reasonPayload,
  signed,
  SIGNING_SECRET
} from '../../../gate/slack-requests.ts'

export const RELEASE = 'f-0123abcd'
const ELB = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012'
export const ROUTE = `${ELB}:listener-rule/app/shop/1a/2b/3c`
export const PAIR = { from: `${ELB}:targetgroup/prod1/11`, to: `${ELB}:targetgroup/prod2/22` }
export const START: Weights = { from: 100, to: 0 }

/** 10 and 50 percent, then all. */
export function steps(asks: 'once' | 'every-step', bakeMs = 2 * MINUTE): readonly Step[] {
  return [10, 50, 100].map((share, place) => ({
    share,
    bakeMs,
    asks: place === 0 || asks === 'every-step'
  }))
}

export function planWith(more: Partial<MovePlan> = {}): MovePlan {
  return {
    releaseId: RELEASE,
    route: ROUTE,
    pair: PAIR,
    start: START,
    steps: steps('once'),
    ...more
  }
}

/** A rule with two weighted groups, and the health of their targets, in memory. */
export class MemoryBalancer {
  live: Weights = START
  /** Every write, with what it replaced. */
  readonly writes: { readonly before: Weights; readonly weights: Weights }[] = []
  healthy = 2
  /** Makes each call of the mover's and of the request function's. */
  through: <T>(act: () => T) => Promise<T> = (act) => Promise.resolve().then(act)
  readonly client: sdk.ElasticLoadBalancingV2Client

  constructor() {
    const send = (command: object): Promise<object> => this.through(() => this.#answer(command))
    // Only `send` of the client is used.
    const client = new sdk.ElasticLoadBalancingV2Client({ region: 'eu-central-1' })
    this.client = Object.assign(client, { send })
  }

  #answer(command: object): object {
    if (command instanceof sdk.DescribeTargetHealthCommand) {
      const TargetHealthDescriptions = Array.from({ length: 2 }, (_, index) => ({
        Target: { Id: `10.0.0.${index}`, Port: 80 },
        TargetHealth: { State: index < this.healthy ? 'healthy' : 'unhealthy' }
      }))
      return { TargetHealthDescriptions }
    }
    if (command instanceof sdk.DescribeRulesCommand) {
      return { Rules: [{ RuleArn: ROUTE, Actions: this.#actions() }] }
    }
    if (command instanceof sdk.ModifyRuleCommand) {
      const weights = weightsIn(command.input.Actions ?? [], PAIR)
      if (!weights) throw new Error('the actions do not forward to the pair')
      this.writes.push({ before: this.live, weights })
      this.live = weights
      return { Rules: [] }
    }
    throw new Error(`not asked here: ${command.constructor.name}`)
  }

  #actions(): sdk.Action[] {
    const group = (side: 'from' | 'to'): sdk.TargetGroupTuple => ({
      TargetGroupArn: PAIR[side],
      Weight: this.live[side]
    })
    return [{ Type: 'forward', ForwardConfig: { TargetGroups: [group('from'), group('to')] } }]
  }
}

export interface FailoverStage extends Omit<MemoryWorld, 'platform'> {
  readonly balancer: MemoryBalancer
  readonly moves: Moves
  readonly platform: Platform<RequestPlane>
  /** The call of the mover's at which its process is gone, before or after the call took effect. */
  kill: { readonly at: number; readonly after: boolean } | undefined
  /** How many calls the mover has made since `kill` was set. */
  calls: number
  /** How often the mover has had the card brought up to date. */
  told: number
  /** One invocation of the mover, with all that it waits for. */
  mover(id?: string): Promise<void>
  /** The job hands in a plan, and the mover and the request function take it up. */
  begin(plan?: MovePlan): Promise<void>
  seen(moveId?: string): Promise<SeenMove>
  gates(): Promise<readonly Gate[]>
  send(payload: object): Promise<HttpAnswer>
  /** A click on the newest card, or on that of the gate with this place. */
  click(user: string, intent: 'approve' | 'roll-back', place?: number): Promise<HttpAnswer>
  reject(user: string, reason: string): Promise<HttpAnswer>
  sweep(): Promise<void>
  /** As many minutes, each with what the schedule starts. */
  minutes(count: number): Promise<void>
}

/** A world with everything of the gate, and a job that hands in plans. */
export function failoverStage(
  policy: Policy = policyWith(),
  { language, routes = [ROUTE] }: { language?: 'ko'; routes?: readonly string[] } = {}
): FailoverStage {
  const world = memoryWorld(language ? { ...policy, language } : policy)
  const { clock, table } = world
  const balancer = new MemoryBalancer()
  const region = 'eu-central-1'
  const noTasks = { running: () => Promise.resolve(undefined) }
  const ecs = Object.create(null) as Parameters<typeof requestPlane>[0]['ecs']
  const asRequest = requestPlane({ table, clock, region, ecs, elb: balancer.client })
  const asGate: GatePlane = gatePlane({ table, clock, region, ...noTasks })
  const platform: Platform<RequestPlane> = {
    ...world.platform,
    planes: { listener: () => Promise.resolve({ ...asRequest, ...asGate }) }
  }
  let gone: () => void = () => undefined
  /** A call that may be the last of its process, which then hears nothing of it. */
  async function through<T>(act: () => T): Promise<T> {
    await Promise.resolve()
    const dies = stage.kill !== undefined && stage.calls++ === stage.kill.at
    if (dies && stage.kill?.after === false) return die()
    const answer = await act()
    return dies ? die() : answer
  }
  function die(): Promise<never> {
    gone()
    return new Promise(() => undefined)
  }
  balancer.through = through
  const cloudwatch = (): Promise<CloudWatch> => Promise.reject(new Error('nothing is read here'))
  const failing = new Proxy<Table>(table, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      return async (...args: readonly unknown[]) => {
        const call = (): unknown => Reflect.apply(member, target, args)
        return through(call)
      }
    }
  })
  const moves = ledgerMoves({
    table,
    clock,
    cluster: 'shop',
    service: 'orders',
    deploymentId: RELEASE,
    createdAt: clock.now(),
    sideOf: (arn) => arn.split('/').at(-2) ?? arn,
    minHealthy: 2,
    metrics: {
      alarms: [],
      limits: [{ side: 'green', metric: 'response-time', comparison: '<', value: 300 }]
    },
    look: () => Promise.resolve(balancer.live)
  })
  let invocations = 0
  const findRequester = (): Promise<typeof ASKED> => Promise.resolve(ASKED)
  const requested: Promise<void>[] = []

  /** Lets virtual time pass until the work has settled. */
  async function settled<T>(work: Promise<T>): Promise<T> {
    const done = { yet: false }
    const tracked = work.finally(() => (done.yet = true))
    tracked.catch(() => undefined)
    for (let seconds = 0; !done.yet && seconds < 600; seconds++) await clock.advance(1_000)
    return tracked
  }

  const stage: FailoverStage = Object.assign(world, {
    platform,
    balancer,
    moves,
    kill: undefined,
    calls: 0,
    told: 0,
    async mover(id = `invocation-${++invocations}`) {
      const plane = moverPlane({
        table: failing,
        clock,
        balancing: { sdk, client: balancer.client },
        cloudwatch,
        optionalReads: new OptionalReads(clock, () => undefined)
      })
      const killed = new Promise<void>((resolve) => (gone = resolve))
      const works = handleMover(
        {
          clock,
          log: platform.log,
          policy: platform.policy,
          routes,
          planes: { listener: () => Promise.resolve(plane) },
          tell: () => {
            stage.told++
            return Promise.resolve()
          },
          ask: (event) => {
            requested.push(handleRequest(platform, findRequester, event, 300_000))
            return Promise.resolve()
          }
        },
        { id, remainingMs: 120_000 }
      )
      await settled(Promise.race([works, killed]))
      await settled(Promise.all(requested.splice(0)))
    },
    async begin(plan = planWith()) {
      const begun = moves.begin(plan)
      begun.catch(() => undefined)
      await clock.advance(1_000)
      await stage.mover()
      await settled(begun)
    },
    seen: (moveId = RELEASE) => moves.read(moveId),
    async gates() {
      const all = await gatesOf(table, RELEASE)
      return [...all].sort((one, other) => one.facts.openedAt - other.facts.openedAt)
    },
    send: (payload: object) =>
      settled(
        handleCallback(
          platform,
          () => Promise.resolve(SIGNING_SECRET),
          signed(payload, clock.now())
        )
      ),
    async click(user: string, intent: 'approve' | 'roll-back', place?: number) {
      const gate = (await stage.gates()).at(place ?? -1)
      if (!gate) throw new Error('no gate has opened')
      return stage.send(clickPayload(user, intent, gate.facts.id, { message: gate.card.ts }))
    },
    async reject(user: string, reason: string) {
      const gate = (await stage.gates()).at(-1)
      if (!gate) throw new Error('no gate has opened')
      return stage.send(reasonPayload(user, 'reject', gate.facts.id, reason))
    },
    sweep: () => settled(handleSweep(platform, () => Promise.resolve(undefined))),
    async minutes(count: number) {
      for (let minute = 0; minute < count; minute++) {
        const next = clock.now() + MINUTE
        await stage.mover()
        await stage.sweep()
        if (clock.now() < next) await clock.advance(next - clock.now())
      }
    }
  })
  return stage
}
