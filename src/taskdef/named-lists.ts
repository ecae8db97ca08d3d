import type { Mapping } from '../documents/mapping.ts'

/** A list whose elements have names of their own, so that they can be told apart without an index. */
export interface NamedList {
  /** The element's name for a path; undefined where the element is not as it should be. */
  readonly nameOf: (element: Mapping) => string | undefined
  /** The members the name is made of. */
  readonly identity: readonly string[]
  /** The one other member, where an element is a name and a value. */
  readonly value?: string
  /** Whether AWS keeps the order, and it may mean something. */
  readonly ordered: boolean
}

const pair = (name: string, value: string): NamedList => ({
  nameOf: (element) => textOf(element[name]),
  identity: [name],
  value,
  ordered: false
})

/** By the name of the member that holds the list. */
export const NAMED_LISTS: ReadonlyMap<string, NamedList> = new Map<string, NamedList>([
  ['environment', pair('name', 'value')],
  ['secrets', pair('name', 'valueFrom')],
  ['secretOptions', pair('name', 'valueFrom')],
  ['properties', pair('name', 'value')],
  ['tags', pair('key', 'value')],
  [
    'containerDefinitions',
    { nameOf: ({ name }) => textOf(name), identity: ['name'], ordered: true }
  ],
  ['volumes', { nameOf: ({ name }) => textOf(name), identity: ['name'], ordered: false }],
  [
    'portMappings',
    {
      nameOf: ({ containerPort, containerPortRange, protocol }) =>
        typeof containerPort === 'number' && containerPortRange === undefined
          ? textOf(protocol) && `${containerPort}/${textOf(protocol)}`
          : undefined,
      identity: ['containerPort', 'protocol'],
      ordered: true
    }
  ]
])

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
