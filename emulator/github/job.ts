/** What is said of the job; the rest of GitHub's claims follow from it. */
export interface Job {
  /** `owner/name` */
  readonly repository: string
  readonly runId: string
  readonly runAttempt: string
  readonly actor: string
  /** `refs/heads/...`, `refs/tags/...` or `refs/pull/<n>/merge`. */
  readonly ref: string
  readonly sha: string
  readonly workflow: string
  /** `push` unless given. */
  readonly event?: string
  /** The environment that the job references, if any. */
  readonly environment?: string
}

export function ownerOf({ repository }: Job): string {
  return repository.split('/', 1).join()
}
