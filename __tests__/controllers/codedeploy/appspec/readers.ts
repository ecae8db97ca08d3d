import { createRequire } from 'node:module'
import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml'

/** How a reader takes an AppSpec: the function at every event, each event's own list; undefined: it refuses the text. */
export type Reading = ReadonlyMap<string, readonly unknown[]> | undefined

/** Another implementation than the judge's, with the merge keys and timestamps of YAML 1.1; jest's own dependency. */
const jsYaml = createRequire(import.meta.url)('js-yaml') as { safeLoad(text: string): unknown }

const exact = (key: string): string => key
/** Unicode's simple folding, in which the Kelvin sign is a k. */
const anyCase = (key: string): string => key.toLowerCase()

function hooksIn(value: unknown, fold = exact): Reading {
  const found = new Map<string, unknown[]>()
  const members = (object: unknown): [string, unknown][] =>
    typeof object === 'object' && object !== null && !Array.isArray(object)
      ? Object.entries(object)
      : []
  for (const [key, list] of members(value)) {
    if (fold(key) !== fold('Hooks')) continue
    const entries: unknown[] = Array.isArray(list) ? list : [list]
    for (const [event, named] of entries.flatMap(members)) {
      const all = found.get(fold(event)) ?? []
      found.set(fold(event), [...all, named])
    }
  }
  return found
}

function attempt(read: () => Reading): Reading {
  try {
    return read()
  } catch {
    return undefined
  }
}

function yaml(text: string, version: '1.1' | '1.2'): unknown {
  const document = parseDocument(text, { version, merge: version === '1.1', prettyErrors: false })
  if (document.errors.length > 0) throw new Error('refused')
  return document.toJS()
}

/** Of equal keys the one that `pick` says, as many readers do without a word. */
function choosing(text: string, pick: 'first' | 'last'): unknown {
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false })
  if (document.errors.length > 0) throw new Error('refused')
  const value = (node: Node | null): unknown => {
    if (isSeq<Node>(node)) return node.items.map(value)
    if (!isMap<Node, Node>(node)) return isScalar(node) ? node.value : undefined
    const pairs = node.items.map((pair): [string, unknown] => [
      String(value(pair.key)),
      value(pair.value)
    ])
    return Object.fromEntries(pick === 'last' ? pairs : pairs.reverse())
  }
  return value(document.contents)
}

/** JSON as it is specified, where nothing may be there twice. */
function strictJson(text: string): unknown {
  const parsed: unknown = JSON.parse(text)
  let keys = 0
  JSON.stringify(parsed, (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      keys += Object.keys(value).length
    return value
  })
  if ([...text.matchAll(/"(?:[^"\\]|\\.)*"\s*:/g)].length !== keys) throw new Error('twice')
  return parsed
}

/** Ways in which AWS may read a text. */
export const READERS: Readonly<Record<string, (text: string) => Reading>> = {
  'another implementation': (text) => attempt(() => hooksIn(jsYaml.safeLoad(text))),
  'YAML 1.1, merge keys and all': (text) => attempt(() => hooksIn(yaml(text, '1.1'))),
  'YAML 1.2': (text) => attempt(() => hooksIn(yaml(text, '1.2'))),
  'keys in any case': (text) => attempt(() => hooksIn(yaml(text, '1.2'), anyCase)),
  'the first of equal keys': (text) => attempt(() => hooksIn(choosing(text, 'first'))),
  'the last of equal keys': (text) => attempt(() => hooksIn(choosing(text, 'last'))),
  'JSON where it looks like that': (text) =>
    attempt(() => hooksIn(/^\s*[{[]/.test(text) ? strictJson(text) : yaml(text, '1.2')))
}

/** The functions that a reader finds where the gate should be. */
export function atGate(reading: Reading): readonly unknown[] | undefined {
  return reading?.get('BeforeAllowTraffic') ?? reading?.get('beforeallowtraffic')
}
