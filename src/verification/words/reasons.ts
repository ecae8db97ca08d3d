import { say } from '../../words/say.ts'

// Why a request had no answer, or one that counts as failed.

/** Codes of Node's errors of a connection; undefined for others. */
export function connectionInWords(code: string): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return say`connection refused`
    // Node also uses the first of these if a connection was closed without an answer.
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return say`connection reset`
    // The connection was closed without an error, but before the answer was complete.
    case 'CLOSED':
      return say`connection closed`
    case 'ETIMEDOUT':
      return say`connecting timed out`
    case 'EHOSTUNREACH':
      return say`host unreachable`
    case 'ENETUNREACH':
      return say`network unreachable`
    case 'ENOTFOUND':
      return say`name not found`
    case 'EAI_AGAIN':
      return say`name server does not answer`
    case 'EMFILE':
      return say`too many open files here`
    case 'EADDRNOTAVAIL':
      return say`no local port left here`
    case 'HPE_HEADER_OVERFLOW':
      return say`headers too long`
    default:
      return undefined
  }
}

/** Codes of OpenSSL's verification and of Node's (nodejs.org, "X509 certificate error codes"). */
export function tlsInWords(code: string): string | undefined {
  switch (code) {
    case 'EPROTO':
      return say`handshake failed`
    case 'CERT_HAS_EXPIRED':
      return say`certificate expired`
    case 'CERT_NOT_YET_VALID':
      return say`certificate not yet valid`
    case 'CERT_REVOKED':
      return say`certificate revoked`
    case 'CERT_UNTRUSTED':
      return say`certificate not trusted`
    case 'CERT_REJECTED':
      return say`certificate rejected`
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return say`self-signed certificate`
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return say`self-signed certificate in chain`
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return say`issuer unknown`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return say`certificate of another host`
    default:
      return undefined
  }
}

export function timedOutInWords(seconds: number): string {
  return say`timed out after ${seconds} s`
}

export function statusInWords(status: number): string {
  return say`status ${status}`
}

export function notHttp(what: string): string {
  return say`not HTTP: ${what}`
}

/** Why a single request of a check or a flow had no answer; undefined for another code. */
export function noAnswerInWords(code: string): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return say`connection refused`
    case 'ECONNRESET':
    case 'EPIPE':
      return say`connection reset`
    case 'ENOTFOUND':
      return say`the host name is not known`
    case 'EAI_AGAIN':
      return say`the name server did not answer`
    case 'EHOSTUNREACH':
      return say`the host cannot be reached`
    case 'ENETUNREACH':
      return say`the network cannot be reached`
    case 'ETIMEDOUT':
      return say`connecting took too long`
    case 'ABORT_ERR':
      return say`interrupted`
    case 'CLOSED':
      return say`the connection was closed without a whole answer`
    default:
      return undefined
  }
}

export function requestFailed(): string {
  return say`the request failed`
}

export function noWholeAnswer(ms: number): string {
  return ms < 1000
    ? say`no whole answer within ${ms} ms`
    : say`no whole answer within ${ms / 1000} s`
}

export function addressRefused(host: string, address: string): string {
  return say`${host} is at ${address}, where no request may go`
}
