import { ManualClock } from '../../../emulator/clock.ts'
import { quiet } from '../../../runner/quiet.ts'
import { handleObserve } from '../../../src/gate/observe/handler.ts'
import type { Look, ObservePlane } from '../../../src/controllers/gate-plane.ts'
import type { ObservePlatform, Start } from '../../../src/gate/observe/platform.ts'
import { verificationItem } from '../../../src/ledger/verification-item.ts'
import type { AvailabilityEvidence } from '../../../src/release/evidence.ts'
import { deploymentIn } from '../../../src/controllers/codedeploy/gate/events.ts'
import { stateOf } from '../../../src/controllers/codedeploy/reader/words.ts'
import { isTerminal } from '../../../src/release/snapshot.ts'
import { stepsNamed, type Events } from '../../helpers/snapshots.ts'
import { MemoryTable } from '../../ledger/memory-table.ts'
import { serve, type Served } from '../../verification/server.ts'

export const DEPLOYMENT = 'd-ABCDEF123'
const ROLLBACK = 'd-ROLLBACK1'

/** One deployment, production, and functions that are ended when their time is over. */
export interface ObserveStage {
  readonly clock: ManualClock
  readonly table: MemoryTable
  readonly lines: string[]
  /** Requests that production has got. */
  readonly asked: () => number
  /** What production answers from now on. */
  answer: { status: number; version: string }
  /** Production answers what it gets no more, until `letGo`. */
  isHolding: boolean
  /** What was held is answered so. */
  letGo(status: number): void
  /** Where production answers; undefined: that cannot be found out. */
  origin: string | undefined
  /** What the stack allows besides that. */
  allowed: readonly string[]
  /** Invocations that observers asked for, and what becomes of them; undefined: they run. */
  readonly handedOn: Start[]
  onHandOn: ((start: Start, run: () => void) => void) | undefined
  readonly stops: string[]
  /** CodeDeploy does not answer. */
  isBlind: boolean
  /** How long CodeDeploy takes to answer. */
  lookMs: number
  /** What CodeDeploy says from now on. */
  set(status: string, events?: Events): void
  /** Of the rollback, which there is from now on. */
  setRollback(status: string): void
  /** An event or an observer's invocation; `id` as Lambda has it. */
  invoke(event: unknown, id?: string, lifetimeMs?: number): Promise<void>
  /** Time goes on, and what was sent in it is answered. */
  passes(seconds: number): Promise<void>
  evidence(): AvailabilityEvidence | undefined
  close(): Promise<void>
}

export const START = {
  'detail-type': 'CodeDeploy Deployment State-change Notification',
  detail: { state: 'START', deploymentId: DEPLOYMENT }
}

export const RATE = 10
/** Of a function. */
export const LIFETIME_MS = 95_000

export async function openObserveStage(
  file:
    | string
    | undefined = `version: 1\navailability: { on-breach: stop, path: /v, rate: ${RATE}, timeout: 1 s }\n`
): Promise<ObserveStage> {
  let asked = 0
  const served: Served = await serve((_, response) => {
    asked++
    const { status, version } = stage.answer
    const answer = (given: number): void =>
      void response.writeHead(given, { 'x-app-version': version }).end('{}')
    if (stage.isHolding) held.push(answer)
    else answer(status)
  })
  const held: ((status: number) => void)[] = []
  const clock = new ManualClock()
  const table = new MemoryTable()
  let invocations = 0
  let look: Look = {
    deploymentId: DEPLOYMENT,
    state: 'created',
    createdAt: clock.now(),
    completedAt: undefined,
    steps: [],
    rollback: undefined,
    isRollback: false,
    isEcs: true,
    service: { cluster: 'shop', name: 'orders' }
  }
  let rollback: Look | undefined
  const platform: ObservePlatform = {
    clock,
    table,
    monotonic: () => clock.now(),
    random: () => 0,
    get origins() {
      return stage.allowed
    },
    log: (level, message, fields) =>
      void stage.lines.push(`${level} ${message} ${JSON.stringify(fields)}`),
    planes: { memory: () => Promise.resolve(plane) },
    handOn: (start) => {
      stage.handedOn.push(start)
      // An invocation that fails is Lambda's to try again.
      const run = (): void =>
        void stage.invoke(start).catch((error: unknown) => {
          stage.lines.push(`failed ${String(error)}`)
        })
      if (stage.onHandOn) stage.onHandOn(start, run)
      else run()
      return Promise.resolve()
    }
  }
  const plane: ObservePlane = {
    deploymentIn,
    read: async (id) => {
      if (stage.lookMs > 0) await clock.sleep(stage.lookMs)
      if (stage.isBlind) throw new Error('CodeDeploy does not answer')
      const other = rollback ?? { ...look, deploymentId: id, isRollback: true }
      return id === ROLLBACK ? other : look
    },
    origin: () => Promise.resolve(stage.origin),
    stop: (id) => {
      if (look.state === 'stopped' || look.state === 'failed') return Promise.resolve(false)
      stage.stops.push(id)
      stage.set('Stopped')
      stage.setRollback('InProgress')
      return Promise.resolve(true)
    }
  }
  const stage: ObserveStage = {
    clock,
    table,
    lines: [],
    asked: () => asked,
    answer: { status: 200, version: '1' },
    isHolding: false,
    letGo: (status) => {
      for (const answer of held.splice(0)) answer(status)
    },
    origin: served.origin,
    allowed: [],
    handedOn: [],
    onHandOn: undefined,
    stops: [],
    isBlind: false,
    lookMs: 0,
    set(status, events) {
      const state = stateOf(status)
      const completedAt = isTerminal(state) ? clock.now() : undefined
      look = { ...look, state, completedAt, ...(events && { steps: stepsNamed(events) }) }
    },
    setRollback(status) {
      look = { ...look, rollback: { deploymentId: ROLLBACK, message: undefined } }
      rollback = {
        ...look,
        ...{ deploymentId: ROLLBACK, state: stateOf(status), isRollback: true }
      }
      rollback = { ...rollback, createdAt: clock.now(), steps: [], rollback: undefined }
    },
    invoke(event, id = `invocation ${++invocations}`, lifetimeMs = LIFETIME_MS) {
      const until = clock.now() + lifetimeMs
      return handleObserve(platform, event, { id, remaining: () => until - clock.now() })
    },
    async passes(seconds) {
      for (let step = 0; step < seconds * RATE; step++) {
        await clock.advance(1000 / RATE)
        // Production answers before time goes on, unless it is held back.
        await quiet(stage.isHolding ? { patienceMs: 2 } : {})
      }
    },
    evidence() {
      const found = [...table.items.values()].find(({ sk }) =>
        sk.endsWith('#evidence#availability')
      )
      const text = found?.['detail']
      return typeof text === 'string' ? (JSON.parse(text) as AvailabilityEvidence) : undefined
    },
    close: () => served.close()
  }
  await table.create(verificationItem('shop/orders', DEPLOYMENT, { path: 'v.yml', text: file }))
  return stage
}
