const CONNECTION: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  // Node also uses this code if a connection was closed without an answer.
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ECONNABORTED: 'connection reset',
  // The connection was closed without an error, but before the answer was complete.
  CLOSED: 'connection closed',
  ETIMEDOUT: 'connecting timed out',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'name not found',
  EAI_AGAIN: 'name server does not answer',
  EMFILE: 'too many open files here',
  EADDRNOTAVAIL: 'no local port left here',
  HPE_HEADER_OVERFLOW: 'headers too long'
}

/** Codes of OpenSSL's verification and of Node's (nodejs.org, "X509 certificate error codes"). */
const TLS: Readonly<Record<string, string>> = {
  EPROTO: 'handshake failed',
  CERT_HAS_EXPIRED: 'certificate expired',
  CERT_NOT_YET_VALID: 'certificate not yet valid',
  CERT_REVOKED: 'certificate revoked',
  CERT_UNTRUSTED: 'certificate not trusted',
  CERT_REJECTED: 'certificate rejected',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in chain',
  UNABLE_TO_GET_ISSUER_CERT: 'issuer unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'issuer unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'issuer unknown',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate of another host'
}

/** The most characters of a reason. Evidence may contain a thousand reasons. */
const LONGEST = 64

/**
 * Why a request failed, in a few words. The same cause always gives the same words. The
 * error's own text is not used, because it may contain addresses.
 */
export function reasonOf(error: unknown): string {
  const code = textOf(error, 'code')
  if (code === undefined) return words(textOf(error, 'name') ?? 'error')
  const connection = known(CONNECTION, code)
  if (connection !== undefined) return connection
  const tls = known(TLS, code)
  if (tls !== undefined) return `tls: ${tls}`
  const [, rest] = /^ERR_(?:SSL|TLS)_(.+)$/.exec(code) ?? []
  if (rest !== undefined) return `tls: ${words(rest)}`
  return code.startsWith('HPE_') ? `not HTTP: ${words(code.slice(4))}` : words(code)
}

/** Such as `timed out after 5 s`. */
export function timedOut(timeoutMs: number): string {
  return `timed out after ${timeoutMs / 1000} s`
}

function textOf(error: unknown, member: 'code' | 'name'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const value: unknown = Reflect.get(error, member)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function known(table: Readonly<Record<string, string>>, code: string): string | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined
}

/** Writes `WRONG_VERSION_NUMBER` and `AddressRefused` as words. */
function words(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .slice(0, LONGEST)
}
