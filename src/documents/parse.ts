import { findJsonFault, type Fault } from './json-fault.ts'
import { isMapping, kindOf, type Mapping } from './mapping.ts'
import { ProblemsError } from './problems.ts'
import { say } from '../words/say.ts'

/** The file is not valid JSON or YAML. Each problem starts with `path:line:column`. */
export class DocumentError extends ProblemsError {
  override readonly name = 'DocumentError'
}

/**
 * Enough for any hand-written file, and too few for aliases that expand without end (the
 * `yaml` package counts them so).
 */
const MAX_ALIASES = 100

export interface ParseOptions {
  /**
   * The name, in any case, of a member whose value the caller replaces. In YAML it is read as
   * null, because a template's `{{PLACEHOLDER}}` need not be valid there.
   */
  readonly overwritten?: string
}

/**
 * Reads the text of a JSON or YAML file, whose top level must be a mapping.
 *
 * `.json` is JSON, `.yml` and `.yaml` are YAML. Under any other name, text that starts like
 * JSON is JSON. The YAML parser is loaded only for YAML.
 *
 * Errors: DocumentError.
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
    const found =
      source.trim() === '' ? say`the file is empty` : say`the top level is ${kindOf(value)}`
    throw failure(source, path, [{ offset: 0, message: say`${found}, wanted a mapping` }])
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
    // Pretty errors quote the text, which may hold secrets.
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
        // The value's own range does not include its tag, so the passage begins after the key.
        if (yaml.isNode(value) && key.range && value.range)
          passages.push({ from: key.range[2], to: value.range[2] })
        pair.value = null
        return yaml.visit.SKIP
      }
    })
  }
  // A warning stands for a tag that the parser does not know, such as CloudFormation's `!Sub`. Its
  // meaning would be lost, so it counts as an error.
  const faults = [...document.errors, ...document.warnings].filter(
    ({ pos: [offset] }) => !passages.some(({ from, to }) => from <= offset && offset < to)
  )
  // The words are loaded only for a file that is broken.
  if (faults.length > 0) {
    const { inPlainWords } = await import('./yaml-words.ts')
    throw failure(text, path, inPlainWords(faults, text))
  }
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
    const { aboutAlias } = await import('./yaml-words.ts')
    throw failure(text, path, [{ offset, message: aboutAlias(error, MAX_ALIASES) }])
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
