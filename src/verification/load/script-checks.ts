import { isList, isMapping, type Mapping } from '../../documents/mapping.ts'
import type { LoadCheck } from '../../release/evidence.ts'
import { figure } from './k6-metric.ts'

/** What the file wants of the checks of a k6 script. */
export interface WantedChecks {
  /** The least share of passes of every check that is not named, 0 to 1; undefined if the file says none. */
  readonly all: number | undefined
  /** The least share of passes, by a check's name, with or without its groups. */
  readonly named: ReadonlyMap<string, number>
}

/** How often a check has passed and failed, as k6's summary has it. */
export type Counted = Pick<LoadCheck, 'name' | 'passes' | 'fails'>

/** Far more than anyone reads, and little enough for the ledger. */
const MOST_CHECKS = 100

/**
 * The checks of a summary with the groups that they are in: k6's tree of groups, or the list
 * of its newer form (`results.checks.results`). A group or check is in a mapping by name in
 * `--summary-export`, and in a list in `handleSummary()`.
 */
export function checksIn(document: Mapping): readonly Counted[] {
  const root = document['root_group']
  if (isMapping(root)) return inGroup(root, 0)
  const results = isMapping(document['results']) ? document['results']['checks'] : undefined
  return isMapping(results) ? membersOf(results['results']).flatMap(counted) : []
}

/** Groups can be nested; the depth is bounded, because the summary is read as a script wrote it. */
function inGroup(group: Mapping, depth: number): readonly Counted[] {
  if (depth > 20) return []
  return [
    ...membersOf(group['checks']).flatMap(counted),
    ...membersOf(group['groups']).flatMap((each) => inGroup(each, depth + 1))
  ]
}

function membersOf(value: unknown): readonly Mapping[] {
  const members: readonly unknown[] = isList(value)
    ? value
    : Object.values(isMapping(value) ? value : {})
  return members.filter(isMapping)
}

function counted(check: Mapping): readonly Counted[] {
  const { name, path } = check
  const [passes, fails] = [figure(check, 'passes'), figure(check, 'fails')]
  if (typeof name !== 'string' || passes === undefined || fails === undefined) return []
  if (passes + fails < 1) return []
  const whole = typeof path === 'string' ? path.replace(/^::/, '') : name
  return [{ name: whole === '' ? name : whole, passes, fails }]
}

/**
 * Judges the checks of a script. A check that never passes has failed, unless the file gives
 * it a share; one that fails now and then is only shown, unless it does. A check that the file
 * names and that never ran has not passed.
 */
export function judgeChecks(
  counts: readonly Counted[],
  { all, named }: WantedChecks
): readonly LoadCheck[] {
  const ran = counts.map((check): LoadCheck => {
    const wanted = shareFor(check.name, named) ?? all
    return { ...check, wanted, passed: isKept(check, wanted) }
  })
  const missing = [...named].flatMap(([name, wanted]): LoadCheck[] =>
    counts.some((check) => isCalled(check.name, name))
      ? []
      : [{ name, passes: 0, fails: 0, wanted, passed: false }]
  )
  const [bad, good] = [ran.filter(({ passed }) => !passed), ran.filter(({ passed }) => passed)]
  // What has failed is not what is left out.
  const kept = new Set([...bad, ...good].slice(0, MOST_CHECKS))
  return [...ran.filter((check) => kept.has(check)), ...missing]
}

function shareFor(name: string, named: ReadonlyMap<string, number>): number | undefined {
  const key = [...named.keys()].find((each) => isCalled(name, each))
  return key === undefined ? undefined : named.get(key)
}

function isCalled(whole: string, name: string): boolean {
  return whole === name || whole.endsWith(`::${name}`)
}

/** Compares whole numbers of checks, so that 99.9 % of 1,000 is 999 and not 999.0000000001. */
function isKept({ passes, fails }: Counted, wanted: number | undefined): boolean {
  if (wanted === undefined) return passes > 0
  return passes >= Number((wanted * (passes + fails)).toPrecision(12))
}
