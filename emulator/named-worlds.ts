import type { Clock } from './clock.ts'
import { ManualClock } from './clock.ts'
import { demoWorld } from './worlds/demo.ts'
import { eightDomains } from './worlds/eight-domains.ts'
import { failoverWorld } from './worlds/failover.ts'
import type { Emulator } from './emulator.ts'

/** The ready-made worlds a command line can ask for. */
const WORLDS: Readonly<Record<string, (emulator: Emulator) => Promise<unknown>>> = {
  demo: demoWorld,
  'eight-domains': eightDomains,
  failover: failoverWorld
}

export const WORLD_NAMES = Object.keys(WORLDS)

/** Fills an account. A clock that nobody else can move yet is moved until the world stands. */
export async function buildNamedWorld(emulator: Emulator, name: string): Promise<void> {
  const build = Object.hasOwn(WORLDS, name) ? WORLDS[name] : undefined
  if (!build) throw new Error(`no world "${name}"; there are ${WORLD_NAMES.join(', ')}`)
  await moved(emulator.world.clock, build(emulator))
}

async function moved(clock: Clock, building: Promise<unknown>): Promise<void> {
  if (clock instanceof ManualClock) {
    const progress = { built: false }
    void building.finally(() => (progress.built = true)).catch(() => undefined)
    while (!progress.built) await clock.advance(250)
  }
  await building
}
