import { isCount, mappingIn, mappingsIn, textIn, type Mapping } from '../documents/mapping.ts'
import type { Decider } from '../release/decision.ts'
import { membersOf, type Placed, type StoredRow } from './decision-row.ts'
import {
  ENTRIES,
  type AvailabilityFacts,
  type Effect,
  type Gate,
  type Place,
  type ResultEntry,
  type TrafficResult
} from './gate.ts'
import { serviceOf } from './gate-facts.ts'

/**
 * What a row says of what became of a release (docs/ledger.md). It names the decision by its head,
 * and stands in the chain after it. Times are ISO 8601.
 */
export interface ResultRow extends Placed {
  readonly version: 1
  readonly entry: ResultEntry
  readonly gate: string
  /** The head after the decision's row. */
  readonly decision: string
  /** The release's id, which for one service is its deployment's. */
  readonly deploymentId: string
  readonly region: string
  /** When the row was written. */
  readonly at: string
  readonly services: readonly ServiceResult[]
  /** How production answered, and who has measured it. */
  readonly availability: AvailabilityFacts | undefined
  /** Why the gate's observer has stopped the deployment. */
  readonly stoppedByObserver: string | undefined
  /** Who has rolled the release back while its traffic moved; absent from a row of something else. */
  readonly by?: readonly Decider[]
  /** SHA-256 of the policy document under which that was decided. */
  readonly policy?: string
}

/** What became of one service's traffic. */
export interface ServiceResult {
  readonly plane: string
  readonly deploymentId: string
  /** `cluster/service` */
  readonly service: string
  readonly effect: Effect
  /** `unknown`: its plane could not be asked until nobody asked any more. */
  readonly status: TrafficResult['status'] | 'unknown'
  readonly rollback: TrafficResult['rollback']
  readonly beganAt: string | undefined
  readonly shiftedAt: string | undefined
  /** Undefined while the deployment goes on. */
  readonly endedAt: string | undefined
  readonly rolledBackAt: string | undefined
  readonly why: string | undefined
}

/** What is known of a release besides its gate when a row is written. */
export interface Observed {
  readonly at: number
  readonly stoppedByObserver: string | undefined
}

export function resultRowOf(
  gate: Gate & { readonly head: string },
  entry: ResultEntry,
  { number, previous }: Place,
  { at, stoppedByObserver }: Observed
): ResultRow {
  const { facts, effects, trafficResults, availability, head } = gate
  const rollback = entry === 'rollback' ? gate.rollback : undefined
  return {
    version: 1,
    entry,
    service: serviceOf(facts),
    number,
    previous,
    gate: facts.id,
    decision: head,
    deploymentId: facts.releaseId,
    region: facts.region,
    at: iso(rollback?.at ?? at),
    ...(rollback && { by: [rollback.by], policy: rollback.policy }),
    services: facts.holds.map(({ plane, deploymentId, cluster, service }): ServiceResult => {
      const result = trafficResults[deploymentId]
      const { status = 'unknown', rollback: back = 'none', beganAt, shiftedAt } = result ?? {}
      const now: Pick<ServiceResult, 'status' | 'rollback'> = rollback
        ? { status: 'stopped', rollback: 'in-progress' }
        : { status, rollback: back }
      return {
        ...{ plane, deploymentId, service: `${cluster}/${service}`, ...now },
        effect: effects[deploymentId] ?? 'NONE',
        beganAt: optional(beganAt),
        shiftedAt: optional(shiftedAt),
        endedAt: result && status !== 'shifting' && !rollback ? iso(result.at) : undefined,
        rolledBackAt: optional(result?.rolledBackAt),
        why: result?.why
      }
    }),
    availability,
    stoppedByObserver
  }
}

/** Whether a row says what became of a release. Every other one is a decision. */
export function isResult(row: StoredRow): boolean {
  return entryIn(row) !== 'decision'
}

function entryIn(row: StoredRow): (typeof ENTRIES)[number] {
  const named = membersOf(row)?.['entry']
  return ENTRIES.find((each) => each === named) ?? 'decision'
}

/** A result as it is read from a row. A text that is missing, or no text, is empty. */
export interface ReadResult extends Pick<ResultRow, 'gate' | 'decision' | 'at' | 'services'> {
  readonly entry: ResultEntry
  readonly availability: Omit<AvailabilityFacts, 'summary'> | undefined
  readonly stoppedByObserver: string | undefined
  readonly by: readonly Decider[]
}

/** Reads it; undefined if the row says nothing of what became of a release. */
export function resultIn(row: StoredRow): ReadResult | undefined {
  const entry = entryIn(row)
  const members = membersOf(row)
  if (!members || entry === 'decision') return undefined
  return {
    entry,
    gate: textIn(members, 'gate') ?? '',
    decision: textIn(members, 'decision') ?? '',
    at: textIn(members, 'at') ?? '',
    services: mappingsIn(members['services']).map(readService),
    availability: readAvailability(mappingIn(members, 'availability')),
    stoppedByObserver: textIn(members, 'stoppedByObserver'),
    by: mappingsIn(members['by']).flatMap((person) => {
      const [id, name] = [textIn(person, 'id'), textIn(person, 'name')]
      return id === undefined ? [] : [{ id, name: name ?? id }]
    })
  }
}

const STATUSES: readonly ServiceResult['status'][] = ['shifting', 'released', 'failed', 'stopped']
const ROLLBACKS: readonly TrafficResult['rollback'][] = ['in-progress', 'succeeded', 'failed']
const MEASURERS = ['observer', 'job'] as const
const EFFECTS: readonly Effect[] = ['APPLIED', 'LATE']

function readService(value: Mapping): ServiceResult {
  const { status, rollback, effect } = value
  return {
    plane: textIn(value, 'plane') ?? '',
    deploymentId: textIn(value, 'deploymentId') ?? '',
    service: textIn(value, 'service') ?? '',
    effect: EFFECTS.find((each) => each === effect) ?? 'NONE',
    status: STATUSES.find((each) => each === status) ?? 'unknown',
    rollback: ROLLBACKS.find((each) => each === rollback) ?? 'none',
    beganAt: textIn(value, 'beganAt'),
    shiftedAt: textIn(value, 'shiftedAt'),
    endedAt: textIn(value, 'endedAt'),
    rolledBackAt: textIn(value, 'rolledBackAt'),
    why: textIn(value, 'why')
  }
}

function readAvailability(value: Mapping): ReadResult['availability'] {
  const { verdict, total, failed } = value
  const measuredBy = MEASURERS.find((each) => each === value['measuredBy'])
  if (verdict !== 'passed' && verdict !== 'failed' && verdict !== 'unknown') return undefined
  if (!isCount(total) || !isCount(failed)) return undefined
  return { verdict, total, failed, ...(measuredBy && { measuredBy }) }
}

function optional(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : iso(ms)
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
