import type { CheckResult } from '../../../release/report.ts'
import type { Settings } from '../../../release/settings.ts'
import { waitParts } from '../../../release/wait-limit.ts'
import type { CodeDeployPlan } from './plan.ts'
import type { Facts } from './survey.ts'
import { waitsForContinue, waitsOf } from './waits.ts'
import { say } from '../../../words/say.ts'

/**
 * Whether a limit that the inputs set is too short for what hooks and group may
 * take: the job would end while a person may still decide.
 */
export function checkWaitLimit(
  { waitForMinutes, waitFor, onTimeout }: Settings,
  { group, routing }: Facts,
  { appSpec }: CodeDeployPlan
): CheckResult | undefined {
  if (waitForMinutes === undefined || appSpec === undefined || !('value' in group)) return undefined
  const { hooks, ready, shift, termination } = waitParts(
    waitFor,
    waitsOf(appSpec, group.value.info, routing)
  )
  const needed = hooks + ready + shift + termination
  if (waitForMinutes >= needed) return undefined
  const parts = [
    [hooks, say`${hooks} for the answers of hooks, an hour each`],
    [ready, say`${ready} for a continue`],
    [shift, say`${shift} for the shift of traffic`],
    [termination, say`${termination} until blue ends`]
  ] as const
  const named = parts.flatMap(([minutes, what]) => (minutes > 0 ? [what] : []))
  return {
    name: 'time to wait',
    verdict: 'WARN',
    reason: say`\`wait-for-minutes\` is ${waitForMinutes}, and until \`wait-for: ${waitFor}\` the deployment may take ${needed} min (${named.join(', ')}); before that \`on-timeout: ${onTimeout}\` decides. Set at least ${needed}, or leave \`wait-for-minutes\` out`
  }
}

/** Where the group waits for a continue: that it does, and who has to give it. */
export function checkContinue({ group }: Facts, { gate }: CodeDeployPlan): CheckResult | undefined {
  if (!('value' in group) || !waitsForContinue(group.value.info)) return undefined
  const option = group.value.info.blueGreenDeploymentConfiguration?.deploymentReadyOption
  const minutes = option?.waitTimeInMinutes ?? '?'
  const reason = say`the deployment group waits up to ${minutes} min before production traffic moves, and stops the deployment then. This job does not continue it: a person does, in the console of CodeDeploy or with \`aws deploy continue-deployment --deployment-wait-type READY_WAIT --deployment-id ID\`, who needs \`codedeploy:ContinueDeployment\``
  const beside = say`; the gate's approval does not continue it either, and whether it is asked before or after this wait is not documented. To leave the decision to the gate alone, let the group reroute at once (\`deploymentReadyOption: {actionOnTimeout: CONTINUE_DEPLOYMENT}\`)`
  return gate.kind === 'hook'
    ? { name: 'continue', verdict: 'WARN', reason: reason + beside }
    : { name: 'continue', verdict: 'OK', reason }
}
