import { isList, isMapping, textIn, type Mapping } from '../documents/mapping.ts'

/** What DescribeTaskDefinition returns and RegisterTaskDefinition does not take (aws-semantics 3.1). */
export const READ_ONLY = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt'
] as const

const readOnly: ReadonlySet<string> = new Set(READ_ONLY)

/** What can be registered: without what AWS alone sets, the tags whose keys begin with `aws:` included. */
export function stripReadOnly(taskDefinition: object): Mapping {
  return Object.fromEntries(
    Object.entries(taskDefinition)
      .filter(([name]) => !readOnly.has(name))
      .map(([name, value]) => [name, name === 'tags' && isList(value) ? ownTags(value) : value])
  )
}

/** RegisterTaskDefinition refuses the others, and nobody can set or remove them (ECS API reference, Tag). */
function ownTags(tags: readonly unknown[]): readonly unknown[] {
  return tags.filter((tag) => !(isMapping(tag) && /^aws:/i.test(textIn(tag, 'key') ?? '')))
}
