/** The job that every step here runs in: the runner's variables say so, and an emulated GitHub that is to know it. */
export const JOB = {
  repository: 'octo/shop',
  runId: '4242',
  runAttempt: '1',
  actor: 'octocat',
  ref: 'refs/heads/main',
  sha: '0123456789abcdef0123456789abcdef01234567',
  workflow: 'Release'
} as const
