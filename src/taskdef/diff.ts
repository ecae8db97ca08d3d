import { isDeepStrictEqual } from 'node:util'
import { isList, isMapping, type Mapping } from '../documents/mapping.ts'
import { defaultOf } from './defaults.ts'
import { NAMED_LISTS, type NamedList } from './named-lists.ts'
import { asStored } from './stored.ts'
import { say } from '../words/say.ts'

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
  return leafChanges(old, now, showValues).sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** One line a change: `+` added, `-` removed, `~` changed. */
export function formatDiff(changes: readonly Change[]): string[] {
  return changes.map(({ path, kind, before, after }) => {
    const shown = [before, after].filter((value) => value !== undefined).join(' -> ')
    const sign = { added: '+', removed: '-', changed: '~' }[kind]
    return `${sign} ${path}${shown === '' ? say` (value hidden)` : `: ${shown}`}`
  })
}

interface Leaf {
  readonly value: unknown
  readonly hidden: boolean
  /** What counts where the document has the leaf's place, and not the leaf. */
  readonly fallback?: unknown
  /** Path of the mapping that has to be there for the fallback to count. */
  readonly place: string
}

/** A document as paths and their values; different documents give different ones. */
interface Flat {
  readonly leaves: Map<string, Leaf>
  /** Paths of the mappings that are there. */
  readonly places: Set<string>
}

/** Where something stands. */
interface At {
  readonly path: string
  readonly hidden: boolean
  /** The name of the member that it is, or of the list that it is in. */
  readonly name: string
  readonly place: string
}

/** Mappings that say something by their defaults even where they are absent. */
const ALWAYS_THERE: ReadonlySet<string> = new Set([
  'authorizationConfig',
  'linuxParameters',
  'restartPolicy'
])

function flatten(document: Mapping): Flat {
  const flat: Flat = { leaves: new Map(), places: new Set() }
  flattenMembers(flat, document, { path: '', hidden: false, name: '', place: '' })
  return flat
}

function flattenMembers(flat: Flat, members: Mapping, at: At): void {
  flat.places.add(at.place)
  for (const [name, value] of Object.entries(members)) {
    const isPlain = /^[A-Za-z_]\w*$/.test(name)
    const path = isPlain
      ? `${at.path}${at.path === '' ? '' : '.'}${name}`
      : `${at.path}[${quote(name)}]`
    const place = ALWAYS_THERE.has(name) ? at.place : path
    const hidden = at.hidden || HIDDEN.has(name)
    flattenValue(flat, value, { path, hidden, name, place }, { ...at, hidden })
  }
}

function flattenValue(flat: Flat, value: unknown, at: At, parent: At): void {
  if (isMapping(value) && Object.keys(value).length > 0) {
    flattenMembers(flat, value, at)
  } else if (isList(value) && value.some(isMapping)) {
    flattenElements(flat, value, at)
  } else {
    const fallback = defaultOf(parent.name, at.name)
    flat.leaves.set(at.path, { value, hidden: at.hidden, fallback, place: parent.place })
  }
}

function flattenElements(flat: Flat, elements: readonly unknown[], at: At): void {
  const list = NAMED_LISTS.get(at.name)
  const labels: string[] = []
  for (const [index, element] of elements.entries()) {
    const name = isMapping(element) ? list?.nameOf(element) : undefined
    if (!isMapping(element) || list === undefined || name === undefined) {
      labels.push(`#${index}`)
      const path = `${at.path}[${list ? '#' : ''}${index}]`
      flattenValue(flat, element, { ...at, path, place: path }, at)
      continue
    }
    const plain = /^[\w.:/@-]+$/.test(name) ? name : quote(name)
    const twins = labels.filter((other) => other === plain || other.startsWith(`${plain} #`)).length
    const label = twins === 0 ? plain : `${plain} #${twins + 1}`
    labels.push(label)
    const path = `${at.path}[${label}]`
    flattenNamed(flat, element, { ...at, path, place: path }, list)
  }
}

function flattenNamed(flat: Flat, element: Mapping, at: At, list: NamedList): void {
  const members = Object.entries(element).filter(([name]) => !list.identity.includes(name))
  const [first = ['', {}]] = members
  const isPair = members.length === 1 && first[0] === list.value && !isMapping(first[1])
  if (isPair || members.length === 0) {
    flat.places.add(at.place)
    flat.leaves.set(at.path, { value: first[1], hidden: at.hidden, place: at.place })
  } else flattenMembers(flat, Object.fromEntries(members), at)
}

function leafChanges(old: Flat, now: Flat, showValues: boolean): Change[] {
  const changes: Change[] = []
  for (const path of new Set([...old.leaves.keys(), ...now.leaves.keys()])) {
    const before = old.leaves.get(path)
    const after = now.leaves.get(path)
    const was = before ?? fallbackOf(after, old)
    const is = after ?? fallbackOf(before, now)
    if (was && is && isDeepStrictEqual(was.value, is.value)) continue
    const kind = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
    const hidden = !showValues && (was?.hidden === true || is?.hidden === true)
    changes.push({ path, kind, ...(!hidden && shown(was, is)) })
  }
  return changes
}

/** What counts in a document without this leaf: a member that has its default back has not been removed. */
function fallbackOf(leaf: Leaf | undefined, { places }: Flat): Leaf | undefined {
  if (leaf?.fallback === undefined || !places.has(leaf.place)) return undefined
  return { ...leaf, value: leaf.fallback }
}

function shown(was: Leaf | undefined, is: Leaf | undefined): Pick<Change, 'before' | 'after'> {
  // 80 and "80" are told apart only by their quotes.
  const write = was && is && plain(was.value) === plain(is.value) ? quote : plain
  return { ...(was && { before: write(was.value) }), ...(is && { after: write(is.value) }) }
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
