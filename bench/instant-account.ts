import { setTimeout as realSleep } from 'node:timers/promises'
import { ManualClock } from '../emulator/clock.ts'
import { InstantRuntime } from '../emulator/dataplane/instant-runtime.ts'
import { startEmulator } from '../emulator/emulator.ts'
import type { Emulator } from '../emulator/emulator.ts'
import { demoWorld } from '../emulator/worlds/demo.ts'
import type { DemoWorld } from '../emulator/worlds/demo.ts'

/** Emulated time in which a release has ended when nobody is waited for; the account works for each second of it. */
const RELEASE_MS = 60_000

export interface InstantAccount {
  readonly emulator: Emulator
  readonly demo: DemoWorld
  readonly close: () => Promise<void>
}

/**
 * An account in which a release takes no time: no processes, a gate that
 * approves at once, and CreateDeployment answers when its deployment has
 * ended. What is left to measure is the action.
 */
export async function startInstantAccount(): Promise<InstantAccount> {
  const clock = new ManualClock()
  const built = Promise.withResolvers<DemoWorld>()
  const emulator = await startEmulator({
    clock,
    runtime: (time) => new InstantRuntime(time),
    proxies: false
  })
  emulator.faults.add({
    operation: 'codedeploy:CreateDeployment',
    fault: { kind: 'slow', ms: RELEASE_MS, clock: 'emulated' }
  })
  const closing = new AbortController()
  const driving = driveOn(clock, closing.signal)
  demoWorld(emulator, { gateAnswers: 'Succeeded', terminationWaitMinutes: 0 }).then(
    built.resolve,
    built.reject
  )
  return {
    emulator,
    demo: await built.promise,
    async close() {
      closing.abort()
      await driving
      await emulator.close()
    }
  }
}

async function driveOn(clock: ManualClock, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    if (clock.pending > 0) await clock.advance(RELEASE_MS)
    await realSleep(1)
  }
}
