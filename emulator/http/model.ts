import { NormalizedSchema } from '@smithy/core/schema'
import type { $SchemaRef, SchemaTraits } from '@smithy/types'

/** What an SDK package says about its service: the emulator has no second opinion. */
export interface ServiceModel {
  readonly operations: ReadonlyMap<string, OperationModel>
  /** By shape name and by wire code, which differ for Query services (`TargetGroupNotFound`). */
  readonly errors: ReadonlyMap<string, ErrorModel>
}

export interface OperationModel {
  readonly name: string
  readonly input: NormalizedSchema
  readonly output: NormalizedSchema
  /** Method, path template and success status, where the protocol is REST. */
  readonly http: HttpBinding | undefined
}

export interface HttpBinding {
  readonly method: string
  readonly path: string
  readonly status: number
}

export interface ErrorModel {
  readonly name: string
  readonly httpStatus: number
}

/** Reads the schemas that an SDK client package exports (`import * as ecs from '@aws-sdk/client-ecs'`). */
export function readModel(sdk: Readonly<Record<string, unknown>>): ServiceModel {
  const operations = new Map<string, OperationModel>()
  const errors = new Map<string, ErrorModel>()
  for (const [name, value] of Object.entries(sdk)) {
    if (!name.endsWith('$') || !Array.isArray(value)) continue
    if (isOperation(value)) {
      const [, , shape, traits, input, output] = value
      operations.set(shape, {
        name: shape,
        input: NormalizedSchema.of(input),
        output: NormalizedSchema.of(output),
        http: httpBinding(traits)
      })
    } else if (isError(value)) {
      const [, , shape, traits] = value
      const model = { name: shape, httpStatus: statusOf(traits) }
      errors.set(shape, model)
      const code = wireCode(traits)
      if (code) errors.set(code, model)
    }
  }
  return { operations, errors }
}

/** Names of the members a request must have: the schema lists them first and counts them. */
export function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const raw: unknown = schema.getSchema()
  if (!Array.isArray(raw)) return []
  const members: unknown = raw[4]
  const count: unknown = raw[6]
  if (!Array.isArray(members) || typeof count !== 'number') return []
  return members.slice(0, count).map(String)
}

function isOperation(
  value: readonly unknown[]
): value is [9, string, string, SchemaTraits, $SchemaRef, $SchemaRef] {
  return value[0] === 9 && typeof value[2] === 'string'
}

function isError(value: readonly unknown[]): value is [-3, string, string, SchemaTraits] {
  return value[0] === -3 && typeof value[2] === 'string'
}

function httpBinding(traits: SchemaTraits): HttpBinding | undefined {
  if (typeof traits !== 'object' || !traits.http) return undefined
  const [method, path, status] = traits.http
  return { method, path, status }
}

function statusOf(traits: SchemaTraits): number {
  if (typeof traits !== 'object') return 400
  if (typeof traits['httpError'] === 'number') return traits['httpError']
  return traits.error === 'server' ? 500 : 400
}

function wireCode(traits: SchemaTraits): string | undefined {
  if (typeof traits !== 'object') return undefined
  const queryError: unknown = traits['awsQueryError']
  const code: unknown = Array.isArray(queryError) ? queryError[0] : undefined
  return typeof code === 'string' ? code : undefined
}
