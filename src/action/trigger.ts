import type { Trigger } from '../release/report.ts'

/** Who and what asked for the release, from the variables that GitHub sets for every step. */
export function triggerOf(env: Readonly<Record<string, string | undefined>>): Trigger {
  const server = env.GITHUB_SERVER_URL
  const repository = env.GITHUB_REPOSITORY
  const runId = env.GITHUB_RUN_ID
  const sha = env.GITHUB_SHA
  const runAttempt = env.GITHUB_RUN_ATTEMPT
  const isFirst = runAttempt === undefined || runAttempt === '1'
  const startedBy = env.GITHUB_TRIGGERING_ACTOR
  const home = server && repository && `${server}/${repository}`
  return {
    actor: env.GITHUB_ACTOR,
    // The gate refuses the record of a re-run that does not say who asked for it.
    triggeringActor: isFirst && startedBy === env.GITHUB_ACTOR ? undefined : startedBy,
    repository,
    ref: env.GITHUB_REF_NAME ?? env.GITHUB_REF,
    sha,
    event: env.GITHUB_EVENT_NAME,
    runId,
    runAttempt,
    runUrl: home && runId && `${home}/actions/runs/${runId}`,
    commitUrl: home && sha && `${home}/commit/${sha}`
  }
}

/** CodeDeploy keeps 256 characters of a description (aws-semantics 1.5). */
const DESCRIPTION_LIMIT = 256

/**
 * The deployment's description. It ends with a mark of this run, by which the job finds the
 * deployment if the answer of CreateDeployment was lost.
 */
export function descriptionOf(trigger: Trigger, asked: string | undefined, nonce: string): string {
  const run =
    trigger.runId === undefined
      ? nonce
      : `run ${trigger.runId}.${trigger.runAttempt ?? '1'} ${nonce}`
  const text = asked ?? defaultDescription(trigger)
  const mark = ` [${run}]`
  // The cut may have split a surrogate pair.
  return `${text
    .slice(0, DESCRIPTION_LIMIT - mark.length)
    .toWellFormed()
    .trimEnd()}${mark}`
}

function defaultDescription({ repository, ref, sha, actor }: Trigger): string {
  const what = [repository, ref].filter(Boolean).join('@')
  const commit = sha === undefined ? '' : ` ${sha.slice(0, 12)}`
  const by = actor === undefined ? '' : ` by ${actor}`
  return what === '' ? 'ecs-gated-deploy' : `${what}${commit}${by}`
}
