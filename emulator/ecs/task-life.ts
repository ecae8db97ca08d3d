import type { ContainerDefinition, TaskDefinition, TaskStopCode } from '@aws-sdk/client-ecs'
import type { Clock } from '../clock.ts'
import type { Endpoint, RunningTask, TaskExit, TaskRuntime } from '../dataplane/runtime.ts'
import type { ElbControl } from '../elbv2/control.ts'
import type { LogGroups } from '../logs/groups.ts'
import { outputOf } from '../logs/task-output.ts'
import type { Switches } from '../switches.ts'
import type { ServiceTask } from './state.ts'

export interface TaskLifeOptions {
  readonly task: ServiceTask
  readonly definition: TaskDefinition
  readonly runtime: TaskRuntime
  readonly logs: Pick<LogGroups, 'write'>
  readonly elb: ElbControl
  readonly switches: Pick<Switches, 'stoppedTask'>
  readonly clock: Clock
  readonly closing: AbortSignal
  readonly tell: (step: TaskStep) => void
}

export type TaskStep = 'registered' | 'draining' | 'stopped'

export interface StopReason {
  readonly code: TaskStopCode
  readonly reason: string
}

export const DEFAULT_STOP_TIMEOUT_SECONDS = 30
/** Seen: 3 to 5 s in which a task that is gone still gets requests (amazon-ecs-agent #2316). */
const NOTICED_AFTER_MS = 4_000

/** One task from PENDING to STOPPED. */
export class TaskLife {
  readonly task: ServiceTask
  /** Resolves when the task is STOPPED; rejects when the emulator closes first. */
  readonly gone: Promise<void>
  readonly #options: TaskLifeOptions
  readonly #stopAsked = Promise.withResolvers<StopReason>()

  constructor(options: TaskLifeOptions) {
    this.#options = options
    this.task = options.task
    this.gone = this.#live()
  }

  /** Neither asked to stop nor ended. */
  get staying(): boolean {
    return this.task.desiredStatus === 'RUNNING'
  }

  /** Deregisters, drains, and then ends the task. The first reason given is the one shown. */
  stop(reason: StopReason): void {
    this.task.desiredStatus = 'STOPPED'
    this.task.stoppingAt ??= this.#options.clock.now()
    this.#stopAsked.resolve(reason)
  }

  async #live(): Promise<void> {
    const { task, tell } = this.#options
    task.lastStatus = 'PENDING'
    const running = this.#start()
    const started = running.started.then((endpoint) => ({ endpoint }), neverEnds)
    const ended: Promise<TaskEnd> = Promise.race([
      running.exited.then((exit) => ({ exit })),
      running.started.then(neverEnds, (error: unknown) => ({
        failure: error instanceof Error ? error.message : String(error)
      }))
    ])
    const stopAsked = this.#stopAsked.promise.then((stop) => ({ stop }))
    const first = await Promise.race([ended, stopAsked, started])
    if ('endpoint' in first) this.#registered(first.endpoint)
    const next = 'endpoint' in first ? await Promise.race([ended, stopAsked]) : first
    if (!('stop' in next)) {
      if (task.address) void this.#deregister().catch(ignoreClose)
      this.#stopped('exit' in next ? ESSENTIAL_EXITED : failedToStart(next.failure), next)
      return
    }
    if (task.address) {
      task.lastStatus = 'DEACTIVATING'
      if (this.#isSignalledAtOnce(next.stop)) void this.#deregisterLate().catch(ignoreClose)
      else {
        tell('draining')
        // A task that dies while it drains is gone all the same.
        await Promise.race([this.#deregister(), ended])
      }
    }
    task.lastStatus = 'STOPPING'
    running.stop()
    this.#stopped(next.stop, await ended)
  }

  #start(): RunningTask {
    const { task, definition, runtime, logs } = this.#options
    const containers = definition.containerDefinitions ?? []
    const serving = this.#serving()
    const others = containers.filter((container) => container !== serving)
    const environment: Record<string, string> = {}
    for (const { name = '', value = '' } of serving.environment ?? []) environment[name] = value
    return runtime.start({
      containerName: task.taskSet.containerName,
      image: serving.image ?? '',
      sidecarImages: others.map(({ image = '' }) => image),
      environment,
      onLine: outputOf(logs, task.arn, serving),
      stopTimeoutSeconds: serving.stopTimeout ?? DEFAULT_STOP_TIMEOUT_SECONDS
    })
  }

  #serving(): ContainerDefinition {
    const { task, definition } = this.#options
    const containers = definition.containerDefinitions ?? []
    const serving = containers.find(({ name }) => name === task.taskSet.containerName)
    if (!serving) throw new Error(`${task.arn} has no container ${task.taskSet.containerName}`)
    return serving
  }

  #registered(endpoint: Endpoint): void {
    const { task, elb, clock, tell } = this.#options
    task.lastStatus = 'RUNNING'
    task.startedAt = clock.now()
    task.address = endpoint
    elb.register(task.taskSet.targetGroupArn, { ...this.#target(), endpoint })
    tell('registered')
  }

  async #deregister(): Promise<void> {
    const { task, elb } = this.#options
    const { targetGroupArn } = task.taskSet
    const endpoint = task.address
    if (endpoint) await elb.deregister(targetGroupArn, { ...this.#target(), endpoint })
  }

  /** The scheduler drains what it stops itself; whether StopTask does is a switch. */
  #isSignalledAtOnce({ code }: StopReason): boolean {
    return code === 'UserInitiated' && this.#options.switches.stoppedTask === 'signalled-at-once'
  }

  async #deregisterLate(): Promise<void> {
    const { clock, closing, tell } = this.#options
    await clock.sleep(NOTICED_AFTER_MS, closing)
    tell('draining')
    await this.#deregister()
  }

  #target(): { id: string; port: number } {
    return { id: this.task.privateIp, port: this.task.taskSet.containerPort }
  }

  #stopped({ code, reason }: StopReason, end: TaskEnd): void {
    const { task, definition, clock, tell } = this.#options
    task.desiredStatus = 'STOPPED'
    for (const { name = '' } of definition.containerDefinitions ?? []) {
      const serves = name === task.taskSet.containerName
      // A sidecar has no process of its own: it ends well when its task ends.
      const exitCode = 'exit' in end ? (serves ? end.exit.exitCode : 0) : undefined
      const failure = 'failure' in end && serves ? end.failure : undefined
      task.exitCodes.set(name, { exitCode, reason: failure })
    }
    task.lastStatus = 'STOPPED'
    task.stopCode = code
    task.stoppedReason = reason
    task.stoppingAt ??= clock.now()
    task.stoppedAt = clock.now()
    tell('stopped')
  }
}

export type TaskEnd = { readonly exit: TaskExit } | { readonly failure: string }

export const ESSENTIAL_EXITED: StopReason = {
  code: 'EssentialContainerExited',
  reason: 'Essential container in task exited'
}

export function failedToStart(reason: string): StopReason {
  return { code: 'TaskFailedToStart', reason }
}

export async function neverEnds(): Promise<never> {
  return new Promise(() => undefined)
}

function ignoreClose(): void {
  // Draining is cut short by closing alone, and then nobody is left to tell.
}
