import { decode } from './decode.ts'
import { cborNotation, parseCbor, toCbor, writeCbor } from './cbor.ts'
import { queryErrorHeader } from './query-error.ts'
import { JSON_REFUSALS } from './json-protocol.ts'
import type { HttpRequest, Protocol } from './protocol.ts'

/** The value of `smithy-protocol`, in requests and answers. */
const NAME = 'rpc-v2-cbor'
const CBOR = 'application/cbor'

/**
 * Smithy RPC v2 with CBOR (smithy.io, "Smithy RPC v2 CBOR protocol"): service and operation are in the
 * path, and the header `smithy-protocol` says that the rest is to be read in this way.
 */
export function rpcV2Cbor(service: string): Protocol {
  return {
    operation(request) {
      const target = rpcTarget(request)
      return target?.service === service ? target.operation : undefined
    },
    decode: (operation, request) => decode(cborNotation, operation.input, parseCbor(request.body)),
    encode(operation, output, requestId) {
      const headers = { 'smithy-protocol': NAME, 'x-amzn-requestid': requestId }
      // An operation without an output has neither a body nor a type of one.
      if (operation.output.isUnitSchema()) return { status: 200, headers, body: '' }
      return {
        status: 200,
        headers: { ...headers, 'content-type': CBOR },
        body: writeCbor(toCbor(operation.output, output ?? {}))
      }
    },
    encodeError(error, requestId, request) {
      return {
        status: error.httpStatus,
        headers: {
          'content-type': CBOR,
          'smithy-protocol': NAME,
          'x-amzn-requestid': requestId,
          ...queryErrorHeader(error, request)
        },
        body: writeCbor({ __type: error.code, message: error.message })
      }
    },
    refusals: JSON_REFUSALS
  }
}

/** What a request in this protocol asks for; undefined: it is in another one. */
export function rpcTarget({
  headers,
  path
}: HttpRequest): { readonly service: string; readonly operation: string } | undefined {
  if (headers['smithy-protocol'] !== NAME) return undefined
  const [, service, operation] = /\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path) ?? []
  return service === undefined || operation === undefined ? undefined : { service, operation }
}
