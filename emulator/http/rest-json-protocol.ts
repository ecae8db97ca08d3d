import type { NormalizedSchema } from '@smithy/core/schema'
import { decode } from './decode.ts'
import { parseText } from './form.ts'
import { JSON_REFUSALS } from './json-protocol.ts'
import { jsonNotation, parseJson, toJson } from './json.ts'
import { requiredMembers } from './model.ts'
import type { HttpBinding, OperationModel, ServiceModel } from './model.ts'
import { outputMembers } from './output.ts'
import type { Decoded, HttpAnswer, HttpRequest, Protocol } from './protocol.ts'
import { CommonRefusal } from './refusal.ts'
import type { RefusalTable } from './refusal.ts'

/** AWS REST-JSON: method and path name the operation; members travel in path, query, headers and body. */
export const awsRestJson: Protocol = {
  operation(request, model) {
    return findOperation(request, model())?.name
  },
  decode: decodeRest,
  encode: encodeRest,
  encodeError(error, requestId) {
    return {
      status: error.httpStatus,
      headers: {
        'content-type': 'application/json',
        'x-amzn-errortype': error.code,
        'x-amzn-requestid': requestId
      },
      body: JSON.stringify({
        Type: error.httpStatus < 500 ? 'User' : 'Service',
        message: error.message
      })
    }
  },
  refusals: restRefusals()
}

function findOperation(request: HttpRequest, model: ServiceModel): OperationModel | undefined {
  for (const operation of model.operations.values()) {
    const { http } = operation
    if (http?.method === request.method && labels(http, request.path)) return operation
  }
  return undefined
}

/** Values of the `{labels}` in the template, decoded, or undefined when the path is another one. */
function labels(http: HttpBinding, path: string): Map<string, string> | undefined {
  const names: string[] = []
  const [template = ''] = http.path.split('?')
  const pattern = template.replace(/\{([^}+]+)(\+?)\}/g, (_, name: string, greedy: string) => {
    names.push(name)
    return greedy ? '(.+)' : '([^/]+)'
  })
  const match = new RegExp(`^${pattern}/?$`).exec(path)
  if (!match) return undefined
  return new Map(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]))
}

function decodeRest(operation: OperationModel, request: HttpRequest): Decoded {
  const path = operation.http && labels(operation.http, request.path)
  const bound: Record<string, unknown> = {}
  let payload: readonly [string, NormalizedSchema] | undefined
  const elsewhere = new Set<string>()
  for (const [name, member] of operation.input.structIterator()) {
    const traits = member.getMergedTraits()
    const text = traits.httpLabel
      ? path?.get(name)
      : traits.httpQuery
        ? (request.query.get(traits.httpQuery) ?? undefined)
        : headerText(request, traits.httpHeader)
    if (traits.httpPayload) payload = [name, member]
    if (traits.httpLabel ?? traits.httpQuery ?? traits.httpHeader) elsewhere.add(name)
    if (text !== undefined) bound[name] = parseText(text, member, name)
  }
  if (payload) {
    const [name, member] = payload
    if (member.isBlobSchema()) bound[name] = new Uint8Array(request.body)
    else bound[name] = decode(jsonNotation, member, parseJson(request.body)).input
    return { input: bound, missing: absent(operation.input, bound) }
  }
  const body = decode(jsonNotation, operation.input, parseJson(request.body))
  const stray = Object.keys(body.input).find((name) => elsewhere.has(name))
  if (stray) throw new CommonRefusal('malformed', `Unknown member '${stray}' in the body`)
  const input = { ...body.input, ...bound }
  return { input, missing: body.missing.filter((name) => !(name in bound)) }
}

function absent(schema: NormalizedSchema, bound: Record<string, unknown>): string[] {
  return requiredMembers(schema).filter((name) => bound[name] === undefined)
}

function headerText(request: HttpRequest, name: string | undefined): string | undefined {
  const value = name === undefined ? undefined : request.headers[name.toLowerCase()]
  return Array.isArray(value) ? value[0] : value
}

function encodeRest(operation: OperationModel, output: unknown, requestId: string): HttpAnswer {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-amzn-requestid': requestId
  }
  let status = operation.http?.status ?? 200
  let payload: string | Uint8Array | undefined
  const body: Record<string, unknown> = {}
  const members = operation.output.isUnitSchema()
    ? []
    : outputMembers(operation.output, output ?? {}, '')
  for (const { name, member, value } of members) {
    const traits = member.getMergedTraits()
    if (traits.httpHeader) headers[traits.httpHeader.toLowerCase()] = String(value)
    else if (traits.httpResponseCode) status = Number(value)
    else if (!traits.httpPayload) body[jsonNotation.key(name, member)] = toJson(member, value, name)
    else if (value instanceof Uint8Array) payload = value
    else payload = JSON.stringify(toJson(member, value, name))
  }
  const hasPayload = [...memberSchemas(operation.output)].some(
    (m) => m.getMergedTraits().httpPayload
  )
  return { status, headers, body: payload ?? (hasPayload ? '' : JSON.stringify(body)) }
}

function* memberSchemas(schema: NormalizedSchema): Iterable<NormalizedSchema> {
  for (const [, member] of schema.structIterator()) yield member
}

function restRefusals(): RefusalTable {
  return {
    ...JSON_REFUSALS,
    'missing-credentials': ['MissingAuthenticationTokenException', 403],
    'unknown-credentials': ['UnrecognizedClientException', 403],
    'expired-credentials': ['ExpiredTokenException', 403],
    'wrong-region': ['InvalidSignatureException', 403],
    'access-denied': ['AccessDeniedException', 403],
    throttled: ['TooManyRequestsException', 429],
    invalid: ['InvalidParameterValueException', 400]
  }
}
