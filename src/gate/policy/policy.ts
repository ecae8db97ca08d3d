import { fitsAny } from '../../documents/pattern.ts'
import type { Watched } from '../../ledger/watched.ts'
import type { Language } from '../../words/language.ts'

/** Who may open the gate, and when: the validated policy document (docs/gate-policy.md). */
export interface Policy {
  /** SHA-256 of the document's text, hex: recorded with every decision. */
  readonly digest: string
  readonly language: Language
  readonly slack: {
    /** The workspaces, app and channel from which every interaction has to come. */
    readonly teams: readonly string[]
    /** An organization (Enterprise Grid) all of whose workspaces count; undefined: none. */
    readonly enterprise: string | undefined
    readonly app: string
    readonly channel: string
  }
  readonly github: {
    /** Issuer of the OIDC tokens that prove who asked. Default: `https://token.actions.githubusercontent.com`. */
    readonly issuer: string
    /** `owner/name`; a token of another repository proves nothing. */
    readonly repositories: readonly string[]
    /** GitHub login (lower case) to Slack user id. */
    readonly identities: Readonly<Record<string, string>>
  }
  /** Applies to every service; `services` replaces single members of it. */
  readonly rules: Rules
  /** Patterns over `cluster/service` (`*` stands for any characters but `/`) with the rules that differ there. The first that fits counts. */
  readonly services: readonly { readonly pattern: string; readonly rules: Partial<Rules> }[]
  /** Hosts to which the card may link a release's `test-url`; `*` stands for any characters. Default: none. */
  readonly testHosts: readonly string[]
  /** The ECS deployments that must carry the gate. Default: all of them, with `report`. */
  readonly watch: Watched
}

export interface Rules {
  readonly approvers: Approvers
  /** Number of approvals needed, 1 or more. A single rejection closes the gate, whatever the quorum is. */
  readonly quorum: number
  /** Whether the person who asked for the release may approve it. The document has to say. */
  readonly selfApproval: 'allowed' | 'forbidden'
  readonly freeze: readonly FreezeWindow[]
  /** Undefined: nobody may break the glass. */
  readonly breakGlass: BreakGlass | undefined
  /**
   * ARNs of the listeners and rules whose weights a failover of the service may move. If it is
   * absent, those of the stack's parameter `FailoverRoutes` count, but only as long as no service
   * has rules of its own; then a listener that no service lists is refused (mover/refusal.ts).
   */
  readonly listeners?: readonly string[]
}

/** Returns the rules for `cluster/service`: the document's, with the members replaced that the first fitting entry of `services` sets. */
export function rulesFor({ rules, services }: Policy, service: string): Rules {
  const own = services.find(({ pattern }) => fitsAny([pattern], service))
  return { ...rules, ...own?.rules }
}

export interface Approvers {
  /** Slack user ids. */
  readonly users: readonly string[]
  /** Slack user group ids. A person who is a member at the time of the click may approve, and the membership is recorded. */
  readonly groups: readonly string[]
}

export interface BreakGlass {
  /** Slack user ids who may approve alone, against quorum, freeze and the ban on self-approval, with a reason. */
  readonly users: readonly string[]
  /** Whether `rollback-to` a revision that was approved before may pass the gate without a person, if a reason is given. */
  readonly rollback: boolean
}

export type FreezeWindow =
  | { readonly name: string; readonly kind: 'once'; readonly from: number; readonly until: number }
  | {
      readonly name: string
      readonly kind: 'weekly'
      readonly days: readonly Weekday[]
      /** Minutes after midnight; `until` may be 1440, and less than or equal to `from` for a window over midnight. */
      readonly from: number
      readonly until: number
      /** IANA name. */
      readonly timeZone: string
    }

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]
