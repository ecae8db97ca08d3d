import type { World } from '../../world.ts'
import type { StoredDeployment } from '../state.ts'

/** One deployment while it runs. */
export interface Run {
  readonly world: World
  readonly deployment: StoredDeployment
  /** Aborted with a Halt when the deployment is to end early, or when the emulator closes. */
  readonly signal: AbortSignal
}

export function beginRun(world: World, deployment: StoredDeployment): Run {
  const signal = AbortSignal.any([world.closing, deployment.halting.signal])
  return { world, deployment, signal }
}

export async function sleep({ world, signal }: Run, ms: number): Promise<void> {
  await world.clock.sleep(ms, signal)
}

/** What `wanted` resolves to, or undefined once `ms` have passed; rejects when the run is aborted. */
export async function within<T>(
  { world, signal }: Run,
  wanted: Promise<T>,
  ms: number
): Promise<T | undefined> {
  const decided = new AbortController()
  const timer = world.clock.sleep(ms, AbortSignal.any([signal, decided.signal]))
  try {
    return await Promise.race([wanted, timer.then(() => undefined)])
  } finally {
    // The race is over: the timer must neither stay nor be heard when it is taken away.
    timer.catch(() => undefined)
    decided.abort()
  }
}

/** Notes that something about the deployment has changed. */
export function touch({ world, deployment }: Run): void {
  deployment.lastUpdatedAt = world.clock.now()
}
