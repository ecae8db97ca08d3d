import { textOf } from '../../../scripts/terraform-modules.ts'
import type { Planned } from './module.ts'
import type { Value, Values } from './values.ts'

/** A part of CloudFormation's properties. */
export type Properties = Readonly<Record<string, unknown>>

/** Where an argument of Terraform stands among CloudFormation's properties: a path with dots, or what it makes. */
export type Member = string | ((value: Value, values: Values) => Properties)

export interface Form {
  /** CloudFormation's type; undefined: the resource is a part of another one's properties. */
  readonly type?: string
  /** Of a part: by the argument that refers to it, the type of the whole; the first that is in the module. */
  readonly of?: Readonly<Record<string, string>>
  /** What `Ref` and `Fn::GetAtt` give: by Terraform's attribute, `Ref` or CloudFormation's attribute. */
  readonly refs?: Readonly<Record<string, string>>
  readonly members: Readonly<Record<string, Member>>
  /** How it stands in its whole, where CloudFormation has no resource for it. */
  readonly asPart?: (values: Values) => Properties
  /** What CloudFormation has further resources for: by a name of the part, its properties. */
  readonly also?: {
    readonly type: string
    readonly parts: (values: Values, self: string) => Readonly<Record<string, Properties>>
  }
  /** Properties that Terraform has to give and CloudFormation makes up, such as names. */
  readonly madeUp?: readonly string[]
}

/** A block that may stand once, by the names of its members. */
export function block(members: Readonly<Record<string, Member>>, into?: string): Member {
  return (value) => {
    const [only = {}, ...more] = value as readonly Values[]
    if (more.length > 0) throw new Error('one block was expected')
    const made = translate(only, members)
    return into === undefined ? made : at(into, made)
  }
}

/** Blocks that make a list. */
export function blocks(into: string, members: Readonly<Record<string, Member>>): Member {
  return (value) =>
    at(
      into,
      (value as readonly Values[]).map((each) => translate(each, members))
    )
}

export function at(path: string, value: unknown): Properties {
  const [first = '', ...rest] = path.split('.')
  return { [first]: rest.length === 0 ? value : at(rest.join('.'), value) }
}

/** Arguments as CloudFormation's properties. An argument that no form knows is an error: it would not be compared. */
export function translate(values: Values, members: Readonly<Record<string, Member>>): Properties {
  let made: Properties = {}
  for (const [name, value] of Object.entries(values)) {
    if (name === 'tags') {
      made = joined(made, tagsOf(value as Values))
      continue
    }
    const member = members[name]
    if (member === undefined)
      throw new Error(`nothing says what the argument ${name} is in CloudFormation`)
    made = joined(made, typeof member === 'string' ? at(member, value) : member(value, values))
  }
  return made
}

function tagsOf(tags: Values): Properties {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  return list.length === 0 ? {} : { Tags: list }
}

/** Both, with lists one after the other. */
export function joined(a: Properties, b: Properties): Properties {
  const made: Record<string, unknown> = { ...a }
  for (const [name, value] of Object.entries(b)) {
    const there = made[name]
    if (there === undefined) made[name] = value
    else if (Array.isArray(there) && Array.isArray(value))
      made[name] = [...(there as unknown[]), ...(value as unknown[])]
    else if (isObject(there) && isObject(value)) made[name] = joined(there, value)
    else
      throw new Error(`${name} is said twice: ${JSON.stringify(there)}, ${JSON.stringify(value)}`)
  }
  return made
}

function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export interface Translated {
  readonly Type: string
  readonly Properties: Properties
  readonly keeps: boolean
}

/**
 * The resources of a module as CloudFormation would have them, by logical id. `logical` says which
 * is which; what `forms` call a part is joined to its whole.
 */
export function asTemplate(
  resources: readonly Planned[],
  logical: ReadonlyMap<string, string>,
  forms: Readonly<Record<string, Form>>
): Map<string, Translated> {
  const made = new Map<string, Translated>()
  const isPart = (address: string, form: Form): boolean =>
    form.type === undefined || (form.of !== undefined && !logical.has(address))
  for (const { address, type, values, lifecycle } of resources) {
    const form = formOf(forms, type)
    if (form.type === undefined || isPart(address, form)) continue
    const id = logical.get(address)
    if (id === undefined) throw new Error(`${address} stands for no resource of the templates`)
    if (made.has(id)) throw new Error(`${id} is twice there`)
    const keeps = lifecycle['prevent_destroy'] === true || values['skip_destroy'] === true
    const Properties = within(address, () => translate(values, form.members))
    made.set(id, { Type: form.type, Properties, keeps })
    for (const [part, more] of Object.entries(form.also?.parts(values, `<${id}>`) ?? {})) {
      const partId = logical.get(`${address}#${part}`)
      if (partId === undefined) throw new Error(`${address}#${part} stands for no resource`)
      made.set(partId, { Type: form.also?.type ?? '', Properties: more, keeps: false })
    }
  }
  for (const { address, type, values } of resources) {
    const form = formOf(forms, type)
    if (!isPart(address, form)) continue
    const [id, whole, argument] = within(address, () => wholeOf(form, values, made))
    const rest = Object.fromEntries(Object.entries(values).filter(([name]) => name !== argument))
    const part = within(address, () => form.asPart?.(rest) ?? translate(rest, form.members))
    made.set(id, { ...whole, Properties: joined(whole.Properties, part) })
  }
  return made
}

/** The resource that a part belongs to, which it names or whose placeholder it has. */
function wholeOf(
  { of = {} }: Form,
  values: Values,
  made: ReadonlyMap<string, Translated>
): [string, Translated, string] {
  for (const [argument, wanted] of Object.entries(of)) {
    const reference = textOf(values[argument])
    for (const [id, whole] of made) {
      if (whole.Type !== wanted) continue
      const named = NAMES.some((name) => whole.Properties[name] === reference)
      if (named || reference === `<${id}>` || reference.startsWith(`arn:aws:<${id}.`))
        return [id, whole, argument]
    }
  }
  throw new Error('the resource that it is a part of is not there')
}

/** Properties that say what a resource is called. */
export const NAMES = [
  'FunctionName',
  'TableName',
  'RoleName',
  'Name',
  'LogGroupName',
  'ClusterName',
  'RepositoryName'
]

function formOf(forms: Readonly<Record<string, Form>>, type: string): Form {
  const form = forms[type]
  if (!form) throw new Error(`nothing says what ${type} is in CloudFormation`)
  return form
}

function within<T>(address: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Error(`${address}: ${(error as Error).message}`, { cause: error })
  }
}
