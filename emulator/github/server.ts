import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { HttpAnswer, HttpRequest } from '../http/protocol.ts'
import { serve } from '../http/server.ts'
import { Deployments } from './deployments.ts'
import type { GitHubDeployment } from './deployments.ts'
import { ownerOf } from './job.ts'
import type { Job } from './job.ts'
import { createTokenIssuer } from './oidc.ts'

export interface GitHubOptions {
  readonly clock: Clock
  readonly job: Job
  /** What a job's `github-token` may do here; without it every write is refused. */
  readonly deploymentsRight?: 'write' | 'none'
}

/** The parts of GitHub that a release meets: the job's OIDC token, and the deployments API. */
export interface GitHub {
  /** As a token's `iss` has it. */
  readonly issuer: string
  /** The job's `github-token`. */
  readonly token: string
  /** What the runner adds to the job's environment: `id-token: write`, and where the API is. */
  readonly environment: Readonly<Record<string, string>>
  readonly deployments: readonly GitHubDeployment[]
  /** A token as the job would get it; `claims` replace GitHub's own. */
  mint(audience: string, claims?: Readonly<Record<string, unknown>>): Promise<string>
  /** Signs tokens with a new key from now on; those signed before stay good. */
  rotateKeys(): Promise<void>
  close(): Promise<void>
}

export async function startGitHub(options: GitHubOptions): Promise<GitHub> {
  const { clock, job, deploymentsRight = 'write' } = options
  const requestToken = randomBytes(16).toString('hex')
  const token = `ghs_${randomBytes(18).toString('hex')}`
  const deployments = new Deployments()
  const server = await serve(0, [['/', (request) => Promise.resolve(answer(request))]])
  const url = `http://127.0.0.1:${server.port}`
  const issuer = await createTokenIssuer(url, clock)

  async function answer(request: HttpRequest): Promise<{ readonly answer: HttpAnswer }> {
    const { status, body } = await route(request)
    const text = JSON.stringify(body)
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    return { answer: { status, headers, body: Buffer.from(text) } }
  }

  async function route(request: HttpRequest): Promise<{ status: number; body: unknown }> {
    const { method, path, query, headers } = request
    if (path === '/.well-known/jwks') return { status: 200, body: issuer.jwks }
    if (path === '/.well-known/openid-configuration') {
      const body = {
        issuer: url,
        jwks_uri: `${url}/.well-known/jwks`,
        subject_types_supported: ['public', 'pairwise'],
        response_types_supported: ['id_token'],
        id_token_signing_alg_values_supported: ['RS256'],
        scopes_supported: ['openid']
      }
      return { status: 200, body }
    }
    const given = headers['authorization'] ?? ''
    if (path === '/token') {
      if (given !== `Bearer ${requestToken}`) return unauthorized()
      const audience = query.get('audience') ?? `https://github.com/${ownerOf(job)}`
      return { status: 200, body: { value: await issuer.mint(job, audience) } }
    }
    if (!path.startsWith('/api/repos/')) return { status: 404, body: { message: 'Not Found' } }
    if (given !== `token ${token}` && given !== `Bearer ${token}`) return unauthorized()
    if (deploymentsRight === 'none') {
      return { status: 403, body: { message: 'Resource not accessible by integration' } }
    }
    return deployments.handle(method, path.slice('/api/repos/'.length), readJson(request.body))
  }

  return {
    issuer: url,
    token,
    environment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      GITHUB_API_URL: `${url}/api`
    },
    deployments: deployments.list,
    mint: (audience, claims) => issuer.mint(job, audience, claims),
    rotateKeys: () => issuer.rotate(),
    close: () => server.close()
  }
}

function unauthorized(): { status: number; body: unknown } {
  return { status: 401, body: { message: 'Bad credentials', status: '401' } }
}

function readJson(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>
  } catch {
    return {}
  }
}
