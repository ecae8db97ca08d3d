import { mappingsIn, type Mapping } from '../documents/mapping.ts'

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

export function stripReadOnly(taskDefinition: object): Mapping {
  return Object.fromEntries(Object.entries(taskDefinition).filter(([name]) => !readOnly.has(name)))
}

/**
 * DescribeTaskDefinition's answer as something that can be registered again.
 *
 * Tags come beside the definition and would be lost without this. Those that
 * AWS set itself (`aws:`) and an empty list of them are refused on the way in.
 */
export function fromDescribed(taskDefinition: object, tags: readonly object[] = []): Mapping {
  const own = mappingsIn(tags).filter(
    ({ key }) => !(typeof key === 'string' && key.toLowerCase().startsWith('aws:'))
  )
  return { ...stripReadOnly(taskDefinition), ...(own.length > 0 && { tags: own }) }
}
