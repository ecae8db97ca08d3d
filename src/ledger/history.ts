import { isMapping, mappingIn, mappingsIn, textIn, type Mapping } from '../documents/mapping.ts'
import { headOf, membersOf, type StoredRow } from './decision-row.ts'
import { serviceId } from './keys.ts'
import { isResult, resultIn, type ReadResult, type ServiceResult } from './result-row.ts'

/**
 * One service of one release as people look for it: who asked for it, who let it through, when, why,
 * on which evidence, and what became of it. Times are ISO 8601 in UTC; a text is empty if the record
 * does not say it.
 */
export interface HistoryEntry {
  readonly askedAt: string
  readonly decidedAt: string
  /** `cluster/service` */
  readonly service: string
  readonly state: string
  readonly by: string
  readonly reason: string
  readonly breakGlass: boolean
  readonly requestedBy: string
  readonly images: string
  readonly revision: string
  readonly commit: string
  readonly deploymentId: string
  readonly evidence: string
  /** `shifted`: all traffic is on green and the deployment goes on. Empty if nothing is on record. */
  readonly result: 'shifted' | Exclude<ServiceResult['status'], 'shifting'> | ''
  /** When the first traffic moved to green; empty if none did. */
  readonly beganAt: string
  readonly shiftedAt: string
  /** When the deployment was completed, stopped or had failed, as `result` says. */
  readonly endedAt: string
  readonly rollback: ServiceResult['rollback'] | ''
  readonly rolledBackAt: string
  /** Who has rolled it back while its traffic moved; empty if nobody has. */
  readonly rolledBackBy: string
  /** Why it did not go well, in the words of the observer that has stopped it or of the control plane. */
  readonly why: string
  /** Number of requests with which production was asked; empty if nobody has measured it. */
  readonly requests: number | ''
  readonly requestsFailed: number | ''
  /** Who has measured `requests`. */
  readonly measuredBy: 'observer' | 'job' | ''
  readonly head: string
  /** The head after the row that says what became of it. */
  readonly resultHead: string
}

/** Stands for the state of a row that cannot be understood. */
export const UNREADABLE = 'UNREADABLE'

export interface HistoryFilter {
  /** `cluster/service`, or the name of a service in any cluster. */
  readonly service?: string | undefined
  /** ISO 8601; decisions from then on. */
  readonly since?: string | undefined
  readonly state?: string | undefined
}

/**
 * The releases of all services, newest decision first. A row that cannot be understood is shown as
 * it is, never left out: it may be one of any time and state.
 */
export function historyOf(rows: readonly StoredRow[], filter: HistoryFilter): HistoryEntry[] {
  const results = new Map<string, Result[]>()
  for (const row of rows.filter(isResult)) {
    const read = resultIn(row)
    if (read) results.set(read.gate, [...(results.get(read.gate) ?? []), { row, read }])
  }
  return rows
    .filter((row) => !isResult(row))
    .flatMap((row) => entriesOf(row, results))
    .filter(
      ({ service, decidedAt, state }) =>
        (filter.service === undefined || isNamed(service, filter.service)) &&
        (state === UNREADABLE ||
          ((filter.since === undefined || decidedAt >= filter.since) &&
            (filter.state === undefined || state === filter.state)))
    )
    .sort((a, b) => (a.decidedAt < b.decidedAt ? 1 : a.decidedAt > b.decidedAt ? -1 : 0))
}

/** Whether `cluster/service` is the service that somebody names, with or without its cluster. */
export function isNamed(service: string, name: string): boolean {
  return service === name || service.endsWith(`/${name}`)
}

interface Result {
  readonly row: StoredRow
  readonly read: ReadResult
}

/** One for each service of the release. */
function entriesOf(
  row: StoredRow,
  results: ReadonlyMap<string, readonly Result[]>
): HistoryEntry[] {
  const members = membersOf(row) ?? {}
  const text = (name: string): string => textIn(members, name) ?? ''
  const requester = mappingIn(members, 'requester')
  const holds = mappingsIn(members['holds']).flatMap((hold) => {
    const [cluster, name] = [textIn(hold, 'cluster'), textIn(hold, 'service')]
    const deploymentId = textIn(hold, 'deploymentId')
    return cluster && name && deploymentId
      ? [{ service: serviceId(cluster, name), deploymentId }]
      : []
  })
  const logins = listIn(requester, 'logins').filter((login) => typeof login === 'string')
  const proven = requester['verified'] === true ? '' : ' (not proven)'
  // The last one knows more.
  const own = results.get(text('gate')) ?? []
  const result = own.at(-1)
  const services =
    holds.length > 0 ? holds : [{ service: row.service, deploymentId: text('deploymentId') }]
  return services.map((each) => ({
    askedAt: text('openedAt'),
    decidedAt: text('decidedAt'),
    service: each.service,
    state: text('state') || UNREADABLE,
    by: listIn(members, 'by')
      .map((person) => `${within(person, 'name')} (${within(person, 'id')})`)
      .join(', '),
    reason: text('reason'),
    breakGlass: members['breakGlass'] === true,
    requestedBy: logins.length === 0 ? '' : `${logins.join(', ')}${proven}`,
    images: listIn(members, 'images')
      .map((image) => {
        const digest = within(image, 'digest')
        return `${within(image, 'before') || '?'} -> ${within(image, 'after')}${digest && ` @${digest}`}`
      })
      .join('; '),
    revision: `${shortName(within(members['revision'], 'before'))} -> ${shortName(within(members['revision'], 'after'))}`,
    commit: text('commit'),
    deploymentId: each.deploymentId,
    evidence: listIn(members, 'evidence')
      .map((item) => `${within(item, 'name')}: ${within(item, 'verdict')}`)
      .join('; '),
    ...resultOf(result?.read, each.deploymentId),
    rolledBackBy: own
      .flatMap(({ read }) => read.by)
      .map(({ id, name }) => `${name} (${id})`)
      .join(', '),
    head: headOf(row),
    resultHead: result ? headOf(result.row) : ''
  }))
}

function resultOf(
  result: ReadResult | undefined,
  deploymentId: string
): Pick<
  HistoryEntry,
  | 'result'
  | 'beganAt'
  | 'shiftedAt'
  | 'endedAt'
  | 'rollback'
  | 'rolledBackAt'
  | 'why'
  | 'requests'
  | 'requestsFailed'
  | 'measuredBy'
> {
  const own = result?.services.find((each) => each.deploymentId === deploymentId)
  const { status, availability } = { status: own?.status, availability: result?.availability }
  return {
    result: status === 'shifting' ? 'shifted' : (status ?? ''),
    beganAt: own?.beganAt ?? '',
    shiftedAt: own?.shiftedAt ?? '',
    endedAt: own?.endedAt ?? '',
    rollback: own?.rollback ?? '',
    rolledBackAt: own?.rolledBackAt ?? '',
    why: (own && (result?.stoppedByObserver ?? own.why)) ?? '',
    requests: availability?.total ?? '',
    requestsFailed: availability?.failed ?? '',
    measuredBy: availability?.measuredBy ?? ''
  }
}

function within(value: unknown, name: string): string {
  return (isMapping(value) && textIn(value, name)) || ''
}

function listIn(members: Mapping, name: string): readonly unknown[] {
  const value = members[name]
  return Array.isArray(value) ? value : []
}

function shortName(arn: string): string {
  return arn.split('/').at(-1) || '?'
}
