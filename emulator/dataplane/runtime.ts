/** What runs tasks. ECS and the load balancer know no more about a task's inside than this. */
export interface TaskRuntime {
  start(task: TaskSpec): RunningTask
  /** One health check of a task that was started here. */
  readonly probe: Probe
  /** Ends everything that still runs, at once. */
  close(): Promise<void>
}

/** The container of a task that serves, which is the one the runtime runs. */
export interface TaskSpec {
  readonly containerName: string
  readonly image: string
  /** Pulled as well, though not run. */
  readonly sidecarImages: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** The arguments of the container that runs. */
  readonly command?: readonly string[]
  /** It need not listen: it runs as soon as it is started, and may end by itself. */
  readonly isOneOff?: true
  /** Told of every line that it writes. */
  readonly onLine?: ((line: string) => void) | undefined
  /** Seconds between the request to stop and the kill. */
  readonly stopTimeoutSeconds: number
}

export interface RunningTask {
  /** Where it listens, once it does; rejects with CannotStart. Stays open when it ends before listening. */
  readonly started: Promise<Endpoint>
  /** How it ended. Never rejects; stays open when it never started. */
  readonly exited: Promise<TaskExit>
  /** Asks it to end (SIGTERM), and insists after the stop timeout (SIGKILL). */
  stop(): void
}

export interface Endpoint {
  readonly host: string
  readonly port: number
}

export interface TaskExit {
  /** As Docker reports it: 128 + signal number for a signal. */
  readonly exitCode: number
  /** The last lines it wrote. */
  readonly output: string
}

/** The status a health check was answered with, or that there was no answer. */
export type ProbeResult = number | 'timeout' | 'refused'

export type Probe = (endpoint: Endpoint, path: string, timeoutMs: number) => Promise<ProbeResult>

/** A task that never came to run; the message is its `stoppedReason`. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}
