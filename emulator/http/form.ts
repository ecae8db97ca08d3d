import type { NormalizedSchema } from '@smithy/core/schema'
import type { Notation } from './decode.ts'
import { CommonRefusal } from './refusal.ts'

/** Form parameters as a tree: `A.member.1.B=x` is A > member > 1 > B with the text x. */
export interface FormNode {
  text: string | undefined
  readonly children: Map<string, FormNode>
}

export function parseForm(parameters: Iterable<readonly [string, string]>): FormNode {
  const root = newNode()
  for (const [key, text] of parameters) {
    let node = root
    for (const part of key.split('.')) {
      const next = node.children.get(part) ?? newNode()
      node.children.set(part, next)
      node = next
    }
    node.text = text
  }
  return root
}

/** The awsQuery notation: lists as `member.N`, maps as `entry.N.key` and `entry.N.value`. */
export const formNotation: Notation<FormNode> = {
  absent: () => false,
  key: (name, member) => member.getMergedTraits().xmlName ?? name,
  members: (node) => node.children,
  elements(node, schema, path) {
    const flat = schema.getMergedTraits().xmlFlattened !== undefined
    const name = schema.getValueSchema().getMergedTraits().xmlName ?? 'member'
    return numbered(flat ? node : child(node, name, path), path)
  },
  entries(node, schema, path) {
    const flat = schema.getMergedTraits().xmlFlattened !== undefined
    const items = numbered(flat ? node : child(node, 'entry', path), path)
    const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key'
    const valueName = schema.getValueSchema().getMergedTraits().xmlName ?? 'value'
    return items.map((item) => [
      item.children.get(keyName)?.text ?? '',
      item.children.get(valueName) ?? newNode()
    ])
  },
  scalar: (node, schema, path) => parseText(node.text, schema, path)
}

/** A scalar that travels as text: a form parameter, a header, a part of the path. */
export function parseText(
  text: string | undefined,
  schema: NormalizedSchema,
  path: string
): unknown {
  if (text === undefined) {
    throw new CommonRefusal('malformed', `Unexpected complex element at '${path}'`)
  }
  if (schema.isBooleanSchema()) {
    if (text === 'true' || text === 'false') return text === 'true'
    throw new CommonRefusal('malformed', `'${path}' must be true or false, not '${text}'`)
  }
  if (schema.isNumericSchema()) {
    const number = Number(text)
    if (text.trim() !== '' && Number.isFinite(number)) return number
    throw new CommonRefusal('malformed', `'${path}' must be a number, not '${text}'`)
  }
  if (schema.isTimestampSchema()) {
    const date = new Date(text)
    if (!Number.isNaN(date.getTime())) return date
    throw new CommonRefusal('malformed', `'${path}' must be a timestamp, not '${text}'`)
  }
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(text, 'base64'))
  return text
}

function newNode(): FormNode {
  return { text: undefined, children: new Map() }
}

/** `A=` alone is how the SDKs write an empty list. */
function child(node: FormNode, name: string, path: string): FormNode {
  const stray = [...node.children.keys()].find((key) => key !== name)
  if (stray !== undefined) {
    throw new CommonRefusal('malformed', `Unexpected key '${path}.${stray}', expected '${name}'`)
  }
  return node.children.get(name) ?? newNode()
}

function numbered(node: FormNode, path: string): FormNode[] {
  const items = [...node.children].map(([key, item]) => {
    if (!/^[1-9]\d*$/.test(key)) {
      throw new CommonRefusal('malformed', `'${key}' is not a list index at '${path}'`)
    }
    return { index: Number(key), item }
  })
  return items.sort((a, b) => a.index - b.index).map(({ item }) => item)
}
