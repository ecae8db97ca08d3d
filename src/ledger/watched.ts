import { isList, isMapping, textIn, type Mapping } from '../documents/mapping.ts'
import { LANGUAGES, type Language } from '../words/language.ts'
import { canonical } from './canonical.ts'
import { WATCH_KEY } from './keys.ts'
import type { Item, Table } from './table.ts'

/** The deployments for which the watchdog looks, as the gate's policy says. */
export interface Watched {
  /** `application/deployment group` patterns (documents/pattern.ts). */
  readonly deploymentGroups: readonly string[]
  /** What becomes of a deployment that does not carry the gate. */
  readonly onUngated: 'stop' | 'report'
}

/**
 * What the gate tells jobs, which may not read the policy. Nothing of it is a secret. A gate of an
 * older release tells only what is watched.
 */
export interface GateSays extends Watched {
  /** The version of the gate's functions. */
  readonly version?: string
  /** The language in which the gate speaks to people. */
  readonly language?: Language
  /** The issuer whose OIDC tokens prove who asks for a release. */
  readonly issuer?: string
  /** Whether the gate's functions reach the issuer's keys; absent until they have tried. */
  readonly keys?: KeysTried
}

/** What a job hears. `unusable`: the gate could not use its policy; undefined: nothing that can be understood. */
export type Heard = GateSays | 'unusable' | undefined

/** The last time that the sweep fetched the issuer's keys. */
export interface KeysTried {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Why they could not be fetched; absent if they could. */
  readonly why?: string
}

/**
 * Leaves what the gate tells jobs where a job may read it. `undefined`: the policy cannot be used,
 * so nobody is watched. Writes only what has changed.
 * Errors: those of the table.
 */
export async function sayWatched(table: Table, says: GateSays | undefined): Promise<void> {
  const { deploymentGroups, onUngated, version, language, issuer, keys } = says ?? {}
  const told = { deploymentGroups, onUngated, version, language, issuer, keys }
  const watch = canonical(says ? told : {})
  const item = await table.get(WATCH_KEY)
  if (item?.['watch'] === watch) return
  // Whoever was first has said the same, or is corrected within a minute.
  if (item) await table.update(WATCH_KEY, { set: { watch } }, [])
  else await table.create({ ...WATCH_KEY, watch })
}

/** What the gate tells jobs, read from the ledger. Errors: those of the table. */
export async function readGateSays(table: Pick<Table, 'get'>): Promise<Heard> {
  return readWatched(await table.get(WATCH_KEY))
}

/** What the item under `WATCH_KEY` says. */
export function readWatched(item: Item | undefined): Heard {
  const text = item?.['watch']
  if (typeof text !== 'string') return undefined
  const said = parsed(text)
  if (!isMapping(said)) return undefined
  const { deploymentGroups, onUngated } = said
  if (deploymentGroups === undefined && onUngated === undefined) return 'unusable'
  if (onUngated !== 'stop' && onUngated !== 'report') return undefined
  if (!isList(deploymentGroups)) return undefined
  const patterns = deploymentGroups.filter((each) => typeof each === 'string')
  if (patterns.length < deploymentGroups.length) return undefined
  const language = LANGUAGES.find((each) => each === said['language'])
  const issuer = textIn(said, 'issuer')
  const version = textIn(said, 'version')
  const keys = isMapping(said['keys']) ? readKeys(said['keys']) : undefined
  return {
    deploymentGroups: patterns,
    onUngated,
    ...(version !== undefined && { version }),
    ...(language && { language }),
    ...(issuer !== undefined && { issuer }),
    ...(keys && { keys })
  }
}

function readKeys(keys: Mapping): KeysTried | undefined {
  const { at } = keys
  if (typeof at !== 'number') return undefined
  const why = textIn(keys, 'why')
  return { at, ...(why !== undefined && { why }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
