/**
 * A refusal that every AWS service gives, in words that differ by protocol:
 * `ExpiredTokenException` in JSON is `ExpiredToken` in Query.
 */
export class CommonRefusal extends Error {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, message: string) {
    super(message)
    this.name = 'CommonRefusal'
    this.reason = reason
  }
}

export type RefusalReason =
  | 'missing-credentials'
  | 'unknown-credentials'
  | 'expired-credentials'
  | 'wrong-region'
  | 'access-denied'
  | 'throttled'
  | 'malformed'
  | 'invalid'
  | 'unknown-operation'
  | 'not-emulated'
  | 'internal'

/** Code and HTTP status of each common refusal in one protocol. */
export type RefusalTable = Readonly<Record<RefusalReason, readonly [code: string, status: number]>>
