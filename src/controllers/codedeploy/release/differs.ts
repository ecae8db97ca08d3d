import { explain } from '../../../aws/next-step.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import { describeTaskDefinition } from '../../../aws/task-definitions.ts'
import { parseDocument } from '../../../documents/parse.ts'
import { Refused } from '../../../release/refusal.ts'
import type { Settings } from '../../../release/settings.ts'
import { sameAsStored } from '../../../taskdef/stored.ts'
import { registrationOf } from '../../revision-plan.ts'
import { gatingOf } from '../appspec/gating.ts'
import { gateOf } from '../appspec/hooks.ts'
import { parseAppSpec } from '../appspec/parse.ts'
import type { CodeDeployClients } from '../clients.ts'
import { appSpecText } from '../reader/app-spec-text.ts'
import { getDeployment } from '../reader/deployment.ts'
import type { CodeDeployPlan } from './plan.ts'
import type { Facts } from './survey.ts'
import { say } from '../../../words/say.ts'

export interface DiffersOptions {
  readonly clients: CodeDeployClients
  readonly optionalReads: OptionalReads
  readonly settings: Pick<Settings, 'requireApproval' | 'gateFunction'>
  readonly facts: Pick<Facts, 'service'>
  readonly plan: Pick<CodeDeployPlan, 'revision' | 'gate'>
}

/**
 * Why a deployment that is under way is not the one that the plan would create;
 * undefined if it is. Errors: Refused; those of GetDeployment.
 */
export async function differenceFrom(
  { clients, optionalReads, settings, facts, plan }: DiffersOptions,
  deploymentId: string
): Promise<string | undefined> {
  const info = await getDeployment(clients.codedeploy, deploymentId)
  if (info.creator === 'codeDeployRollback') return say`it is a rollback`
  const text = await optionalReads.read('codedeploy:GetApplicationRevision', (signal) =>
    appSpecText(clients.codedeploy, info, signal)
  )
  const its = text === undefined ? undefined : await parse(text, deploymentId)
  const pinned = its?.taskDefinition ?? taskSetRevision(facts, deploymentId)
  if (pinned === undefined) return say`which revision it releases is not known`
  if (settings.requireApproval && plan.gate.kind === 'hook') {
    if (text === undefined || its === undefined) {
      return say`it is not known to be gated, as its AppSpec could not be read`
    }
    const { gated, reason } = gateOf(its, settings.gateFunction)
    if (!gated) return say`it is not gated: ${reason}`
    if (!(await gatingOf(text, settings.gateFunction)).gated) {
      return say`it is not known to be gated, as AWS may read its AppSpec in another way`
    }
  }
  if (pinned === plan.revision.reuse) return undefined
  const described = await optionalReads.read('ecs:DescribeTaskDefinition', (signal) =>
    describeTaskDefinition(clients, pinned, signal)
  )
  if (!described) return say`its revision ${pinned} could not be read`
  if (sameAsStored(plan.revision.registration, registrationOf(described))) return undefined
  return say`its revision ${pinned} is not the one asked for`
}

function taskSetRevision({ service }: Pick<Facts, 'service'>, id: string): string | undefined {
  if (!('value' in service)) return undefined
  return service.value.taskSets?.find((taskSet) => taskSet.externalId === id)?.taskDefinition
}

async function parse(
  content: string,
  deploymentId: string
): Promise<ReturnType<typeof parseAppSpec>> {
  try {
    return parseAppSpec(await parseDocument(content, say`AppSpec of ${deploymentId}`))
  } catch (error) {
    throw new Refused([say`the AppSpec of ${deploymentId} cannot be read: ${explain(error)}`])
  }
}
