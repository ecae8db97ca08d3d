import type { Outcome } from '../release/outcome.ts'
import type { Trigger } from '../release/report.ts'

/** GitHub's deployment, as the repository's page shows it beside the commit. None of this throws. */
export interface GitHubDeployment {
  /** The release has begun. */
  queued(): Promise<void>
  /** There is a deployment at AWS. */
  inProgress(): Promise<void>
  ended(outcome: Outcome, headline: string): Promise<void>
}

export interface GitHubDeploymentOptions {
  readonly token: string
  readonly environment: string
  readonly environmentUrl: string | undefined
  readonly trigger: Trigger
  /** What is released, for GitHub's payload. */
  readonly task: { readonly service: string; readonly cluster: string }
  /** Told once, with the first thing that GitHub refused. */
  readonly warn: (message: string) => void
}

type State = 'queued' | 'in_progress' | 'success' | 'failure' | 'error'

/** A status's description may have so many characters (GitHub REST API, "Create a deployment status"). */
const LONGEST_DESCRIPTION = 140

/** GitHub not answering must not hold the release up, nor a cancel. */
const LIMIT_MS = 4_000

/**
 * A GitHub deployment that follows the release (GitHub REST API, "Deployments").
 * It mirrors what happens and decides nothing: where GitHub refuses, the
 * release goes on.
 */
export function gitHubDeployment(options: GitHubDeploymentOptions): GitHubDeployment {
  const { token, environment, environmentUrl, trigger, task, warn } = options
  const [owner = '', repo = ''] = trigger.repository?.split('/') ?? []
  let id: Promise<number | undefined> | undefined
  let warned = false

  return {
    queued: () => report('queued', 'waiting for pre-flight'),
    inProgress: () => report('in_progress', 'CodeDeploy is at work'),
    ended: (outcome, headline) => report(stateOf(outcome), headline)
  }

  async function report(state: State, description: string): Promise<void> {
    try {
      const made = await (id ??= create())
      if (made === undefined) return
      const api = await connect()
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
    } catch (error) {
      refused(error)
    }
  }

  async function create(): Promise<number | undefined> {
    const api = await connect()
    const { data } = await api.rest.repos.createDeployment({
      request: { signal: AbortSignal.timeout(LIMIT_MS) },
      owner,
      repo,
      ref: trigger.sha ?? trigger.ref ?? '',
      environment,
      // What is released is this commit, whatever the default branch has, and whatever checks still run.
      auto_merge: false,
      required_contexts: [],
      description: shorten(`service ${task.service} in cluster ${task.cluster}`),
      payload: { ...task, run: trigger.runId }
    })
    if ('id' in data) return data.id
    warnOnce(data.message ?? 'GitHub made no deployment')
    return undefined
  }

  /** Loaded only by releases that have a GitHub deployment. */
  async function connect() {
    const { getOctokit } = await import('@actions/github')
    return getOctokit(token)
  }

  function refused(error: unknown): void {
    const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined
    const hint =
      status === 403 || status === 404 ? '; give the job `permissions: {deployments: write}`' : ''
    warnOnce(`${error instanceof Error ? error.message : String(error)}${hint}`)
  }

  function warnOnce(reason: string): void {
    if (!warned) warn(`GitHub's deployment does not follow this release: ${reason}`)
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
