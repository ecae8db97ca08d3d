import type { Clock } from '../clock.ts'
import { NOT_FOUND, refuse } from './answer.ts'
import type { Answer } from './answer.ts'
import { refuseDeployment, refuseStatus, textOf, textsOf } from './deployment-requests.ts'
import type { Sent } from './deployment-requests.ts'
import type { Repository } from './repository.ts'
import { showDeployment, showStatus } from './shown.ts'
import type { Place, ShownDeployment, ShownStatus } from './shown.ts'

/** A deployment as GitHub keeps it (REST API, "Deployments"). */
export interface GitHubDeployment {
  readonly id: number
  /** `owner/name` */
  readonly repository: string
  /** What the client sent. */
  readonly request: Sent
  /** What clients sent, oldest first. */
  readonly statuses: readonly Sent[]
  /** That of the newest status, one that GitHub itself added included; undefined before the first. */
  readonly state: string | undefined
}

interface Stored extends Omit<GitHubDeployment, 'state'> {
  readonly shown: ShownDeployment
  readonly statuses: Sent[]
  /** Oldest first. */
  readonly shownStatuses: ShownStatus[]
}

export interface DeploymentsOptions extends Place {
  readonly clock: Clock
  readonly contents: Repository
}

export interface DeploymentsRequest {
  readonly method: string
  /** What follows the repository: `/deployments/1/statuses`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly sent: Sent
}

/** The deployments of one repository, and the API to them. */
export class Deployments {
  readonly #options: DeploymentsOptions
  readonly #made: Stored[] = []
  #statusCount = 0

  constructor(options: DeploymentsOptions) {
    this.#options = options
  }

  get list(): readonly GitHubDeployment[] {
    return this.#made.map(({ id, repository, request, statuses, shownStatuses }) => ({
      id,
      repository,
      request,
      statuses,
      state: shownStatuses.at(-1)?.state
    }))
  }

  handle({ method, path, query, sent }: DeploymentsRequest): Answer {
    const route = /^\/deployments(?:\/(\d+)(?:(\/statuses)(?:\/(\d+))?)?)?$/.exec(path)
    if (!route) return NOT_FOUND
    const [, id, statuses, statusId] = route
    if (id === undefined) {
      if (method === 'POST') return this.#create(sent)
      return method === 'GET' ? this.#search(query) : NOT_FOUND
    }
    const found = this.#made.find((each) => each.id === Number(id))
    if (!found) return NOT_FOUND
    if (method === 'POST' && statuses !== undefined && statusId === undefined) {
      return this.#addStatus(found, sent)
    }
    if (method !== 'GET') return NOT_FOUND
    if (statuses === undefined) return ok(found.shown)
    if (statusId === undefined) return ok(page(found.shownStatuses.toReversed(), query))
    const status = found.shownStatuses.find((each) => each.id === Number(statusId))
    return status ? ok(status) : NOT_FOUND
  }

  #create(sent: Sent): Answer {
    const { clock, contents, repository } = this.#options
    const refused = refuseDeployment(sent)
    if (refused) return refused
    const ref = textOf(sent, 'ref', '')
    const sha = contents.resolve(ref)
    if (sha === undefined) return refuse(422, `No ref found for: ${ref}`)
    const hindrance =
      (sent['auto_merge'] === false ? undefined : contents.autoMerge(ref)) ??
      contents.checkContexts(ref, sha, textsOf(sent, 'required_contexts'))
    if (hindrance) return hindrance
    const id = 1000 + this.#made.length
    const shown = showDeployment(this.#options, sent, { id, sha, at: clock.now() })
    this.#made.push({ id, repository, request: sent, statuses: [], shown, shownStatuses: [] })
    return { status: 201, body: shown }
  }

  #addStatus(deployment: Stored, sent: Sent): Answer {
    const refused = refuseStatus(sent)
    if (refused) return refused
    deployment.statuses.push(sent)
    const shown = this.#show(deployment, sent)
    if (shown.state === 'success' && sent['auto_inactive'] !== false)
      this.#retire(shown, deployment)
    return { status: 201, body: shown }
  }

  /** An older deployment to the same place that succeeded is not what runs there any more. */
  #retire({ environment }: ShownStatus, newer: Stored): void {
    for (const each of this.#made) {
      const last = each.shownStatuses.at(-1)
      const { transient_environment: transient, production_environment: production } = each.shown
      if (each.id >= newer.id || transient || production) continue
      if (last?.state !== 'success' || last.environment !== environment) continue
      this.#show(each, { state: 'inactive', environment })
    }
  }

  #show(deployment: Stored, sent: Sent): ShownStatus {
    this.#statusCount += 1
    const made = { id: 5000 + this.#statusCount, at: this.#options.clock.now() }
    // A status that names no environment is about that of the one before it.
    const { environment } = deployment.shownStatuses.at(-1) ?? deployment.shown
    const shown = showStatus(this.#options, { id: deployment.id, environment }, sent, made)
    deployment.shownStatuses.push(shown)
    return shown
  }

  #search(query: URLSearchParams): Answer {
    const wanted = (['sha', 'ref', 'task', 'environment'] as const).filter((name) =>
      query.has(name)
    )
    const found = this.#made
      .map(({ shown }) => shown)
      .filter((shown) => wanted.every((name) => shown[name] === query.get(name)))
    return ok(page(found.toReversed(), query))
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body }
}

/** Newest first; 30 on a page unless asked otherwise, 100 at most. */
function page<T>(all: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Math.min(100, Number(query.get('per_page')) || 30)
  const first = ((Number(query.get('page')) || 1) - 1) * size
  return all.slice(first, first + size)
}
