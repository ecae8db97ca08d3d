import { isDeepStrictEqual } from 'node:util'
import { isList, isMapping, type Mapping } from '../documents/mapping.ts'
import { NAMED_LISTS, type NamedList } from './named-lists.ts'
import { asStored } from './stored.ts'

/** One difference. `before` and `after` are absent where the value is hidden. */
export interface Change {
  /** Such as `containerDefinitions[app].image`. */
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before?: string
  readonly after?: string
}

/**
 * Members whose values are free text in which people keep passwords and tokens
 * (`splunk-token` is a log option, a volume's credentials a driver option, a
 * command line may hold either). Secrets are not among them: they are ARNs.
 */
const HIDDEN: ReadonlySet<string> = new Set([
  'environment',
  'command',
  'entryPoint',
  'dockerLabels',
  'options',
  'driverOpts',
  'labels'
])

/**
 * What changes between two task definitions as AWS would store them, sorted by
 * path; empty exactly where `sameAsStored`. Hidden values are nowhere in it
 * unless `showValues`; that they changed, and their names, are.
 */
export function diffTaskDefinitions(
  before: object,
  after: object,
  { showValues }: { readonly showValues: boolean }
): Change[] {
  const [old, now] = [flatten(asStored(before)), flatten(asStored(after))]
  return [...leafChanges(old, now, showValues), ...orderChanges(old, now)].sort((a, b) =>
    a.path < b.path ? -1 : 1
  )
}

/** One line a change: `+` added, `-` removed, `~` changed. */
export function formatDiff(changes: readonly Change[]): string[] {
  return changes.map(({ path, kind, before, after }) => {
    const shown = [before, after].filter((value) => value !== undefined).join(' -> ')
    const sign = { added: '+', removed: '-', changed: '~' }[kind]
    return `${sign} ${path}${shown === '' ? ' (value hidden)' : `: ${shown}`}`
  })
}

interface Leaf {
  readonly value: unknown
  readonly hidden: boolean
}

/** A document as paths and their values; different documents give different ones. */
interface Flat {
  readonly leaves: Map<string, Leaf>
  /** The names in lists whose order counts. */
  readonly orders: Map<string, readonly string[]>
}

function flatten(document: Mapping): Flat {
  const flat: Flat = { leaves: new Map(), orders: new Map() }
  flattenMembers(flat, document, '', false)
  return flat
}

function flattenMembers(flat: Flat, members: Mapping, path: string, hidden: boolean): void {
  for (const [name, value] of Object.entries(members)) {
    const isPlain = /^[A-Za-z_]\w*$/.test(name)
    const at = isPlain ? `${path}${path === '' ? '' : '.'}${name}` : `${path}[${quote(name)}]`
    flattenValue(flat, value, at, name, hidden || HIDDEN.has(name))
  }
}

function flattenValue(
  flat: Flat,
  value: unknown,
  path: string,
  name: string,
  hidden: boolean
): void {
  if (isMapping(value) && Object.keys(value).length > 0) {
    flattenMembers(flat, value, path, hidden)
  } else if (isList(value) && value.some(isMapping)) {
    flattenElements(flat, value, path, NAMED_LISTS.get(name), hidden)
  } else {
    flat.leaves.set(path, { value, hidden })
  }
}

function flattenElements(
  flat: Flat,
  elements: readonly unknown[],
  path: string,
  list: NamedList | undefined,
  hidden: boolean
): void {
  const labels: string[] = []
  for (const [index, element] of elements.entries()) {
    const name = isMapping(element) ? list?.nameOf(element) : undefined
    if (!isMapping(element) || list === undefined || name === undefined) {
      labels.push(`#${index}`)
      flattenValue(flat, element, `${path}[${list ? '#' : ''}${index}]`, '', hidden)
      continue
    }
    const plain = /^[\w.:/@-]+$/.test(name) ? name : quote(name)
    const twins = labels.filter((other) => other === plain || other.startsWith(`${plain} #`)).length
    const label = twins === 0 ? plain : `${plain} #${twins + 1}`
    labels.push(label)
    flattenNamed(flat, element, `${path}[${label}]`, list, hidden)
  }
  if (list?.ordered) flat.orders.set(path, labels)
}

function flattenNamed(
  flat: Flat,
  element: Mapping,
  path: string,
  list: NamedList,
  hidden: boolean
): void {
  const members = Object.entries(element).filter(([name]) => !list.identity.includes(name))
  const [first = ['', {}]] = members
  const isPair = members.length === 1 && first[0] === list.value && !isMapping(first[1])
  if (isPair || members.length === 0) flat.leaves.set(path, { value: first[1], hidden })
  else flattenMembers(flat, Object.fromEntries(members), path, hidden)
}

function leafChanges(old: Flat, now: Flat, showValues: boolean): Change[] {
  const changes: Change[] = []
  for (const path of new Set([...old.leaves.keys(), ...now.leaves.keys()])) {
    const [was, is] = [old.leaves.get(path), now.leaves.get(path)]
    if (was && is && isDeepStrictEqual(was.value, is.value)) continue
    const kind = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
    const hidden = !showValues && (was?.hidden === true || is?.hidden === true)
    changes.push({ path, kind, ...(!hidden && shown(was, is)) })
  }
  return changes
}

function shown(was: Leaf | undefined, is: Leaf | undefined): Pick<Change, 'before' | 'after'> {
  // 80 and "80" are told apart only by their quotes.
  const write = was && is && plain(was.value) === plain(is.value) ? quote : plain
  return { ...(was && { before: write(was.value) }), ...(is && { after: write(is.value) }) }
}

/** Lists with the same names in another order. Added and removed names show as leaves. */
function orderChanges(old: Flat, now: Flat): Change[] {
  return [...now.orders].flatMap(([path, labels]) => {
    const before = (old.orders.get(path) ?? []).filter((label) => labels.includes(label))
    const after = labels.filter((label) => before.includes(label))
    if (isDeepStrictEqual(before, after)) return []
    return [
      {
        path: `${path} (order)`,
        kind: 'changed' as const,
        before: before.join(', '),
        after: after.join(', ')
      }
    ]
  })
}

/** Text as it is where that is one printable line, anything else as JSON. */
function plain(value: unknown): string {
  return typeof value === 'string' && /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(value) ? value : quote(value)
}

/** JSON, with what a terminal or a log might obey written as escapes. */
function quote(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`
  )
}
