import type { StandardUnit } from '@aws-sdk/client-cloudwatch'
import { MINUTE } from './metrics.ts'
import type { GroupFigures, Hosts, MinuteFigures } from './metrics.ts'
import type { Samples } from './statistics.ts'

/** One minute of a target group behind a load balancer. */
export interface MinuteOfGroup {
  readonly figures: MinuteFigures | undefined
  /** The targets as the minute began, and after every change in it; none while none were registered. */
  readonly hosts: readonly Hosts[]
  /** Whether a count without requests is a zero. */
  readonly zero: boolean
}

export interface ElbMetric {
  readonly unit: StandardUnit
  readonly samples: (minute: MinuteOfGroup) => Samples
}

/**
 * AWS/ApplicationELB by load balancer and target group, as the load balancer's
 * guide defines it: answers of targets only, requests for which a target could
 * be chosen, seconds until the answer's head, and health checks in none of them.
 */
export const ELB_METRICS: Readonly<Record<string, ElbMetric>> = {
  HealthyHostCount: hosts(({ healthy }) => healthy),
  UnHealthyHostCount: hosts(({ unhealthy }) => unhealthy),
  RequestCount: counted(({ requests }) => requests),
  HTTPCode_Target_2XX_Count: counted(({ answers }) => answers.get(2) ?? 0),
  HTTPCode_Target_3XX_Count: counted(({ answers }) => answers.get(3) ?? 0),
  HTTPCode_Target_4XX_Count: counted(({ answers }) => answers.get(4) ?? 0),
  HTTPCode_Target_5XX_Count: counted(({ answers }) => answers.get(5) ?? 0),
  RequestCountPerTarget: { unit: 'Count', samples: perTarget },
  TargetResponseTime: {
    unit: 'Seconds',
    samples: ({ figures }) => figures?.seconds.map((value) => [value, 1] as const) ?? []
  }
}

/** Of the figures above those that a load balancer has as a whole, over all its target groups. */
export const BALANCER_METRICS: Readonly<Record<string, ElbMetric>> = only(
  /^(RequestCount|HTTPCode_Target_.XX_Count|TargetResponseTime)$/
)

/** Those that a target group has without a load balancer being named. */
export const GROUP_METRICS: Readonly<Record<string, ElbMetric>> = only(/^RequestCountPerTarget$/)

/** What a load balancer has answered by itself: a 503 where a group has no target, for example. */
export const OWN_METRICS: Readonly<Record<string, ElbMetric>> = {
  HTTPCode_ELB_4XX_Count: ownAnswers(400, 499),
  HTTPCode_ELB_5XX_Count: ownAnswers(500, 599),
  HTTPCode_ELB_502_Count: ownAnswers(502, 502),
  HTTPCode_ELB_503_Count: ownAnswers(503, 503),
  HTTPCode_ELB_504_Count: ownAnswers(504, 504)
}

function only(names: RegExp): Readonly<Record<string, ElbMetric>> {
  return Object.fromEntries(Object.entries(ELB_METRICS).filter(([name]) => names.test(name)))
}

function ownAnswers(from: number, to: number): ElbMetric {
  return counted(({ answers }) =>
    [...answers].reduce((sum, [status, n]) => (status >= from && status <= to ? sum + n : sum), 0)
  )
}

/** One minute of a group; what is not yet at `until` is not in it. */
export function minuteOfGroup(
  { minutes, hosts: changes }: GroupFigures,
  begin: number,
  until: number,
  zero: boolean
): MinuteOfGroup {
  const end = Math.min(begin + MINUTE, until + 1)
  const before = changes.findLast(({ at }) => at <= begin)
  const during = changes.filter(({ at }) => at > begin && at < end)
  return {
    figures: minutes.get(begin),
    hosts: [...(before ? [before] : []), ...during].filter(({ registered }) => registered > 0),
    zero
  }
}

function hosts(pick: (hosts: Hosts) => number): ElbMetric {
  return {
    unit: 'Count',
    samples: (minute) => minute.hosts.map((each) => [pick(each), 1] as const)
  }
}

/** Every request is a sample of its own: Minimum, Maximum and Average are 1, SampleCount is the Sum. */
function counted(pick: (figures: MinuteFigures) => number): ElbMetric {
  return {
    unit: 'Count',
    samples: (minute) => {
      const times = minute.figures ? pick(minute.figures) : 0
      return times > 0 ? [[1, times]] : quiet(minute)
    }
  }
}

/** Requests by healthy targets; by registered ones where none is healthy. */
function perTarget(minute: MinuteOfGroup): Samples {
  const requests = minute.figures?.requests ?? 0
  if (requests === 0) return quiet(minute)
  const last = minute.hosts.at(-1)
  const among = last && last.healthy > 0 ? last.healthy : (last?.registered ?? 1)
  return [[requests / among, 1]]
}

function quiet({ zero, hosts: registered }: MinuteOfGroup): Samples {
  return zero && registered.length > 0 ? [[0, 1]] : []
}
