import { isList, isMapping } from '../../../documents/mapping.ts'

/** The first fault of a document. `found` is a path in the document, or an event. */
export interface Difference {
  readonly why: 'unknown-key' | 'value' | 'event-twice'
  readonly found: string
}

/** What a value has to be, exactly; `path` is the value's place in the document. */
export type Shape = (value: unknown, path: string) => Difference | undefined

export const text: Shape = (value, path) =>
  typeof value === 'string' && value.trim() !== '' ? undefined : wrong(path)

export const wholeNumber: Shape = (value, path) =>
  Number.isSafeInteger(value) ? undefined : wrong(path)

export function oneOf(...accepted: readonly (string | number)[]): Shape {
  return (value, path) => (accepted.some((one) => Object.is(one, value)) ? undefined : wrong(path))
}

export function list(of: Shape, most = Number.POSITIVE_INFINITY): Shape {
  return (value, path) => {
    if (!isList(value) || value.length === 0 || value.length > most) return wrong(path)
    return first(value, (element, index) => of(element, `${path}[${index}]`))
  }
}

export function mapping(
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {}
): Shape {
  const shapes = new Map([...Object.entries(required), ...Object.entries(optional)])
  return (value, path) => {
    if (!isMapping(value)) return wrong(path)
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
    const other = Object.keys(value).find((name) => !shapes.has(name))
    if (other !== undefined) return { why: 'unknown-key', found: at(other) }
    const missing = Object.keys(required).find((name) => !Object.hasOwn(value, name))
    if (missing !== undefined) return wrong(at(missing))
    return first(Object.entries(value), ([name, member]) => shapes.get(name)?.(member, at(name)))
  }
}

function wrong(path: string): Difference {
  return { why: 'value', found: path }
}

function first<T>(
  values: readonly T[],
  of: (value: T, index: number) => Difference | undefined
): Difference | undefined {
  for (const [index, value] of values.entries()) {
    const found = of(value, index)
    if (found) return found
  }
  return undefined
}
