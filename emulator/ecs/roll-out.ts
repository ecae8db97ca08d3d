import type { EcsContext } from './context.ts'
import type { Serving, StoredService, StoredTaskSet } from './state.ts'
import { addTaskSet, removeTaskSet } from './task-sets.ts'

/** How often ECS looks after a roll-out. */
const LOOK_MS = 1000

/**
 * A rolling deployment of a service whose controller is ECS: a new PRIMARY deployment, whose tasks
 * start within `maximumPercent` (rounded down), while those before keep `minimumHealthyPercent`
 * (rounded up) healthy (ECS API reference, DeploymentConfiguration). Its end is told by
 * `rolloutState`; tasks that never become healthy leave it IN_PROGRESS for ever, because no circuit
 * breaker is emulated. A newer one takes its place, and takes its tasks down.
 */
export function startRollOut(context: EcsContext, service: StoredService, wanted: Serving): void {
  const { clock } = context
  for (const each of service.taskSets) {
    if (each.status !== 'PRIMARY') continue
    each.status = 'ACTIVE'
    each.updatedAt = clock.now()
  }
  const fresh = addTaskSet(context, service, wanted, 'PRIMARY', 0)
  fresh.rollout = 'IN_PROGRESS'
  service.serving = wanted
  void follow(context, fresh).catch(() => undefined) // the emulator closes first
}

async function follow(context: EcsContext, fresh: StoredTaskSet): Promise<void> {
  const { clock, closing, scheduler } = context
  const { service } = fresh
  while (service.status === 'ACTIVE' && fresh.status === 'PRIMARY') {
    step(context, fresh)
    if (hasEnded(context, fresh)) {
      fresh.rollout = 'COMPLETED'
      fresh.updatedAt = clock.now()
      const completed = `(deployment ${fresh.id}) deployment completed.`
      scheduler.addEvent(service, `(service ${service.name}) ${completed}`)
      return
    }
    await clock.sleep(LOOK_MS, closing)
  }
}

/** Starts as many new tasks, and stops as many old ones, as the configuration allows now. */
function step({ scheduler, ...context }: EcsContext, fresh: StoredTaskSet): void {
  const { service } = fresh
  const { desiredCount, deploymentConfiguration } = service
  const { maximumPercent = 200, minimumHealthyPercent = 100 } = deploymentConfiguration
  const most = Math.floor((desiredCount * maximumPercent) / 100)
  const least = Math.ceil((desiredCount * minimumHealthyPercent) / 100)
  const others = service.taskSets.filter((each) => each !== fresh)
  let old = others.reduce((sum, each) => sum + scheduler.counts(each).computed, 0)
  let surplus = old + scheduler.healthy(fresh) - least
  for (const each of others) {
    const { computed } = scheduler.counts(each)
    const fewer = Math.max(0, Math.min(computed, surplus))
    if (fewer === 0) continue
    surplus -= fewer
    old -= fewer
    each.count = computed - fewer
    scheduler.reconcile(each)
  }
  const running = others.reduce((sum, each) => sum + scheduler.present(each), 0)
  const room = Math.max(0, most - Math.max(running, old))
  const count = Math.max(scheduler.counts(fresh).computed, Math.min(desiredCount, room))
  if (count !== fresh.count) {
    fresh.count = count
    scheduler.reconcile(fresh)
  }
  for (const each of others) {
    if (each.count !== 0 || each.status === 'DRAINING') continue
    void removeTaskSet({ scheduler, ...context }, service, each).catch(() => undefined) // the emulator closes first
  }
}

function hasEnded({ scheduler }: EcsContext, fresh: StoredTaskSet): boolean {
  const { service } = fresh
  return (
    fresh.count === service.desiredCount &&
    scheduler.isStable(fresh) &&
    service.taskSets.every((each) => each === fresh || each.status === 'DRAINING')
  )
}
