import { refused } from './refused.ts'

/** What the names in a template stand for. */
export interface Names {
  /** Of `Ref`: a parameter's value, a pseudo parameter's, or a resource's physical id. */
  ref(name: string): string | readonly string[]
  /** Of `Fn::GetAtt`. */
  attribute(resource: string, attribute: string): string
  /** Of `Fn::ImportValue`. */
  imported(name: string): string
  /** Whether a condition holds. */
  holds(condition: string): boolean
}

const NO_VALUE = Symbol('AWS::NoValue')

/** A part of a template with its functions carried out; what is `AWS::NoValue` is left out. */
export function resolve(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => resolve(each, names)).filter((each) => each !== NO_VALUE)
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [name = '', argument] = entries.length === 1 ? (entries[0] ?? []) : []
  const carryOut = FUNCTIONS.get(name)
  if (carryOut) return carryOut(argument, names)
  if (name === 'Condition' && typeof argument === 'string') return names.holds(argument)
  if (name.startsWith('Fn::')) throw refused(`the emulator has no ${name}`)
  return Object.fromEntries(
    entries
      .map(([key, each]) => [key, resolve(each, names)] as const)
      .filter(([, each]) => each !== NO_VALUE)
  )
}

type Carry = (argument: unknown, names: Names) => unknown

const FUNCTIONS: ReadonlyMap<string, Carry> = new Map<string, Carry>([
  ['Ref', (name, names) => (name === 'AWS::NoValue' ? NO_VALUE : names.ref(String(name)))],
  ['Fn::GetAtt', (path, names) => attributeOf(String(path), names)],
  [
    'Fn::Sub',
    (argument, names) => {
      const [text, own = {}] = (Array.isArray(argument) ? argument : [argument]) as [
        string,
        object?
      ]
      const values = new Map(Object.entries(resolve(own, names) as Record<string, string>))
      return text.replace(/\$\{([^}]+)\}/g, (_, name: string) =>
        String(
          values.get(name) ?? (name.includes('.') ? attributeOf(name, names) : names.ref(name))
        )
      )
    }
  ],
  ['Fn::ImportValue', (name, names) => names.imported(String(resolve(name, names)))],
  [
    'Fn::Join',
    (argument, names) => {
      const [by, parts] = resolve(argument, names) as [string, readonly string[]]
      return parts.join(by)
    }
  ],
  [
    'Fn::If',
    (argument, names) => {
      const [condition, yes, no] = argument as [string, unknown, unknown]
      return resolve(names.holds(condition) ? yes : no, names)
    }
  ],
  [
    'Fn::Equals',
    (argument, names) => {
      const [one, other] = resolve(argument, names) as unknown[]
      return one === other
    }
  ],
  ['Fn::Not', (argument, names) => (resolve(argument, names) as unknown[])[0] !== true],
  ['Fn::And', (argument, names) => (resolve(argument, names) as unknown[]).every(isTrue)],
  ['Fn::Or', (argument, names) => (resolve(argument, names) as unknown[]).some(isTrue)],
  [
    'Fn::Select',
    (argument, names) => {
      const [index, list] = resolve(argument, names) as [number | string, readonly unknown[]]
      const selected = list[Number(index)]
      if (selected !== undefined) return selected
      throw refused(`Fn::Select cannot select nonexistent value at index ${index}`)
    }
  ],
  [
    'Fn::Split',
    (argument, names) => {
      const [by, whole] = resolve(argument, names) as [string, string]
      return whole.split(by)
    }
  ],
  [
    'Fn::Cidr',
    (argument, names) => {
      const [block, count, bits] = resolve(argument, names) as [string, unknown, unknown]
      return blocksOf(block, Number(count), Number(bits))
    }
  ],
  [
    'Fn::GetAZs',
    (argument, names) => {
      const named = resolve(argument, names)
      const region =
        typeof named === 'string' && named !== '' ? named : String(names.ref('AWS::Region'))
      return ['a', 'b', 'c'].map((zone) => region + zone)
    }
  ]
])

const isTrue = (value: unknown): boolean => value === true

/** The first blocks of so many host bits in a block of IPv4 addresses. */
function blocksOf(block: string, count: number, bits: number): string[] {
  const [address = '', prefix] = block.split('/')
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** bits
  if (count * size > 2 ** (32 - Number(prefix))) {
    throw refused(`Fn::Cidr: ${block} has no ${count} blocks of ${bits} bits`)
  }
  return Array.from({ length: count }, (_, index) => {
    const start = first + index * size
    const parts = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256)
    return `${parts.join('.')}/${32 - bits}`
  })
}

function attributeOf(path: string, names: Names): string {
  const dot = path.indexOf('.')
  return names.attribute(path.slice(0, dot), path.slice(dot + 1))
}
