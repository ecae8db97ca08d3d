import type { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { describeError } from '../../../aws/errors.ts'
import { parseDocument } from '../../../documents/parse.ts'
import type { Whose } from '../../gate-plane.ts'
import { isSameFunction } from '../appspec/functions.ts'
import { GATE_EVENT } from '../appspec/model.ts'
import { parseAppSpec } from '../appspec/parse.ts'
import { appSpecText } from '../reader/app-spec-text.ts'
import { findTarget, getDeployment } from '../reader/deployment.ts'
import { say } from '../../../words/say.ts'

/** A deployment's hooks at one moment. */
export interface HookFacts {
  /** The AppSpec's text; undefined if CodeDeploy does not have it (an AppSpec in S3). */
  readonly appSpec: string | undefined
  /** Status by lifecycle event, as CodeDeploy spells both; empty before the deployment has started. */
  readonly events: Readonly<Record<string, string>>
}

/** What CodeDeploy says of a deployment's hooks now. Errors: CodeDeploy's. */
export async function readHookFacts(
  client: CodeDeployClient,
  deploymentId: string
): Promise<HookFacts> {
  const [appSpec, target] = await Promise.all([
    getDeployment(client, deploymentId).then((info) => appSpecText(client, info)),
    findTarget(client, deploymentId)
  ])
  const events = (target?.lifecycleEvents ?? []).flatMap(({ lifecycleEventName, status }) =>
    lifecycleEventName === undefined ? [] : [[lifecycleEventName, status ?? 'Unknown'] as const]
  )
  return { appSpec, events: Object.fromEntries(events) }
}

/**
 * Whose hook CodeDeploy waits for. CodeDeploy tells a function neither which
 * lifecycle event it is asked about nor whose execution id it is given, and takes
 * the answer to any hook from whoever may answer one (aws-semantics 1.2). So
 * whoever may invoke the function that verifies could have it answer the gate's
 * hook. The hook is the function's own while the AppSpec names the function at an
 * event that is in progress and the gate's event has not begun: until then the
 * gate's hook has no execution id that anybody could give.
 * Never throws.
 */
export async function whoseHook(
  { appSpec, events }: HookFacts,
  ownFunction: string
): Promise<Whose | 'not-yet'> {
  // CodeDeploy lists nothing before the deployment has started.
  if (Object.keys(events).length === 0) return 'not-yet'
  const gate = events[GATE_EVENT]
  if (gate !== 'Pending') {
    return { whose: 'other', why: say`${GATE_EVENT} is ${gate ?? say`not there`}, not Pending` }
  }
  if (appSpec === undefined) return { whose: 'unknown', why: say`its AppSpec is not shown` }
  let named
  try {
    const { hooks } = parseAppSpec(await parseDocument(appSpec, 'AppSpec'))
    named = hooks
      .filter((hook) => isSameFunction(hook.function, ownFunction))
      .map(({ event }) => event)
  } catch (error) {
    return { whose: 'unknown', why: describeError(error) }
  }
  const statuses = named.map((event) => events[event])
  if (statuses.includes('InProgress')) return { whose: 'own' }
  if (statuses.includes('Pending')) return 'not-yet'
  const said = named.map((event) => say`${event} is ${events[event] ?? say`not there`}`).join(', ')
  return { whose: 'other', why: said || say`the AppSpec does not name this function` }
}
