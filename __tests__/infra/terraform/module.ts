import { readFileSync } from 'node:fs'
import type {
  BlockSchema,
  ProviderSchema,
  ResourceSchema
} from '../../../scripts/terraform-schema.ts'
import { readModule, type Body, type Module, textOf } from '../../../scripts/terraform-modules.ts'
import { evaluate, readExpressions, type Scope } from './expression.ts'
import { Instance, type Value, type Values } from './values.ts'
import { policyDocument } from './policy-document.ts'

export const SCHEMA = JSON.parse(
  readFileSync(new URL('provider-schema.json', import.meta.url), 'utf8')
) as ProviderSchema

/** What the modules are evaluated for. */
export const PLACE = { partition: 'aws', region: 'eu-central-1', account: '123456789012' }

/** A resource as Terraform would plan it. */
export interface Planned {
  readonly address: string
  readonly type: string
  readonly values: Values
  readonly lifecycle: Body
}

export interface Evaluated {
  readonly resources: readonly Planned[]
  readonly outputs: Values
  /** Of the variables, what their validations say. */
  readonly problems: readonly string[]
}

/** What an attribute that AWS alone knows is; undefined: nothing is said of it. */
export type Attributes = (address: string, name: string, type: string) => Value | undefined

/** Arguments of Terraform's own, which no provider knows. */
const META = ['count', 'for_each', 'depends_on', 'lifecycle', 'provider', 'provisioner']

interface Place {
  readonly kind: 'resource' | 'data'
  readonly type: string
  readonly name: string
  readonly body: Body
}

/** Evaluates a module of infra/terraform with these variables. */
export async function evaluateModule(
  name: string,
  variables: Values,
  attributes: Attributes = () => undefined,
  outside: Readonly<Record<string, Values>> = {}
): Promise<Evaluated> {
  const module = await readModule(name)
  await readExpressions(module)
  return new Evaluation(module, variables, attributes, outside).whole()
}

class Evaluation {
  private readonly places: readonly Place[]
  private readonly locals: Readonly<Record<string, unknown>>
  private readonly found = new Map<string, Value>()
  private readonly bodies = new Map<string, Values>()
  private readonly module: Module
  private readonly given: Values
  private readonly attributes: Attributes
  /** What data sources have found: by type, the attributes. */
  private readonly outside: Readonly<Record<string, Values>>

  constructor(
    module: Module,
    given: Values,
    attributes: Attributes,
    outside: Readonly<Record<string, Values>>
  ) {
    this.module = module
    this.given = given
    this.attributes = attributes
    this.outside = {
      aws_caller_identity: { account_id: PLACE.account },
      aws_partition: { partition: PLACE.partition, dns_suffix: 'amazonaws.com' },
      aws_region: { region: PLACE.region },
      ...outside
    }
    this.locals = Object.assign({}, ...(module.locals ?? [])) as Record<string, unknown>
    this.places = (['resource', 'data'] as const).flatMap((kind) =>
      Object.entries(module[kind] ?? {}).flatMap(([type, named]) =>
        Object.entries(named).map(([label, [body = {}]]) => ({ kind, type, name: label, body }))
      )
    )
  }

  whole(): Evaluated {
    const problems = this.problems()
    if (problems.length > 0) return { problems, resources: [], outputs: {} }
    const resources = this.places
      .filter(({ kind }) => kind === 'resource')
      .flatMap((place) =>
        this.keysOf(place).map(([key, scope]) => ({
          address: addressOf(place, key),
          type: place.type,
          values: this.valuesOf(place, key, scope),
          lifecycle: ((place.body['lifecycle'] as Body[] | undefined) ?? [])[0] ?? {}
        }))
      )
    const outputs = Object.entries(this.module.output ?? {}).map(
      ([label, [body]]) => [label, evaluate(body?.['value'], this.scope)] as const
    )
    return { problems, resources, outputs: Object.fromEntries(outputs) }
  }

  private problems(): string[] {
    const declared = this.module.variable ?? {}
    const unknown = Object.keys(this.given).filter((name) => !(name in declared))
    if (unknown.length > 0) throw new Error(`no such variables: ${unknown.join(', ')}`)
    return Object.values(declared).flatMap(([body]) =>
      ((body?.['validation'] as Body[] | undefined) ?? [])
        .filter(({ condition }) => evaluate(condition, this.scope) !== true)
        .map((validation) => textOf(evaluate(validation['error_message'], this.scope)))
    )
  }

  private readonly scope: Scope = (name) => {
    if (name === 'var') return new Instance((variable) => this.variable(variable))
    if (name === 'local') return new Instance((local) => this.local(local))
    if (name === 'data') return new Instance((type) => this.ofType('data', type))
    return this.places.some(({ kind, type }) => kind === 'resource' && type === name)
      ? this.ofType('resource', name)
      : undefined
  }

  private variable(name: string): Value {
    const [body] = this.module.variable?.[name] ?? []
    if (!body) throw new Error(`there is no variable ${name}`)
    const value = this.given[name] ?? (body['default'] as Value | undefined)
    if (value === undefined) throw new Error(`the variable ${name} is needed`)
    return textOf(body['type']).startsWith('${set(')
      ? [...new Set(value as string[])].toSorted()
      : value
  }

  private local(name: string): Value {
    if (!(name in this.locals)) throw new Error(`there is no local ${name}`)
    return this.once(`local.${name}`, () => evaluate(this.locals[name], this.scope))
  }

