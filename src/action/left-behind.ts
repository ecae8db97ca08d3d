import type { InterruptEnding } from '../release/interrupt.ts'
import type { Outcome } from '../release/outcome.ts'
import { isTerminal } from '../release/snapshot.ts'
import { madeGitHubDeployment } from './github-deployment.ts'
import { variableOf } from './inputs/parse.ts'
import { INPUTS } from './inputs/table.ts'
import type { Log } from './log.ts'
import type { GitHubDeploymentState } from './state.ts'
import { triggerOf } from './trigger.ts'
import { say } from '../words/say.ts'

/** What the post phase has found and done. */
export interface LeftBehind {
  /** Undefined if the main phase was killed before it knew of a deployment. */
  readonly deploymentId: string | undefined
  /** Undefined if AWS could not be asked. */
  readonly end: InterruptEnding | undefined
}

/**
 * Ends GitHub's deployment if the main phase was killed before it could. It uses the same
 * states: `failure` if the deployment was stopped, `error` if it goes on without the job. If
 * GitHub refuses, that is a warning. Never throws.
 */
export async function endLeftBehind(
  env: Readonly<Record<string, string | undefined>>,
  log: Log,
  { id, environmentUrl }: GitHubDeploymentState,
  found: LeftBehind
): Promise<void> {
  const { name } = INPUTS.githubToken
  const token = env[variableOf(name)]?.trim() ?? ''
  if (token === '') {
    log.warning(say`GitHub's deployment ${id} stays as it is: \`${name}\` is not set any more`)
    return
  }
  const warn = (message: string): void => log.warning(message)
  const github = madeGitHubDeployment(id, { token, environmentUrl, trigger: triggerOf(env), warn })
  const { outcome, headline } = endOf(found)
  await github.ended(outcome, headline)
}

/** The sentence has to be short, because GitHub keeps 140 characters. */
function endOf({ deploymentId, end }: LeftBehind): {
  readonly outcome: Outcome
  readonly headline: string
} {
  if (deploymentId === undefined) {
    return { outcome: 'unknown', headline: say`The job broke off before it knew of a deployment` }
  }
  const about = say`The job broke off; ${deploymentId}: `
  if (!end) {
    const headline = say`${about}AWS could not be asked, so it may go on without the job`
    return { outcome: 'unknown', headline }
  }
  return { outcome: outcomeOf(end), headline: about + end.reason }
}

function outcomeOf({ done, snapshot }: InterruptEnding): Outcome {
  if (done === 'stopped') return 'stopped'
  if (!snapshot || !isTerminal(snapshot.state)) return 'unknown'
  return snapshot.state === 'succeeded' ? 'released' : 'failed'
}
