import { decode } from './decode.ts'
import { jsonNotation, parseJson, toJson } from './json.ts'
import type { Protocol } from './protocol.ts'
import { queryErrorHeader } from './query-error.ts'
import type { RefusalTable } from './refusal.ts'

/** AWS JSON 1.0 and 1.1: `POST /` with the operation in `x-amz-target`. */
export function awsJson(target: string): Protocol {
  return {
    operation(request) {
      const header = request.headers['x-amz-target']
      const [service, operation] = typeof header === 'string' ? header.split('.', 2) : []
      return service === target ? operation : undefined
    },
    decode: (operation, request) => decode(jsonNotation, operation.input, parseJson(request.body)),
    encode(operation, output, requestId) {
      const empty = operation.output.isUnitSchema()
      return {
        status: 200,
        headers: { 'content-type': JSON_1_1, 'x-amzn-requestid': requestId },
        body: empty ? '' : JSON.stringify(toJson(operation.output, output ?? {}))
      }
    },
    encodeError(error, requestId, request) {
      const headers = {
        'content-type': request.headers['content-type'] ?? JSON_1_1,
        'x-amzn-requestid': requestId,
        ...queryErrorHeader(error, request)
      }
      const body = JSON.stringify({ __type: error.code, message: error.message })
      return { status: error.httpStatus, headers, body }
    },
    refusals: JSON_REFUSALS
  }
}

const JSON_1_1 = 'application/x-amz-json-1.1'

export const JSON_REFUSALS: RefusalTable = {
  'missing-credentials': ['MissingAuthenticationTokenException', 400],
  'unknown-credentials': ['UnrecognizedClientException', 400],
  'expired-credentials': ['ExpiredTokenException', 400],
  'wrong-region': ['InvalidSignatureException', 400],
  'access-denied': ['AccessDeniedException', 400],
  throttled: ['ThrottlingException', 400],
  malformed: ['SerializationException', 400],
  invalid: ['ValidationException', 400],
  'unknown-operation': ['UnknownOperationException', 400],
  'not-emulated': ['NotImplementedException', 501],
  internal: ['InternalFailure', 500]
}
