import type { Clock } from '../clock.ts'
import { pullFailure } from './images.ts'
import type {
  Endpoint,
  ProbeResult,
  RunningTask,
  TaskExit,
  TaskRuntime,
  TaskSpec
} from './runtime.ts'
import { CannotStart } from './runtime.ts'

/** What a scripted task does. Everything absent: it runs at once, is healthy and stops when asked. */
export interface Behaviour {
  /** The message ECS shows; the task never runs. */
  readonly cannotStart?: string | undefined
  /** Emulated time until it listens. */
  readonly startsAfterMs?: number | 'never' | undefined
  /** It ends by itself, this long after it began to listen. */
  readonly exits?: { readonly afterMs: number; readonly exitCode: number } | undefined
  /** The lines that it writes before it ends by itself. */
  readonly writes?: readonly string[] | undefined
  /** The answer to a health check. */
  readonly health?: ((path: string, uptimeMs: number) => ProbeResult) | undefined
  /** Emulated time between the request to stop and the end. */
  readonly stopsAfterMs?: number | undefined
}

/** Tasks without processes, for tests on a virtual clock and for measurements. */
export class InstantRuntime implements TaskRuntime {
  readonly #clock: Clock
  readonly #closing = new AbortController()
  readonly #behaviour: (task: TaskSpec) => Behaviour
  readonly #listening = new Map<number, { readonly behaviour: Behaviour; readonly since: number }>()
  #lastPort = 0

  constructor(clock: Clock, behaviour: (task: TaskSpec) => Behaviour = exampleBehaviour) {
    this.#clock = clock
    this.#behaviour = behaviour
  }

  start(task: TaskSpec): RunningTask {
    const behaviour = this.#behaviour(task)
    // No process listens anywhere: a name that cannot resolve keeps a proxy from a stranger's port.
    const endpoint: Endpoint = { host: 'task.invalid', port: ++this.#lastPort }
    const exit = Promise.withResolvers<TaskExit>()
    const end = (exitCode: number): void => {
      this.#listening.delete(endpoint.port)
      for (const line of behaviour.writes ?? []) task.onLine?.(line)
      exit.resolve({ exitCode, output: '' })
    }
    const listen = async (): Promise<Endpoint> => {
      if (behaviour.cannotStart !== undefined) throw new CannotStart(behaviour.cannotStart)
      const { startsAfterMs = 0, exits } = behaviour
      if (startsAfterMs === 'never') return new Promise<never>(() => undefined)
      await this.#wait(startsAfterMs)
      this.#listening.set(endpoint.port, { behaviour, since: this.#clock.now() })
      if (exits) void this.#wait(exits.afterMs).then(() => end(exits.exitCode), ignoreClose)
      return endpoint
    }
    return {
      started: listen(),
      exited: exit.promise,
      stop: () => void this.#wait(behaviour.stopsAfterMs ?? 0).then(() => end(0), ignoreClose)
    }
  }

  readonly probe = async (endpoint: Endpoint, path: string): Promise<ProbeResult> => {
    const task = this.#listening.get(endpoint.port)
    if (!task) return 'refused'
    return task.behaviour.health?.(path, this.#clock.now() - task.since) ?? 200
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#listening.clear()
  }

  async #wait(ms: number): Promise<void> {
    if (ms > 0) await this.#clock.sleep(ms, this.#closing.signal)
  }
}

const MIGRATION_MS = 20_000

/** The example service's own conventions (examples/service), without the service. */
export function exampleBehaviour(task: TaskSpec): Behaviour {
  const { BUG } = task.environment
  const [command, migration] = task.command ?? []
  if (task.isOneOff && command === 'migrate') {
    const exitCode = migration === undefined && BUG !== 'crash' ? 0 : 1
    return {
      cannotStart: pullFailure([task.image, ...task.sidecarImages]),
      exits: { afterMs: MIGRATION_MS, exitCode }
    }
  }
  return {
    cannotStart: pullFailure([task.image, ...task.sidecarImages]),
    health: BUG === 'unhealthy' ? () => 500 : undefined,
    exits: BUG === 'crash' ? { afterMs: 0, exitCode: 1 } : undefined,
    writes: BUG === 'crash' ? ['cannot reach the order database: giving up'] : undefined
  }
}

function ignoreClose(): void {
  // Only closing rejects these waits, and then nobody is left to tell.
}
