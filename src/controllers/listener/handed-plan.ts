import { isCount, isMapping, mappingIn, textIn, type Mapping } from '../../documents/mapping.ts'
import { Members } from '../../documents/members.ts'
import { isDeploymentId } from '../../ledger/keys.ts'
import { readMetricsSection } from '../../verification/file/metrics.ts'
import type { Metrics } from '../../verification/file/model.ts'
import { say } from '../../words/say.ts'
import type { Cause, MovePlan, Step } from './move.ts'
import { LARGEST_WEIGHT, shareOf, type Weights } from './weights.ts'

/** A plan as the job hands it to the gate's functions, with what they need besides. Plain JSON. */
export interface HandedPlan {
  readonly version: 1
  /** The id under which the release's record and its evidence stand. */
  readonly deploymentId: string
  readonly cluster: string
  readonly service: string
  /** How people call the two sides. */
  readonly sides: { readonly from: string; readonly to: string }
  readonly plan: MovePlan
  /** The ECS services behind the two groups; undefined if another pipeline fills them (`deploy: none`). */
  readonly ecs?:
    | { readonly cluster: string; readonly from: string; readonly to: string }
    | undefined
  /** When the release began, and GitHub's token for it was issued; in milliseconds since the epoch. */
  readonly createdAt: number
  /** When the job has handed it in. */
  readonly at: number
  /** Healthy targets without which a side may have no traffic. */
  readonly minHealthy: number
  /** How long a person may take for an answer, in minutes. */
  readonly answerMinutes: number
  /** Alarms and limits in the form of the verification file's section `metrics`; undefined if it has none. */
  readonly metrics?: Mapping | undefined
}

/** The longest that a gate may stay open, and what it is if the job does not say. */
export const LONGEST_ANSWER_MINUTES = 7 * 24 * 60
export const ANSWER_MINUTES = 60

/** A plan that nobody has taken for so long is taken by nobody later, so that its job can say so. */
export const TAKEN_WITHIN_MS = 4 * 60_000

/** Who asks is proven by a token from when the release began: it must not prove it for ever. */
const LONGEST_RELEASE_MS = 24 * 3_600_000
const SKEW_MS = 5 * 60_000

/** As many steps as there are whole percents; and the longest bake, in milliseconds. */
const MOST_STEPS = 100
const LONGEST_BAKE_MS = 7 * 24 * 3_600_000

/** DynamoDB takes 400 KB an item, and the move has a copy of this. */
const LONGEST_PLAN = 100_000

/**
 * Reads a plan that a CI job has written. Whoever can write it can write anything, so everything
 * is checked that the mover relies on. Returns a sentence that says what is wrong.
 */
export function readHandedPlan(text: string): HandedPlan | string {
  if (Buffer.byteLength(text) > LONGEST_PLAN)
    return say`the plan is longer than ${LONGEST_PLAN} bytes`
  const value = parse(text)
  if (!isMapping(value) || value['version'] !== 1) return say`it is no plan of this version`
  const [deploymentId, cluster, service] = ['deploymentId', 'cluster', 'service'].map(
    (name) => textIn(value, name) ?? ''
  )
  if (!deploymentId || !isDeploymentId(deploymentId) || !cluster || !service) {
    return say`the plan does not say of which release it is`
  }
  const plan = readPlan(mappingIn(value, 'plan'))
  if (typeof plan === 'string') return plan
  const { at, createdAt, minHealthy, answerMinutes, metrics } = value
  if (!isCount(at) || !isCount(createdAt)) return say`the plan does not say when it was written`
  if (createdAt > at + SKEW_MS || at - createdAt > LONGEST_RELEASE_MS) {
    return say`the release began more than a day before the plan, so nothing proves any more who asks`
  }
  const limits = metricsIn(isMapping(metrics) ? metrics : undefined)
  if (typeof limits === 'string') return limits
  const sides = mappingIn(value, 'sides')
  return {
    version: 1,
    deploymentId,
    cluster,
    service,
    sides: { from: nameIn(sides, 'from'), to: nameIn(sides, 'to') },
    plan,
    ecs: readEcs(mappingIn(value, 'ecs')),
    createdAt,
    at,
    minHealthy: isCount(minHealthy) ? Math.max(1, minHealthy) : 1,
    answerMinutes:
      isCount(answerMinutes) && answerMinutes > 0
        ? Math.min(answerMinutes, LONGEST_ANSWER_MINUTES)
        : ANSWER_MINUTES,
    metrics: isMapping(metrics) ? metrics : undefined
  }
}

