import { signedScope } from '../sts/credentials.ts'
import { rpcTarget, rpcV2Cbor } from './cbor-protocol.ts'
import { awsJson } from './json-protocol.ts'
import type { HttpAnswer, HttpRequest, Protocol } from './protocol.ts'
import { awsQuery, parameters, QUERY_REFUSALS } from './query-protocol.ts'
import { awsRestJson } from './rest-json-protocol.ts'
import { element, escapeXml } from './xml.ts'

/** Services that speak XML in ways of their own, by the name with which their requests are signed. */
const EC2 = 'ec2'
const REST_XML = ['s3', 'cloudfront', 'route53']

/** What of a protocol refuses a request. */
type Refuser = Pick<Protocol, 'refusals' | 'encodeError'>

/** The answer to a request for a service that is not emulated, in the protocol of whoever asks. */
export function unknownService(request: HttpRequest, requestId: string): HttpAnswer {
  const { asked, refuser } = read(request)
  const [code, httpStatus] = refuser.refusals['not-emulated']
  const message = `The emulator does not have the service of this request: ${asked}.`
  return refuser.encodeError({ code, message, httpStatus }, requestId, request)
}

function read(request: HttpRequest): { readonly asked: string; readonly refuser: Refuser } {
  const rpc = rpcTarget(request)
  if (rpc) return { asked: `${rpc.service}.${rpc.operation}`, refuser: rpcV2Cbor(rpc.service) }
  const target = request.headers['x-amz-target']
  if (typeof target === 'string') return { asked: target, refuser: awsJson(target) }
  const service = signedScope(request.headers)?.service ?? 'unsigned'
  const form = parameters(request)
  const action = form?.get('Action') ?? undefined
  if (form && action !== undefined) {
    const version = form.get('Version') ?? ''
    const namespace = `https://${service}.amazonaws.com/doc/${version}/`
    return {
      asked: `${service} ${version}, ${action}`,
      refuser: service === EC2 ? ec2Query : awsQuery(version, namespace)
    }
  }
  return {
    asked: `${service}, ${request.method} ${request.path}`,
    refuser: REST_XML.includes(service) ? restXml : awsRestJson
  }
}

/** smithy.io, "AWS EC2 query protocol": `Response`, `Errors`, `Error`. */
const ec2Query: Refuser = {
  refusals: QUERY_REFUSALS,
  encodeError({ code, message, httpStatus }, requestId) {
    const error = element('Error', element('Code', code) + element('Message', escapeXml(message)))
    const body = element('Response', element('Errors', error) + element('RequestID', requestId))
    return { status: httpStatus, headers: { 'content-type': 'text/xml' }, body }
  }
}

/** As S3 writes it, without `ErrorResponse` around it (smithy.io, "AWS restXml protocol": `noErrorWrapping`). */
const restXml: Refuser = {
  refusals: QUERY_REFUSALS,
  encodeError({ code, message, httpStatus }, requestId) {
    const content = element('Code', code) + element('Message', escapeXml(message))
    return {
      status: httpStatus,
      headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
      body: element('Error', content + element('RequestId', requestId))
    }
  }
}
