import type { IncomingHttpHeaders } from 'node:http'
import type { OperationModel, ServiceModel } from './model.ts'
import type { RefusalTable } from './refusal.ts'

export interface HttpRequest {
  readonly method: string
  /** Still percent-encoded, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** One wire protocol as one service speaks it. */
export interface Protocol {
  /** The operation this request names, or undefined when it is meant for another service. */
  operation(request: HttpRequest, model: () => ServiceModel): string | undefined
  /** The request in the SDK's input shape; throws CommonRefusal for what the model does not know. */
  decode(operation: OperationModel, request: HttpRequest): Decoded
  encode(operation: OperationModel, output: unknown, requestId: string): HttpAnswer
  encodeError(error: WireError, requestId: string, request: HttpRequest): HttpAnswer
  readonly refusals: RefusalTable
}

export interface Decoded {
  readonly input: Readonly<Record<string, unknown>>
  /** Paths of required members that are not there, in AWS's notation (`loadBalancers.1.member.x`). */
  readonly missing: readonly string[]
}

export interface WireError {
  readonly code: string
  readonly message: string
  readonly httpStatus: number
}
