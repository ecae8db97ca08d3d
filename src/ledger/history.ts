import { isList, isMapping } from '../documents/mapping.ts'
import { headOf, membersOf, type StoredRow } from './decision-row.ts'
import { serviceId } from './keys.ts'

/** One decision as people look for it: who let what through, when, why, and on which evidence. */
export interface HistoryEntry {
  readonly decidedAt: string
  /** `cluster/service`, of a release of several services all of them. */
  readonly service: string
  readonly state: string
  readonly by: string
  readonly reason: string
  readonly breakGlass: boolean
  readonly requestedBy: string
  readonly images: string
  readonly revision: string
  readonly commit: string
  /** Those of all holds. */
  readonly deploymentId: string
  readonly evidence: string
  readonly head: string
}

/** Stands for the state of a row that cannot be understood. */
const UNREADABLE = 'UNREADABLE'

export interface HistoryFilter {
  /** `cluster/service` */
  readonly service?: string | undefined
  /** ISO 8601; decisions from then on. */
  readonly since?: string | undefined
  readonly state?: string | undefined
}

/**
 * Decisions of all services, newest first. A row that cannot be understood is shown as it is, never
 * left out: it may be one of any time and state.
 */
export function historyOf(rows: readonly StoredRow[], filter: HistoryFilter): HistoryEntry[] {
  return rows
    .map(entryOf)
    .filter(
      ({ service, decidedAt, state }) =>
        (filter.service === undefined || service.split(', ').includes(filter.service)) &&
        (state === UNREADABLE ||
          ((filter.since === undefined || decidedAt >= filter.since) &&
            (filter.state === undefined || state === filter.state)))
    )
    .sort((a, b) => (a.decidedAt < b.decidedAt ? 1 : a.decidedAt > b.decidedAt ? -1 : 0))
}

function entryOf(row: StoredRow): HistoryEntry {
  const members = membersOf(row) ?? {}
  const text = (name: string): string => {
    const value = members[name]
    return typeof value === 'string' ? value : ''
  }
  const within = (value: unknown, name: string): string => {
    const found = isMapping(value) ? value[name] : undefined
    return typeof found === 'string' ? found : ''
  }
  const list = (value: unknown): readonly unknown[] => (isList(value) ? value : [])
  const requester = isMapping(members['requester']) ? members['requester'] : {}
  const holds = list(members['holds']).flatMap((hold) => {
    const [cluster, name] = [within(hold, 'cluster'), within(hold, 'service')]
    const deployment = within(hold, 'deploymentId')
    return cluster && name && deployment ? [{ service: serviceId(cluster, name), deployment }] : []
  })
  const logins = list(requester['logins']).filter((login) => typeof login === 'string')
  const proven = requester['verified'] === true ? '' : ' (not proven)'
  return {
    decidedAt: text('decidedAt'),
    service: holds.map(({ service }) => service).join(', ') || row.service,
    state: text('state') || UNREADABLE,
    by: list(members['by'])
      .map((person) => `${within(person, 'name')} (${within(person, 'id')})`)
      .join(', '),
    reason: text('reason'),
    breakGlass: members['breakGlass'] === true,
    requestedBy: logins.length === 0 ? '' : `${logins.join(', ')}${proven}`,
    images: list(members['images'])
      .map((image) => {
        const digest = within(image, 'digest')
        return `${within(image, 'before') || '?'} -> ${within(image, 'after')}${digest && ` @${digest}`}`
      })
      .join('; '),
    revision: `${shortName(within(members['revision'], 'before'))} -> ${shortName(within(members['revision'], 'after'))}`,
    commit: text('commit'),
    deploymentId: holds.map(({ deployment }) => deployment).join(', ') || text('deploymentId'),
    evidence: list(members['evidence'])
      .map((item) => `${within(item, 'name')}: ${within(item, 'verdict')}`)
      .join('; '),
    head: headOf(row)
  }
}

function shortName(arn: string): string {
  return arn.split('/').at(-1) || '?'
}
