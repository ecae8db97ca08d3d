import { ManualClock, type Clock } from '../../emulator/clock.ts'
import type { Deployment, Deployments, Platform } from '../../src/gate/platform.ts'
import { SlackError, type Slack, type SlackUser } from '../../src/gate/slack/slack.ts'
import type { Policy, Rules } from '../../src/gate/policy/policy.ts'
import type { TrafficResult } from '../../src/ledger/gate.ts'
import type { Seal } from '../../src/ledger/seal.ts'
import { MemoryTable } from '../ledger/memory-table.ts'
import { localSeal } from '../ledger/samples.ts'

export const MINUTE = 60_000
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
    slack: { team: TEAM, app: APP, channel: CHANNEL },
    github: {
      issuer: 'https://token.actions.githubusercontent.com',
      repositories: ['org/shop'],
      identities: { octocat: 'U0ASK' }
    },
    rules: { ...RULES, ...rules },
    services: [],
    watch: { deploymentGroups: ['*/*'], onUngated: 'stop' },
    ...more
  }
}

/** One answer that CodeDeploy was given for the hook. */
export interface Told {
  readonly executionId: string
  readonly verdict: 'Succeeded' | 'Failed'
}

/** CodeDeploy as far as the gate sees it: one hook, answered once, and an hour at most. */
export class MemoryDeployments implements Deployments {
  /** Every answer that took effect. */
  readonly told: Told[] = []
  readonly stopped: string[] = []
  isRollback = false
  /** Set: the deployment is over. */
  ended: TrafficResult | undefined
  hook: 'InProgress' | 'Succeeded' | 'Failed' = 'InProgress'
  /** Of the image that green runs; undefined: not known. */
  digest: string | undefined
  readonly #clock: Clock
  readonly #startedAt: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#startedAt = clock.now()
  }

  describe(deploymentId: string): Promise<Deployment> {
    return Promise.resolve({
      deploymentId,
      application: 'AppECS-shop-orders',
      deploymentGroup: 'DgpECS-shop-orders',
      region: 'eu-central-1',
      status: 'InProgress',
      isRollback: this.isRollback,
      createdAt: this.#startedAt,
      cluster: 'shop',
      service: 'orders',
      hookStartedAt: this.#startedAt
    })
  }

  hookStatus(): Promise<string> {
    this.#timeOut()
    return Promise.resolve(this.hook)
  }

  report(
    _: string,
    executionId: string,
    verdict: Told['verdict']
  ): ReturnType<Deployments['report']> {
    this.#timeOut()
    if (this.ended && this.hook === 'InProgress') return Promise.resolve('gone')
    if (this.hook !== 'InProgress') return Promise.resolve('completed')
    this.hook = verdict
    this.told.push({ executionId, verdict })
    return Promise.resolve('accepted')
  }

  trafficResult(): Promise<TrafficResult | undefined> {
    this.#timeOut()
    if (this.ended) return Promise.resolve(this.ended)
    const at = this.#startedAt
    if (this.hook === 'Succeeded')
      return Promise.resolve({ status: 'shifting', rollback: 'none', at })
    if (this.hook === 'Failed')
      return Promise.resolve({ status: 'failed', rollback: 'succeeded', at })
    return Promise.resolve(undefined)
  }

  health(): ReturnType<Deployments['health']> {
    return Promise.resolve({ targetGroup: 'green', states: { healthy: 2 }, unavailable: undefined })
  }

  definitions(): ReturnType<Deployments['definitions']> {
    const revision = { before: 'orders:1', after: 'orders:2' }
    const { digest } = this
    const image = { container: 'app', before: 'orders:1', after: 'orders:2', digest }
    return Promise.resolve({ revision, images: [image] })
  }

  stop(deploymentId: string): Promise<void> {
    this.stopped.push(deploymentId)
    return Promise.resolve()
  }

  /** An hour without an answer: CodeDeploy fails the hook itself. */
  #timeOut(): void {
    if (this.hook !== 'InProgress' || this.#clock.now() - this.#startedAt < 60 * MINUTE) return
    this.hook = 'Failed'
    this.ended = { status: 'failed', rollback: 'succeeded', at: this.#startedAt + 60 * MINUTE }
  }
}

/** Slack as far as the gate sees it. */
export class MemorySlack implements Slack {
  readonly posts: { ts: string; thread: string | undefined; message: unknown }[] = []
  readonly updates: { ts: string; message: unknown }[] = []
  readonly ephemerals: { user: string; text: string }[] = []
  readonly views: object[] = []
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

  async update(_: string, ts: string, message: unknown): Promise<void> {
    await this.#up('chat.update')
    this.updates.push({ ts, message })
  }

  async ephemeral(_: string, user: string, text: string): Promise<void> {
    await this.#up('chat.postEphemeral')
    this.ephemerals.push({ user, text })
  }

  async openView(_: string, view: object): Promise<void> {
    await this.#up('views.open')
    this.views.push(view)
  }

  async person(id: string): Promise<SlackUser> {
    await this.#up('users.info')
    const user = {
      id,
      name: id,
      team: TEAM,
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
    return this.posts.filter(({ thread }) => thread === undefined).length
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
  readonly deployments: MemoryDeployments
  readonly slack: MemorySlack
  readonly lines: string[]
  policy: Policy | Error
  readonly platform: Platform
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
    deployments: new MemoryDeployments(clock),
    slack: new MemorySlack(),
    lines: [],
    policy
  }
  const platform: Platform = {
    clock,
    log: (level, message, fields) =>
      void world.lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`),
    table: world.table,
    seal: world.seal,
    deployments: world.deployments,
    slack: world.slack,
    policy: () =>
      world.policy instanceof Error ? Promise.reject(world.policy) : Promise.resolve(world.policy)
  }
  return Object.assign(world, { platform })
}
