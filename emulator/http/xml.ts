import type { NormalizedSchema } from '@smithy/core/schema'
import { outputMembers, unwritable } from './output.ts'

/** The content of a response element, by the output's schema. */
export function toXml(schema: NormalizedSchema, value: unknown, path = ''): string {
  if (schema.isUnitSchema()) return ''
  if (schema.isStructSchema()) {
    return outputMembers(schema, value, path)
      .map(({ name, member, value: child }) => memberXml(name, member, child, `${path}.${name}`))
      .join('')
  }
  if (schema.isListSchema()) return items(schema, value, path).join('')
  if (schema.isMapSchema()) {
    return entries(schema, value, path)
      .map((entry) => element('entry', entry))
      .join('')
  }
  return escapeXml(text(schema, value, path))
}

export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}

export function escapeXml(value: string): string {
  return value
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#xD;')
}

function memberXml(name: string, member: NormalizedSchema, value: unknown, path: string): string {
  const traits = member.getMergedTraits()
  const tag = traits.xmlName ?? name
  if (traits.xmlFlattened) {
    const parts = member.isMapSchema()
      ? entries(member, value, path)
      : items(member, value, path, tag)
    return member.isMapSchema() ? parts.map((part) => element(tag, part)).join('') : parts.join('')
  }
  return element(tag, toXml(member, value, path))
}

function items(schema: NormalizedSchema, value: unknown, path: string, tag?: string): string[] {
  if (!Array.isArray(value)) throw unwritable(path, 'a list', value)
  const member = schema.getValueSchema()
  const name = tag ?? member.getMergedTraits().xmlName ?? 'member'
  return value.map((child, index) => element(name, toXml(member, child, `${path}[${index}]`)))
}

function entries(schema: NormalizedSchema, value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) throw unwritable(path, 'a map', value)
  const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key'
  const member = schema.getValueSchema()
  const valueName = member.getMergedTraits().xmlName ?? 'value'
  return Object.entries(value).map(
    ([key, child]) =>
      element(keyName, escapeXml(key)) + element(valueName, toXml(member, child, `${path}.${key}`))
  )
}

function text(schema: NormalizedSchema, value: unknown, path: string): string {
  if (schema.isTimestampSchema()) {
    if (value instanceof Date) return value.toISOString()
    throw unwritable(path, 'a Date', value)
  }
  if (schema.isBlobSchema()) {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
    throw unwritable(path, 'bytes', value)
  }
  if (schema.isStringSchema() && typeof value === 'string') return value
  if (schema.isBooleanSchema() && typeof value === 'boolean') return String(value)
  if (schema.isNumericSchema() && typeof value === 'number') return String(value)
  throw unwritable(path, 'a scalar of the modelled type', value)
}
