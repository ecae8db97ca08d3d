import { cbor, dateToTag } from '@smithy/core/cbor'
import type { NormalizedSchema } from '@smithy/core/schema'
import type { Notation } from './decode.ts'
import { toTree } from './output.ts'
import { CommonRefusal } from './refusal.ts'

/** Parses a CBOR body; an empty one is an empty structure. */
export function parseCbor(body: Uint8Array): unknown {
  if (body.length === 0) return {}
  try {
    return cbor.deserialize(body)
  } catch (cause) {
    throw new CommonRefusal('malformed', `The request body is not CBOR: ${String(cause)}`)
  }
}

export function writeCbor(value: unknown): Uint8Array {
  return cbor.serialize(value)
}

/** CBOR data items as requests carry them. */
export const cborNotation: Notation<unknown> = {
  absent: (node) => node === null,
  key: (name) => name,
  members: (node, path) => Object.entries(map(node, path)),
  elements: (node, _schema, path): readonly unknown[] => {
    if (Array.isArray(node)) return node
    throw wrongType('a list', path)
  },
  entries: (node, _schema, path) => Object.entries(map(node, path)),
  scalar
}

/** A response as what CBOR is written from: dates under tag 1, bytes as they are. */
export function toCbor(schema: NormalizedSchema, value: unknown): unknown {
  return toTree(
    { key: (name) => name, date: dateToTag, bytes: (bytes) => bytes },
    schema,
    value,
    ''
  )
}

/** A date is epoch seconds under tag 1; whole numbers may stand for floating ones, but nothing else for another. */
function scalar(node: unknown, schema: NormalizedSchema, path: string): unknown {
  if (schema.isTimestampSchema()) {
    const seconds = epochSeconds(node)
    if (seconds === undefined) throw wrongType('a timestamp', path)
    return new Date(seconds * 1000)
  }
  if (schema.isBlobSchema()) {
    if (node instanceof Uint8Array) return new Uint8Array(node)
    throw wrongType('a byte string', path)
  }
  if (schema.isStringSchema() && typeof node !== 'string') throw wrongType('a text string', path)
  if (schema.isBooleanSchema() && typeof node !== 'boolean') throw wrongType('a boolean', path)
  if (schema.isNumericSchema() && typeof node !== 'number') throw wrongType('a number', path)
  return node
}

function epochSeconds(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  const tagged: { readonly tag?: unknown; readonly value?: unknown } = node
  return tagged.tag === 1 && typeof tagged.value === 'number' ? tagged.value : undefined
}

function map(node: unknown, path: string): Record<string, unknown> {
  if (
    typeof node === 'object' &&
    node !== null &&
    !Array.isArray(node) &&
    !ArrayBuffer.isView(node)
  )
    return { ...node }
  throw wrongType('a map', path)
}

function wrongType(wanted: string, path: string): CommonRefusal {
  return new CommonRefusal('malformed', `Expected ${wanted} at '${path}'`)
}
