import { allowTestTraffic, allowTraffic } from './routing.ts'
import { failure } from './halt.ts'
import { runHook } from './hooks.ts'
import { install } from './install.ts'
import { startRollback } from './rollback.ts'
import type { Recipe } from './runner.ts'
import type { Run } from './run.ts'
import { readyWait, readyWaitComesBefore, terminationWait } from './waits.ts'

/** A deployment that someone created: green beside blue, traffic to green, blue gone. */
export const release: Recipe = {
  before: async (run, event) => {
    const { readyWaitMinutes } = run.deployment.plan
    if (readyWaitMinutes !== undefined && event === readyWaitComesBefore(run))
      await readyWait(run, readyWaitMinutes)
  },

  perform: async (run, event) => {
    const { appSpec } = run.deployment.plan
    if (!appSpec) throw failure('REVISION_MISSING', 'The deployment has no AppSpec')
    if (event === 'Install') await install(run, appSpec)
    else if (event === 'AllowTestTraffic') await allowTestTraffic(run)
    else if (event === 'AllowTraffic') await allowTraffic(run)
    else await runHook(run, event, appSpec.hooks.get(event))
  },

  after: ({ world, deployment }, event) => {
    const { green, plan } = deployment
    if (green && event === primaryAfter(world.switches.primarySwitch))
      world.ecsControl.setPrimary(plan.service, green)
  },

  finish: async (run) => {
    const { terminationWaitMinutes } = run.deployment.plan
    if (terminationWaitMinutes === undefined) return
    await terminationWait(run, terminationWaitMinutes)
    terminateBlue(run)
  },

  halted: startRollback
}

function primaryAfter(setting: 'after-allow-traffic' | 'after-after-allow-traffic'): string {
  return setting === 'after-allow-traffic' ? 'AllowTraffic' : 'AfterAllowTraffic'
}

/** The deployment counts as Succeeded while blue still drains. */
function terminateBlue({ world, deployment }: Run): void {
  const { blue, plan } = deployment
  if (!blue) return
  world.ecsControl.scale(blue, 0)
  void world.ecsControl.deleteTaskSet(plan.service, blue).catch(() => undefined)
}
