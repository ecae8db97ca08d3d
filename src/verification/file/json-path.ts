import type { JSONPathEnvironment } from 'json-p3'
import { say } from '../../words/say.ts'
import { PROBLEMS } from '../words/requests.ts'

/**
 * JSON paths of RFC 9535, by json-p3. It is loaded only if a file has one.
 *
 * `match()` and `search()` are left out. json-p3 evaluates their patterns with JavaScript's
 * regular expressions, whose time can grow exponentially with a text that green answers; a
 * job, or a function that has to answer a hook, could not be interrupted meanwhile. An engine
 * that takes linear time (re2js 2.10.0, MIT) was measured: 263 kB in each of two bundles and
 * 50 ms to load. It would not bound the time either, because a filter may apply a pattern to
 * a long text once for each of 100,000 elements, and because a pattern may be part of the
 * answer. `equals` and `contains` do for an answer's figures and texts.
 */
let environment: Promise<JSONPathEnvironment> | undefined

function engine(): Promise<JSONPathEnvironment> {
  environment ??= import('json-p3').then((library) => {
    const made = new library.JSONPathEnvironment()
    for (const name of PATTERN_FUNCTIONS) made.functionRegister.delete(name)
    return made
  })
  return environment
}

const PATTERN_FUNCTIONS = ['match', 'search'] as const

/** What is wrong with a JSON path; undefined if nothing is. */
export async function problemOfPath(path: string): Promise<string | undefined> {
  const made = await engine()
  if (compiles(() => made.compile(path))) return undefined
  const { compile } = await import('json-p3')
  return compiles(() => compile(path))
    ? say`uses match() or search(), whose patterns can take for ever; accepted are the other functions of RFC 9535, and {equals: value} or {contains: value} for what the path finds`
    : say`is no JSON path (RFC 9535), such as $.items[0].name`
}

function compiles(compile: () => unknown): boolean {
  try {
    compile()
    return true
  } catch {
    return false
  }
}

/** The values that a path finds, in document order, or why they cannot be told. */
export type Found =
  | { readonly kind: 'values'; readonly values: readonly unknown[] }
  | { readonly kind: 'problem'; readonly problem: string }

/** Applies a path, which must be valid, to a value. Never throws for any `value`. */
export async function valuesAt(path: string, value: unknown): Promise<Found> {
  // json-p3 accepts only objects and lists. In any other value, only `$` finds something.
  if (typeof value !== 'object' || value === null) {
    return { kind: 'values', values: path === '$' ? [value] : [] }
  }
  const made = await engine()
  try {
    return { kind: 'values', values: made.query(path, value as Json).values() }
  } catch (error) {
    // Its message may repeat a part of the answer.
    const name = error instanceof Error ? error.name : 'unknown error'
    const isDeep = name === 'JSONPathRecursionLimitError' || name === 'RangeError'
    return {
      kind: 'problem',
      problem: isDeep ? PROBLEMS.nestedTooDeeply() : name
    }
  }
}

type Json = Parameters<JSONPathEnvironment['query']>[1]
