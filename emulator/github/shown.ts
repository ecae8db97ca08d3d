import { textOf, truthOf } from './deployment-requests.ts'
import type { Sent } from './deployment-requests.ts'

/** Whose token made it: a job's is GitHub Actions' own. */
const CREATOR = { login: 'github-actions[bot]', id: 41898282, type: 'Bot', site_admin: false }

export interface Place {
  /** Of the API, without a slash at the end. */
  readonly apiUrl: string
  /** `owner/name` */
  readonly repository: string
}

/** A deployment as the API shows it; its defaults are those of "Create a deployment". */
export interface ShownDeployment {
  readonly id: number
  readonly sha: string
  readonly ref: string
  readonly task: string
  readonly environment: string
  readonly transient_environment: boolean
  readonly production_environment: boolean
  readonly [more: string]: unknown
}

export interface ShownStatus {
  readonly id: number
  readonly state: string
  readonly environment: string
  readonly [more: string]: unknown
}

export function showDeployment(
  place: Place,
  sent: Sent,
  { id, sha, at }: { readonly id: number; readonly sha: string; readonly at: number }
): ShownDeployment {
  const repository_url = `${place.apiUrl}/repos/${place.repository}`
  const url = `${repository_url}/deployments/${id}`
  const environment = textOf(sent, 'environment', 'production')
  return {
    url,
    id,
    node_id: nodeId('Deployment', id),
    task: textOf(sent, 'task', 'deploy'),
    original_environment: environment,
    environment,
    description: sent['description'] ?? null,
    created_at: timeOf(at),
    updated_at: timeOf(at),
    statuses_url: `${url}/statuses`,
    repository_url,
    creator: CREATOR,
    sha,
    ref: textOf(sent, 'ref', ''),
    payload: sent['payload'] ?? {},
    transient_environment: truthOf(sent, 'transient_environment', false),
    production_environment: truthOf(sent, 'production_environment', environment === 'production'),
    performed_via_github_app: null
  }
}

export function showStatus(
  place: Place,
  deployment: Pick<ShownDeployment, 'id' | 'environment'>,
  sent: Sent,
  { id, at }: { readonly id: number; readonly at: number }
): ShownStatus {
  const repository_url = `${place.apiUrl}/repos/${place.repository}`
  const deployment_url = `${repository_url}/deployments/${deployment.id}`
  const log = textOf(sent, 'log_url', textOf(sent, 'target_url', ''))
  return {
    url: `${deployment_url}/statuses/${id}`,
    id,
    node_id: nodeId('DeploymentStatus', id),
    state: textOf(sent, 'state', ''),
    creator: CREATOR,
    description: textOf(sent, 'description', ''),
    environment: textOf(sent, 'environment', deployment.environment),
    target_url: log,
    created_at: timeOf(at),
    updated_at: timeOf(at),
    deployment_url,
    repository_url,
    environment_url: textOf(sent, 'environment_url', ''),
    log_url: log,
    performed_via_github_app: null
  }
}

/** ISO 8601 in UTC, whole seconds. */
function timeOf(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

function nodeId(type: string, id: number): string {
  return Buffer.from(`0:${type}${id}`).toString('base64')
}
