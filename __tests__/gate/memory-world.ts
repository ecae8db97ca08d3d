import { ManualClock, type Clock } from '../../emulator/clock.ts'
import { isMapping } from '../../src/documents/mapping.ts'
import type {
  Answer,
  Definitions,
  Described,
  RequestPlane,
  Waiting
} from '../../src/controllers/gate-plane.ts'
import type { Platform } from '../../src/gate/platform.ts'
import { SlackError, type Slack, type SlackUser } from '../../src/gate/slack/slack.ts'
import type { Policy, Rules } from '../../src/gate/policy/policy.ts'
import type { TrafficResult } from '../../src/ledger/gate.ts'
import type { Hold, ShiftFacts } from '../../src/ledger/gate-facts.ts'
import type { Seal } from '../../src/ledger/seal.ts'
import { MemoryTable } from '../ledger/memory-table.ts'
import { localSeal } from '../ledger/samples.ts'

export const MINUTE = 60_000
/** An issuer whose keys the functions can fetch. */
export const KEYS_IN_REACH = (): Promise<undefined> => Promise.resolve(undefined)
/** How long Lambda lets the request function run (infra/gate.yaml). */
export const REMAINING_MS = 300_000
export const TEAM = 'T0TEAM'
export const APP = 'A0APP'
export const CHANNEL = 'C0GATE'

export const RULES: Rules = {
  approvers: { users: ['U0ANN', 'U0BEN', 'U0CHO'], groups: [] },
  quorum: 1,
  selfApproval: 'forbidden',
  freeze: [],
  breakGlass: { users: ['U0CHO'], rollback: true }
}

export function policyWith(rules: Partial<Rules> = {}, more: Partial<Policy> = {}): Policy {
  return {
    digest: 'f'.repeat(64),
    language: 'en',
    slack: { teams: [TEAM], enterprise: undefined, app: APP, channel: CHANNEL },
    github: {
      issuer: 'https://token.actions.githubusercontent.com',
      repositories: ['org/shop'],
      identities: { octocat: 'U0ASK' }
    },
    rules: { ...RULES, ...rules },
    services: [],
    testHosts: ['test.example.com'],
    watch: { deploymentGroups: ['*/*'], onUngated: 'stop' },
    ...more
  }
}

/** One answer that the plane was given. */
export interface Told {
  readonly deploymentId: string
  readonly token: string
  readonly answer: Answer
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** How long the plane waits for an answer. */
export const HOLD_MS = 60 * MINUTE

/**
 * A control plane as far as the gate sees it: it waits an hour for the answer to a deployment, and
 * takes one.
 */
export class MemoryPlane implements RequestPlane {
  /** Every answer that took effect. */
  readonly told: Told[] = []
  readonly stopped: string[] = []
  isRollback = false
  /** If it is set, every deployment is over. */
  ended: TrafficResult | undefined
  /** By deployment, if only that one is over. */
  readonly endings = new Map<string, TrafficResult>()
  /** By deployment, when all traffic is on green, if it is let go. */
  readonly shifts = new Map<string, number>()
  /** Deployments that are released then. */
  readonly completes = new Set<string>()
  /** Of the image that green runs; undefined if it is not known. */
  digest: string | undefined
  /** What the two revisions differ in, as the plane reads it. */
  changes: Definitions['changes']
  /** How it moves traffic; undefined if it does not say. */
  routing: ShiftFacts | undefined = { kind: 'canary', percentage: 10, minutes: 5 }
  readonly #clock: Clock
  readonly #startedAt: number
  readonly #answers = new Map<string, Answer>()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#startedAt = clock.now()
  }

  waitingIn(event: unknown): Waiting | undefined {
    return isMapping(event) && isText(event['deploymentId']) && isText(event['token'])
      ? { deploymentId: event['deploymentId'], token: event['token'] }
      : undefined
  }

  describe(deploymentId: string): Promise<Described> {
    return Promise.resolve({
      hold: {
        plane: 'memory',
        deploymentId,
        cluster: 'shop',
        service: 'orders',
        openedAt: this.#startedAt,
        expiresAt: this.#startedAt + HOLD_MS
      },
      region: 'eu-central-1',
      createdAt: this.#startedAt,
      isRollback: this.isRollback,
      answered: this.#answers.get(deploymentId),
      consoleUrl: `https://memory.example.com/${deploymentId}`,
      names: { application: 'AppECS-shop-orders', deploymentGroup: 'DgpECS-shop-orders' }
    })
  }

