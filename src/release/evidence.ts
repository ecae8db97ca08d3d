/**
 * What was found out about green before the decision, and about production
 * while traffic moved. Everything here was measured by us; nothing is a verdict
 * that somebody else has given. Times are milliseconds since the epoch,
 * durations are milliseconds.
 */
export type Evidence =
  | ChecksEvidence
  | FlowEvidence
  | LoadEvidence
  | AvailabilityEvidence
  | MetricsEvidence
  | RecoveryEvidence

/** `unknown`: it could not be found out; where it is required, that is as bad as `failed`. */
export type Verdict = 'passed' | 'failed' | 'unknown'

/** What all evidence has in common. */
interface Found {
  /** As the verification file calls it, or its section. */
  readonly name: string
  /** A failure rejects the gate by itself; otherwise it is shown to the approver. */
  readonly required: boolean
  readonly verdict: Verdict
  /** One line for the card: what was found, in figures. */
  readonly summary: string
  readonly startedAt: number
  readonly endedAt: number
  /** `tasks`: asked of green's tasks themselves; absent: at an address that people use. */
  readonly asked?: 'tasks'
  /** What green's tasks ran when they were asked; absent: it is not known. */
  readonly images?: readonly RunningImage[]
}

/** One image that a container ran. Where tasks differ, a container has several. */
export interface RunningImage {
  readonly container: string
  /** `sha256:...` */
  readonly digest: string
}

/** Requests against green, one each. */
export interface ChecksEvidence extends Found {
  readonly section: 'checks'
  readonly rows: readonly RequestResult[]
}

/** Steps in order, each of which may need what the one before it answered. */
export interface FlowEvidence extends Found {
  readonly section: 'flow'
  readonly steps: readonly RequestResult[]
}

/** One request, or one step, with its last attempt. */
export interface RequestResult {
  readonly name: string
  readonly method: string
  /** Path and query as sent. */
  readonly path: string
  /** `skipped`: a step before it has failed. */
  readonly verdict: 'passed' | 'failed' | 'skipped'
  /** Undefined where no answer came. */
  readonly status: number | undefined
  /** From sending to the end of the body. */
  readonly ms: number | undefined
  readonly attempts: number
  /** What was not as expected; empty when it passed. Never holds a body. */
  readonly problems: readonly string[]
}

export interface LoadEvidence extends Found {
  readonly section: 'load'
  readonly engine: 'k6' | 'autocannon'
  readonly engineVersion: string
  readonly thresholds: readonly ThresholdResult[]
  /** Of the request durations, milliseconds; undefined where none was measured. */
  readonly latency: Trend | undefined
  readonly requests: number
  /** Requests a second. */
  readonly rate: number
  /** 0 to 1. */
  readonly failureRate: number
}

export interface ThresholdResult {
  /** Such as `p99 < 500 ms`, as the file or the script has it. */
  readonly text: string
  /** What was measured, in the threshold's own unit; undefined where it was not. */
  readonly measured: number | undefined
  readonly passed: boolean
}

/** Milliseconds. */
export interface Trend {
  readonly avg: number
  readonly min: number
  readonly med: number
  readonly max: number
  readonly p90: number
  readonly p95: number
  readonly p99: number
}

/** A steady rate of requests against production, from before the shift until after it. */
export interface AvailabilityEvidence extends Found {
  readonly section: 'availability'
  /** Requests a second, as intended. */
  readonly rate: number
  readonly total: number
  readonly failed: number
  readonly phases: readonly PhaseOfTraffic[]
  /** The first ones, at most 1,000; `failed` counts them all. */
  readonly failures: readonly { readonly at: number; readonly reason: string }[]
  /** One entry a second in which something was sent. */
  readonly seconds: readonly SecondOfTraffic[]
}

export interface PhaseOfTraffic {
  readonly name: 'before' | 'gate' | 'shift' | 'after' | 'rollback'
  readonly from: number
  readonly until: number
  readonly total: number
  readonly failed: number
  /** Requests answered, by what answered. */
  readonly byVersion: Readonly<Record<string, number>>
  /** From the intended send time; undefined where nothing was answered. */
  readonly latency: Trend | undefined
}

export interface SecondOfTraffic {
  readonly at: number
  readonly total: number
  readonly failed: number
  /** The slowest of them, from the intended send time. */
  readonly slowestMs: number
  readonly byVersion: Readonly<Record<string, number>>
}

/** What CloudWatch says of both target groups. */
export interface MetricsEvidence extends Found {
  readonly section: 'metrics'
  readonly series: readonly MetricSeries[]
  readonly alarms: readonly { readonly name: string; readonly state: string }[]
}

export interface MetricSeries {
  readonly metric: 'healthy-hosts' | 'response-time' | 'target-4xx' | 'target-5xx' | 'requests'
  readonly side: 'blue' | 'green'
  readonly unit: 'count' | 'ms'
  readonly points: readonly { readonly at: number; readonly value: number }[]
}

/** One green task was stopped, and how long its service took to be whole again. */
export interface RecoveryEvidence extends Found {
  readonly section: 'recovery'
  /** Its ARN; empty where none was stopped. */
  readonly stoppedTask: string
  /** In the order in which they were seen, by our clock; `stopped` is when ECS was told. */
  readonly steps: readonly {
    readonly what: 'stopped' | 'draining' | 'started' | 'registered' | 'healthy'
    readonly at: number
  }[]
  /** Sent to green from then on until it was whole again. */
  readonly requests: number
  readonly failed: number
}
