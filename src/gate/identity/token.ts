import {
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey
} from 'jose'
import type { Claim } from '../request/facts.ts'
import type { Policy } from '../policy/policy.ts'
import type { Fault } from './fault.ts'

/** GitHub's own tokens have about 2 KiB. */
const LONGEST_TOKEN = 16 * 1024
/** GitHub signs with RS256 (OpenID Connect reference); never a shared key, never `none`. */
const ALGORITHMS = ['RS256', 'ES256']
/** How far from the deployment's creation a token may be issued, either way. */
const NEAR_S = 600

/** The login that GitHub vouches for, or why it does not. */
export type Testimony = { readonly actor: string } | { readonly fault: Fault }

/**
 * Checks a job's OIDC token: signature, issuer, the deployment's id as its
 * audience, a repository that the policy lists and the record names, the
 * record's run and attempt, and a time near the deployment's creation. The
 * token says that a run is a re-run, but not who asked for it (GitHub, "OpenID
 * Connect reference"), so the record of a re-run has to name somebody. It lives for five
 * minutes and a gate for an hour, so its end is judged at that creation, which
 * AWS tells, and not now. Never throws, and nothing here is ever logged.
 */
export async function verifyToken(
  claim: Claim,
  { issuer, repositories }: Policy['github'],
  keys: JWTVerifyGetKey
): Promise<Testimony> {
  const { token, deploymentId, deploymentCreatedAt } = claim
  if (token === undefined || token === '') return { fault: 'no-token' }
  if (token.length > LONGEST_TOKEN || !isToken(token)) return { fault: 'malformed' }
  let payload: JWTPayload
  try {
    const verified = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer,
      audience: deploymentId,
      currentDate: new Date(deploymentCreatedAt),
      clockTolerance: NEAR_S,
      requiredClaims: ['exp', 'iat', 'actor', 'repository', 'run_id', 'run_attempt']
    })
    payload = verified.payload
  } catch (error) {
    return { fault: faultOf(error) }
  }
  return judge(payload, claim, repositories)
}

function judge(
  payload: JWTPayload,
  { repository, runId, runAttempt, triggeringActor, deploymentCreatedAt }: Claim,
  repositories: readonly string[]
): Testimony {
  const { actor, iat = 0, repository: issuedTo, run_id: run, run_attempt: attempt } = payload
  if (typeof actor !== 'string' || typeof issuedTo !== 'string') return { fault: 'malformed' }
  if (Math.abs(iat - deploymentCreatedAt / 1000) > NEAR_S) return { fault: 'wrong-time' }
  const isListed = repositories.some((name) => sameName(name, issuedTo))
  if (!isListed || repository === undefined || !sameName(repository, issuedTo)) {
    return { fault: 'wrong-repository' }
  }
  if (String(run) !== runId || String(attempt) !== runAttempt) return { fault: 'wrong-run' }
  return runAttempt === '1' || triggeringActor ? { actor } : { fault: 'rerun-unnamed' }
}

/** GitHub compares names without case. */
function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function isToken(token: string): boolean {
  try {
    return typeof decodeProtectedHeader(token).alg === 'string'
  } catch {
    return false
  }
}

function faultOf(error: unknown): Fault {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) {
    if (error.claim === 'iss') return 'wrong-issuer'
    if (error.claim === 'aud') return 'wrong-audience'
    return ['exp', 'nbf', 'iat'].includes(error.claim) ? 'wrong-time' : 'malformed'
  }
  const isTheTokens =
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  if (isTheTokens) return 'bad-signature'
  const isMalformed = error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid
  // What is left went wrong on the way to the keys.
  return isMalformed ? 'malformed' : 'keys-unavailable'
}
