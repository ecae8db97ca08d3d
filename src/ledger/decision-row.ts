import { isMapping, mappingsIn } from '../documents/mapping.ts'
import { canonical, sha256 } from './canonical.ts'
import type { Decider } from '../release/decision.ts'
import { imagesOf, type Entry, type Gate, type Place } from './gate.ts'
import { serviceOf, type Hold } from './gate-facts.ts'
import { chainKey } from './keys.ts'
import type { Seal } from './seal.ts'
import type { Item } from './table.ts'

/** The `previous` of a service's first row. */
export const GENESIS = '0'.repeat(64)

/** A row as it is stored. The digest and the seal are of the text, which is never written anew from its members. */
export interface StoredRow {
  readonly service: string
  readonly number: number
  /** Canonical JSON of a `Row`, or of a `ResultRow` (result-row.ts). */
  readonly text: string
  /** SHA-256 of the text, hex. */
  readonly digest: string
  /** KMS HMAC over the digest, base64. */
  readonly mac: string
}

/** What a decision row says (docs/ledger.md), besides the plane's own names. Times are ISO 8601. */
export interface Row {
  readonly version: 1
  readonly service: string
  readonly number: number
  readonly previous: string
  readonly gate: string
  /** The release's id, which for one service is its deployment's. */
  readonly deploymentId: string
  readonly region: string
  readonly holds: readonly (Omit<Hold, 'openedAt' | 'expiresAt'> & {
    readonly openedAt: string
    readonly expiresAt: string
  })[]
  readonly state: string
  readonly openedAt: string
  readonly decidedAt: string
  readonly by: readonly Decider[]
  readonly reason: string | undefined
  readonly breakGlass: boolean
  readonly breakGlassRefused: Gate['breakGlassRefused']
  readonly votes: readonly {
    readonly user: string
    readonly name: string
    readonly at: string
    readonly group: { readonly id: string; readonly members: readonly string[] } | undefined
  }[]
  readonly policy: string | undefined
  readonly requester: Gate['facts']['requester']
  readonly record: string | undefined
  readonly repository: string | undefined
  readonly commit: string | undefined
  readonly run: string | undefined
  readonly revision: { readonly before: string | undefined; readonly after: string }
  readonly images: Gate['facts']['release']['images']
  readonly evidence: Gate['facts']['release']['evidence']
}

/** Makes the row of a closed gate. Throws a TypeError for a gate that is open. */
export function rowOf(gate: Gate, number: number, previous: string): Row {
  const { facts, decision, state, votes, evidence } = gate
  if (!decision || state === 'PENDING') throw new TypeError(`gate ${facts.id} is not decided`)
  const { release } = facts
  return {
    // The plane's names come first, so that none of them takes the place of a member.
    ...facts.names,
    version: 1,
    service: serviceOf(facts),
    number,
    previous,
    gate: facts.id,
    deploymentId: facts.releaseId,
    region: facts.region,
    holds: facts.holds.map((hold) => ({
      ...hold,
      openedAt: iso(hold.openedAt),
      expiresAt: iso(hold.expiresAt)
    })),
    state,
    openedAt: iso(facts.openedAt),
    decidedAt: iso(decision.at),
    by: decision.by,
    reason: decision.reason,
    breakGlass: decision.breakGlass,
    breakGlassRefused: gate.breakGlassRefused,
    votes: votes.map(({ user, name, at, group }) => ({ user, name, at: iso(at), group })),
    policy: decision.policy,
    requester: facts.requester,
    record: release.recordDigest,
    repository: release.repository,
    commit: release.commit?.sha,
    run: release.run?.url ?? release.run?.label,
    revision: release.revision,
    images: imagesOf(gate),
    evidence
  }
}

/** What every row says of its place in the chain. */
export interface Placed extends Place {
  readonly service: string
}

export async function sealRow(row: Placed, seal: Seal): Promise<StoredRow> {
  const text = canonical(row)
  const digest = sha256(text)
  return { service: row.service, number: row.number, text, digest, mac: await seal.mac(digest) }
}

export function rowItem(row: StoredRow, gate: string, entry: Entry = 'decision'): Item {
  const { service, number, text, digest, mac } = row
  const named = entry === 'decision' ? {} : { entry }
  return { ...chainKey(service, number), gate, ...named, row: text, digest, mac }
}

/** Whether the item is this row of this gate. Rows of an older release are decisions and do not say so. */
export function isRowOf(item: Item, gate: string, entry: Entry): boolean {
  return item['gate'] === gate && (item['entry'] ?? 'decision') === entry
}

/** The attributes that `readRow` reads, besides the key. */
export const ROW_ATTRIBUTES = ['row', 'digest', 'mac'] as const

/** Reads the row from an item; undefined if the item is no row of a chain. */
export function readRow(item: Item): StoredRow | undefined {
  const { row: text, digest, mac } = item
  if (typeof text !== 'string' || typeof digest !== 'string' || typeof mac !== 'string') {
    return undefined
  }
  return {
    service: item.pk.slice(item.pk.indexOf('#') + 1),
    number: Number(item.sk),
    text,
    digest,
    mac
  }
}

/** Returns the members of a row's text; undefined if the text is no JSON mapping. */
export function membersOf(row: StoredRow): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(row.text)
    return isMapping(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** What a row says was released, as far as a later release is judged by it. */
export interface DecidedRelease {
  readonly gate: string
  readonly deploymentId: string
  readonly state: string
  readonly revision: { readonly before: string | undefined; readonly after: string }
  readonly images: readonly { readonly container: string; readonly digest: string | undefined }[]
}

/** Reads it from a row; undefined if the row's text is not one that `rowOf` makes. */
export function releaseIn(row: StoredRow): DecidedRelease | undefined {
  const { gate, deploymentId, state, revision, images } = membersOf(row) ?? {}
  const { before, after } = isMapping(revision) ? revision : {}
  if (typeof gate !== 'string' || typeof deploymentId !== 'string') return undefined
  if (typeof state !== 'string' || typeof after !== 'string') return undefined
  return {
    gate,
    deploymentId,
    state,
    revision: { before: typeof before === 'string' ? before : undefined, after },
    images: mappingsIn(images).flatMap(({ container, digest }) =>
      typeof container === 'string'
        ? [{ container, digest: typeof digest === 'string' ? digest : undefined }]
        : []
    )
  }
}

/** Returns the chain's head after a row, which the card and the summary show. */
export function headOf({ number, digest }: StoredRow): string {
  return `${number}-${digest}`
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
