/** A deployment as GitHub keeps it (REST API, "Deployments"). */
export interface GitHubDeployment {
  readonly id: number
  /** `owner/name` */
  readonly repository: string
  /** What the client sent. */
  readonly request: Readonly<Record<string, unknown>>
  readonly statuses: readonly Readonly<Record<string, unknown>>[]
}

export interface Answer {
  readonly status: number
  readonly body: unknown
}

const STATES = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']

/** The two writes of GitHub's deployments API that a release makes, and what they left behind. */
export class Deployments {
  readonly #made: (GitHubDeployment & { statuses: Readonly<Record<string, unknown>>[] })[] = []

  get list(): readonly GitHubDeployment[] {
    return this.#made
  }

  /** `path` begins after `/repos/`. */
  handle(method: string, path: string, request: Readonly<Record<string, unknown>>): Answer {
    const [, repository = '', id, statuses] =
      /^([^/]+\/[^/]+)\/deployments(?:\/(\d+)(\/statuses)?)?$/.exec(path) ?? []
    if (repository === '' || method !== 'POST') return notFound()
    if (id === undefined) return this.#create(repository, request)
    return statuses === undefined ? notFound() : this.#addStatus(repository, Number(id), request)
  }

  #create(repository: string, request: Readonly<Record<string, unknown>>): Answer {
    const { ref, description } = request
    if (typeof ref !== 'string' || ref === '') return invalid('ref', 'missing_field')
    if (tooLong(description)) return invalid('description', 'too_long')
    const id = 1_000 + this.#made.length
    this.#made.push({ id, repository, request, statuses: [] })
    return { status: 201, body: { id, ref, sha: ref, environment: request['environment'] } }
  }

  #addStatus(repository: string, id: number, request: Readonly<Record<string, unknown>>): Answer {
    const deployment = this.#made.find((each) => each.id === id && each.repository === repository)
    if (!deployment) return notFound()
    if (!STATES.includes(String(request['state']))) return invalid('state', 'invalid')
    if (tooLong(request['description'])) return invalid('description', 'too_long')
    deployment.statuses.push(request)
    return {
      status: 201,
      body: { id: 5_000 + deployment.statuses.length, state: request['state'] }
    }
  }
}

function tooLong(description: unknown): boolean {
  return typeof description === 'string' && description.length > 140
}

function notFound(): Answer {
  return { status: 404, body: { message: 'Not Found', status: '404' } }
}

function invalid(field: string, code: string): Answer {
  const errors = [{ resource: 'Deployment', field, code }]
  return { status: 422, body: { message: 'Validation Failed', errors, status: '422' } }
}
