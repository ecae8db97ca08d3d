import type { Emulator } from '../emulator.ts'
import type { HttpApi } from '../http-api/server.ts'
import { refused } from './refused.ts'

/** What a stack is made in. */
export interface Ground {
  readonly emulator: Emulator
  /** The folder that the object `BUCKET/KEY` holds, unpacked. */
  readonly code: Readonly<Record<string, string>>
  /** What every function finds in its environment besides what the template says. */
  readonly environment: Readonly<Record<string, string>>
  /** The APIs of the stack, by id. */
  readonly apis: Map<string, HttpApi>
  /** Their integrations, by id. */
  readonly integrations: Map<string, { readonly target: string; readonly timeoutMs?: number }>
}

/** A resource that stands. */
export interface Made {
  /** What `Ref` gives. */
  readonly id: string
  /** What `Fn::GetAtt` gives. */
  readonly attributes?: Readonly<Record<string, string>>
}

export type Properties = Readonly<Record<string, unknown>>

/** Makes a resource of properties in which everything is resolved. `name` is its logical id. */
export type Make = (properties: Properties, ground: Ground, name: string) => Made | Promise<Made>

export const text = (properties: Properties, name: string): string => String(properties[name])
/** Undefined where it is absent. */
export function amount(properties: Properties, name: string): number | undefined {
  const value = properties[name]
  if (value === undefined) return undefined
  if (Number.isFinite(Number(value))) return Number(value)
  throw refused(`${name} is no number: ${JSON.stringify(value)}`)
}
export const part = (properties: Properties, name: string): Properties =>
  (properties[name] ?? {}) as Properties

export function arn({ emulator }: Ground, service: string, rest: string): string {
  const { partition, region, account } = emulator.world
  return `arn:${partition}:${service}:${service === 'iam' ? '' : region}:${account}:${rest}`
}
