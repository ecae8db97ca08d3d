import type { Clients } from '../../../aws/clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import type { Clock } from '../../../release/clock.ts'
import type { Drained } from '../../../release/report.ts'
import { SETTLED_AFTER_MS } from '../../../verification/metrics/read-metrics.ts'
import { DATA_RIGHT } from '../../../verification/metrics/read-series.ts'
import { MINUTE_MS } from '../../../verification/metrics/windows.ts'
import type { LegSide, MoveLeg } from './legs.ts'
import type { LegState } from './run-course.ts'

export interface DrainedOptions {
  readonly clients: Pick<Clients, 'cloudwatch'>
  readonly optionalReads: OptionalReads
  readonly clock: Clock
  /** ARN of the load balancer; undefined if it is not known. */
  readonly loadBalancer: string | undefined
  readonly cancelled: AbortSignal
}

/** The side that a completed release has left at weight 0. */
export interface EmptySide {
  readonly side: LegSide
  /** When its weight became 0, in milliseconds since the epoch. */
  readonly since: number
  /** How long the last step was watched, and how long this may wait. */
  readonly bakeMs: number
}

/** How long between two readings. */
const PAUSE_MS = 15_000

/** How long before the last step requests are looked for. */
const BEFORE_MS = 10 * MINUTE_MS

/** Undefined if both sides have a weight, or if it is not known when the last step was written. */
export function emptySide(legs: readonly LegState[]): EmptySide | undefined {
  const moves = legs.flatMap(({ leg, seen }) =>
    leg.kind === 'move' && seen ? [{ leg, seen }] : []
  )
  const last = moves.at(-1)
  const step = last?.leg.steps.at(-1)
  if (!last || step?.share !== 100 || last.seen.move.state !== 'completed') return undefined
  const since = bakingSince(last.leg, last.seen.past)
  return since === undefined ? undefined : { side: last.leg.from, since, bakeMs: step.bakeMs }
}

function bakingSince(
  { steps }: MoveLeg,
  past: NonNullable<LegState['seen']>['past']
): number | undefined {
  return past.findLast(({ state, step }) => state === 'baking' && step === steps.length - 1)?.at
}

/**
 * When the side at weight 0 had its last requests, by CloudWatch's RequestCount. It is read until a
 * whole minute without requests has settled, for as long as the last step was watched at most.
 * Never rejects.
 */
export async function readDrained(options: DrainedOptions, empty: EmptySide): Promise<Drained> {
  const { clock, cancelled } = options
  const { since, bakeMs, side } = empty
  const limit = clock.now() + bakeMs
  for (;;) {
    const lastRequestAt = await lastRequest(options, empty)
    if (lastRequestAt === 'unread') {
      return { side: side.name, state: 'unread', lastRequestAt: undefined }
    }
    const quiet = Math.max((lastRequestAt ?? 0) + MINUTE_MS, floorMinute(since) + MINUTE_MS)
    const zeroAt = quiet + MINUTE_MS + SETTLED_AFTER_MS
    if (clock.now() >= zeroAt) return { side: side.name, state: 'zero', lastRequestAt }
    if (cancelled.aborted || clock.now() >= limit) {
      return { side: side.name, state: 'not-yet', lastRequestAt }
    }
    const next = Math.min(clock.now() + PAUSE_MS, limit)
    await clock.sleep(next - clock.now(), cancelled).catch(() => undefined)
  }
}

/** The begin of the last minute with requests; undefined if CloudWatch shows none. */
async function lastRequest(
  { clients, optionalReads, clock, loadBalancer }: DrainedOptions,
  { side, since }: EmptySide
): Promise<number | undefined | 'unread'> {
  // AWS/ApplicationELB alone has RequestCount; a Network Load Balancer counts no requests.
  const balancer = loadBalancer?.split(':loadbalancer/').at(1)
  if (balancer?.startsWith('app/') !== true) return 'unread'
  const answer = await optionalReads.read(DATA_RIGHT, async (abortSignal) => {
    const { sdk, client } = await clients.cloudwatch()
    return client.send(
      new sdk.GetMetricDataCommand({
        MetricDataQueries: [
          {
            Id: 'requests',
            MetricStat: {
              Metric: {
                Namespace: 'AWS/ApplicationELB',
                MetricName: 'RequestCount',
                Dimensions: [
                  { Name: 'TargetGroup', Value: side.targetGroup.split(':').at(-1) ?? '' },
                  { Name: 'LoadBalancer', Value: balancer }
                ]
              },
              Period: 60,
              Stat: 'Sum'
            }
          }
        ],
        StartTime: new Date(floorMinute(since) - BEFORE_MS),
        EndTime: new Date(floorMinute(clock.now()) + MINUTE_MS)
      }),
      { abortSignal }
    )
  })
  if (!answer) return 'unread'
  const { Timestamps = [], Values = [] } = answer.MetricDataResults?.[0] ?? {}
  const asked = Timestamps.filter((_, place) => (Values[place] ?? 0) > 0)
  return asked.length === 0 ? undefined : Math.max(...asked.map((at) => at.getTime()))
}

function floorMinute(at: number): number {
  return at - (at % MINUTE_MS)
}
