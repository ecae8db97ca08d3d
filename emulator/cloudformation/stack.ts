import type { Emulator } from '../emulator.ts'
import { resolve, type Names } from './intrinsics.ts'
import type { Ground, Made } from './made.ts'
import { namesOf, wanted } from './names.ts'
import { parameterValues, type ParameterValues } from './parameters.ts'
import { refused } from './refused.ts'
import { MAKERS } from './resources.ts'
import { brokenRule } from './rules.ts'
import type { Resource, Template } from './template.ts'

export interface StackOptions extends Pick<Ground, 'code'>, Partial<Pick<Ground, 'environment'>> {
  /** `stack` unless given. */
  readonly name?: string
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
 * Creates what a template describes, as CloudFormation does: conditions, references, exports and
 * imports, each resource after those it names. Rejects with AwsError `ValidationError` where the
 * parameters do not fit, nobody exports what it imports, the template has a circle, or a resource
 * of a type that the emulator lacks; what stood before an error stays.
 */
export async function createStack(emulator: Emulator, options: StackOptions): Promise<Stack> {
  const { template, name: stackName = 'stack' } = options
  const place = { ...emulator.world, stackName }
  const { exports: exported } = emulator.world
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
  const existing = (name: string): Made => {
    const found = made.get(name)
    if (!found) throw refused(`Unresolved resource dependencies [${name}] in the template`)
    return found
  }
  const names = namesOf(template, values, place, {
    id: (name) => existing(name).id,
    attribute(name, attribute) {
      const value = existing(name).attributes?.[attribute]
      if (value === undefined) throw refused(`the emulator knows no ${attribute} of ${name}`)
      return value
    },
    imported(name) {
      const value = exported.get(name)
      if (value === undefined) throw refused(`No export named ${name} found.`)
      return value
    }
  })
  const broken = brokenRule(template, names)
  if (broken !== undefined) throw refused(`Template constraints failed: ${broken}`)
  const planned = new Map(wanted(template.Resources, names))
  const underWay = new Set<string>()
  for (const [, resource] of planned) namedBy(resource, names, values)
  const make = async (name: string, resource: Resource): Promise<void> => {
    if (made.has(name)) return
    if (underWay.has(name)) {
      throw refused(`Circular dependency between resources: [${[...underWay].join(', ')}]`)
    }
    underWay.add(name)
    for (const other of namedBy(resource, names, values)) {
      const needed = planned.get(other)
      if (needed) await make(other, needed)
    }
    const maker = MAKERS.get(resource.Type)
    if (!maker) throw refused(`the emulator has no ${resource.Type}`)
    const Properties = resolve(resource.Properties, names) as Resource['Properties']
    made.set(name, await maker(Properties, ground, name))
    resources[name] = { ...resource, Properties }
    underWay.delete(name)
  }
  for (const [name, resource] of planned) await make(name, resource)

  const outputs: Record<string, string> = {}
  for (const [name, { Value, Export }] of wanted(template.Outputs, names)) {
    const value = String(resolve(Value, names))
    outputs[name] = value
    if (Export) exportAs(String(resolve(Export.Name, names)), value, exported)
  }
  return {
    apis: ground.apis,
    resources,
    outputs,
    id: (logical) => made.get(logical)?.id
  }
}

function exportAs(name: string, value: string, exported: Map<string, string>): void {
  if (exported.has(name)) throw refused(`Export with name ${name} is already exported`)
  exported.set(name, value)
}

/** Everything that a resource refers to, pseudo parameters among it. Throws where it imports what nobody exports. */
function namedBy(
  { Properties, DependsOn = [] }: Resource,
  names: Names,
  values: ParameterValues
): Set<string> {
  const found = new Set([DependsOn].flat())
  resolve(Properties, {
    holds: (condition) => names.holds(condition),
    ref: (name) => values.get(name) ?? (found.add(name), ''),
    attribute: (name) => (found.add(name), ''),
    imported: (name) => names.imported(name)
  })
  return found
}
