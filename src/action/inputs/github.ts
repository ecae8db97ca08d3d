import type { GitHubSettings } from '../../release/settings.ts'
import type { Problem } from './problems.ts'
import { INPUTS } from './table.ts'
import { say } from '../../words/say.ts'

interface Given {
  readonly token: string | undefined
  readonly environment: string | undefined
  readonly environmentUrl: string | undefined
}

/**
 * A GitHub deployment needs both a token and an environment; one without the other is a
 * problem.
 */
export function gitHubSettings(
  { token, environment, environmentUrl }: Given,
  problem: (problem: Problem) => void
): GitHubSettings | undefined {
  const { githubToken, githubEnvironment, environmentUrl: url } = INPUTS
  if (token !== undefined && environment !== undefined)
    return { token, environment, environmentUrl }
  const need = (input: string, given: string): void =>
    problem({
      input,
      message: say`\`${input}\` is not set, and \`${given}\` needs it. Set both, or neither.`
    })
  if (token !== undefined) need(githubEnvironment.name, githubToken.name)
  else if (environment !== undefined) need(githubToken.name, githubEnvironment.name)
  else if (environmentUrl !== undefined) need(githubEnvironment.name, url.name)
  return undefined
}
