import type { CloudWatch, LoadBalancing } from '../../../aws/clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import { EVIDENCE_FACTS, getEvidence, readEvidenceItem } from '../../../ledger/evidence-item.ts'
import { stoppedByObserver } from '../../../ledger/availability-segments.ts'
import type { Table } from '../../../ledger/table.ts'
import type { Clock } from '../../../release/clock.ts'
import { readMetrics } from '../../../verification/metrics/read-metrics.ts'
import { say } from '../../../words/say.ts'
import { metricsIn } from '../handed-plan.ts'
import type { ReadMove } from '../kept-move.ts'
import { sameWeights } from '../weights.ts'

/** What it takes to read the health of a target group. */
export interface HealthBalancing extends Pick<LoadBalancing, 'client'> {
  readonly sdk: Pick<LoadBalancing['sdk'], 'DescribeTargetHealthCommand'>
}

export interface ConditionsOptions {
  readonly table: Pick<Table, 'get'>
  readonly clock: Clock
  readonly balancing: HealthBalancing
  readonly cloudwatch: () => Promise<CloudWatch>
  readonly optionalReads: OptionalReads
}

/** CloudWatch has one figure a minute. */
const READ_EVERY_MS = 60_000

/**
 * What speaks against going on, by what is measured: the health of the side that gets traffic,
 * CloudWatch's figures of both sides, and how production answers. It is asked at every look at a
 * move that has given traffic to that side, or is about to. Undefined if nothing does, or if it
 * could not be measured: what cannot be read is no reason to take traffic away from users twice.
 * Errors: those of ELB and the ledger; then the mover looks again.
 */
export function conditions(
  options: ConditionsOptions
): (found: ReadMove) => Promise<string | undefined> {
  /** By move: when CloudWatch was read, and what it said. */
  const read = new Map<string, { readonly at: number; readonly broken: string | undefined }>()

  return async (found) => {
    const { move, handed } = found
    const hasMoved = !sameWeights(move.confirmed, handed.plan.start)
    if (move.state === 'waiting' && !hasMoved) return undefined
    const health = await unhealthy(options, found)
    if (health !== undefined || !hasMoved) return health
    return (await production(options, found)) ?? figures(found)
  }

  async function figures(found: ReadMove): Promise<string | undefined> {
    const { moveId } = found.kept.id
    const now = options.clock.now()
    const known = read.get(moveId)
    if (known && now - known.at < READ_EVERY_MS) return known.broken
    const broken = await readFigures(options, found)
    read.set(moveId, { at: now, broken })
    return broken
  }
}

async function unhealthy(
  { balancing: { sdk, client } }: ConditionsOptions,
  { handed: { plan, sides, minHealthy } }: ReadMove
): Promise<string | undefined> {
  const asked = new sdk.DescribeTargetHealthCommand({ TargetGroupArn: plan.pair.to })
  const { TargetHealthDescriptions = [] } = await client.send(asked)
  const healthy = TargetHealthDescriptions.filter(
    ({ TargetHealth }) => TargetHealth?.State === 'healthy'
  ).length
  if (healthy >= minHealthy) return undefined
  return say`healthy targets of ${sides.to}: ${healthy}, and ${minHealthy} are needed`
}

/** What the observer, or else the job, has found of production. */
async function production(
  { table }: ConditionsOptions,
  { kept: { id, service } }: ReadMove
): Promise<string | undefined> {
  const { deploymentId } = id
  const limit = await stoppedByObserver(table, service, deploymentId)
  if (limit !== undefined) return limit
  const item = await getEvidence(table, service, deploymentId, 'availability', EVIDENCE_FACTS)
  const found = item && readEvidenceItem(item, deploymentId)
  return found?.verdict === 'failed' ? found.summary.slice(0, 500).toWellFormed() : undefined
}

/** What CloudWatch's alarms and figures say, of the time since the first traffic moved. */
async function readFigures(
  { clock, cloudwatch, optionalReads }: ConditionsOptions,
  { handed, move, past }: ReadMove
): Promise<string | undefined> {
  const metrics = metricsIn(handed.metrics)
  // The plan was refused if it cannot be read.
  if (typeof metrics !== 'object') return undefined
  const { plan } = handed
  const began = past.find(({ state }) => state === 'writing')?.at ?? move.since
  const evidence = await readMetrics({
    clients: { cloudwatch },
    optionalReads,
    name: 'metrics',
    required: true,
    loadBalancer: loadBalancerOf(plan.route),
    blue: plan.pair.from,
    green: plan.pair.to,
    from: began,
    until: clock.now(),
    alarms: metrics.alarms,
    limits: metrics.limits
  })
  return evidence.verdict === 'failed' ? evidence.summary.slice(0, 500).toWellFormed() : undefined
}

/** The load balancer's ARN, which is a part of that of its listeners and rules (ELB, "ARN format"). */
export function loadBalancerOf(route: string): string {
  return route.replace(/:listener(?:-rule)?\/((?:[^/]+\/){2}[^/]+)\/.*$/, ':loadbalancer/$1')
}