/** The alarms and limits of a plan, checked as a verification file is; a sentence says what is wrong. */
export function metricsIn(section: HandedPlan['metrics']): Metrics | string | undefined {
  if (!section) return undefined
  const problems: string[] = []
  const root = new Members({ metrics: { required: true, ...section } }, '', problems)
  const metrics = readMetricsSection(root)
  return problems[0] ?? metrics
}

function readEcs(ecs: Mapping): HandedPlan['ecs'] {
  const [cluster, from, to] = ['cluster', 'from', 'to'].map((name) => textIn(ecs, name) ?? '')
  return cluster && from && to ? { cluster, from, to } : undefined
}

function readPlan(value: Mapping): MovePlan | string {
  const releaseId = textIn(value, 'releaseId') ?? ''
  const route = textIn(value, 'route') ?? ''
  const pair = mappingIn(value, 'pair')
  const [from, to] = [textIn(pair, 'from'), textIn(pair, 'to')]
  const start = readWeights(mappingIn(value, 'start'))
  if (!isDeploymentId(releaseId)) return say`the plan has no id`
  if (
    !/^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:listener(-rule)?\/[\w/-]{1,500}$/.test(route)
  ) {
    return say`the plan names no listener and no rule`
  }
  if (!from || !to || from === to) return say`the plan does not name two target groups`
  if (!start || shareOf(start) === undefined)
    return say`the plan does not say which weights it starts from`
  const steps = Array.isArray(value['steps']) ? value['steps'].map(readStep) : []
  const read = steps.filter((step) => step !== undefined)
  const isRising = read.every(
    ({ share }, place) => share > (read[place - 1]?.share ?? shareOf(start) ?? 0)
  )
  if (read.length === 0 || read.length < steps.length || steps.length > MOST_STEPS || !isRising) {
    return say`the plan has no rising steps from the start up to 100 percent`
  }
  if (read[0]?.asks !== true) return say`the plan does not ask a person before its first step`
  return { releaseId, route, pair: { from, to }, start, steps: read }
}

function readStep(value: unknown): Step | undefined {
  if (!isMapping(value)) return undefined
  const { share, bakeMs, asks } = value
  if (!isCount(share) || !Number.isInteger(share) || share < 1 || share > 100) return undefined
  if (!isCount(bakeMs) || bakeMs > LONGEST_BAKE_MS || typeof asks !== 'boolean') return undefined
  return { share, bakeMs, asks }
}

function readWeights({ from, to }: Mapping): Weights | undefined {
  const isWeight = (value: unknown): value is number =>
    isCount(value) && Number.isInteger(value) && value <= LARGEST_WEIGHT
  return isWeight(from) && isWeight(to) ? { from, to } : undefined
}

function nameIn(sides: Mapping, side: 'from' | 'to'): string {
  return (textIn(sides, side) ?? side).slice(0, 100).toWellFormed()
}

/**
 * Reads what a job gives as the reason to go back. A job speaks for no person: what people say
 * comes through the gate, and stands elsewhere.
 */
export function readJobsCause(text: string): Cause {
  const value = parse(text)
  const kind = isMapping(value) ? value['kind'] : undefined
  if (kind === 'halted') return { kind }
  if (isMapping(value) && kind === 'condition') {
    const broken = textIn(value, 'broken') ?? ''
    return { kind, broken: broken.slice(0, 500).toWellFormed() }
  }
  return { kind: 'cancelled' }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
