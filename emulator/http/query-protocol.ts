import { decode } from './decode.ts'
import { formNotation, parseForm } from './form.ts'
import type { HttpRequest, Protocol } from './protocol.ts'
import type { RefusalTable } from './refusal.ts'
import { element, escapeXml, toXml } from './xml.ts'

/** AWS Query: `Action=` and `Version=` as form parameters, XML back. */
export function awsQuery(version: string, xmlNamespace: string): Protocol {
  const root = (name: string, content: string): string =>
    `<${name} xmlns="${xmlNamespace}">${content}</${name}>`
  return {
    operation(request) {
      const form = parameters(request)
      return form?.get('Version') === version ? (form.get('Action') ?? undefined) : undefined
    },
    decode(operation, request) {
      const form = new URLSearchParams(parameters(request))
      form.delete('Action')
      form.delete('Version')
      return decode(formNotation, operation.input, parseForm(form))
    },
    encode(operation, output, requestId) {
      const { name } = operation
      const result = operation.output.isUnitSchema()
        ? ''
        : element(`${name}Result`, toXml(operation.output, output ?? {}))
      const metadata = element('ResponseMetadata', element('RequestId', requestId))
      const body = root(`${name}Response`, result + metadata)
      return { status: 200, headers: xmlHeaders(requestId), body }
    },
    encodeError(error, requestId) {
      const content =
        element('Type', error.httpStatus < 500 ? 'Sender' : 'Receiver') +
        element('Code', escapeXml(error.code)) +
        element('Message', escapeXml(error.message))
      const body = root(
        'ErrorResponse',
        element('Error', content) + element('RequestId', requestId)
      )
      return { status: error.httpStatus, headers: xmlHeaders(requestId), body }
    },
    refusals: QUERY_REFUSALS
  }
}

function xmlHeaders(requestId: string): Record<string, string> {
  return { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }
}

/** The form of a request in Query, in its body or in its address. */
export function parameters(request: HttpRequest): URLSearchParams | undefined {
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return new URLSearchParams(request.body.toString('utf8'))
  }
  return request.query.has('Action') ? request.query : undefined
}

export const QUERY_REFUSALS: RefusalTable = {
  'missing-credentials': ['MissingAuthenticationToken', 403],
  'unknown-credentials': ['InvalidClientTokenId', 403],
  'expired-credentials': ['ExpiredToken', 403],
  'wrong-region': ['SignatureDoesNotMatch', 403],
  'access-denied': ['AccessDenied', 403],
  throttled: ['Throttling', 400],
  malformed: ['MalformedInput', 400],
  invalid: ['ValidationError', 400],
  'unknown-operation': ['InvalidAction', 400],
  'not-emulated': ['NotImplemented', 501],
  internal: ['InternalFailure', 500]
}
