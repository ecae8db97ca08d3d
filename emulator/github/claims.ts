import { ownerOf } from './job.ts'
import type { Job } from './job.ts'

/**
 * What a job's token claims besides its times, issuer and audience: all texts
 * (GitHub, "OpenID Connect reference").
 */
export function claimsOf(job: Job): Readonly<Record<string, string>> {
  const { repository, runId, runAttempt, actor, ref, sha, workflow, event = 'push' } = job
  const file = `${repository}/.github/workflows/release.yml@${ref}`
  return {
    sub: subjectOf(job),
    ...(job.environment !== undefined && { environment: job.environment }),
    repository,
    repository_id: '74',
    repository_owner: ownerOf(job),
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
    event_name: event,
    ref,
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: 'true',
    sha,
    runner_environment: 'github-hosted'
  }
}

/** By environment, else as a pull request, else by ref; a colon in an environment's name is `%3A`. */
function subjectOf({ repository, environment, event, ref }: Job): string {
  if (environment !== undefined) {
    return `repo:${repository}:environment:${environment.replaceAll(':', '%3A')}`
  }
  return `repo:${repository}:${event === 'pull_request' ? 'pull_request' : `ref:${ref}`}`
}
