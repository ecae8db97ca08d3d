import { findJsonFault, type Fault } from './json-fault.ts'
import { isMapping, kindOf, type Mapping } from './mapping.ts'
import { ProblemsError } from './problems.ts'

/** A file that is not the JSON or YAML it should be. Each problem starts with `path:line:column`. */
export class DocumentError extends ProblemsError {
  override readonly name = 'DocumentError'
}

/** Enough for any hand-written file, too few to blow up (the `yaml` package counts them so). */
const MAX_ALIASES = 100

/**
 * Reads a JSON or YAML file's text, whose top level must be a mapping.
 *
 * `.json` is JSON, `.yml` and `.yaml` are YAML; under any other name, text that
 * starts like JSON is JSON. The YAML parser is loaded only for YAML.
 */
export async function parseDocument(text: string, path: string): Promise<Mapping> {
  const source = text.replace(/^\uFEFF/, '')
  const value = isYaml(source, path) ? await parseYaml(source, path) : parseJson(source, path)
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

async function parseYaml(text: string, path: string): Promise<unknown> {
  const yaml = await import('yaml')
  const document = yaml.parseDocument(text, {
    // Their pretty form quotes the text, which may hold secrets.
    prettyErrors: false,
    merge: true,
    stringKeys: true
  })
  // A warning is a tag we do not know, such as CloudFormation's `!Sub`: its meaning would be lost.
  const faults = [...document.errors, ...document.warnings].map((error) => ({
    offset: error.pos[0],
    message: error.message
  }))
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
