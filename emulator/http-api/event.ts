import { randomBytes } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { Switches } from '../switches.ts'

/** A request as it arrived. */
export interface ApiRequest {
  readonly method: string
  /** Still percent-encoded, without the query. */
  readonly path: string
  /** Without the question mark. */
  readonly query: string
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
  readonly sourceIp: string
  readonly httpVersion: string
}

export interface EventContext {
  readonly apiId: string
  readonly region: string
  readonly account: string
  readonly routeKey: string
  readonly requestId: string
  /** Emulated time, milliseconds since the epoch. */
  readonly at: number
  readonly port: number
  readonly httpApiBody: Switches['httpApiBody']
}

/**
 * The event in payload format 2.0 (API Gateway developer guide, "Lambda proxy
 * integrations for HTTP APIs"): header names in lower case, several values
 * joined by commas, cookies on their own.
 */
export function proxyEvent(request: ApiRequest, context: EventContext): APIGatewayProxyEventV2 {
  const { method, path, query, body, sourceIp, httpVersion } = request
  const { apiId, region, account, routeKey, requestId, at } = context
  const { headers, cookies } = readHeaders(request, context)
  const parameters = readQuery(query)
  const encoded = body.length > 0 && isBinary(headers['content-type'], context.httpApiBody)
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(parameters && { queryStringParameters: parameters }),
    requestContext: {
      accountId: account,
      apiId,
      domainName: `${apiId}.execute-api.${region}.amazonaws.com`,
      domainPrefix: apiId,
      http: {
        method,
        path,
        protocol: `HTTP/${httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? ''
      },
      requestId,
      routeKey,
      stage: '$default',
      time: commonLogTime(at),
      timeEpoch: at
    },
    ...(body.length > 0 && { body: body.toString(encoded ? 'base64' : 'utf8') }),
    isBase64Encoded: encoded
  }
}

function readHeaders(
  { rawHeaders, sourceIp }: ApiRequest,
  { at, port }: EventContext
): { readonly headers: Record<string, string>; readonly cookies: string[] } {
  const values = new Map<string, string[]>()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? ''
    values.set(name, [...(values.get(name) ?? []), rawHeaders[index + 1] ?? ''])
  }
  const cookies = (values.get('cookie') ?? []).flatMap((line) => line.split(/;\s*/))
  for (const name of ['cookie', 'connection', 'transfer-encoding']) values.delete(name)
  const forwarded = [...(values.get('x-forwarded-for') ?? []), sourceIp]
  return {
    headers: {
      ...Object.fromEntries([...values].map(([name, list]) => [name, list.join(',')])),
      'x-amzn-trace-id': traceId(at),
      'x-forwarded-for': forwarded.join(', '),
      'x-forwarded-port': String(port),
      'x-forwarded-proto': 'http'
    },
    cookies
  }
}

function readQuery(query: string): Record<string, string> | undefined {
  if (query === '') return undefined
  const values = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(query)) {
    const former = values.get(name)
    values.set(name, former === undefined ? value : `${former},${value}`)
  }
  return Object.fromEntries(values)
}

/** What is not known to be text arrives as base64; a form is not. */
function isBinary(contentType: string | undefined, setting: Switches['httpApiBody']): boolean {
  if (setting === 'text') return false
  return !/^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript)\b)/i.test(
    contentType ?? ''
  )
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(at: number): string {
  const date = new Date(at)
  const [day = '', clock = ''] = date.toISOString().split(/[T.]/)
  const [year = '', , dayOfMonth = ''] = day.split('-')
  return `${dayOfMonth}/${MONTHS[date.getUTCMonth()] ?? ''}/${year}:${clock} +0000`
}

function traceId(at: number): string {
  const seconds = Math.floor(at / 1000).toString(16)
  return `Root=1-${seconds.padStart(8, '0')}-${randomBytes(12).toString('hex')}`
}
