import type { TargetHealthReasonEnum } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Clock } from '../clock.ts'
import type { Probe, ProbeResult } from '../dataplane/runtime.ts'
import { matchesStatus } from './matcher.ts'
import type { StoredTarget, StoredTargetGroup } from './state.ts'

export interface HealthCheckOptions {
  readonly clock: Clock
  readonly closing: AbortSignal
  readonly probe: Probe
  /** A target's state has changed. */
  readonly changed: (group: StoredTargetGroup, target: StoredTarget) => void
}

/** Checks targets at their group's interval, on the emulated clock. */
export class HealthChecks {
  readonly #options: HealthCheckOptions
  readonly #running = new Map<StoredTarget, AbortController>()

  constructor(options: HealthCheckOptions) {
    this.#options = options
  }

  start(group: StoredTargetGroup, target: StoredTarget): void {
    this.stop(target)
    const stopping = new AbortController()
    this.#running.set(target, stopping)
    describe(target, 'initial', 'Elb.RegistrationInProgress', 'Target registration is in progress')
    void this.#check(group, target, AbortSignal.any([stopping.signal, this.#options.closing]))
  }

  stop(target: StoredTarget): void {
    this.#running.get(target)?.abort()
    this.#running.delete(target)
  }

  async #check(group: StoredTargetGroup, target: StoredTarget, signal: AbortSignal): Promise<void> {
    const { clock, probe, changed } = this.#options
    const { healthCheck } = group
    // Read by a function: it changes while the probe is awaited.
    const stopped = (): boolean => signal.aborted
    let streak = 0
    let passing = true
    while (!stopped()) {
      const timeoutMs = healthCheck.timeoutSeconds * 1000
      const result = await probe(target.endpoint, healthCheck.path, timeoutMs)
      if (stopped()) return
      const passed = typeof result === 'number' && matchesStatus(healthCheck.matcher, result)
      streak = passed === passing ? streak + 1 : 1
      passing = passed
      const before = target.state
      judge(group, target, result, passed, streak)
      if (target.state !== before) changed(group, target)
      await clock.sleep(healthCheck.intervalSeconds * 1000, signal).catch(() => undefined)
    }
  }
}

/** A new target is healthy after one good check (AWS: "it must pass one health check"); thresholds count for changes. */
function judge(
  { healthCheck }: StoredTargetGroup,
  target: StoredTarget,
  result: ProbeResult,
  passed: boolean,
  streak: number
): void {
  if (passed) {
    const needed = target.state === 'initial' ? 1 : healthCheck.healthyThreshold
    if (streak >= needed) describe(target, 'healthy', undefined, undefined)
  } else if (streak >= healthCheck.unhealthyThreshold || target.state === 'unhealthy') {
    const [reason, description] = failure(result)
    describe(target, 'unhealthy', reason, description)
  } else if (target.state === 'initial') {
    describe(target, 'initial', 'Elb.InitialHealthChecking', 'Initial health checks in progress')
  }
}

function failure(result: ProbeResult): [reason: TargetHealthReasonEnum, description: string] {
  if (result === 'timeout') return ['Target.Timeout', 'Request timed out']
  if (result === 'refused') return ['Target.FailedHealthChecks', 'Health checks failed']
  return ['Target.ResponseCodeMismatch', `Health checks failed with these codes: [${result}]`]
}

/** Sets what DescribeTargetHealth says of a target. */
export function describe(
  target: StoredTarget,
  state: StoredTarget['state'],
  reason: TargetHealthReasonEnum | undefined,
  description: string | undefined
): void {
  target.state = state
  target.reason = reason
  target.description = description
}