  private once(key: string, make: () => Value): Value {
    const there = this.found.get(key)
    if (there !== undefined) return there
    const made = make()
    this.found.set(key, made)
    return made
  }

  private ofType(kind: 'resource' | 'data', type: string): Value {
    return new Instance((name) => {
      const place = this.places.find(
        (each) => each.kind === kind && each.type === type && each.name === name
      )
      if (!place) throw new Error(`there is no ${kind} ${type}.${name}`)
      const instances = this.keysOf(place).map(
        ([key, scope]) => [key, this.instance(place, key, scope)] as const
      )
      if (place.body['for_each'] !== undefined)
        return Object.fromEntries(instances.map(([key, instance]) => [textOf(key), instance]))
      if (place.body['count'] !== undefined) return instances.map(([, instance]) => instance)
      const [[, only] = []] = instances
      if (!only) throw new Error(`there is no ${type}.${name}`)
      return only
    })
  }

  /** The keys of a place's instances, each with what is called `each` or `count` in it. */
  private keysOf({ body }: Place): [string | number | undefined, Scope][] {
    const within = (name: string, value: Values): Scope => {
      return (wanted) => (wanted === name ? value : this.scope(wanted))
    }
    if (body['for_each'] !== undefined) {
      const over = evaluate(body['for_each'], this.scope)
      const entries = Array.isArray(over)
        ? (over as readonly Value[]).map((each) => [textOf(each), each] as const)
        : Object.entries(over as Values)
      return entries.map(([key, value]) => [key, within('each', { key, value })])
    }
    if (body['count'] === undefined) return [[undefined, this.scope]]
    const count = Number(evaluate(body['count'], this.scope))
    return Array.from({ length: count }, (_, index) => [index, within('count', { index })])
  }

  private instance(place: Place, key: string | number | undefined, scope: Scope): Instance {
    const { kind, type } = place
    const address = addressOf(place, key)
    const schema = schemaOf(kind, type)
    return new Instance((name) => {
      const outer = kind === 'data' ? this.outside[type]?.[name] : undefined
      if (outer !== undefined) return outer
      if (kind === 'data' && type === 'aws_iam_policy_document' && name === 'json')
        return this.once(`${address}.json`, () =>
          JSON.stringify(policyDocument(this.valuesOf(place, key, scope)))
        )
      if (
        !schema.computed.includes(name) &&
        !(name in schema.attributes) &&
        !(name in schema.blocks)
      )
        throw new Error(`${type} has no ${name}`)
      const said = this.attributes(address, name, type)
      if (said !== undefined) return said
      const value = schema.computed.includes(name) ? null : this.valuesOf(place, key, scope)[name]
      return value ?? `<${address}.${name}>`
    })
  }

  private valuesOf(place: Place, key: string | number | undefined, scope: Scope): Values {
    const address = addressOf(place, key)
    const there = this.bodies.get(address)
    if (there) return there
    const own = Object.fromEntries(
      Object.entries(place.body).filter(([name]) => !META.includes(name))
    )
    const made = blockValues(own, schemaOf(place.kind, place.type), scope)
    this.bodies.set(address, made)
    return made
  }
}

function addressOf({ kind, type, name }: Place, key: string | number | undefined): string {
  const index = key === undefined ? '' : `[${JSON.stringify(key)}]`
  return `${kind === 'data' ? 'data.' : ''}${type}.${name}${index}`
}

function schemaOf(kind: 'resource' | 'data', type: string): ResourceSchema {
  const schema = (kind === 'data' ? SCHEMA.data : SCHEMA.resources)[type]
  if (!schema)
    throw new Error(
      `provider-schema.json does not have ${type}; scripts/terraform-schema.ts makes it`
    )
  return schema
}

/** A body with its blocks, dynamic ones too, as lists; what is null is as if it was not there. */
function blockValues(body: Body, schema: BlockSchema, scope: Scope): Values {
  const made: Record<string, Value> = {}
  for (const [name, json] of Object.entries(body)) {
    if (name === 'dynamic') continue
    const nested = schema.blocks[name]
    if (nested && nested.attribute === undefined) {
      const blocks = (Array.isArray(json) ? json : [json]) as Body[]
      made[name] = blocks.map((block) => blockValues(block, nested, scope))
    } else {
      const value = evaluate(json, scope)
      if (value !== null) made[name] = value
    }
  }
  for (const [name, dynamics] of Object.entries(
    (body['dynamic'] ?? {}) as Record<string, Body[]>
  )) {
    const nested = schema.blocks[name]
    if (!nested) throw new Error(`a dynamic block ${name} is not known to the provider`)
    const blocks = dynamics.flatMap((dynamic) => dynamicBlocks(name, dynamic, nested, scope))
    made[name] = [...((made[name] ?? []) as Value[]), ...blocks]
  }
  return made
}

function dynamicBlocks(name: string, dynamic: Body, nested: BlockSchema, scope: Scope): Values[] {
  const over = evaluate(dynamic['for_each'], scope)
  const entries = Array.isArray(over)
    ? (over as readonly Value[]).map((value, key) => [key, value] as const)
    : Object.entries(over as Values)
  const [content = {}] = dynamic['content'] as Body[]
  const iterator = typeof dynamic['iterator'] === 'string' ? dynamic['iterator'].slice(2, -1) : name
  return entries.map(([key, value]) =>
    blockValues(content, nested, (wanted) => (wanted === iterator ? { key, value } : scope(wanted)))
  )
}
