import { randomBytes, randomInt } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '../clock.ts'
import { CommonRefusal } from '../http/refusal.ts'
import type { Caller } from '../world.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export interface SessionCredentials extends Credentials {
  readonly sessionToken: string
  readonly expiresAt: number
}

interface Identity extends Caller {
  /** Absent for a user's long-lived keys. */
  readonly session?: { readonly token: string; readonly expiresAt: number }
}

/** Who may call: the account's user and the role sessions that STS has handed out. */
export class CredentialStore {
  readonly #clock: Clock
  readonly #region: string
  readonly #identities = new Map<string, Identity>()

  constructor(clock: Clock, region: string) {
    this.#clock = clock
    this.#region = region
  }

  /** Long-lived keys. */
  addUser(arn: string): Credentials {
    const accessKeyId = keyId('AKIA')
    this.#identities.set(accessKeyId, { accessKeyId, arn })
    return { accessKeyId, secretAccessKey: secret() }
  }

  /** A role session; `arn` is that of the assumed role with its session name. */
  issue(arn: string, seconds: number): SessionCredentials {
    const issued: SessionCredentials = {
      accessKeyId: keyId('ASIA'),
      secretAccessKey: secret(),
      sessionToken: randomBytes(180).toString('base64'),
      expiresAt: this.#clock.now() + seconds * 1000
    }
    this.#identities.set(issued.accessKeyId, {
      accessKeyId: issued.accessKeyId,
      arn,
      session: { token: issued.sessionToken, expiresAt: issued.expiresAt }
    })
    return issued
  }

  /** Ends a session before its time, as revoking a role's sessions does. */
  expire(accessKeyId: string): void {
    const identity = this.#identities.get(accessKeyId)
    if (!identity?.session) return
    const session = { ...identity.session, expiresAt: this.#clock.now() }
    this.#identities.set(accessKeyId, { ...identity, session })
  }

  /** Whose key it is, as an ARN; undefined for a key that was never given out. */
  arnOf(accessKeyId: string): string | undefined {
    return this.#identities.get(accessKeyId)?.arn
  }

  /** Who signed this request. The signature itself is not computed again; the key, the token and the region are checked. */
  authenticate(headers: IncomingHttpHeaders, service: string): Caller {
    const scope = signedScope(headers)
    if (!scope) throw new CommonRefusal('missing-credentials', 'Missing Authentication Token')
    const identity = this.#identities.get(scope.accessKeyId)
    if (!identity || headers['x-amz-security-token'] !== identity.session?.token) {
      throw new CommonRefusal(
        'unknown-credentials',
        'The security token included in the request is invalid.'
      )
    }
    if (identity.session && identity.session.expiresAt <= this.#clock.now()) {
      throw new CommonRefusal(
        'expired-credentials',
        'The security token included in the request is expired'
      )
    }
    // STS also has a global endpoint, which is signed for us-east-1.
    if (scope.region !== this.#region && service !== 'sts') {
      throw new CommonRefusal(
        'wrong-region',
        `Credential should be scoped to a valid region, not '${scope.region}'.`
      )
    }
    return { accessKeyId: identity.accessKeyId, arn: identity.arn }
  }
}

export interface SignedScope {
  readonly accessKeyId: string
  readonly region: string
  /** As the client calls it when it signs: `sqs`, `s3`. */
  readonly service: string
}

/** What the Authorization header says was signed: `Credential=<key>/<date>/<region>/<service>/aws4_request`. */
export function signedScope(headers: IncomingHttpHeaders): SignedScope | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/\s,]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request,/.exec(
      headers.authorization ?? ''
    )
  const [, accessKeyId, region, service] = match ?? []
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined
}

const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function keyId(prefix: 'AKIA' | 'ASIA'): string {
  const letters = Array.from({ length: 16 }, () => KEY_ALPHABET[randomInt(KEY_ALPHABET.length)])
  return prefix + letters.join('')
}

function secret(): string {
  return randomBytes(30).toString('base64')
}
