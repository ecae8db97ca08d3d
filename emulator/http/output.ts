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
