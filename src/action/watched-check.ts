import { fitsAny } from '../documents/pattern.ts'
import type { Heard } from '../ledger/watched.ts'
import type { CheckResult } from '../release/report.ts'
import { describeError } from '../aws/errors.ts'
import { say } from '../words/say.ts'

/**
 * Whether the gate's watchdog looks after this group, which the policy's `watch` names as
 * `application/deployment-group`. If it does not, a deployment that somebody else creates
 * there without the gate moves traffic, and nobody is asked. Never throws.
 */
export async function checkWatched(
  gateSays: () => Promise<Heard>,
  group: string
): Promise<CheckResult> {
  const name = 'watchdog'
  let watched: Heard
  try {
    watched = await gateSays()
  } catch (error) {
    const reason = say`${describeError(error)}; whether ${group} is watched is not known`
    return { name, verdict: 'SKIP', reason }
  }
  if (watched === undefined) {
    const reason = say`the gate has not said yet what it watches, so whether ${group} is among it is not known; its sweep says so within a minute of the stack's creation`
    return { name, verdict: 'SKIP', reason }
  }
  if (watched === 'unusable') {
    const reason = say`the gate cannot use its policy: nobody can approve, and no deployment is watched; correct the document (docs/gate-policy.md)`
    return { name, verdict: 'WARN', reason }
  }
  if (!fitsAny(watched.deploymentGroups, group)) {
    const reason = say`the gate's policy does not watch ${group}, so a deployment there without the gate goes through unseen; add it to \`watch.deployment-groups\``
    return { name, verdict: 'WARN', reason }
  }
  const done = watched.onUngated === 'stop' ? say`stopped` : say`reported in Slack, not stopped`
  return { name, verdict: 'OK', reason: say`a deployment of ${group} without the gate is ${done}` }
}
