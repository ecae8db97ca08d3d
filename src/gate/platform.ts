import type { Clock } from '../release/clock.ts'
import type { HealthFacts, Fate } from '../ledger/gate.ts'
import type { Seal } from '../ledger/seal.ts'
import type { Table } from '../ledger/table.ts'
import type { Policy } from './policy/policy.ts'
import type { Message } from './card/view.ts'

/** All that the gate's functions reach of the world, handed in. */
export interface Platform {
  readonly clock: Clock
  readonly log: Log
  readonly table: Table
  readonly seal: Seal
  readonly deployments: Deployments
  readonly slack: Slack
  /** Errors: PolicyError for a document that is not valid, else those of where it is stored. */
  readonly policy: () => Promise<Policy>
}

/** One line each; never an event, a token or a policy. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, string | number | boolean | undefined>>
) => void

/** What the gate asks of CodeDeploy, ECS and the load balancer. Errors: those of the calls. */
export interface Deployments {
  describe(deploymentId: string): Promise<Deployment>
  /** Of the hook that asked: its status as CodeDeploy spells it. */
  hookStatus(deploymentId: string): Promise<string | undefined>
  /** Tells CodeDeploy: `completed` where the event had its answer, `gone` where the deployment takes none any more. */
  report(
    deploymentId: string,
    executionId: string,
    verdict: 'Succeeded' | 'Failed'
  ): Promise<'accepted' | 'completed' | 'gone'>
  /** Undefined while the traffic stands where it stood. */
  fate(deploymentId: string): Promise<Fate | undefined>
  /** Never throws: what cannot be read is said in it. */
  health(deployment: Deployment): Promise<HealthFacts>
  /** Images and revisions old and new; never throws, what cannot be read is left out. */
  definitions(deployment: Deployment): Promise<Definitions>
  stop(deploymentId: string): Promise<void>
}

export interface Deployment {
  readonly deploymentId: string
  readonly application: string
  readonly deploymentGroup: string
  readonly region: string
  readonly status: string
  /** CodeDeploy's own rollback of another deployment. */
  readonly isRollback: boolean
  readonly createdAt: number
  readonly cluster: string
  readonly service: string
  /** When the gate's hook began, which is when CodeDeploy's hour began. */
  readonly hookStartedAt: number | undefined
}

export interface Definitions {
  readonly revision: { readonly before: string | undefined; readonly after: string }
  readonly images: readonly {
    readonly container: string
    readonly before: string | undefined
    readonly after: string
    readonly digest: string | undefined
  }[]
}

/** What the gate asks of Slack. Errors: SlackError. */
export interface Slack {
  /** The message's `ts`. */
  post(channel: string, message: Message, thread?: string): Promise<string>
  update(channel: string, ts: string, message: Message): Promise<void>
  ephemeral(channel: string, user: string, text: string): Promise<void>
  openView(trigger: string, view: object): Promise<void>
  person(user: string): Promise<SlackUser>
  groupMembers(group: string): Promise<readonly string[]>
}

/** `users.info`, as far as it decides. */
export interface SlackUser {
  readonly id: string
  /** As the person is called in Slack. */
  readonly name: string
  readonly team: string
  readonly isBot: boolean
  readonly isRestricted: boolean
  readonly isUltraRestricted: boolean
  readonly isStranger: boolean
  readonly deleted: boolean
}

/** Slack said no, or did not answer in time. */
export class SlackError extends Error {
  override readonly name = 'SlackError'
  /** Slack's own code, such as `channel_not_found`; `timeout`, `network` or `ratelimited` where there was no answer. */
  readonly code: string
  constructor(method: string, code: string, options?: ErrorOptions) {
    super(`Slack's ${method} failed: ${code}`, options)
    this.code = code
  }
}
