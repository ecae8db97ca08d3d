import type { CheckResult } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import { say } from '../words/say.ts'

/** GitHub's time limits for a job: 6 h on hosted runners, 5 days on others. */
const HOSTED_MINUTES = 6 * 60
const SELF_HOSTED_MINUTES = 5 * 24 * 60
/** The length of a role session, unless its creator has asked for another one. */
const SESSION_MINUTES = 60

/** Checks whether the job's credentials and the job itself last as long as the longest wait. */
export function checkJob(
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
  now: number,
  longestMinutes: number
): CheckResult[] {
  return [
    ...checkEndpoint(env),
    checkCredentials(settings, env, now, longestMinutes),
    checkLimit(env, longestMinutes)
  ]
}

function checkCredentials(
  { roleToAssume }: Settings,
  env: Readonly<Record<string, string | undefined>>,
  now: number,
  longestMinutes: number
): CheckResult {
  const name = 'credentials'
  if (roleToAssume !== undefined) {
    const reason = say`of ${roleToAssume}, renewed through GitHub's OIDC token while it waits`
    return { name, verdict: 'OK', reason }
  }
  if (env.AWS_SESSION_TOKEN === undefined || env.AWS_SESSION_TOKEN === '') {
    return { name, verdict: 'OK', reason: say`not of a role session in the environment` }
  }
  const todo = say`set \`role-to-assume\` and \`permissions: {id-token: write}\`, and the action renews them itself`
  const expires = Date.parse(env.AWS_CREDENTIAL_EXPIRATION ?? '')
  if (Number.isNaN(expires)) {
    if (longestMinutes <= SESSION_MINUTES) {
      return {
        name,
        verdict: 'OK',
        reason: say`a role session, as long as the longest wait by default`
      }
    }
    const reason = say`a role session lasts ${SESSION_MINUTES} min by default, and this release may wait ${longestMinutes} min; ${todo}`
    return { name, verdict: 'WARN', reason }
  }
  const left = Math.floor((expires - now) / 60_000)
  if (left >= longestMinutes) return { name, verdict: 'OK', reason: say`good for ${left} min` }
  const reason = say`they expire in ${left} min, and this release may wait ${longestMinutes} min; ${todo}`
  return { name, verdict: 'WARN', reason }
}

function checkLimit(
  env: Readonly<Record<string, string | undefined>>,
  longestMinutes: number
): CheckResult {
  const name = 'job limit'
  const hosted = env.RUNNER_ENVIRONMENT !== 'self-hosted'
  const limit = hosted ? HOSTED_MINUTES : SELF_HOSTED_MINUTES
  if (longestMinutes <= limit) {
    return {
      name,
      verdict: 'OK',
      reason: say`the longest wait, ${longestMinutes} min, fits into the job`
    }
  }
  const reason = say`this release may wait ${longestMinutes} min, and GitHub ends ${hosted ? say`a hosted` : say`a self-hosted`} job after ${limit} min; an earlier \`wait-for\` ends sooner`
  return { name, verdict: 'WARN', reason }
}

/**
 * If an endpoint variable is left set by accident, it silently redirects every call
 * (aws-semantics 7).
 */
function checkEndpoint(env: Readonly<Record<string, string | undefined>>): CheckResult[] {
  const set = Object.entries(env).filter(
    ([name, value]) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && value !== undefined && value !== ''
  )
  if (set.length === 0 || env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return []
  const shown = set.map(([name, value]) => `${name}=${value ?? ''}`).join(', ')
  return [{ name: 'endpoint', verdict: 'WARN', reason: say`calls do not go to AWS: ${shown}` }]
}
