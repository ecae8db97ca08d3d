import { randomBytes, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { TaskRuntime } from '../dataplane/runtime.ts'
import type { ElbControl } from '../elbv2/control.ts'
import type { StoredTarget, StoredTargetGroup } from '../elbv2/state.ts'
import type { LogGroups } from '../logs/groups.ts'
import type { Switches } from '../switches.ts'
import { findTaskDefinition } from './references.ts'
import type { EcsState, ServiceTask, StoredService, StoredTaskSet } from './state.ts'
import { TaskLife } from './task-life.ts'
import type { StopReason, TaskStep } from './task-life.ts'

export interface SchedulerOptions {
  readonly state: EcsState
  readonly runtime: TaskRuntime
  readonly logs: Pick<LogGroups, 'write'>
  readonly elb: ElbControl
  readonly switches: Pick<Switches, 'stoppedTask'>
  readonly clock: Clock
  readonly closing: AbortSignal
  readonly arn: (resource: string) => string
}

const MAX_EVENTS = 100
const STOPPED_VISIBLE_MS = 3_600_000
const FIRST_RETRY_MS = 10_000
const LAST_RETRY_MS = 900_000
const IMPAIRED_AFTER = 3
/** ECS hears of an unhealthy target a little later than DescribeTargetHealth shows it. */
const REACTION_MS = 5000

/** Keeps every task set at its count: starts, replaces and stops tasks, and tells the service's events. */
export class Scheduler {
  readonly #options: SchedulerOptions
  readonly #lives = new Map<ServiceTask, TaskLife>()
  /** Tasks in a row that died or were unhealthy, and when the next may start. */
  readonly #failures = new Map<
    StoredTaskSet,
    { readonly count: number; readonly retryAt: number }
  >()
  #lastIp = 0

  constructor(options: SchedulerOptions) {
    this.#options = options
  }

  /** Brings the tasks to what service and task set ask for. */
  reconcile(taskSet: StoredTaskSet): void {
    const { clock, closing } = this.#options
    if (closing.aborted) return
    const staying = this.#of(taskSet).filter((life) => life.staying)
    const missing = computedDesiredCount(taskSet) - staying.length
    const retryAt = this.#failures.get(taskSet)?.retryAt ?? 0
    // "A deployment in FAILED state doesn't launch any new tasks" (API reference, Deployment).
    const mayLaunch = taskSet.rollout !== 'FAILED' && clock.now() >= retryAt
    if (missing > 0 && mayLaunch) this.#launch(taskSet, missing)
    if (missing < 0) {
      const reason = `Scaling activity initiated by (deployment ${taskSet.id})`
      for (const life of staying.slice(missing))
        life.stop({ code: 'ServiceSchedulerInitiated', reason })
    }
    this.#noteStability(taskSet)
  }

  /** The task's own end, asked for by a person or an API call; the scheduler then replaces it. */
  stopTask(task: ServiceTask, reason: StopReason): void {
    this.#lives.get(task)?.stop(reason)
    this.reconcile(task.taskSet)
  }

  counts(taskSet: StoredTaskSet): { computed: number; pending: number; running: number } {
    const tasks = this.#of(taskSet).map(({ task }) => task)
    const pending = tasks.filter(({ startedAt }) => startedAt === undefined).length
    return {
      computed: computedDesiredCount(taskSet),
      pending,
      running: tasks.length - pending
    }
  }

  /** Tasks in a row that have died or were unhealthy. */
  failures(taskSet: StoredTaskSet): number {
    return this.#failures.get(taskSet)?.count ?? 0
  }

  /** Tasks that are there, those included that are on their way out. */
  present(taskSet: StoredTaskSet): number {
    return this.#of(taskSet).length
  }

  /** Tasks that run and are good for requests; one that nobody checks is good. */
  healthy(taskSet: StoredTaskSet): number {
    const health = this.#health(taskSet)
    return this.#of(taskSet).filter(({ task, staying }) => {
      const state = health.get(task.privateIp)
      return staying && task.startedAt !== undefined && (state === 'healthy' || state === 'unused')
    }).length
  }

  /** See EcsControl.stability: a task that nobody checks is good. */
  isStable(taskSet: StoredTaskSet): boolean {
    const { computed, pending, running } = this.counts(taskSet)
    if (running !== computed || pending > 0) return false
    const health = this.#health(taskSet)
    return this.#of(taskSet).every(({ task }) => {
      const state = health.get(task.privateIp)
      return state === 'healthy' || state === 'unused'
    })
  }

  #health({ targetGroupArn }: StoredTaskSet): ReadonlyMap<string | undefined, string | undefined> {
    return new Map(
      this.#options.elb
        .health(targetGroupArn)
        .map(({ Target, TargetHealth }) => [Target?.Id, TargetHealth?.State])
    )
  }

  /** Resolves when no task of the set is left. */
  async emptied(taskSet: StoredTaskSet): Promise<void> {
    await Promise.all(this.#of(taskSet).map((life) => life.gone))
    this.#failures.delete(taskSet)
  }

  addEvent({ events }: StoredService, message: string): void {
    events.unshift({ id: randomUUID(), createdAt: new Date(this.#options.clock.now()), message })
    events.length = Math.min(events.length, MAX_EVENTS)
  }

  /** The load balancer has changed its mind about a target. */
  healthChanged(group: StoredTargetGroup, target: StoredTarget): void {
    const life = [...this.#lives.values()].find(
      ({ task }) => task.privateIp === target.id && task.taskSet.targetGroupArn === group.arn
    )
    if (!life?.staying) return
    if (target.state === 'unhealthy') this.#unhealthy(life, group, target)
    this.#noteStability(life.task.taskSet)
  }

  /** Stopped tasks are shown for an hour. */
  forgetOldTasks(): void {
    const { state, clock } = this.#options
    for (const [arn, { stoppedAt }] of state.tasks)
      if (stoppedAt !== undefined && stoppedAt <= clock.now() - STOPPED_VISIBLE_MS)
        state.tasks.delete(arn)
  }

  #of(taskSet: StoredTaskSet): TaskLife[] {
    return [...this.#lives.values()].filter(({ task }) => task.taskSet === taskSet)
  }

  #launch(taskSet: StoredTaskSet, count: number): void {
    this.forgetOldTasks()
    const started = Array.from({ length: count }, () => this.#start(taskSet))
    const names = started.map(({ arn }) => `(task ${taskId(arn)})`).join(' ')
    const { service } = taskSet
    this.addEvent(service, `(service ${service.name}) has started ${count} tasks: ${names}.`)
  }

  #start(taskSet: StoredTaskSet): ServiceTask {
    const { state, clock, arn, closing } = this.#options
    const definition = findTaskDefinition(state, taskSet.taskDefinitionArn)?.definition
    if (!definition) throw new Error(`no ${taskSet.taskDefinitionArn}`)
    const number = ++this.#lastIp
    const task: ServiceTask = {
      arn: arn(`task/${taskSet.service.cluster.name}/${randomBytes(16).toString('hex')}`),
      taskSet,
      privateIp: `10.0.${Math.floor(number / 250) % 250}.${(number % 250) + 4}`,
      desiredStatus: 'RUNNING',
      lastStatus: 'PROVISIONING',
      address: undefined,
      createdAt: clock.now(),
      startedAt: undefined,
      stoppingAt: undefined,
      stoppedAt: undefined,
      stopCode: undefined,
      stoppedReason: undefined,
      exitCodes: new Map()
    }
    state.tasks.set(task.arn, task)
    const tell = (step: TaskStep): void => this.#told(task, step)
    const life = new TaskLife({ ...this.#options, task, definition, tell })
    this.#lives.set(task, life)
    life.gone.catch((error: unknown) => {
      if (!closing.aborted) throw error
    })
    return task
  }

  #told(task: ServiceTask, step: TaskStep): void {
    const { taskSet } = task
    const { service, targetGroupArn } = taskSet
    const group = `(target-group ${targetGroupArn})`
    if (step === 'registered') {
      this.addEvent(service, `(service ${service.name}) registered 1 targets in ${group}`)
      this.#noteStability(taskSet)
    } else if (step === 'draining') {
      this.addEvent(service, `(service ${service.name}) deregistered 1 targets in ${group}`)
      const draining = 'has begun draining connections on 1 tasks.'
      this.addEvent(service, `(service ${service.name}, taskSet ${taskSet.id}) ${draining}`)
    } else {
      this.#lives.delete(task)
      this.#ended(task)
    }
  }

  #ended({ taskSet, stopCode, arn }: ServiceTask): void {
    const { service } = taskSet
    if (stopCode === 'ServiceSchedulerInitiated' || stopCode === 'UserInitiated') {
      const stopped = `has stopped 1 running tasks: (task ${taskId(arn)}).`
      this.addEvent(service, `(service ${service.name}) ${stopped}`)
      this.reconcile(taskSet)
    } else {
      this.#failed(taskSet)
    }
  }

  /** The first replacement comes at once, the next ones later and later, as ECS throttles them. */
  #failed(taskSet: StoredTaskSet): void {
    const { clock, closing } = this.#options
    const { service } = taskSet
    const before = this.#wasStable(taskSet) ? 0 : (this.#failures.get(taskSet)?.count ?? 0)
    const count = before + 1
    const delay = count === 1 ? 0 : Math.min(FIRST_RETRY_MS * 2 ** (count - 2), LAST_RETRY_MS)
    this.#failures.set(taskSet, { count, retryAt: clock.now() + delay })
    if (count === IMPAIRED_AFTER) {
      const impaired = 'is unable to consistently start tasks successfully.'
      const more =
        'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'
      this.addEvent(service, `(service ${service.name}) ${impaired} ${more}`)
    }
    this.reconcile(taskSet)
    if (delay > 0) void clock.sleep(delay, closing).then(() => this.reconcile(taskSet), ignoreClose)
  }

  /** A task that dies as soon as it is up was stable too, for no time at all. */
  #wasStable({ stabilitySince }: StoredTaskSet): boolean {
    const { clock } = this.#options
    return stabilitySince !== undefined && clock.now() - stabilitySince >= FIRST_RETRY_MS
  }

  /** The task goes once its grace period is over, unless it has recovered by then. */
  #unhealthy(life: TaskLife, group: StoredTargetGroup, target: StoredTarget): void {
    const { clock, closing } = this.#options
    const { taskSet, startedAt = clock.now() } = life.task
    const grace = (taskSet.service.healthCheckGracePeriodSeconds ?? 0) * 1000
    const wait = Math.max(REACTION_MS, startedAt + grace - clock.now())
    const replace = (): void => {
      if (target.state === 'unhealthy' && life.staying) this.#replace(life, group, target)
    }
    void clock.sleep(wait, closing).then(replace, ignoreClose)
  }

  #replace(life: TaskLife, group: StoredTargetGroup, target: StoredTarget): void {
    const { taskSet } = life.task
    const { service } = taskSet
    const cause = `due to (reason ${target.description ?? ''})`
    this.addEvent(
      service,
      `(service ${service.name}) (port ${target.port}) is unhealthy in (target-group ${group.arn}) ${cause}.`
    )
    const reason = `Task failed ELB health checks in (target-group ${group.arn})`
    life.stop({ code: 'ServiceSchedulerInitiated', reason })
    this.#failed(taskSet)
  }

  #noteStability(taskSet: StoredTaskSet): void {
    const { service } = taskSet
    if (!this.isStable(taskSet)) {
      taskSet.stabilitySince = undefined
      return
    }
    if (taskSet.stabilitySince !== undefined) return
    taskSet.stabilitySince = this.#options.clock.now()
    const name = `(service ${service.name}, taskSet ${taskSet.id})`
    this.addEvent(service, `${name} updated state to STEADY_STATE.`)
    if (service.taskSets.every((each) => each.stabilitySince !== undefined))
      this.addEvent(service, `(service ${service.name}) has reached a steady state.`)
  }
}

/** Whole tasks, rounded up. */
export function computedDesiredCount({ service, scale, count }: StoredTaskSet): number {
  return count ?? Math.ceil((service.desiredCount * scale) / 100)
}

function taskId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

function ignoreClose(): void {
  // Only closing rejects these waits, and then nothing is left to schedule.
}
