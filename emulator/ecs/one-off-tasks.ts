import { randomBytes } from 'node:crypto'
import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Clock } from '../clock.ts'
import type { RunningTask, TaskRuntime } from '../dataplane/runtime.ts'
import type { LogGroups } from '../logs/groups.ts'
import { outputOf } from '../logs/task-output.ts'
import type { EcsState, OneOffTask, StoredRun } from './state.ts'
import {
  DEFAULT_STOP_TIMEOUT_SECONDS,
  ESSENTIAL_EXITED,
  failedToStart,
  neverEnds,
  type StopReason,
  type TaskEnd
} from './task-life.ts'

export interface OneOffOptions {
  readonly state: EcsState
  readonly runtime: TaskRuntime
  readonly logs: Pick<LogGroups, 'write'>
  readonly clock: Clock
  readonly closing: AbortSignal
  readonly arn: (resource: string) => string
}

/** Seconds that a network interface takes, in which a task of Fargate is PROVISIONING. */
const PROVISIONING_MS = 10_000

/** The tasks that RunTask has started: nobody replaces one that ends. */
export class OneOffTasks {
  readonly #options: OneOffOptions
  readonly #stops = new Map<OneOffTask, (reason: StopReason) => void>()
  #lastIp = 0

  constructor(options: OneOffOptions) {
    this.#options = options
  }

  start(run: StoredRun, definition: TaskDefinition): OneOffTask {
    const { state, clock, arn, closing } = this.#options
    const number = ++this.#lastIp
    const task: OneOffTask = {
      arn: arn(`task/${run.cluster.name}/${randomBytes(16).toString('hex')}`),
      run,
      privateIp: `10.1.${Math.floor(number / 250) % 250}.${(number % 250) + 4}`,
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
    this.#live(task, definition).catch((error: unknown) => {
      if (!closing.aborted) throw error
    })
    return task
  }

  /** A task that has ended stays as it is. The first reason given is the one shown. */
  stop(task: OneOffTask, reason: StopReason): void {
    task.desiredStatus = 'STOPPED'
    task.stoppingAt ??= this.#options.clock.now()
    this.#stops.get(task)?.(reason)
  }

  async #live(task: OneOffTask, definition: TaskDefinition): Promise<void> {
    const { clock, closing } = this.#options
    const asked = Promise.withResolvers<StopReason>()
    this.#stops.set(task, asked.resolve)
    const stopAsked = asked.promise.then((stop) => ({ stop }))
    const provisioned = clock.sleep(PROVISIONING_MS, closing).then(() => undefined)
    const early = await Promise.race([provisioned, stopAsked])
    const main = mainContainer(task, definition)
    if (early) {
      this.#stopped(task, definition, early.stop, undefined)
      return
    }
    task.lastStatus = 'PENDING'
    const running = this.#run(task, definition, main)
    const ended: Promise<TaskEnd> = Promise.race([
      running.exited.then((exit) => ({ exit })),
      running.started.then(neverEnds, (error: unknown) => ({
        failure: error instanceof Error ? error.message : String(error)
      }))
    ])
    running.started.then(
      () => {
        if (task.lastStatus !== 'PENDING') return
        task.lastStatus = 'RUNNING'
        task.startedAt = clock.now()
      },
      () => undefined
    )
    const first = await Promise.race([ended, stopAsked])
    if (!('stop' in first)) {
      const reason = 'exit' in first ? ESSENTIAL_EXITED : failedToStart(first.failure)
      this.#stopped(task, definition, reason, first)
      return
    }
    task.lastStatus = 'STOPPING'
    running.stop()
    this.#stopped(task, definition, first.stop, await ended)
  }

  #run(task: OneOffTask, definition: TaskDefinition, main: ContainerDefinition): RunningTask {
    const containers = definition.containerDefinitions ?? []
    const override = overrideOf(task, main)
    const pairs = [...(main.environment ?? []), ...(override?.environment ?? [])]
    return this.#options.runtime.start({
      containerName: main.name ?? '',
      onLine: outputOf(this.#options.logs, task.arn, main),
      image: main.image ?? '',
      sidecarImages: containers.filter((each) => each !== main).map(({ image = '' }) => image),
      environment: Object.fromEntries(pairs.map(({ name = '', value = '' }) => [name, value])),
      command: override?.command ?? main.command ?? [],
      isOneOff: true,
      stopTimeoutSeconds: main.stopTimeout ?? DEFAULT_STOP_TIMEOUT_SECONDS
    })
  }

  #stopped(
    task: OneOffTask,
    definition: TaskDefinition,
    { code, reason }: StopReason,
    end: TaskEnd | undefined
  ): void {
    const main = mainContainer(task, definition)
    for (const container of definition.containerDefinitions ?? []) {
      const isMain = container === main
      // A sidecar has no process of its own: it ends well when its task ends.
      const exitCode = end && 'exit' in end ? (isMain ? end.exit.exitCode : 0) : undefined
      const failure = end && 'failure' in end && isMain ? end.failure : undefined
      task.exitCodes.set(container.name ?? '', { exitCode, reason: failure })
    }
    task.desiredStatus = 'STOPPED'
    task.lastStatus = 'STOPPED'
    task.stopCode = code
    task.stoppedReason = reason
    task.stoppingAt ??= this.#options.clock.now()
    task.stoppedAt = this.#options.clock.now()
    this.#stops.delete(task)
  }
}

/** The container that is run as a process: the first that is overridden, or the first essential one. */
function mainContainer(task: OneOffTask, definition: TaskDefinition): ContainerDefinition {
  const containers = definition.containerDefinitions ?? []
  const main =
    containers.find((container) => overrideOf(task, container)) ??
    containers.find(({ essential }) => essential) ??
    containers[0]
  if (!main) throw new Error(`${task.arn} has no container`)
  return main
}

function overrideOf({ run }: OneOffTask, { name }: ContainerDefinition) {
  return run.overrides.containerOverrides?.find((override) => override.name === name)
}
