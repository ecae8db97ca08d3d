import { textOf } from '../../../scripts/terraform-modules.ts'
import type { Value, Values } from './values.ts'

type Known = (...given: Value[]) => Value

const list = (value: Value | undefined): readonly Value[] => {
  if (!Array.isArray(value)) throw new Error(`${JSON.stringify(value)} is not a list`)
  return value as readonly Value[]
}
const map = (value: Value | undefined): Values => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${JSON.stringify(value)} is not a map`)
  return value as Values
}
const unique = (values: readonly Value[]): Value[] =>
  values.filter(
    (value, at) => values.findIndex((each) => JSON.stringify(each) === JSON.stringify(value)) === at
  )

/** Terraform's functions that the modules use. */
export const FUNCTIONS: Readonly<Record<string, Known>> = {
  alltrue: (values) => list(values).every((value) => value === true),
  anytrue: (values) => list(values).some((value) => value === true),
  cidrsubnet: (prefix, bits, number) => cidrSubnet(textOf(prefix), Number(bits), Number(number)),
  cidrhost: (prefix, number) => {
    if (!/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(textOf(prefix)))
      throw new Error(`${textOf(prefix)} is no prefix`)
    return textOf(number)
  },
  coalesce: (...values) => values.find((value) => value !== null && value !== '') ?? null,
  compact: (values) => list(values).filter((value) => value !== null && value !== ''),
  concat: (...lists) => lists.flatMap(list),
  contains: (values, value) => list(values).some((each) => each === value),
  distinct: (values) => unique(list(values)),
  element: (values, at) => list(values)[Number(at) % list(values).length] ?? null,
  flatten: (values) => flat(list(values)),
  floor: (value) => Math.floor(Number(value)),
  format: (template, ...values) => {
    let at = 0
    return textOf(template).replaceAll(/%[sd]/g, () => textOf(values[at++]))
  },
  join: (separator, values) =>
    list(values)
      .map((each) => textOf(each))
      .join(textOf(separator)),
  jsonencode: (value) => JSON.stringify(sorted(value)),
  jsondecode: (text) => JSON.parse(textOf(text)) as Value,
  keys: (value) => Object.keys(map(value)).toSorted(),
  length: (value) =>
    typeof value === 'string'
      ? value.length
      : Array.isArray(value)
        ? value.length
        : Object.keys(map(value)).length,
  lookup: (value, name, otherwise = null) => map(value)[textOf(name)] ?? otherwise,
  lower: (value) => textOf(value).toLowerCase(),
  max: (...values) => Math.max(...values.map(Number)),
  merge: (...maps) => Object.assign({}, ...maps.map(map)) as Values,
  min: (...values) => Math.min(...values.map(Number)),
  one: (values) => {
    if (list(values).length > 1) throw new Error('one() of several')
    return list(values)[0] ?? null
  },
  range: (...bounds) => {
    const [from, to] =
      bounds.length === 1 ? [0, Number(bounds[0])] : [Number(bounds[0]), Number(bounds[1])]
    return Array.from({ length: to - from }, (_, at) => from + at)
  },
  regex: (pattern, text) => {
    const [found] = new RegExp(textOf(pattern), 'u').exec(textOf(text)) ?? []
    if (found === undefined) throw new Error(`${textOf(text)} does not match ${textOf(pattern)}`)
    return found
  },
  replace: (text, from, to) => textOf(text).replaceAll(textOf(from), textOf(to)),
  slice: (values, from, to) => list(values).slice(Number(from), Number(to)),
  sort: (values) =>
    list(values)
      .map((each) => textOf(each))
      .toSorted(),
  split: (separator, text) => textOf(text).split(textOf(separator)),
  startswith: (text, prefix) => textOf(text).startsWith(textOf(prefix)),
  strcontains: (text, part) => textOf(text).includes(textOf(part)),
  endswith: (text, suffix) => textOf(text).endsWith(textOf(suffix)),
  substr: (text, from, length) => textOf(text).slice(Number(from), Number(from) + Number(length)),
  tolist: (values) => list(values),
  tonumber: (value) => Number(value),
  toset: (values) => unique(list(values)).toSorted(),
  tostring: (value) => textOf(value),
  trimprefix: (text, prefix) =>
    textOf(text).startsWith(textOf(prefix))
      ? textOf(text).slice(textOf(prefix).length)
      : (text ?? ''),
  trimsuffix: (text, suffix) =>
    textOf(text).endsWith(textOf(suffix))
      ? textOf(text).slice(0, -textOf(suffix).length)
      : (text ?? ''),
  values: (value) =>
    Object.entries(map(value))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, each]) => each),
  zipmap: (names, values) =>
    Object.fromEntries(list(names).map((name, at) => [textOf(name), list(values)[at] ?? null]))
}

function flat(values: readonly Value[]): Value[] {
  return values.flatMap((value) =>
    Array.isArray(value) ? flat(value as readonly Value[]) : [value]
  )
}

function sorted(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value as Values).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]))
}

function cidrSubnet(prefix: string, bits: number, number: number): string {
  const [address = '', length = ''] = prefix.split('/')
  const wanted = Number(length) + bits
  const base = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const start = base + number * 2 ** (32 - wanted)
  return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${wanted}`
}
