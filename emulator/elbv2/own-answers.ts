import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsError } from '../errors.ts'
import { invalid } from './refusals.ts'

/** What a load balancer answers by itself, without any target. */
export type OwnAnswer = FixedResponse | Redirect

export interface FixedResponse {
  readonly type: 'fixed-response'
  readonly statusCode: string
  readonly contentType: string | undefined
  readonly messageBody: string | undefined
}

/** Each part may hold keywords: `#{protocol}`, `#{host}`, `#{port}`, `#{path}`, `#{query}`. */
export interface Redirect {
  readonly type: 'redirect'
  readonly statusCode: 'HTTP_301' | 'HTTP_302'
  readonly protocol: string
  readonly host: string
  readonly port: string
  readonly path: string
  readonly query: string
}

const CONTENT_TYPES = [
  'text/plain',
  'text/css',
  'text/html',
  'application/javascript',
  'application/json'
]
const LONGEST_BODY = 1024

/** What AWS puts where a redirect does not say (API reference, RedirectActionConfig: to keep what was asked). */
const AS_ASKED = {
  Protocol: '#{protocol}',
  Host: '#{host}',
  Port: '#{port}',
  Path: '/#{path}',
  Query: '#{query}'
}

/** API reference, FixedResponseActionConfig. */
export function readFixedResponse({ FixedResponseConfig: given }: Action): FixedResponse {
  const { StatusCode = '', ContentType, MessageBody } = given ?? {}
  if (!/^[245]\d\d$/.test(StatusCode))
    throw invalid(`Fixed response status code '${StatusCode}' must be 2XX, 4XX or 5XX`)
  if (ContentType !== undefined && !CONTENT_TYPES.includes(ContentType))
    throw invalid(`Fixed response content type must be one of ${CONTENT_TYPES.join(', ')}`)
  if (MessageBody !== undefined && MessageBody.length > LONGEST_BODY)
    throw invalid(`Fixed response message body can have at most ${LONGEST_BODY} characters`)
  return {
    type: 'fixed-response',
    statusCode: StatusCode,
    contentType: ContentType,
    messageBody: MessageBody
  }
}

/** API reference, RedirectActionConfig and its "URI components". */
export function readRedirect({ RedirectConfig: given }: Action): Redirect {
  const { StatusCode, ...parts } = given ?? {}
  if (StatusCode !== 'HTTP_301' && StatusCode !== 'HTTP_302')
    throw invalid('Redirect status code must be HTTP_301 or HTTP_302')
  const { Protocol, Host, Port, Path, Query } = {
    ...AS_ASKED,
    ...Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
  }
  if (!['HTTP', 'HTTPS', AS_ASKED.Protocol].includes(Protocol))
    throw invalid('Redirect protocol must be HTTP, HTTPS or #{protocol}')
  const isPort = /^[1-9]\d{0,4}$/.test(Port) && Number(Port) <= 65_535
  if (Port !== AS_ASKED.Port && !isPort)
    throw invalid('Redirect port must be from 1 to 65535 or #{port}')
  if (!Path.startsWith('/')) throw invalid("Redirect path must begin with '/'")
  const kept = { Protocol, Host, Port, Path }
  if (Object.entries(kept).every(([name, value]) => value === AS_ASKED[name as keyof typeof kept]))
    throw new AwsError(
      'InvalidLoadBalancerAction',
      'A redirect must modify at least one of protocol, port, hostname or path'
    )
  return {
    type: 'redirect',
    statusCode: StatusCode,
    protocol: Protocol,
    host: Host,
    port: Port,
    path: Path,
    query: Query
  }
}

export function showOwnAnswer(answer: OwnAnswer): Action {
  if (answer.type === 'fixed-response') {
    const { statusCode, contentType, messageBody } = answer
    return {
      Type: 'fixed-response',
      Order: 1,
      FixedResponseConfig: {
        StatusCode: statusCode,
        ContentType: contentType,
        MessageBody: messageBody
      }
    }
  }
  const { statusCode, protocol, host, port, path, query } = answer
  return {
    Type: 'redirect',
    Order: 1,
    RedirectConfig: {
      StatusCode: statusCode,
      Protocol: protocol,
      Host: host,
      Port: port,
      Path: path,
      Query: query
    }
  }
}
