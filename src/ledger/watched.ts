import { isList, isMapping } from '../documents/mapping.ts'
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
 * Leaves what is watched where a job may read it: a job may not read the
 * policy, and this part of it is no secret. `undefined`: the policy cannot be
 * used, so nobody is watched. Writes only what has changed.
 * Errors: those of the table.
 */
export async function sayWatched(table: Table, watched: Watched | undefined): Promise<void> {
  const { deploymentGroups, onUngated } = watched ?? {}
  const watch = canonical(watched ? { deploymentGroups, onUngated } : {})
  const item = await table.get(WATCH_KEY)
  if (item?.['watch'] === watch) return
  // Whoever was first has said the same, or is corrected within a minute.
  if (item) await table.update(WATCH_KEY, { set: { watch } }, [])
  else await table.create({ ...WATCH_KEY, watch })
}

/** What the item under `WATCH_KEY` says. `unusable`: the gate could not use its policy; undefined: nothing that can be understood. */
export function readWatched(item: Item | undefined): Watched | 'unusable' | undefined {
  const text = item?.['watch']
  if (typeof text !== 'string') return undefined
  const said = parsed(text)
  if (!isMapping(said)) return undefined
  const { deploymentGroups, onUngated } = said
  if (deploymentGroups === undefined && onUngated === undefined) return 'unusable'
  if (onUngated !== 'stop' && onUngated !== 'report') return undefined
  if (!isList(deploymentGroups)) return undefined
  const patterns = deploymentGroups.filter((each) => typeof each === 'string')
  return patterns.length < deploymentGroups.length
    ? undefined
    : { deploymentGroups: patterns, onUngated }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
