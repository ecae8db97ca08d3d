import type { NormalizedSchema } from '@smithy/core/schema'
import type { Notation } from './decode.ts'
import { CommonRefusal } from './refusal.ts'
import { toTree } from './output.ts'

/** Parses a JSON body; an empty one is an empty structure. */
export function parseJson(body: Uint8Array): unknown {
  const text = Buffer.from(body).toString('utf8')
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CommonRefusal('malformed', `The request body is not JSON: ${String(cause)}`)
  }
}

/** JSON values as requests carry them. The messages are those of AWS's own parser, plus the place. */
export const jsonNotation: Notation<unknown> = {
  absent: (node) => node === null,
  key: (name, member) => member.getMergedTraits().jsonName ?? name,
  members: (node, path) => Object.entries(object(node, path)),
  elements: (node, _schema, path): readonly unknown[] => {
    if (Array.isArray(node)) return node
    throw wrongType('Expected list or null', path)
  },
  entries: (node, _schema, path) => Object.entries(object(node, path)),
  scalar
}

/** A response in JSON's own values. The SDKs take its timestamps as epoch seconds only, with a fraction where there is one. */
export function toJson(schema: NormalizedSchema, value: unknown, path = ''): unknown {
  return toTree(
    {
      key: (name, member) => jsonNotation.key(name, member),
      date: (date) => date.getTime() / 1000,
      bytes: (bytes) => Buffer.from(bytes).toString('base64')
    },
    schema,
    value,
    path
  )
}

function scalar(node: unknown, schema: NormalizedSchema, path: string): unknown {
  if (schema.isDocumentSchema()) return node
  if (schema.isTimestampSchema()) {
    if (typeof node === 'number') return new Date(node * 1000)
    throw wrongType(`${kind(node)} can not be converted to a Timestamp`, path)
  }
  if (schema.isBlobSchema()) {
    if (typeof node === 'string') return new Uint8Array(Buffer.from(node, 'base64'))
    throw wrongType(`${kind(node)} can not be converted to a Blob`, path)
  }
  const wanted = schema.isStringSchema()
    ? 'string'
    : schema.isBooleanSchema()
      ? 'boolean'
      : 'number'
  if (typeof node === wanted) return node
  if (typeof node === 'object')
    throw wrongType('Start of structure or map found where not expected', path)
  throw wrongType(`${kind(node)} can not be converted to ${AWS_TYPE[wanted]}`, path)
}

const AWS_TYPE = { string: 'a String', boolean: 'a Boolean', number: 'a Number' }

function kind(node: unknown): string {
  if (typeof node === 'boolean') return node ? 'TRUE_VALUE' : 'FALSE_VALUE'
  return `${typeof node}_VALUE`.toUpperCase()
}

function object(node: unknown, path: string): Record<string, unknown> {
  if (isRecord(node)) return node
  throw wrongType(
    Array.isArray(node) ? 'Start of list found where not expected' : `Unexpected ${kind(node)}`,
    path
  )
}

function isRecord(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null && !Array.isArray(node)
}

function wrongType(message: string, path: string): CommonRefusal {
  return new CommonRefusal('malformed', path ? `${message} (at '${path}')` : message)
}
