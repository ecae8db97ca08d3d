import type { Scheduler } from 'fast-check'
import type { RequestPlane } from '../../../src/controllers/gate-plane.ts'
import type { Platform } from '../../../src/gate/platform.ts'
import type { MemoryWorld } from '../memory-world.ts'
import type { SettableClock } from './clock.ts'

/** What goes wrong at one awaited call of one process. */
export interface Fault {
  /** Which call, from 0. */
  readonly at: number
  /**
   * `crash`: the process is gone, before or after the call took effect.
   * `error`: the call fails; after it took effect, its answer is lost.
   */
  readonly kind: 'crash-before' | 'crash-after' | 'error-before' | 'error-after'
}

/**
 * One invocation's view of the world: every awaited call is a step that the
 * scheduler may put anywhere among the steps of the others.
 */
export function processIn(
  world: MemoryWorld<SettableClock>,
  scheduler: Scheduler,
  fault: Fault | undefined
): Platform<RequestPlane> {
  let calls = 0
  async function step<T>(call: () => Promise<T>): Promise<T> {
    const own = fault?.at === calls++ ? fault.kind : undefined
    await scheduler.schedule(Promise.resolve())
    if (own === 'crash-before') await gone()
    if (own === 'error-before') throw new Error('the call failed')
    const result = await call()
    if (own === 'crash-after') await gone()
    if (own === 'error-after') throw new Error('the answer was lost')
    return result
  }
  const { platform } = world
  return {
    log: platform.log,
    seal: steps(platform.seal, step),
    table: steps(platform.table, step),
    planes: { memory: () => Promise.resolve(planeIn(world.plane, step)) },
    slack: steps(platform.slack, step),
    policy: () => step(platform.policy),
    clock: {
      now: () => platform.clock.now(),
      // Time goes on while somebody sleeps: as far as the sleep, whenever the scheduler says so.
      async sleep(ms, signal) {
        const due = platform.clock.now() + ms
        await scheduler.schedule(Promise.resolve())
        signal?.throwIfAborted()
        world.clock.set(due)
      }
    }
  }
}

type Step = <T>(call: () => Promise<T>) => Promise<T>

/** Every call of the plane is a step; reading an event is none. */
function planeIn(plane: RequestPlane, step: Step): RequestPlane {
  const stepping = steps(plane, step)
  return {
    waitingIn: (event) => plane.waitingIn(event),
    describe: (deploymentId) => stepping.describe(deploymentId),
    answer: (waiting, answer) => stepping.answer(waiting, answer),
    answered: (hold) => stepping.answered(hold),
    trafficResult: (hold) => stepping.trafficResult(hold),
    running: (hold) => stepping.running(hold),
    health: (hold) => stepping.health(hold),
    definitions: (hold) => stepping.definitions(hold),
    shift: (hold) => stepping.shift(hold)
  }
}

/** The same port with every method a step. */
function steps<Port extends object>(port: Port, step: Step): Port {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target)
      if (typeof method !== 'function') return method
      return (...args: unknown[]) =>
        step(() => Promise.resolve(Reflect.apply(method, target, args) as unknown))
    }
  })
}

function gone(): Promise<never> {
  return new Promise(() => undefined)
}
