import type { VerificationFile } from '../../ledger/verification-item.ts'
import type { LoadRequest } from '../load/builtin.ts'
import type { WantedChecks } from '../load/script-checks.ts'
import type { Threshold } from '../load/thresholds.ts'
import type { MetricLimit } from '../metrics/limits.ts'

/** What a verification file asks for (docs/verification.md). Durations are milliseconds. */
export interface Verification {
  /** The file as it was read, for a function that asks instead of the job. */
  readonly file: VerificationFile
  /** SHA-256 of the file's text. */
  readonly digest: string
  /** Environment variables of the job that `{{env.NAME}}` may name. */
  readonly env: readonly string[]
  readonly target: TargetSettings
  readonly checks: Checks | undefined
  readonly flows: readonly Flow[]
  readonly load: Load | undefined
  readonly availability: Availability | undefined
  readonly metrics: Metrics | undefined
  readonly recovery: Recovery | undefined
}

export interface TargetSettings {
  /**
   * Origin of green, such as `http://10.0.0.1:8443`; undefined for the deployment's test
   * listener.
   */
  readonly test: string | undefined
  /** Origin of production; undefined for the deployment's production listener. */
  readonly production: string | undefined
  /** Further origins to which requests may go. */
  readonly allow: readonly string[]
}

export interface Checks {
  readonly required: boolean
  readonly requests: readonly RequestSpec[]
}

export interface Flow {
  readonly name: string
  readonly required: boolean
  readonly steps: readonly StepSpec[]
}

export interface Load {
  readonly required: boolean
  /** A k6 script within the workspace; undefined if the builtin engine runs. */
  readonly script: string | undefined
  /** Further arguments of `k6 run`. */
  readonly arguments: readonly string[]
  readonly thresholds: readonly Threshold[]
  /** What the checks of the script must keep; undefined if the file says nothing about them. */
  readonly checks: WantedChecks | undefined
  /** What is sent if k6 does not run. */
  readonly builtin: {
    readonly connections: number
    readonly seconds: number
    /** The requests may contain `{{env.NAME}}`. */
    readonly requests: readonly LoadRequest[]
  }
}

export interface Availability {
  /** What happens to the deployment if a limit is broken during the shift or after it. */
  readonly onBreach: 'stop' | 'report'
  /** Path of production to which the requests go. */
  readonly path: string
  /** Requests a second. */
  readonly rate: number
  readonly timeoutMs: number
  readonly versionHeader: string
  /** 0 to 1. */
  readonly maxFailureRate: number
  readonly maxP99Ms: number | undefined
}

export interface Metrics {
  readonly required: boolean
  /** The least time for which green is observed. */
  readonly forMs: number
  /** Names of alarms, none of which may be in ALARM. */
  readonly alarms: readonly string[]
  readonly limits: readonly MetricLimit[]
}

export interface Recovery {
  readonly required: boolean
  /** Name of the only cluster in which a task may be stopped. */
  readonly cluster: string
  /** `blue`: the tasks that serve production, in an environment in which that may be done. */
  readonly side: 'green' | 'blue'
  /** Path of that side to which requests go during the recovery. */
  readonly path: string
  /** How long that side may take to be whole again. */
  readonly withinMs: number
  /** Requests a second. */
  readonly rate: number
  readonly timeoutMs: number
  /** 0 to 1. Undefined for the default, which depends on the number of tasks (`recover.ts`). */
  readonly maxFailureRate: number | undefined
}

export interface RequestSpec {
  readonly name: string
  readonly method: string
  /** A path on the target, or a URL on an allowed origin. It may contain `{{...}}`. */
  readonly address: string
  /** The values may contain `{{...}}`. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly expect: Expectation
  /** How often the request is sent again after a failure. */
  readonly retries: number
  readonly timeoutMs: number
}

export interface StepSpec extends RequestSpec {
  /** Variables for later steps, and where in the answer their values are. */
  readonly save: readonly Saving[]
}

export interface Saving {
  readonly variable: string
  readonly from:
    | { readonly kind: 'json'; readonly path: string }
    | { readonly kind: 'header'; readonly name: string }
}

export interface Expectation {
  readonly statuses: readonly number[]
  readonly headers: readonly { readonly name: string; readonly condition: TextCondition }[]
  readonly body: TextCondition | undefined
  readonly json: readonly { readonly path: string; readonly condition: JsonCondition }[]
  readonly withinMs: number | undefined
}

export type TextCondition =
  | { readonly is: 'equals'; readonly text: string }
  | { readonly is: 'contains'; readonly text: string }

export type JsonCondition =
  | { readonly is: 'equals'; readonly value: unknown }
  | { readonly is: 'contains'; readonly value: unknown }
  | { readonly is: 'exists'; readonly wanted: boolean }
