import type { Outcome } from '../release/outcome.ts'
import type { Trigger } from '../release/report.ts'
import { say } from '../words/say.ts'

/** GitHub's deployment, which the repository's page shows beside the commit. No method throws. */
export interface GitHubDeployment {
  /** To be called when the release begins. */
  queued(): Promise<void>
  /** To be called when the deployment exists at AWS. */
  inProgress(): Promise<void>
  /** Resolves with whether GitHub has accepted the status. */
  ended(outcome: Outcome, headline: string): Promise<boolean>
}

/** What is needed to report the status of a deployment. */
export interface StatusOptions {
  readonly token: string
  readonly environmentUrl: string | undefined
  readonly trigger: Trigger
  /** Called once, with the first refusal of GitHub. */
  readonly warn: (message: string) => void
}

export interface GitHubDeploymentOptions extends StatusOptions {
  readonly environment: string
  /** What is released, for the payload of GitHub's deployment. */
  readonly task: { readonly service: string; readonly cluster: string }
  /** Called as soon as GitHub has created the deployment, which has to be ended from then on. */
  readonly onMade: (id: number) => void
}

type Api = ReturnType<typeof import('@actions/github').getOctokit>

interface Repository {
  readonly owner: string
  readonly repo: string
}

type State = 'queued' | 'in_progress' | 'success' | 'failure' | 'error'

/**
 * The most characters in a status's description (GitHub REST API, "Create a deployment
 * status").
 */
const LONGEST_DESCRIPTION = 140

/** If GitHub does not answer, neither the release nor a cancel may wait for it. */
const LIMIT_MS = 4_000

/**
 * A GitHub deployment that mirrors the release (GitHub REST API, "Deployments"). It decides
 * nothing: if GitHub refuses a call, the release goes on.
 */
export function gitHubDeployment(options: GitHubDeploymentOptions): GitHubDeployment {
  const { environment, trigger, task, onMade } = options
  return statusesOf(options, async (api, repository) => {
    const { data } = await api.rest.repos.createDeployment({
      request: { signal: AbortSignal.timeout(LIMIT_MS) },
      ...repository,
      ref: trigger.sha ?? trigger.ref ?? '',
      environment,
      // The release is of exactly this commit, so GitHub must neither merge the default branch into
      // it nor wait for checks.
      auto_merge: false,
      required_contexts: [],
      description: shorten(say`service ${task.service} in cluster ${task.cluster}`),
      payload: { ...task, run: trigger.runId }
    })
    if (!('id' in data)) throw new Error(data.message ?? say`GitHub made no deployment`)
    onMade(data.id)
    return data.id
  })
}

/** A deployment that another process has created, for this process to end. */
export function madeGitHubDeployment(id: number, options: StatusOptions): GitHubDeployment {
  return statusesOf(options, () => Promise.resolve(id))
}

function statusesOf(
  { token, environmentUrl, trigger, warn }: StatusOptions,
  make: (api: Api, repository: Repository) => Promise<number>
): GitHubDeployment {
  const [owner = '', repo = ''] = trigger.repository?.split('/') ?? []
  let id: Promise<number> | undefined
  let warned = false

  return {
    queued: async () => {
      await report('queued', say`waiting for pre-flight`)
    },
    inProgress: async () => {
      await report('in_progress', say`the deployment is under way`)
    },
    ended: (outcome, headline) => report(stateOf(outcome), headline)
  }

  async function report(state: State, description: string): Promise<boolean> {
    try {
      const api = await connect()
      const made = await (id ??= make(api, { owner, repo }))
      await api.rest.repos.createDeploymentStatus({
        request: { signal: AbortSignal.timeout(LIMIT_MS) },
        owner,
        repo,
        deployment_id: made,
        state,
        description: shorten(description),
        ...(trigger.runUrl === undefined ? {} : { log_url: trigger.runUrl }),
        ...(environmentUrl === undefined ? {} : { environment_url: environmentUrl })
      })
      return true
    } catch (error) {
      refused(error)
      return false
    }
  }

  /** The client is loaded only if a release has a GitHub deployment. */
  async function connect(): Promise<Api> {
    const { getOctokit } = await import('@actions/github')
    return getOctokit(token)
  }

  function refused(error: unknown): void {
    const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined
    const hint =
      status === 403 || status === 404
        ? say`; give the job \`permissions: {deployments: write}\``
        : ''
    const reason = `${error instanceof Error ? error.message : String(error)}${hint}`
    if (!warned) warn(say`GitHub's deployment does not follow this release: ${reason}`)
    warned = true
  }
}

function stateOf(outcome: Outcome): State {
  switch (outcome) {
    case 'released':
      return 'success'
    case 'started':
      return 'in_progress'
    case 'refused':
    case 'planned':
    case 'unknown':
      return 'error'
    default:
      return 'failure'
  }
}

function shorten(text: string): string {
  if (text.length <= LONGEST_DESCRIPTION) return text
  return `${text.slice(0, LONGEST_DESCRIPTION - 1).toWellFormed()}…`
}
