import type { EcsContext } from './context.ts'
import type { Serving, StoredService, StoredTaskSet } from './state.ts'
import { addTaskSet, removeTaskSet, servingOf } from './task-sets.ts'

/** How often ECS looks after a roll-out. */
const LOOK_MS = 1000

/**
 * A rolling deployment of a service whose controller is ECS: a new PRIMARY deployment, whose tasks
 * start within `maximumPercent` (rounded down), while those before keep `minimumHealthyPercent`
 * (rounded up) healthy (ECS API reference, DeploymentConfiguration). Its end is told by
 * `rolloutState`; tasks that never become healthy leave it IN_PROGRESS for ever, unless the circuit
 * breaker is on. A newer one takes its place, and takes its tasks down. The deployment that a
 * service is created with is not followed, so no circuit breaker ends it.
 */
export function startRollOut(
  context: EcsContext,
  service: StoredService,
  wanted: Serving,
  reason?: string
): void {
  const { clock } = context
  for (const each of service.taskSets) {
    if (each.status !== 'PRIMARY') continue
    each.status = 'ACTIVE'
    each.updatedAt = clock.now()
    if (each.rollout === undefined || each.rollout === 'COMPLETED')
      service.completed = { id: each.id, serving: servingOf(each) }
  }
  const fresh = addTaskSet(context, service, wanted, 'PRIMARY', 0)
  fresh.rollout = 'IN_PROGRESS'
  fresh.rolloutReason = reason
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
      fresh.rolloutReason = undefined
      fresh.updatedAt = clock.now()
      const completed = `(deployment ${fresh.id}) deployment completed.`
      scheduler.addEvent(service, `(service ${service.name}) ${completed}`)
      for (const each of service.taskSets) if (each.rollout === 'FAILED') remove(context, each)
      return
    }
    if (isBroken(context, fresh)) {
      fail(context, fresh)
      return
    }
    await clock.sleep(LOOK_MS, closing)
  }
}

const LEAST_FAILURES = 3
const MOST_FAILURES = 200

/** Half of the wanted tasks, but at least 3 and at most 200, in a row (API reference, ServiceDeploymentCircuitBreaker). */
function isBroken({ scheduler }: EcsContext, fresh: StoredTaskSet): boolean {
  const { desiredCount, deploymentConfiguration } = fresh.service
  if (deploymentConfiguration.deploymentCircuitBreaker?.enable !== true) return false
  const half = Math.ceil(desiredCount / 2)
  return scheduler.failures(fresh) >= Math.min(MOST_FAILURES, Math.max(LEAST_FAILURES, half))
}

/**
 * It starts no task any more, and with `rollback` the service goes back, by a deployment of its
 * own, to what has completed last. Words of reasons and events as people have published them
 * (containers-roadmap#1488, copilot-cli#1879).
 */
function fail(context: EcsContext, fresh: StoredTaskSet): void {
  const { clock, scheduler } = context
  const { service } = fresh
  fresh.rollout = 'FAILED'
  fresh.rolloutReason = 'ECS deployment circuit breaker: tasks failed to start.'
  fresh.updatedAt = clock.now()
  const failed = `(deployment ${fresh.id}) deployment failed: tasks failed to start.`
  scheduler.addEvent(service, `(service ${service.name}) ${failed}`)
  const { completed, deploymentConfiguration } = service
  if (deploymentConfiguration.deploymentCircuitBreaker?.rollback !== true || !completed) return
  const back = `rolling back to deployment ${completed.id}.`
  scheduler.addEvent(service, `(service ${service.name}) ${back}`)
  const reason = `ECS deployment circuit breaker: rolling back to deploymentId ${completed.id}.`
  startRollOut(context, service, completed.serving, reason)
  // It is shown until the rollback has completed.
  fresh.count = 0
  scheduler.reconcile(fresh)
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
    const stays = each.count !== 0 || each.status === 'DRAINING' || each.rollout === 'FAILED'
    if (!stays) remove({ scheduler, ...context }, each)
  }
}

function remove(context: EcsContext, taskSet: StoredTaskSet): void {
  void removeTaskSet(context, taskSet.service, taskSet).catch(() => undefined) // the emulator closes first
}

function hasEnded({ scheduler }: EcsContext, fresh: StoredTaskSet): boolean {
  const { service } = fresh
  return (
    fresh.count === service.desiredCount &&
    scheduler.isStable(fresh) &&
    service.taskSets.every(
      (each) =>
        each === fresh ||
        each.status === 'DRAINING' ||
        (each.rollout === 'FAILED' && scheduler.present(each) === 0)
    )
  )
}
