import type { BlockSchema, ResourceSchema } from '../../../scripts/terraform-schema.ts'
import type { Body, Module } from '../../../scripts/terraform-modules.ts'
import type { Values } from './values.ts'
import { SCHEMA, type Planned } from './module.ts'

/** Arguments of Terraform's own. */
const META = new Set(['count', 'for_each', 'depends_on', 'lifecycle', 'provider', 'provisioner'])

/** What the provider would not accept of a module, a line each. */
export function violations(module: Module): string[] {
  return (['resource', 'data'] as const).flatMap((kind) =>
    Object.entries(module[kind] ?? {}).flatMap(([type, named]) => {
      const schema = (kind === 'data' ? SCHEMA.data : SCHEMA.resources)[type]
      if (!schema) return [`${kind} ${type} is not in provider-schema.json`]
      return Object.entries(named).flatMap(([name, bodies]) => {
        const where = `${kind} ${type}.${name}`
        if (bodies.length !== 1) return [`${where} is declared ${bodies.length} times`]
        return bodies.flatMap((body) => [
          ...inBody(where, body, schema, new Set(schema.computed)),
          ...ofLifecycle(where, body, schema)
        ])
      })
    })
  )
}

function inBody(
  where: string,
  body: Body,
  schema: BlockSchema,
  computed: ReadonlySet<string> = new Set()
): string[] {
  const dynamics = (body['dynamic'] ?? {}) as Readonly<Record<string, readonly Body[]>>
  const found = Object.entries(body).flatMap(([name, value]) => {
    if (META.has(name) || name === 'dynamic') return []
    if (schema.attributes[name]) return []
    const nested = schema.blocks[name]
    if (!nested) {
      const why = computed.has(name) ? 'only the provider sets' : 'the provider does not know'
      return [`${where}: ${name}, which ${why}`]
    }
    if (nested.attribute) return []
    const blocks = (Array.isArray(value) ? value : [value]) as Body[]
    const many =
      nested.single && blocks.length > 1 ? [`${where}: ${name} stands ${blocks.length} times`] : []
    return [...many, ...blocks.flatMap((each) => inBody(`${where}.${name}`, each, nested))]
  })
  const inDynamics = Object.entries(dynamics).flatMap(([name, blocks]) => {
    const nested = schema.blocks[name]
    if (!nested) return [`${where}: ${name}, which the provider does not know`]
    return blocks.flatMap(({ content }) =>
      (content as readonly Body[]).flatMap((each) => inBody(`${where}.${name}`, each, nested))
    )
  })
  const members = [...Object.entries(schema.attributes), ...Object.entries(schema.blocks)]
  const missing = members
    .filter(([name, { required }]) => required && !(name in body) && !(name in dynamics))
    .map(([name]) => `${where}: ${name} is required`)
  return [...found, ...inDynamics, ...missing]
}

/** `ignore_changes` names arguments without quotes; one that does not exist ignores nothing. */
function ofLifecycle(where: string, body: Body, schema: ResourceSchema): string[] {
  const lifecycles = (body['lifecycle'] ?? []) as readonly Body[]
  return lifecycles.flatMap(({ ignore_changes: ignored = [] }) =>
    (ignored as readonly string[])
      .map((name) => name.replace(/^\$\{(\w+).*\}$/s, '$1'))
      .filter((name) => !schema.attributes[name] && !schema.blocks[name])
      .map((name) => `${where}: ignore_changes has ${name}, which the provider does not know`)
  )
}

/** Variables, locals and data sources that nothing in the module uses. */
export function unused(module: Module): string[] {
  const text = JSON.stringify(module)
  const locals = Object.keys(Object.assign({}, ...(module.locals ?? [])) as object)
  const names = [
    ...Object.keys(module.variable ?? {}).map((name) => `var.${name}`),
    ...locals.map((name) => `local.${name}`),
    ...Object.entries(module.data ?? {}).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `data.${type}.${name}`)
    )
  ]
  // A variable's own validation is no use of it.
  const withoutVariables = JSON.stringify({ ...module, variable: {} })
  return names.filter((name) => {
    const wanted = new RegExp(`\\b${name.replaceAll('.', '\\.')}(?![\\w-])`)
    return !wanted.test(name.startsWith('var.') ? withoutVariables : text)
  })
}

const PLAIN: Readonly<Record<string, readonly string[]>> = {
  // Terraform converts numbers and switches to texts.
  string: ['string', 'number', 'boolean'],
  number: ['number'],
  bool: ['boolean']
}

/** Whether an evaluated value has the type that the schema says. */
function fits(value: unknown, type: string): boolean {
  const [, collection, element = ''] = /^(list|set|map)\((.*)\)$/.exec(type) ?? []
  if (collection === 'map') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    return Object.values(value).every((each) => fits(each, element))
  }
  if (collection !== undefined)
    return Array.isArray(value) && value.every((each) => fits(each, element))
  return PLAIN[type]?.includes(typeof value) ?? true
}

/** Evaluated values that do not have the type of the provider's schema, a line each. */
export function misfits(resources: readonly Planned[]): string[] {
  return resources.flatMap(({ address, type, values }) => {
    const schema = SCHEMA.resources[type]
    return schema
      ? inValues(address, values, schema)
      : [`${address} is of a type that is not known`]
  })
}

function inValues(where: string, values: Values, schema: BlockSchema): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const attribute = schema.attributes[name]
    if (attribute)
      return fits(value, attribute.type) ? [] : [`${where}: ${name} is no ${attribute.type}`]
    const nested = schema.blocks[name]
    if (!nested || !Array.isArray(value)) return []
    return (value as readonly Values[]).flatMap((each) =>
      inValues(`${where}.${name}`, each, nested)
    )
  })
}

/** The variables that have a validation, in order. */
export function validated({ variable = {} }: Module): string[] {
  return Object.keys(variable)
    .filter((name) => variable[name]?.[0]?.['validation'] !== undefined)
    .toSorted()
}
