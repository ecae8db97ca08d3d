/**
 * What was found out about green before the decision, and about production while traffic
 * moved. The job and the functions have measured all of it themselves; none of it is a
 * verdict of another tool. Times are milliseconds since the epoch, durations are
 * milliseconds.
 */
export type Evidence =
  | ChecksEvidence
  | FlowEvidence
  | LoadEvidence
  | AvailabilityEvidence
  | MetricsEvidence
  | RecoveryEvidence

/** `unknown`: it could not be found out. If the evidence is required, that counts like `failed`. */
export type Verdict = 'passed' | 'failed' | 'unknown'

/** The members that all evidence has. */
interface Found {
  /** The name in the verification file, or the name of the section. */
  readonly name: string
  /** If true, a failure makes the gate reject by itself. If false, the approver only sees it. */
  readonly required: boolean
  readonly verdict: Verdict
  /** One line for the card, with figures. */
  readonly summary: string
  readonly startedAt: number
  readonly endedAt: number
  /** `tasks`: green's tasks were asked directly; absent: an address that people use was asked. */
  readonly asked?: 'tasks'
  /** The images that green's tasks ran when they were asked; absent if they are not known. */
  readonly images?: readonly RunningImage[]
}

/** One image of a container. If tasks run different images, a container has several entries. */
export interface RunningImage {
  readonly container: string
  /** `sha256:...` */
  readonly digest: string
}

/** Single requests against green. */
export interface ChecksEvidence extends Found {
  readonly section: 'checks'
  readonly rows: readonly RequestResult[]
}

/** Steps in their order; each may use answers of earlier steps. */
export interface FlowEvidence extends Found {
  readonly section: 'flow'
  readonly steps: readonly RequestResult[]
}

/** One request, or one step of a flow, with its last attempt. */
export interface RequestResult {
  readonly name: string
  readonly method: string
  /** Path and query as sent. */
  readonly path: string
  /** `skipped`: an earlier step has failed. */
  readonly verdict: 'passed' | 'failed' | 'skipped'
  /** Undefined if no answer came. */
  readonly status: number | undefined
  /** From sending to the end of the body. */
  readonly ms: number | undefined
  readonly attempts: number
  /** What differed from the expectations; empty if the request passed. Never contains a body. */
  readonly problems: readonly string[]
}

export interface LoadEvidence extends Found {
  readonly section: 'load'
  readonly engine: 'k6' | 'autocannon'
  readonly engineVersion: string
  readonly thresholds: readonly ThresholdResult[]
  /** Of the request durations, in milliseconds; undefined if none was measured. */
  readonly latency: Trend | undefined
  readonly requests: number
  /** Requests a second. */
  readonly rate: number
  /** 0 to 1. */
  readonly failureRate: number
  /** The requests of `requests` that have failed. */
  readonly failed: number
  /** The checks of the script, in its order; empty if the built-in load ran. */
  readonly checks: readonly LoadCheck[]
  /** What k6 has measured beside; undefined if the built-in load ran. */
  readonly script: ScriptFigures | undefined
}

/** A check of a k6 script: `check(answer, { 'status is 200': ... })`. */
export interface LoadCheck {
  /** Its name, with the groups that it is in: `checkout::status is 200`. */
  readonly name: string
  readonly passes: number
  readonly fails: number
  /**
   * The least share of passes that the file wants, 0 to 1; undefined if it says nothing about
   * this check. A check that never passes has failed then.
   */
  readonly wanted: number | undefined
  readonly passed: boolean
}

/** What the summary of a k6 script has besides its requests. */
export interface ScriptFigures {
  readonly iterations: number | undefined
  /** The most virtual users that ran at once. */
  readonly vus: number | undefined
  /** Bytes. */
  readonly dataReceived: number | undefined
  readonly dataSent: number | undefined
  readonly trends: readonly ScriptTrend[]
  /** What the script, or k6 for it, has logged as an error, each message once. */
  readonly errors: readonly { readonly text: string; readonly times: number }[]
  /** The text with which k6 ends; its last part if it is long. */
  readonly closing: string
}

/** A trend other than the duration of the requests, such as `http_req_waiting`. */
export interface ScriptTrend {
  readonly name: string
  /** Empty for a trend of the script's own, of which k6 does not say what it measures. */
  readonly unit: 'ms' | ''
  readonly trend: Trend
}

export interface ThresholdResult {
  /** Such as `p99 < 500 ms`, as the file or the script has it. */
  readonly text: string
  /**
   * The measured value, in the threshold's own unit; undefined if it was not measured. Of a
   * percentile that k6's summary lacks, it is the neighbour that decides the threshold.
   */
  readonly measured: number | undefined
  /** Also true, as in k6, for a rate of a k6 script that has no samples. */
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
  /** Intended requests a second. */
  readonly rate: number
  readonly total: number
  readonly failed: number
  readonly phases: readonly PhaseOfTraffic[]
  /** The first failures, at most 1,000; `failed` counts all. */
  readonly failures: readonly { readonly at: number; readonly reason: string }[]
  /** One entry for each second in which a request was sent. */
  readonly seconds: readonly SecondOfTraffic[]
}

export interface PhaseOfTraffic {
  readonly name: 'before' | 'gate' | 'shift' | 'after' | 'rollback'
  readonly from: number
  readonly until: number
  readonly total: number
  readonly failed: number
  /** The number of answered requests, by the version that answered. */
  readonly byVersion: Readonly<Record<string, number>>
  /** From the intended send time; undefined if nothing was answered. */
  readonly latency: Trend | undefined
}

export interface SecondOfTraffic {
  readonly at: number
  readonly total: number
  readonly failed: number
  /** The slowest request, from its intended send time. */
  readonly slowestMs: number
  readonly byVersion: Readonly<Record<string, number>>
}

/** CloudWatch's metrics of both target groups. */
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

/** How long one side took to be healthy again after one of its tasks was stopped. */
export interface RecoveryEvidence extends Found {
  readonly section: 'recovery'
  /** Whose task was stopped; `blue` serves production meanwhile. */
  readonly side: 'green' | 'blue'
  /** How many tasks that side has; 0 if it could not be read. */
  readonly tasks: number
  /** The task's ARN; empty if no task was stopped. */
  readonly stoppedTask: string
  /**
   * In the order in which the job or the function saw them, by its own clock. `stopped` is the
   * time of the call to ECS.
   */
  readonly steps: readonly {
    readonly what: 'stopped' | 'draining' | 'started' | 'registered' | 'healthy'
    readonly at: number
  }[]
  /** Requests to that side from the stop until it was healthy again. */
  readonly requests: number
  readonly failed: number
  /** The largest share of failed requests, 0 to 1, that passes; undefined if it was not judged. */
  readonly maxFailureRate: number | undefined
  /** The first failures, at most 200; `failed` counts all. */
  readonly failures: AvailabilityEvidence['failures']
}
