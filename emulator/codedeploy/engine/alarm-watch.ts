import { ALARM_POLL } from '../timings.ts'
import { Halt } from './halt.ts'
import type { Run } from './run.ts'

/**
 * Looks at the deployment's alarms now and at every poll until the deployment
 * ends, the termination wait included; one in ALARM stops it.
 */
export function watchAlarms(run: Run): void {
  const { world, deployment, signal } = run
  if (deployment.plan.alarms.length === 0) return
  const poll = async (): Promise<void> => {
    for (;;) {
      const active = deployment.plan.alarms.filter((name) => world.alarms.state(name) === 'ALARM')
      if (active.length > 0) {
        deployment.halting.abort(alarmHalt(active))
        return
      }
      await world.clock.sleep(ALARM_POLL, signal)
    }
  }
  // Rejects only when the run is over.
  void poll().catch(() => undefined)
}

function alarmHalt(names: readonly string[]): Halt {
  const message = `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: ${names.join(', ')}`
  return new Halt('Stopped', { code: 'ALARM_ACTIVE', message }, 'DEPLOYMENT_STOP_ON_ALARM')
}
