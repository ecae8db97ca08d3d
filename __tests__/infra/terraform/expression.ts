import { textOf } from '../../../scripts/terraform-modules.ts'
import { getExpressionAst } from '../../../scripts/hcl.ts'
import { FUNCTIONS } from './functions.ts'
import { Instance, type Value, type Values } from './values.ts'

/** What a name at the beginning of an expression is; undefined: there is none. */
export type Scope = (name: string) => Value | undefined

/** What the element of a splat is called, which has no name in HCL. */
const ELEMENT = ''

/** What HCL's own parser makes of an expression. */
interface Node {
  readonly type: string
  readonly children: readonly Node[]
  readonly range: {
    readonly start: { readonly byte: number }
    readonly end: { readonly byte: number }
  }
  readonly meta?: {
    readonly type?: string
    readonly value: string
    readonly name?: string
    readonly operator?: string
    readonly expandedFinalArgument?: boolean
    readonly keyVar?: string
    readonly valVar?: string
    readonly keyExpression?: string
    readonly conditionalExpression?: string
    readonly traversal?: readonly { readonly type: string; readonly segment: string }[]
  }
}

interface Expression {
  readonly text: string
  readonly node: Node
}

const parsed = new Map<string, Expression>()

/** Reads every expression below, so that it can be evaluated. */
export async function readExpressions(below: unknown): Promise<void> {
  if (typeof below === 'string') {
    if (!below.includes('${') || parsed.has(below)) return
    const text = bare(below)
    const node = await getExpressionAst('expression.tf', text)
    if (!node) throw new Error(`HCL does not read ${text}`)
    parsed.set(below, { text, node: node as Node })
  } else if (typeof below === 'object' && below !== null) {
    for (const each of Object.values(below)) await readExpressions(each)
  }
}

/** What a value of Terraform's JSON syntax comes to: texts with `${}` are templates. */
export function evaluate(json: unknown, scope: Scope): Value {
  if (typeof json === 'string') {
    const expression = parsed.get(json)
    return expression ? valueOf(expression.node, expression.text, scope) : json
  }
  if (Array.isArray(json)) return json.map((each) => evaluate(each, scope))
  if (typeof json === 'object' && json !== null) {
    return Object.fromEntries(
      Object.entries(json).map(([name, each]) => [
        textOf(evaluate(name, scope)),
        evaluate(each, scope)
      ])
    )
  }
  return json as Value
}

/** An expression alone without its braces, and any other template in quotes, as HCL's parser takes them. */
function bare(text: string): string {
  const [first, ...more] = partsOf(text)
  if (first?.startsWith('${') === true && more.length === 0) return first.slice(2, -1)
  const quoted = [first, ...more].map((part = '') =>
    part.startsWith('${') ? part : JSON.stringify(part).slice(1, -1)
  )
  return `"${quoted.join('')}"`
}

/** Splits a template where an expression begins and ends. */
function partsOf(text: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('$${', at)) at += 2
    else if (text.startsWith('${', at)) {
      const end = endOf(text, at + 2)
      parts.push(text.slice(from, at), text.slice(at, end))
      from = end
      at = end - 1
    }
  }
  return [...parts, text.slice(from)].filter((part) => part !== '')
}

/** Behind the brace that closes an expression, which may hold texts with braces and expressions. */
function endOf(text: string, begin: number): number {
  let depth = 1
  for (let at = begin; at < text.length; at++) {
    const letter = text[at]
    if (letter === '"') at = endOfText(text, at + 1) - 1
    else if (letter === '{') depth++
    else if (letter === '}' && --depth === 0) return at + 1
  }
  throw new Error(`no end: ${text}`)
}

function endOfText(text: string, begin: number): number {
  for (let at = begin; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text.startsWith('${', at)) at = endOf(text, at + 2) - 1
    else if (text[at] === '"') return at + 1
  }
  throw new Error(`no end: ${text}`)
}

function valueOf(node: Node, text: string, scope: Scope): Value {
  const { type, children, meta } = node
  const value = (child: Node | undefined, within = scope): Value => {
    if (!child) throw new Error(`${type} lacks a part in ${text}`)
    return valueOf(child, text, within)
  }
  const [first, second, third] = children
  switch (type) {
    case 'literalValue':
      return literal(meta?.type ?? '', meta?.value ?? '')
    case 'templateWrap':
      return value(first)
    case '': {
      if (first) return value(first)
      const element = scope(ELEMENT)
      if (element === undefined) throw new Error(`an expression without a kind in ${text}`)
      return element
    }
    case 'template':
      return children.length === 1 && first?.type === 'literalValue'
        ? value(first)
        : children.map((child) => textOf(value(child))).join('')
    case 'tuple':
      return children.map((child) => value(child))
    case 'object':
      return objectOf(children, text, scope)
    case 'conditional':
      return value(first) === true ? value(second) : value(third)
    case 'unaryOp':
      return meta?.operator === 'negate' ? -Number(value(first)) : value(first) !== true
    case 'binaryOp':
      return operation(
        meta?.operator ?? '',
        () => value(first),
        () => value(second)
      )
    case 'scopeTraversal': {
      const [root, ...steps] = meta?.traversal ?? []
      const begin = scope(root?.segment ?? '')
      if (begin === undefined) throw new Error(`nothing is called ${root?.segment} in ${text}`)
      return follow(begin, steps, text)
    }
    case 'relativeTraversal':
      return follow(value(first), meta?.traversal ?? [], text)
    case 'index':
      return stepInto(value(first), value(second), text)
    case 'splat':
      return splat(value(first), second, text, scope)
    case 'for':
      return comprehension(node, text, scope)
    case 'function':
      return call(node, text, scope)
    default:
      throw new Error(`${type} is not known here: ${text}`)
  }
}