  answered({ deploymentId }: Pick<Hold, 'deploymentId'>): Promise<Answer | undefined> {
    this.#timeOut(deploymentId)
    return Promise.resolve(this.#answers.get(deploymentId))
  }

  answer({ deploymentId, token }: Waiting, answer: Answer): ReturnType<RequestPlane['answer']> {
    this.#timeOut(deploymentId)
    if (this.#answers.has(deploymentId)) return Promise.resolve('answered-before')
    if (this.#endOf(deploymentId)) return Promise.resolve('gone')
    this.#answers.set(deploymentId, answer)
    this.told.push({ deploymentId, token, answer })
    return Promise.resolve('accepted')
  }

  trafficResult({ deploymentId }: Hold): Promise<TrafficResult | undefined> {
    this.#timeOut(deploymentId)
    const at = this.#startedAt
    const answer = this.#answers.get(deploymentId)
    const shiftedAt = answer === 'go' ? this.shifts.get(deploymentId) : undefined
    const status = this.completes.has(deploymentId) ? 'released' : 'shifting'
    const times = shiftedAt === undefined ? {} : { beganAt: at, shiftedAt }
    const result: TrafficResult | undefined =
      this.#endOf(deploymentId) ??
      (answer === 'go'
        ? { status, rollback: 'none', at }
        : answer && { status: 'failed', rollback: 'succeeded', at })
    return Promise.resolve(result && { ...result, ...times })
  }

  running(): ReturnType<RequestPlane['running']> {
    return Promise.resolve([{ container: 'app', digest: this.digest }])
  }

  health(): ReturnType<RequestPlane['health']> {
    return Promise.resolve({ targetGroup: 'green', states: { healthy: 2 }, unavailable: undefined })
  }

  definitions(): ReturnType<RequestPlane['definitions']> {
    const revision = { before: 'orders:1', after: 'orders:2' }
    const { digest } = this
    const image = { container: 'app', before: 'orders:1', after: 'orders:2', digest }
    return Promise.resolve({ revision, images: [image], changes: this.changes })
  }

  shift(): ReturnType<RequestPlane['shift']> {
    return Promise.resolve(this.routing)
  }

  #endOf(deploymentId: string): TrafficResult | undefined {
    return this.ended ?? this.endings.get(deploymentId)
  }

  /** After an hour without an answer the plane fails the deployment itself. */
  #timeOut(deploymentId: string): void {
    const over = this.#startedAt + HOLD_MS
    if (this.#answers.has(deploymentId) || this.#clock.now() < over) return
    // It has ended before.
    if (this.endings.has(deploymentId)) return
    this.#answers.set(deploymentId, 'no-go')
    this.endings.set(deploymentId, { status: 'failed', rollback: 'succeeded', at: over })
  }
}

/** Of the gate's messages only the card has a header. */
function isCard({ message }: { readonly message: unknown }): boolean {
  return JSON.stringify(message).includes('"type":"header"')
}

/** Slack as far as the gate sees it. */
export class MemorySlack implements Slack {
  readonly posts: { ts: string; thread: string | undefined; message: unknown }[] = []
  readonly updates: { ts: string; message: unknown }[] = []
  readonly ephemerals: { user: string; text: string }[] = []
  readonly views: object[] = []
  /** Views that were put on top of another one. */
  readonly pushed: object[] = []
  readonly people = new Map<string, Partial<SlackUser>>()
  readonly groups = new Map<string, string[]>()
  /** Set: everything fails so. */
  down: string | undefined

  async post(_: string, message: unknown, thread?: string): Promise<string> {
    await this.#up('chat.postMessage')
    const ts = `${this.posts.length + 1}.000`
    this.posts.push({ ts, thread, message })
    return ts
  }

  reply(channel: string, message: unknown, thread: string): Promise<string> {
    return this.post(channel, message, thread)
  }

  async update(_: string, ts: string, message: unknown): Promise<void> {
    await this.#up('chat.update')
    this.updates.push({ ts, message })
  }

  async ephemeral(_: string, user: string, text: string): Promise<void> {
    await this.#up('chat.postEphemeral')
    this.ephemerals.push({ user, text })
  }

  async pushView(_: string, view: object): Promise<void> {
    await this.#up('views.push')
    this.pushed.push(view)
  }

  async openView(_: string, view: object): Promise<void> {
    await this.#up('views.open')
    this.views.push(view)
  }

  async person(id: string): Promise<SlackUser> {
    await this.#up('users.info')
    const user = {
      ids: [id],
      name: id,
      teams: [TEAM],
      enterprise: undefined,
      isBot: false,
      isRestricted: false,
      isUltraRestricted: false,
      isStranger: false,
      deleted: false
    }
    return { ...user, ...this.people.get(id) }
  }

  async groupMembers(group: string): Promise<readonly string[]> {
    await this.#up('usergroups.users.list')
    const members = this.groups.get(group)
    if (!members) throw new SlackError('usergroups.users.list', 'no_such_subteam')
    return members
  }

  /** What the card shows now. */
  get shown(): unknown {
    return this.updates.at(-1)?.message ?? this.posts[0]?.message
  }

  get cards(): number {
    return this.posts.filter((post) => post.thread === undefined && isCard(post)).length
  }

  /** Lines that say how a release has ended. */
  get digests(): number {
    return this.posts.filter((post) => post.thread === undefined && !isCard(post)).length
  }

  #up(method: string): Promise<void> {
    return this.down === undefined
      ? Promise.resolve()
      : Promise.reject(new SlackError(method, this.down))
  }
}

export interface MemoryWorld<C extends Clock = ManualClock> {
  readonly clock: C
  readonly table: MemoryTable
  readonly seal: Seal
  readonly plane: MemoryPlane
  readonly slack: MemorySlack
  readonly lines: string[]
  policy: Policy | Error
  readonly platform: Platform<RequestPlane>
}

export function memoryWorld(policy?: Policy | Error): MemoryWorld {
  return memoryWorldAt(new ManualClock(), policy)
}

export function memoryWorldAt<C extends Clock>(
  clock: C,
  policy: Policy | Error = policyWith()
): MemoryWorld<C> {
  const world: Omit<MemoryWorld<C>, 'platform'> = {
    clock,
    table: new MemoryTable(),
    seal: localSeal('the key'),
    plane: new MemoryPlane(clock),
    slack: new MemorySlack(),
    lines: [],
    policy
  }
  const platform: Platform<RequestPlane> = {
    clock,
    log: (level, message, fields) =>
      void world.lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`),
    table: world.table,
    seal: world.seal,
    planes: { memory: () => Promise.resolve(world.plane) },
    slack: world.slack,
    policy: () =>
      world.policy instanceof Error ? Promise.reject(world.policy) : Promise.resolve(world.policy)
  }
  return Object.assign(world, { platform })
}
