import { CommonRefusal } from './http/refusal.ts'

type Scalar = string | number | boolean

/** The values of a member that change nothing here, because the emulator is always so; any other is refused. */
export class Only {
  readonly values: readonly Scalar[]

  constructor(values: readonly Scalar[]) {
    this.values = values
  }
}

/** Of a list, every element has to be one of the values. */
export function only(...values: readonly Scalar[]): Only {
  return new Only(values)
}

/**
 * What an operation does with one member: `true`, it reads it, or keeps it and
 * shows it, with everything inside; `only(...)`, it takes these values; else
 * the same for each member inside, of a list for each element.
 */
type Use<Value> =
  | true
  | (Value extends readonly (infer Element)[]
      ? Use<NonNullable<Element>>
      : Value extends Scalar
        ? Only
        : Value extends Date | Uint8Array
          ? never
          : Uses<Value>)

/** The members of a request that an operation uses. One that is not named is refused. */
export type Uses<Input> = { readonly [Name in keyof Input]?: Use<NonNullable<Input[Name]>> }

/** The same, whatever the request: what the check and the tests walk. */
export interface UsesTree {
  readonly [name: string]: true | Only | UsesTree
}

/** `true`: every member, also those of a later model. */
export type UsesOfRequest = true | UsesTree

type Run = (input: never, ...rest: never[]) => unknown

export interface Declared<Of extends Run> {
  readonly uses: UsesOfRequest
  readonly run: Of
}

/** An operation that refuses what it does not use before it does anything. */
export type Emulated<Of extends Run> = Of & Declared<Of>

/** Names the members of the request that `run` uses. */
export function using<Of extends Run>(
  uses: true | Uses<NoInfer<Parameters<Of>[0]>>,
  run: Of
): Declared<Of> {
  return { uses: uses as UsesOfRequest, run }
}

/** The operations of one service, each behind the check of what it uses. `service` is IAM's prefix. */
export function operations<Table extends Readonly<Record<string, Declared<Run>>>>(
  service: string,
  table: Table
): { readonly [Name in keyof Table]: Emulated<Table[Name]['run']> } {
  const checked = Object.entries(table).map(([name, { uses, run }]) => {
    const operation = (input: object, ...rest: readonly unknown[]): unknown => {
      refuseUnused(`${service}:${name}`, uses, input)
      return (run as (...all: readonly unknown[]) => unknown)(input, ...rest)
    }
    return [name, Object.assign(operation, { uses, run })]
  })
  return Object.fromEntries(checked) as ReturnType<typeof operations<Table>>
}

/** @throws CommonRefusal `not-emulated` that names every member which is set and not used. */
export function refuseUnused(operation: string, uses: UsesOfRequest, input: object): void {
  const unused = uses === true ? [] : unusedIn(uses, input, '')
  if (unused.length > 0) throw notEmulated(operation, unused.join(', '))
}

/** For what an operation finds out itself, before it has written anything. */
export function notEmulated(operation: string, what: string): CommonRefusal {
  return new CommonRefusal(
    'not-emulated',
    `${operation}: not emulated: ${what}. Leave it out of the request, or teach the emulator's operation to use it.`
  )
}

function unusedIn(uses: UsesTree, input: object, path: string): string[] {
  return Object.entries(input).flatMap(([name, value]: [string, unknown]) =>
    value === undefined
      ? []
      : unusedAt(Object.hasOwn(uses, name) ? uses[name] : undefined, value, join(path, name))
  )
}

function unusedAt(use: true | Only | UsesTree | undefined, value: unknown, path: string): string[] {
  if (use === true) return []
  if (use === undefined) return [`'${path}'`]
  if (Array.isArray(value)) {
    return value.flatMap((element: unknown, index) =>
      unusedAt(use, element, `${path}.${index + 1}.member`)
    )
  }
  if (use instanceof Only) {
    if (use.values.some((known) => known === value)) return []
    const known = use.values.map((each) => JSON.stringify(each)).join(' or ')
    return [`'${path}' ${JSON.stringify(value)} (what is emulated: ${known})`]
  }
  return typeof value === 'object' && value !== null ? unusedIn(use, value, path) : [`'${path}'`]
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name
}
