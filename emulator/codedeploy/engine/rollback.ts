import type { DeploymentInfo } from '@aws-sdk/client-codedeploy'
import { ALL_AT_ONCE } from '../shift.ts'
import type { StoredDeployment } from '../state.ts'
import { storeDeployment } from '../store.ts'
import { EMPTY_HOOK } from '../timings.ts'
import type { Halt } from './halt.ts'
import { runHook } from './hooks.ts'
import { restoreListener } from './routing.ts'
import type { Recipe } from './runner.ts'
import { runDeployment } from './runner.ts'
import { sleep } from './run.ts'
import type { Run } from './run.ts'

/** Back to blue: no new task set, both listeners as they were, green gone. */
const rollback: Recipe = {
  before: () => Promise.resolve(),

  perform: async (run, event) => {
    const { world, deployment } = run
    const { appSpec, testListener, productionListener, targetGroupArns } = deployment.plan
    const { blue, formerTestGroup } = deployment
    if (event === 'AllowTestTraffic' && testListener && formerTestGroup)
      restoreListener(world, testListener, formerTestGroup, targetGroupArns)
    if (event === 'AllowTraffic' && blue) {
      restoreListener(world, productionListener, blue.targetGroupArn, targetGroupArns)
      deployment.greenWeight = 0
      if (blue.status !== 'PRIMARY') world.ecsControl.setPrimary(deployment.plan.service, blue)
    }
    const hook = world.switches.rollbackHooks === 'invoked' ? appSpec?.hooks.get(event) : undefined
    if (hook === undefined) await sleep(run, EMPTY_HOOK)
    else await runHook(run, event, hook)
  },

  after: () => undefined,

  finish: async ({ world, deployment }) => {
    const { green, plan } = deployment
    if (!green) return
    world.ecsControl.scale(green, 0)
    void world.ecsControl.deleteTaskSet(plan.service, green).catch(() => undefined)
  },

  // A rollback is never rolled back itself.
  halted: () => undefined
}

/** Creates and starts the rollback deployment, where one is wanted and there is something to undo. */
export function startRollback({ world, deployment: failed }: Run, halt: Halt): void {
  if (!failed.green || !wanted(failed.info, halt)) return
  const { info, plan, previous } = failed
  const failedId = info.deploymentId ?? ''
  const undoing = storeDeployment(world, {
    info: {
      applicationName: info.applicationName,
      deploymentGroupName: info.deploymentGroupName,
      deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
      previousRevision: info.revision,
      revision: previous?.info.revision,
      creator: 'codeDeployRollback',
      deploymentStyle: info.deploymentStyle,
      blueGreenDeploymentConfiguration: info.blueGreenDeploymentConfiguration,
      loadBalancerInfo: info.loadBalancerInfo
    },
    plan: { ...plan, shift: ALL_AT_ONCE, appSpec: previous?.plan.appSpec },
    previous,
    blue: failed.blue
  })
  const rollbackId = undoing.info.deploymentId ?? ''
  adopt(undoing, failed)
  info.rollbackInfo = {
    rollbackDeploymentId: rollbackId,
    rollbackMessage: `Deployment ${failedId} terminated. Automatic rollback is triggered with a DeploymentId ${rollbackId}.`
  }
  undoing.info.rollbackInfo = {
    rollbackTriggeringDeploymentId: failedId,
    rollbackMessage: `Deployment ${rollbackId} is triggered to roll back deployment ${failedId}.`
  }
  void runDeployment(world, undoing, rollback)
}

function adopt(undoing: StoredDeployment, failed: StoredDeployment): void {
  undoing.green = failed.green
  undoing.greenWeight = failed.greenWeight
  undoing.formerTestGroup = failed.formerTestGroup
}

function wanted({ autoRollbackConfiguration }: DeploymentInfo, { rollback }: Halt): boolean {
  if (typeof rollback === 'boolean') return rollback
  const { enabled, events = [] } = autoRollbackConfiguration ?? {}
  return enabled === true && events.includes(rollback)
}
