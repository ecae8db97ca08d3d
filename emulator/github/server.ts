import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { HttpRequest } from '../http/protocol.ts'
import { serve } from '../http/server.ts'
import { BAD_CREDENTIALS, NOT_ACCESSIBLE, NOT_FOUND, refuse } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Sent } from './deployment-requests.ts'
import { Deployments } from './deployments.ts'
import type { GitHubDeployment } from './deployments.ts'
import { ownerOf } from './job.ts'
import type { Job } from './job.ts'
import { createTokenIssuer } from './oidc.ts'
import { Repository } from './repository.ts'
import type { RepositoryOptions } from './repository.ts'

export interface GitHubOptions {
  readonly clock: Clock
  readonly job: Job
  /** What the job's `github-token` may do with deployments; `write` unless given. */
  readonly deploymentsRight?: 'write' | 'read' | 'none'
  /** What the job's repository holds; nothing but the job's own ref unless given. */
  readonly repository?: RepositoryOptions
}

/** The parts of GitHub that a release meets: the job's OIDC token, and the deployments API. */
export interface GitHub {
  /** As a token's `iss` has it. */
  readonly issuer: string
  /** The job's `github-token`. */
  readonly token: string
  /** What the runner adds to the job's environment: `id-token: write`, and where the API is. */
  readonly environment: Readonly<Record<string, string>>
  /** Those of the job's repository as they are now, oldest first. */
  readonly deployments: readonly GitHubDeployment[]
  /** A token as the job would get it; `claims` replace GitHub's own. */
  mint(audience: string, claims?: Readonly<Record<string, unknown>>): Promise<string>
  /** Signs tokens with a new key from now on; those signed before stay good. */
  rotateKeys(): Promise<void>
  close(): Promise<void>
}

/** Starts it on loopback, on a port of its own. */
export async function startGitHub(options: GitHubOptions): Promise<GitHub> {
  const { clock, job, deploymentsRight = 'write' } = options
  const requestToken = randomBytes(16).toString('hex')
  const token = `ghs_${randomBytes(18).toString('hex')}`
  const server = await serve(0, [['/', (request) => route(request).then(toHttp)]])
  const url = `http://127.0.0.1:${server.port}`
  const api = `${url}/api`
  const issuer = await createTokenIssuer(url, clock)
  const deployments = new Deployments({
    clock,
    apiUrl: api,
    repository: job.repository,
    contents: new Repository({ refs: { [job.ref]: { sha: job.sha } }, ...options.repository })
  })

  async function route(request: HttpRequest): Promise<Answer> {
    const { path, query, headers } = request
    if (path === '/.well-known/jwks') return { status: 200, body: issuer.jwks }
    if (path === '/.well-known/openid-configuration')
      return { status: 200, body: configuration(url) }
    const given = bearer(headers.authorization)
    if (path === '/token') {
      if (given !== requestToken) return BAD_CREDENTIALS
      const audience = query.get('audience') ?? `https://github.com/${ownerOf(job)}`
      return { status: 200, body: { value: await issuer.mint(job, audience) } }
    }
    if (!path.startsWith('/api/')) return NOT_FOUND
    return given === token ? callApi(request) : BAD_CREDENTIALS
  }

  function callApi({ method, path, query, body }: HttpRequest): Answer {
    const home = `/api/repos/${job.repository}/`.toLowerCase()
    // To a token of one repository every other private one is as if it were not there.
    if (!path.toLowerCase().startsWith(home)) return NOT_FOUND
    if (deploymentsRight === 'none') return NOT_ACCESSIBLE
    if (deploymentsRight === 'read' && method !== 'GET') return NOT_ACCESSIBLE
    const sent = readJson(body)
    if (!sent) return refuse(400, 'Problems parsing JSON')
    return deployments.handle({ method, path: path.slice(home.length - 1), query, sent })
  }

  return {
    issuer: url,
    token,
    environment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      GITHUB_API_URL: api
    },
    get deployments() {
      return deployments.list
    },
    mint: (audience, claims) => issuer.mint(job, audience, claims),
    rotateKeys: () => issuer.rotate(),
    close: () => server.close()
  }
}

/** OpenID Connect Discovery 1.0, what it requires. */
function configuration(issuer: string): object {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks`,
    subject_types_supported: ['public', 'pairwise'],
    response_types_supported: ['id_token'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid']
  }
}

/** What stands behind `Bearer` or, as GitHub's own toolkit writes it, `token`. */
function bearer(authorization = ''): string {
  return /^(?:bearer|token) +(\S+)$/i.exec(authorization)?.[1] ?? ''
}

/** Undefined for what is no JSON object; no body at all is an empty one. */
function readJson(body: Buffer): Sent | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8') || '{}')
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return { ...value }
  } catch {
    return undefined
  }
}

function toHttp({ status, body }: Answer) {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  return { answer: { status, headers, body: JSON.stringify(body) } }
}
