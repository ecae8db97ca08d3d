import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Item, Value } from './table.ts'

/** Our values as DynamoDB's typed ones. The converter library brings more than these few lines. */
export function toAttribute(value: Value): AttributeValue {
  if (value === null) return { NULL: true }
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number') return { N: String(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  if (isList(value)) return { L: value.map(toAttribute) }
  return { M: toAttributes(value) }
}

export function toAttributes(
  members: Readonly<Record<string, Value>>
): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, toAttribute(value)])
  )
}

/** Throws a TypeError for a type the ledger does not write (sets, binaries). */
export function fromAttribute(attribute: AttributeValue): Value {
  if (attribute.S !== undefined) return attribute.S
  if (attribute.N !== undefined) return Number(attribute.N)
  if (attribute.BOOL !== undefined) return attribute.BOOL
  if (attribute.NULL !== undefined) return null
  if (attribute.L !== undefined) return attribute.L.map(fromAttribute)
  if (attribute.M !== undefined) return fromAttributes(attribute.M)
  throw new TypeError(`an attribute of type ${Object.keys(attribute).join()}`)
}

/** An item as read; undefined where it has no key of ours. */
export function toItem(attributes: Record<string, AttributeValue>): Item | undefined {
  const { pk, sk, ...rest } = fromAttributes(attributes)
  return typeof pk === 'string' && typeof sk === 'string' ? { ...rest, pk, sk } : undefined
}

function fromAttributes(attributes: Record<string, AttributeValue>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, fromAttribute(attribute)])
  )
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}
