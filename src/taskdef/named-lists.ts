import type { Mapping } from '../documents/mapping.ts'

/**
 * A list whose elements have names of their own, so that they can be told apart
 * without an index, and whose order means nothing.
 */
export interface NamedList {
  /** The element's name for a path; undefined where the element is not as it should be. */
  readonly nameOf: (element: Mapping) => string | undefined
  /** The members the name is made of. */
  readonly identity: readonly string[]
  /** The one other member, where an element is a name and a value. */
  readonly value?: string
}

const named = (name: string): NamedList => ({
  nameOf: (element) => textOf(element[name]),
  identity: [name]
})

const pair = (name: string, value: string): NamedList => ({ ...named(name), value })

/** By the name of the member that holds the list. */
export const NAMED_LISTS: ReadonlyMap<string, NamedList> = new Map<string, NamedList>([
  ['environment', pair('name', 'value')],
  ['secrets', pair('name', 'valueFrom')],
  ['secretOptions', pair('name', 'valueFrom')],
  ['properties', pair('name', 'value')],
  ['tags', pair('key', 'value')],
  ['systemControls', pair('namespace', 'value')],
  ['dependsOn', pair('containerName', 'condition')],
  ['extraHosts', pair('hostname', 'ipAddress')],
  ['containerDefinitions', named('name')],
  ['volumes', named('name')],
  ['ulimits', named('name')],
  ['mountPoints', named('containerPath')],
  [
    'portMappings',
    {
      nameOf: ({ containerPort, containerPortRange, protocol }) =>
        typeof containerPort === 'number' && containerPortRange === undefined
          ? textOf(protocol) && `${containerPort}/${textOf(protocol)}`
          : undefined,
      identity: ['containerPort', 'protocol']
    }
  ]
])

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
