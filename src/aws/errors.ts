/**
 * What an error of an AWS call means for this action. The names are those on the wire
 * (aws-semantics 6 and 7), because services set `name` even on errors that they do not
 * model.
 */
export type ErrorKind =
  /** The role lacks a right. */
  | 'denied'
  /** There are no credentials, or they are no longer valid. */
  | 'credentials'
  | 'throttled'
  /**
   * A failure of servers or network that may pass by itself. Whether the call took effect is
   * not known.
   */
  | 'transient'
  /** A time limit of the action, or a cancel, ended the call. */
  | 'aborted'
  /** AWS has refused the request. */
  | 'refused'

const CREDENTIALS = new Set([
  'ExpiredTokenException',
  'ExpiredToken',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'CredentialsProviderError',
  'TokenProviderError'
])

const DENIED = new Set(['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation'])

const THROTTLED = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown'
])

const TRANSIENT = new Set([
  'TimeoutError',
  'InternalServerError',
  'InternalFailure',
  'InternalError',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'ServerException',
  'RequestTimeout',
  'RequestTimeoutException',
  // The SDK's JSON parser has read an HTML error page of a proxy or a load balancer.
  'SyntaxError'
])

const NETWORK_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPROTO'
])

/** The proxy has refused to connect; with 407 it wants other credentials, which it will go on to want. */
const PROXY_REFUSED = 'ERR_PROXY_TUNNEL'
const PROXY_WANTS_CREDENTIALS = 407

export function kindOf(error: unknown): ErrorKind {
  const name = errorName(error)
  if (name === 'AbortError') return 'aborted'
  if (CREDENTIALS.has(name)) return 'credentials'
  if (DENIED.has(name)) return 'denied'
  if (THROTTLED.has(name)) return 'throttled'
  if (TRANSIENT.has(name) || NETWORK_CODES.has(stringField(error, 'code') ?? '')) return 'transient'
  if (stringField(error, 'code') === PROXY_REFUSED) {
    return field(error, 'statusCode') === PROXY_WANTS_CREDENTIALS ? 'refused' : 'transient'
  }
  const status = httpStatus(error)
  if (status !== undefined && status >= 500) return 'transient'
  if (status === 429) return 'throttled'
  return 'refused'
}

/** The name that an AWS error carries on the wire, such as `DeploymentLimitExceededException`. */
export function errorName(error: unknown): string {
  return stringField(error, 'name') ?? 'Error'
}

/** `Name: message` on one line. */
export function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const name = errorName(error)
  const text = name === 'Error' || message.startsWith(name) ? message : `${name}: ${message}`
  return text.replace(/\s+/g, ' ').trim()
}

function stringField(error: unknown, name: string): string | undefined {
  const value = field(error, name)
  return typeof value === 'string' ? value : undefined
}

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
}

function httpStatus(error: unknown): number | undefined {
  const metadata = field(error, '$metadata')
  const status = field(metadata, 'httpStatusCode')
  return typeof status === 'number' ? status : undefined
}
