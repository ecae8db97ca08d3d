import { say } from '../words/say.ts'
import { describeError, errorName, kindOf } from './errors.ts'
import { RIGHTS } from './rights.ts'

/**
 * An error of the job's calls, and what to do next about it. It is for the job alone: its
 * advice is about the job's role and credentials.
 */
export function explain(error: unknown): string {
  const text = describeError(error)
  const next = nextStep(error)
  return next === undefined ? text : `${text.replace(/\.$/, '')}; ${next}`
}

/** What to do next; undefined if there is nothing that helps in general. */
export function nextStep(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : ''
  switch (kindOf(error)) {
    case 'denied':
      return aboutRight(message)
    case 'credentials':
      return aboutCredentials(errorName(error), message)
    default:
      // ECS and CodeDeploy pass on a denial of IAM under names of their own, such as ClientException.
      return actionIn(message) === undefined ? undefined : aboutRight(message)
  }
}

/**
 * IAM's words for a denied request (IAM User Guide, "Troubleshoot access denied error messages"):
 * `is not authorized to perform: ACTION on resource: ARN because no ... policy allows the action`,
 * or `with an explicit deny in a ... policy`.
 */
function actionIn(message: string): string | undefined {
  return /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1]
}

function aboutRight(message: string): string {
  const action = actionIn(message)
  const denies = /with an explicit deny in an? ([a-z -]+)/i.exec(message)?.[1]?.trim()
  if (action === undefined) {
    return say`the job's role lacks a right: compare its policies with the rights of the role in the documentation, or attach those of infra/policies.yaml`
  }
  if (denies !== undefined) {
    return say`the right ${action} is denied by a statement (${denies}), against which no other policy helps: whoever owns it has to change it`
  }
  const policy = RIGHTS[action]
  if (policy === undefined) {
    return say`give the job's role the right ${action}`
  }
  return say`give the job's role the right ${action} (see the rights of the role in the documentation; of infra/policies.yaml the policy ${policy} allows it)`
}

function aboutCredentials(name: string, message: string): string {
  if (/^cannot assume /.test(message)) {
    return say`the trust policy of this role has to trust GitHub's OIDC provider for this repository, and its branch or environment, and the job needs permissions: {id-token: write}`
  }
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return say`this job has no AWS credentials: set role-to-assume (and permissions: {id-token: write}), or run aws-actions/configure-aws-credentials in a step before this one`
  }
  if (/Expired|TokenRefreshRequired/.test(name)) {
    return say`the credentials of this job have expired: set role-to-assume, which renews them, or give aws-actions/configure-aws-credentials a longer role-duration-seconds`
  }
  return say`AWS does not accept the credentials of this job: check the access key, the session token and the region (aws-region), or set role-to-assume`
}
