import { matchesOperation } from './call-log.ts'
import type { Clock } from './clock.ts'

/** What goes wrong. */
export type Fault =
  | { readonly kind: 'throttling' }
  /** 500 in the protocol's own form, or the HTML 503 that load balancers in front of AWS send. */
  | { readonly kind: 'server-error'; readonly html?: boolean }
  /** The connection is reset; nothing was executed. */
  | { readonly kind: 'reset' }
  /** The operation is executed, then the connection is cut. */
  | { readonly kind: 'lost-answer' }
  /** Executed at once, answered `ms` later, on the machine's clock unless said otherwise. */
  | { readonly kind: 'slow'; readonly ms: number; readonly clock?: 'real' | 'emulated' }
  | { readonly kind: 'expired-credentials' }
  | { readonly kind: 'denied'; readonly resource?: string }
  | {
      readonly kind: 'error'
      readonly code: string
      readonly message: string
      readonly httpStatus?: number
    }

export interface FaultRule {
  /** `ecs:RegisterTaskDefinition`, `codedeploy:*` or `*`. */
  readonly operation: string
  readonly fault: Fault
  /** First and last matching call that is hit, counted from 1; without them: every one. */
  readonly from?: number
  readonly to?: number
  /** Emulated time from which the rule counts: rights or credentials that end while someone waits. */
  readonly since?: number
  /** Only for this access key. */
  readonly accessKeyId?: string
}

/** A rule in force. */
export interface ActiveFault {
  readonly rule: FaultRule
  /** Calls that matched so far, hit or not. */
  readonly matched: number
  remove(): void
}

/** The faults of one emulator. */
export class Faults {
  readonly #clock: Clock
  readonly #active: { rule: FaultRule; matched: number }[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(rule: FaultRule): ActiveFault {
    const active = { rule, matched: 0 }
    this.#active.push(active)
    return {
      rule,
      get matched() {
        return active.matched
      },
      remove: () => {
        const index = this.#active.indexOf(active)
        if (index >= 0) this.#active.splice(index, 1)
      }
    }
  }

  clear(): void {
    this.#active.length = 0
  }

  rules(): readonly FaultRule[] {
    return this.#active.map(({ rule }) => rule)
  }

  /** Counts the call and returns what hits it, in the order in which the rules were added. */
  hit(operation: string, accessKeyId: string | undefined): readonly Fault[] {
    const hits: Fault[] = []
    for (const active of this.#active) {
      const { rule } = active
      if (!matchesOperation(rule.operation, operation)) continue
      if (rule.accessKeyId !== undefined && rule.accessKeyId !== accessKeyId) continue
      if (rule.since !== undefined && this.#clock.now() < rule.since) continue
      active.matched += 1
      const early = active.matched < (rule.from ?? 1)
      const late = active.matched > (rule.to ?? Infinity)
      if (!early && !late) hits.push(rule.fault)
    }
    return hits
  }
}
