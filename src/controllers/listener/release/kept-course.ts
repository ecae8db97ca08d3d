import { isMapping, type Mapping } from '../../../documents/mapping.ts'
import type { Step } from '../move.ts'
import type { Course, LegSide, MoveLeg } from './legs.ts'

/** What another process needs of a release that it did not begin: its main move, and who is who. */
export interface KeptCourse {
  readonly course: Course
  readonly main: MoveLeg
  /** The gate's table, if its functions move the weights. */
  readonly ledgerTable: string | undefined
}

/** As text, for the job's state and the release's record. */
export function writeCourse(course: Course, ledgerTable: string | undefined): string {
  return JSON.stringify({ ...course, ledgerTable })
}

/** Undefined if the text has not that form, as after an update of the action. */
export function readCourse(text: string | undefined): KeptCourse | undefined {
  const kept = parse(text)
  const live = sideIn(kept?.['live'])
  const idle = sideIn(kept?.['idle'])
  const route = kept?.['route']
  const legs = kept?.['legs']
  if (!live || !idle || typeof route !== 'string' || !Array.isArray(legs)) return undefined
  const all = legs.flatMap((leg: unknown): Course['legs'] => {
    if (!isMapping(leg)) return []
    const { kind, role } = leg
    if (kind === 'deploy' && (role === 'green' || role === 'other')) {
      return [{ kind, role, side: role === 'green' ? idle : live }]
    }
    const move = moveIn(leg, live, idle)
    return move ? [move] : []
  })
  const main = all.find((leg): leg is MoveLeg => leg.kind === 'move' && leg.role === 'release')
  if (!main || all.length !== legs.length) return undefined
  const table = kept?.['ledgerTable']
  const ledgerTable = typeof table === 'string' ? table : undefined
  return { course: { route, live, idle, legs: all }, main, ledgerTable }
}

function parse(text: string | undefined): Mapping | undefined {
  try {
    const parsed: unknown = JSON.parse(text ?? '')
    return isMapping(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

function sideIn(value: unknown): LegSide | undefined {
  if (!isMapping(value)) return undefined
  const { name, targetGroup, service } = value
  if (typeof name !== 'string' || typeof targetGroup !== 'string') return undefined
  return { name, targetGroup, service: typeof service === 'string' ? service : undefined }
}

function moveIn(leg: Mapping, live: LegSide, idle: LegSide): MoveLeg | undefined {
  const { role, start, steps } = leg
  if (role !== 'gather' && role !== 'release' && role !== 'balance') return undefined
  if (!isMapping(start) || !Array.isArray(steps)) return undefined
  const { from, to } = start
  if (typeof from !== 'number' || typeof to !== 'number') return undefined
  const read = steps.flatMap((step: unknown): Step[] => {
    if (!isMapping(step)) return []
    const { share, bakeMs, asks } = step
    return typeof share === 'number' && typeof bakeMs === 'number'
      ? [{ share, bakeMs, asks: asks === true }]
      : []
  })
  if (read.length === 0 || read.length !== steps.length) return undefined
  const sides = role === 'release' ? { from: live, to: idle } : { from: idle, to: live }
  return { kind: 'move', role, ...sides, start: { from, to }, steps: read }
}
