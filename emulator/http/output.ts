import type { NormalizedSchema } from '@smithy/core/schema'

export interface OutputMember {
  readonly name: string
  readonly member: NormalizedSchema
  readonly value: unknown
}

/**
 * Members of a response in the model's order. One that the model does not have
 * is a mistake of the emulator, and is reported instead of being dropped.
 */
export function outputMembers(
  schema: NormalizedSchema,
  value: unknown,
  path: string
): OutputMember[] {
  if (typeof value !== 'object' || value === null) throw unwritable(path, 'a structure', value)
  const given = new Map<string, unknown>(Object.entries(value))
  const members: OutputMember[] = []
  for (const [name, member] of schema.structIterator()) {
    const child = given.get(name)
    given.delete(name)
    if (child !== undefined && child !== null) members.push({ name, member, value: child })
  }
  const unknown = [...given].find(([, child]) => child !== undefined)
  if (unknown) throw new TypeError(`the model has no response member ${path}.${unknown[0]}`)
  return members
}

export function unwritable(path: string, wanted: string, value: unknown): TypeError {
  return new TypeError(`response member ${path} must be ${wanted}, not ${typeof value}`)
}

/** How a notation without attributes (JSON, CBOR) writes what differs between them. */
export interface Spelling {
  key(memberName: string, member: NormalizedSchema): string
  date(date: Date): unknown
  bytes(bytes: Uint8Array): unknown
}

/** Writes a response member by member, and refuses to invent what the model does not have. */
export function toTree(
  spelling: Spelling,
  schema: NormalizedSchema,
  value: unknown,
  path: string
): unknown {
  if (schema.isStructSchema()) {
    return Object.fromEntries(
      outputMembers(schema, value, path).map(({ name, member, value: child }) => [
        spelling.key(name, member),
        toTree(spelling, member, child, `${path}.${name}`)
      ])
    )
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw unwritable(path, 'a list', value)
    return value.map((child, index) =>
      toTree(spelling, schema.getValueSchema(), child, `${path}[${index}]`)
    )
  }
  if (schema.isMapSchema()) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw unwritable(path, 'a map', value)
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        toTree(spelling, schema.getValueSchema(), child, `${path}.${key}`)
      ])
    )
  }
  if (schema.isTimestampSchema()) {
    if (!(value instanceof Date)) throw unwritable(path, 'a Date', value)
    return spelling.date(value)
  }
  if (schema.isBlobSchema()) {
    if (!(value instanceof Uint8Array)) throw unwritable(path, 'bytes', value)
    return spelling.bytes(value)
  }
  if (schema.isStringSchema() && typeof value !== 'string')
    throw unwritable(path, 'a string', value)
  if (schema.isBooleanSchema() && typeof value !== 'boolean')
    throw unwritable(path, 'a boolean', value)
  if (schema.isNumericSchema() && typeof value !== 'number')
    throw unwritable(path, 'a number', value)
  return value
}
