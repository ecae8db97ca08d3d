import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { JWK } from 'jose'
import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { claimsOf } from './claims.ts'
import type { Job } from './job.ts'

export interface TokenIssuer {
  /** What `/.well-known/jwks` serves: every key there has been. */
  readonly jwks: { readonly keys: readonly JWK[] }
  /** A token of the job for an audience; `claims` replace GitHub's. */
  mint(job: Job, audience: string, claims?: Readonly<Record<string, unknown>>): Promise<string>
  /** From now on signs with a new key. */
  rotate(): Promise<void>
}

/** How long GitHub's tokens live, and how far back they begin (OpenID Connect reference, example). */
const LIFETIME_S = 300
const EARLIER_S = 600

/** Signs as GitHub's OIDC provider does (RS256), with keys of its own. */
export async function createTokenIssuer(issuer: string, clock: Clock): Promise<TokenIssuer> {
  let signing = await newKey()
  const keys = [signing.jwk]
  return {
    jwks: { keys },
    mint(job, audience, claims = {}) {
      const now = Math.floor(clock.now() / 1000)
      return new SignJWT({ ...claimsOf(job), jti: randomUUID(), ...claims })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: signing.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setNotBefore(now - EARLIER_S)
        .setExpirationTime(now + LIFETIME_S)
        .sign(signing.privateKey)
    },
    async rotate() {
      signing = await newKey()
      keys.push(signing.jwk)
    }
  }
}

async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const kid = randomUUID()
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' }
  return { kid, privateKey, jwk }
}
