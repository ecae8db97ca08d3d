import { demoWorld } from './demo.ts'
import { eightDomains } from './eight-domains.ts'
import type { Ground } from './ground.ts'

/** The ready-made worlds by the name a command line gives; what they return can be written as JSON. */
export const WORLDS: Readonly<Record<string, (ground: Ground) => Promise<unknown>>> = {
  demo: (ground) => demoWorld(ground),
  'eight-domains': (ground) => eightDomains(ground)
}