function literal(type: string, value: string): Value {
  if (type === 'number') return Number(value)
  if (type === 'bool') return value === 'true'
  if (type !== 'string') return null
  const decoded = JSON.parse(`"${value.replaceAll('\n', '\\n')}"`) as string
  return decoded.replaceAll('$${', '${')
}

function objectOf(children: readonly Node[], text: string, scope: Scope): Value {
  const made: Record<string, Value> = {}
  for (let at = 0; at < children.length; at += 2) {
    const [key, child] = [children[at], children[at + 1]]
    if (!key || !child) throw new Error(`half a member in ${text}`)
    const { start, end } = key.range
    const name =
      key.children.length > 0
        ? textOf(valueOf(key, text, scope))
        : Buffer.from(text).subarray(start.byte, end.byte).toString()
    made[name] = valueOf(child, text, scope)
  }
  return made
}

function operation(operator: string, left: () => Value, right: () => Value): Value {
  if (operator === 'logicalAnd') return left() === true && right() === true
  if (operator === 'logicalOr') return left() === true || right() === true
  if (operator === 'equal') return same(left(), right())
  if (operator === 'notEqual') return !same(left(), right())
  const [a, b] = [Number(left()), Number(right())]
  const results: Readonly<Record<string, Value>> = {
    lessThan: a < b,
    lessThanOrEqual: a <= b,
    greaterThan: a > b,
    greaterThanOrEqual: a >= b,
    add: a + b,
    subtract: a - b,
    multiply: a * b,
    divide: a / b,
    modulo: a % b
  }
  const result = results[operator]
  if (result === undefined) throw new Error(`the operator ${operator} is not known here`)
  return result
}

function same(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function follow(
  begin: Value,
  steps: readonly { readonly type: string; readonly segment: string }[],
  text: string
): Value {
  return steps.reduce<Value>(
    (value, { segment }) => stepInto(value, segment.replaceAll('"', ''), text),
    begin
  )
}

function stepInto(value: Value, key: Value, text: string): Value {
  if (value instanceof Instance) return value.attribute(textOf(key))
  const found =
    typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, Value | undefined>>)[textOf(key)]
      : undefined
  if (found === undefined) throw new Error(`there is no ${textOf(key)} in ${text}`)
  return found
}

/** What follows the star, of each element. */
function splat(source: Value, each: Node | undefined, text: string, scope: Scope): Value {
  const list = Array.isArray(source)
    ? (source as readonly Value[])
    : source === null
      ? []
      : [source]
  if (!each) return list
  return list.map((element) =>
    valueOf(each, text, (name) => (name === ELEMENT ? element : scope(name)))
  )
}

function comprehension({ children, meta }: Node, text: string, scope: Scope): Value {
  const hasKey = meta?.keyExpression !== undefined
  const [collection, ...rest] = children
  const [key, body, condition] = hasKey ? rest : [undefined, ...rest]
  if (!collection || !body) throw new Error(`half a for in ${text}`)
  const entries = entriesOf(valueOf(collection, text, scope))
  const made: [string, Value][] = []
  for (const [name, each] of entries) {
    const within: Scope = (wanted) => {
      if (wanted === meta?.valVar) return each
      return wanted === meta?.keyVar ? name : scope(wanted)
    }
    if (condition && valueOf(condition, text, within) !== true) continue
    const label = key ? textOf(valueOf(key, text, within)) : ''
    made.push([label, valueOf(body, text, within)])
  }
  return hasKey ? Object.fromEntries(made) : made.map(([, each]) => each)
}

function entriesOf(value: Value): readonly (readonly [string | number, Value])[] {
  if (Array.isArray(value))
    return (value as readonly Value[]).map((each, at) => [at, each] as const)
  if (typeof value !== 'object' || value === null || value instanceof Instance)
    throw new Error(`nothing to go through: ${textOf(value)}`)
  // Terraform goes through maps in the order of their keys.
  return Object.entries(value as Values).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function call({ children, meta }: Node, text: string, scope: Scope): Value {
  const name = meta?.name ?? ''
  const argument = (child: Node) => () => valueOf(child, text, scope)
  if (name === 'can' || name === 'try') return attempt(name, children.map(argument))
  const given = children.map((child) => argument(child)())
  const last = given.at(-1)
  const all =
    meta?.expandedFinalArgument === true && Array.isArray(last)
      ? [...given.slice(0, -1), ...(last as readonly Value[])]
      : given
  const known = FUNCTIONS[name]
  if (!known) throw new Error(`the function ${name} is not known here: ${text}`)
  return known(...all)
}

function attempt(name: 'can' | 'try', alternatives: readonly (() => Value)[]): Value {
  for (const alternative of alternatives) {
    try {
      const value = alternative()
      return name === 'can' ? true : value
    } catch {
      continue
    }
  }
  if (name === 'can') return false
  throw new Error('nothing that was tried has a value')
}
