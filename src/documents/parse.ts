import { findJsonFault, type Fault } from './json-fault.ts'
import { isMapping, kindOf, type Mapping } from './mapping.ts'
import { ProblemsError } from './problems.ts'

/** A file that is not the JSON or YAML it should be. Each problem starts with `path:line:column`. */
export class DocumentError extends ProblemsError {
  override readonly name = 'DocumentError'
}

/** Enough for any hand-written file, too few to blow up (the `yaml` package counts them so). */
const MAX_ALIASES = 100

export interface ParseOptions {
  /**
   * Of the member with this name, in any case, the caller uses no value: in
   * YAML it reads as null whatever stands there, such as a template's
   * `{{PLACEHOLDER}}`.
   */
  readonly overwritten?: string
}

/**
 * Reads a JSON or YAML file's text, whose top level must be a mapping.
 *
 * `.json` is JSON, `.yml` and `.yaml` are YAML; under any other name, text that
 * starts like JSON is JSON. The YAML parser is loaded only for YAML.
 */
export async function parseDocument(
  text: string,
  path: string,
  options: ParseOptions = {}
): Promise<Mapping> {
  const source = text.replace(/^\uFEFF/, '')
  const value = isYaml(source, path)
    ? await parseYaml(source, path, options)
    : parseJson(source, path)
  if (!isMapping(value)) {
    const found = source.trim() === '' ? 'the file is empty' : `the top level is ${kindOf(value)}`
    throw failure(source, path, [{ offset: 0, message: `${found}, wanted a mapping` }])
  }
  return value
}

function isYaml(text: string, path: string): boolean {
  if (/\.ya?ml$/i.test(path)) return true
  return !/\.json$/i.test(path) && !/^\s*[{[]/.test(text)
}

function parseJson(text: string, path: string): unknown {
  if (text.trim() === '') return undefined
  const fault = findJsonFault(text)
  if (fault) throw failure(text, path, [fault])
  return JSON.parse(text)
}

async function parseYaml(
  text: string,
  path: string,
  { overwritten }: ParseOptions
): Promise<unknown> {
  const yaml = await import('yaml')
  const document = yaml.parseDocument(text, {
    // Their pretty form quotes the text, which may hold secrets.
    prettyErrors: false,
    merge: true,
    stringKeys: true
  })
  const passages: { readonly from: number; readonly to: number }[] = []
  if (overwritten !== undefined) {
    yaml.visit(document, {
      Pair: (_, pair) => {
        const { key, value } = pair
        if (!yaml.isScalar(key) || String(key.value).toLowerCase() !== overwritten.toLowerCase())
          return undefined
        // The value's own range leaves out its tag.
        if (yaml.isNode(value) && key.range && value.range)
          passages.push({ from: key.range[2], to: value.range[2] })
        pair.value = null
        return yaml.visit.SKIP
      }
    })
  }
  // A warning is a tag we do not know, such as CloudFormation's `!Sub`: its meaning would be lost.
  const faults = [...document.errors, ...document.warnings]
    .map((error) => ({ offset: error.pos[0], message: error.message }))
    .filter(({ offset }) => !passages.some(({ from, to }) => from <= offset && offset < to))
  if (faults.length > 0) throw failure(text, path, faults)
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
    return value
  } catch (error) {
    let offset = 0
    yaml.visit(document, {
      Alias: (_, alias) => {
        offset = alias.range?.[0] ?? 0
        return yaml.visit.BREAK
      }
    })
    const message = error instanceof Error ? error.message : String(error)
    throw failure(text, path, [{ offset, message: `${message} (at most ${MAX_ALIASES} aliases)` }])
  }
}

function failure(text: string, path: string, faults: readonly Fault[]): DocumentError {
  return new DocumentError(
    faults.map(({ offset, message }) => {
      const lines = text.slice(0, offset).split(/\r\n|\r|\n/)
      return `${path}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}: ${message}`
    })
  )
}
