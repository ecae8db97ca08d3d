import type { Emulator } from '../emulator.ts'
import { resolve, type Names } from './intrinsics.ts'
import { parameterValues, type ParameterValues } from './parameters.ts'
import { refused } from './refused.ts'
import { MAKERS, type Ground, type Made } from './resources.ts'
import type { Resource, Template } from './template.ts'

export interface StackOptions extends Pick<Ground, 'code'>, Partial<Pick<Ground, 'environment'>> {
  readonly template: Template
  readonly parameters: Readonly<Record<string, string>>
}

/** What a template has made of an account. */
export interface Stack extends Pick<Ground, 'apis'> {
  readonly outputs: Readonly<Record<string, string>>
  /** What stands, with everything in it resolved, by logical id. */
  readonly resources: Readonly<Record<string, Resource>>
  /** The physical id of a resource; undefined where its condition does not hold. */
  id(logical: string): string | undefined
}

/**
 * Creates what a template describes, as CloudFormation does: conditions, references, each
 * resource after those it names. Rejects with AwsError `ValidationError` where the parameters
 * do not fit, the template has a circle, or a resource of a type that the emulator lacks;
 * what stood before an error stays.
 */
export async function createStack(emulator: Emulator, options: StackOptions): Promise<Stack> {
  const { template } = options
  const { partition, region, account } = emulator.world
  const pseudo = new Map([
    ['AWS::Partition', partition],
    ['AWS::Region', region],
    ['AWS::AccountId', account],
    ['AWS::URLSuffix', 'amazonaws.com']
  ])
  const values = parameterValues(template, options.parameters)
  const made = new Map<string, Made>()
  const resources: Record<string, Resource> = {}
  const ground: Ground = {
    emulator,
    code: options.code,
    environment: options.environment ?? {},
    apis: new Map(),
    integrations: new Map()
  }
  const names: Names = {
    ref: (name) => values.get(name) ?? pseudo.get(name) ?? existing(name).id,
    attribute(name, attribute) {
      const value = existing(name).attributes?.[attribute]
      if (value === undefined) throw refused(`the emulator knows no ${attribute} of ${name}`)
      return value
    },
    holds(condition) {
      if (condition in template.Conditions)
        return resolve(template.Conditions[condition], names) === true
      throw refused(`Unresolved condition dependency ${condition} in the template`)
    }
  }
  const existing = (name: string): Made => {
    const found = made.get(name)
    if (!found) throw refused(`Unresolved resource dependencies [${name}] in the template`)
    return found
  }

  const wanted = new Map(
    Object.entries(template.Resources).filter(
      ([, { Condition }]) => Condition === undefined || names.holds(Condition)
    )
  )
  const underWay = new Set<string>()
  const make = async (name: string, resource: Resource): Promise<void> => {
    if (made.has(name)) return
    if (underWay.has(name)) {
      throw refused(`Circular dependency between resources: [${[...underWay].join(', ')}]`)
    }
    underWay.add(name)
    for (const other of namedBy(resource, names, values)) {
      const needed = wanted.get(other)
      if (needed) await make(other, needed)
    }
    const maker = MAKERS.get(resource.Type)
    if (!maker) throw refused(`the emulator has no ${resource.Type}`)
    const Properties = resolve(resource.Properties, names) as Resource['Properties']
    made.set(name, await maker(Properties, ground, name))
    resources[name] = { ...resource, Properties }
    underWay.delete(name)
  }
  for (const [name, resource] of wanted) await make(name, resource)

  const outputs = Object.entries(template.Outputs).filter(
    ([, { Condition }]) => Condition === undefined || names.holds(Condition)
  )
  return {
    apis: ground.apis,
    resources,
    outputs: Object.fromEntries(
      outputs.map(([name, { Value }]) => [name, String(resolve(Value, names))])
    ),
    id: (logical) => made.get(logical)?.id
  }
}

/** Everything that a resource refers to, pseudo parameters among it. */
function namedBy(
  { Properties, DependsOn = [] }: Resource,
  names: Names,
  values: ParameterValues
): Set<string> {
  const found = new Set([DependsOn].flat())
  resolve(Properties, {
    holds: (condition) => names.holds(condition),
    ref: (name) => values.get(name) ?? (found.add(name), ''),
    attribute: (name) => (found.add(name), '')
  })
  return found
}
