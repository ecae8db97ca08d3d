import { say } from '../../words/say.ts'
import { rulesFor, type Policy } from '../policy/policy.ts'

/**
 * Why a service may not move the traffic of a listener or rule; undefined if it may. A CI job
 * writes the plan, and chooses both in it: so the stack says which routes there are, and the
 * policy under which service's rules each is decided. Otherwise a job could have the traffic of
 * one service decided under the milder rules of another.
 */
export function refusalOf(
  policy: Policy,
  routes: readonly string[],
  service: string,
  route: string
): string | undefined {
  if (!routes.includes(route)) {
    return say`the gate's stack does not allow ${route}; add it to the stack's parameter FailoverRoutes`
  }
  const { listeners } = rulesFor(policy, service)
  if (listeners?.includes(route)) return undefined
  if (listeners) {
    return say`the policy's listeners of ${service} do not contain ${route}`
  }
  if (policy.services.length > 0) {
    return say`the policy has rules for single services, so it has to say which service ${route} belongs to; add it to the member listeners of ${service}`
  }
  return undefined
}
