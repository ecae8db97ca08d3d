import { gatingOf } from '../controllers/codedeploy/appspec/gating.ts'
import { gateOf } from '../controllers/codedeploy/appspec/hooks.ts'
import { parseAppSpec } from '../controllers/codedeploy/appspec/parse.ts'
import { appSpecText } from '../controllers/codedeploy/reader/app-spec-text.ts'
import type { Clients } from '../aws/clients.ts'
import { describeError } from '../aws/errors.ts'
import type { OptionalReads } from '../aws/optional-reads.ts'
import { describeTaskDefinition } from '../aws/task-definitions.ts'
import { parseDocument } from '../documents/parse.ts'
import { CannotStop } from '../release/control-plane.ts'
import { shiftBegun } from '../release/goal.ts'
import { Refused } from '../release/refusal.ts'
import { followRollback } from '../release/rollback.ts'
import type { Settings } from '../release/settings.ts'
import { isTerminal } from '../release/snapshot.ts'
import { watch, type Watch } from '../release/watch.ts'
import { sameAsStored } from '../taskdef/stored.ts'
import { readDeployment } from '../controllers/codedeploy/release/active-deployment.ts'
import { registrationOf, type Plan } from '../controllers/codedeploy/release/plan.ts'
import type { Facts } from '../controllers/codedeploy/release/survey.ts'

export interface Active {
  readonly clients: Clients
  readonly optionalReads: OptionalReads
  readonly settings: Settings
  readonly facts: Facts
  readonly plan: Plan
  /** How the active deployment is watched; `deploymentId` is its own. */
  readonly watching: Omit<Watch, 'goal' | 'gate'>
}

/**
 * Deals with a deployment that is already under way, as `on-active-deployment`
 * says: either its id is ours to follow, or it is out of the way.
 * Errors: Refused.
 */
export async function settleActive(active: Active): Promise<'attach' | 'gone'> {
  switch (active.settings.onActiveDeployment) {
    case 'attach': {
      const difference = await differenceFrom(active)
      if (difference === undefined) return 'attach'
      return refuse(active, `${difference}, so this run does not attach to it`)
    }
    case 'wait':
      return outlast(active)
    case 'stop':
      return stop(active)
    case 'fail':
      return refuse(active, 'and `on-active-deployment` is `fail`')
  }
}

function refuse({ watching }: Active, reason: string): never {
  throw new Refused([`deployment ${watching.deploymentId} is under way: ${reason}`])
}

async function outlast(active: Active): Promise<'gone'> {
  const { watching } = active
  const end = await watch({ ...watching, goal: 'completed', gate: 'none' })
  switch (end.kind) {
    case 'goal':
      return 'gone'
    case 'ended':
      await followRollback(watching, end.last, false)
      return 'gone'
    case 'cancelled':
      return refuse(active, 'this run was cancelled while it waited for it')
    case 'deadline':
      return refuse(active, 'it did not end within `wait-for-minutes`')
    case 'lost':
      return refuse(active, `it can no longer be seen: ${end.reason}`)
  }
}

async function stop(active: Active): Promise<'gone'> {
  const { watching } = active
  const { controller, deploymentId } = watching
  const snapshot = await controller.read(deploymentId, true)
  if (!isTerminal(snapshot.state)) {
    if (snapshot.steps === undefined && snapshot.state !== 'created') {
      return refuse(
        active,
        'its lifecycle events may not be read, so whether it moves production traffic is not known; it is not stopped'
      )
    }
    if (snapshot.isRollback) {
      return refuse(active, 'it is a rollback, which is not stopped')
    }
    if (shiftBegun(snapshot)) {
      return refuse(active, 'it already moves production traffic, so it is not stopped')
    }
    try {
      await controller.stop(deploymentId, true)
    } catch (error) {
      if (!(error instanceof CannotStop)) throw error
      if (!error.alreadyEnded) return refuse(active, error.message)
    }
  }
  const end = await watch({ ...watching, goal: 'completed', gate: 'none' })
  if (end.kind === 'goal') return 'gone'
  if (end.kind !== 'ended') return refuse(active, 'its end was not seen after it was asked to stop')
  const { rollback } = await followRollback(watching, end.last, true)
  if (rollback === 'failed' || rollback === 'in-progress') {
    return refuse(active, `it was stopped, and its rollback is ${rollback}`)
  }
  return 'gone'
}

/** Why the active deployment is not the one we would create; undefined when it is. */
async function differenceFrom({
  clients,
  optionalReads,
  settings,
  facts,
  plan,
  watching
}: Active): Promise<string | undefined> {
  const { deploymentId } = watching
  const info = await readDeployment(clients, deploymentId)
  if (info.creator === 'codeDeployRollback') return 'it is a rollback'
  const text = await optionalReads.read('codedeploy:GetApplicationRevision', (signal) =>
    appSpecText(clients.codedeploy, info, signal)
  )
  const its = text === undefined ? undefined : await parse(text, deploymentId)
  const pinned = its?.taskDefinition ?? taskSetRevision(facts, deploymentId)
  if (pinned === undefined) return 'which revision it releases is not known'
  if (settings.requireApproval && plan.gate.kind === 'hook') {
    if (text === undefined || its === undefined) {
      return 'it is not known to be gated, as its AppSpec could not be read'
    }
    const { gated, reason } = gateOf(its, settings.gateFunction)
    if (!gated) return `it is not gated: ${reason}`
    if (!(await gatingOf(text, settings.gateFunction)).gated) {
      return 'it is not known to be gated, as AWS may read its AppSpec in another way'
    }
  }
  if (pinned === plan.reuse) return undefined
  const described = await optionalReads.read('ecs:DescribeTaskDefinition', (signal) =>
    describeTaskDefinition(clients, pinned, signal)
  )
  if (!described) return `its revision ${pinned} could not be read`
  if (sameAsStored(plan.registration, registrationOf(described))) return undefined
  return `its revision ${pinned} is not the one asked for`
}

function taskSetRevision({ service }: Facts, deploymentId: string): string | undefined {
  if (!('value' in service)) return undefined
  return service.value.taskSets?.find((taskSet) => taskSet.externalId === deploymentId)
    ?.taskDefinition
}

async function parse(
  content: string,
  deploymentId: string
): Promise<ReturnType<typeof parseAppSpec> | undefined> {
  try {
    return parseAppSpec(await parseDocument(content, `AppSpec of ${deploymentId}`))
  } catch (error) {
    throw new Refused([`the AppSpec of ${deploymentId} cannot be read: ${describeError(error)}`])
  }
}
