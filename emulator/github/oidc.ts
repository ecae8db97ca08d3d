import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { JWK } from 'jose'
import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'

/** What is said of the job; the rest of GitHub's claims follow from it. */
export interface Job {
  /** `owner/name` */
  readonly repository: string
  readonly runId: string
  readonly runAttempt: string
  readonly actor: string
  readonly ref: string
  readonly sha: string
  readonly workflow: string
}

export interface TokenIssuer {
  readonly jwks: { readonly keys: readonly JWK[] }
  /** A token of the job for an audience; `claims` replace GitHub's. */
  mint(job: Job, audience: string, claims?: Readonly<Record<string, unknown>>): Promise<string>
}

/** How long GitHub's tokens live, and how far back they begin (OpenID Connect reference). */
const LIFETIME_S = 300
const EARLIER_S = 600

/** Signs as GitHub's OIDC provider does (RS256), with keys of its own. */
export async function createTokenIssuer(issuer: string, clock: Clock): Promise<TokenIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const kid = randomUUID()
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' }
  return {
    jwks: { keys: [jwk] },
    mint(job, audience, claims = {}) {
      const now = Math.floor(clock.now() / 1000)
      return new SignJWT({ ...claimsOf(job), jti: randomUUID(), ...claims })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(`repo:${job.repository}:ref:${job.ref}`)
        .setIssuedAt(now)
        .setNotBefore(now - EARLIER_S)
        .setExpirationTime(now + LIFETIME_S)
        .sign(privateKey)
    }
  }
}

function claimsOf({ repository, runId, runAttempt, actor, ref, sha, workflow }: Job): object {
  const [owner = ''] = repository.split('/')
  const file = `${repository}/.github/workflows/release.yml@${ref}`
  return {
    repository,
    repository_id: '74',
    repository_owner: owner,
    repository_owner_id: '65',
    repository_visibility: 'private',
    run_id: runId,
    run_number: '7',
    run_attempt: runAttempt,
    actor,
    actor_id: '12',
    workflow,
    workflow_ref: file,
    workflow_sha: sha,
    job_workflow_ref: file,
    job_workflow_sha: sha,
    head_ref: '',
    base_ref: '',
    event_name: 'push',
    ref,
    ref_type: 'branch',
    ref_protected: 'true',
    sha,
    runner_environment: 'github-hosted'
  }
}
