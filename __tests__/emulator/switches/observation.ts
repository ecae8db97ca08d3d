import type { Switches } from '../../../emulator/switches.ts'
import type { Lab, LabOptions } from '../lab.ts'

/** What tells the settings of one switch apart. */
export interface Observation<Setting extends string> {
  readonly lab?: LabOptions
  /** What SDK clients see. */
  readonly see: (lab: Lab) => Promise<unknown>
  /** What that is, by setting. */
  readonly expected: Readonly<Record<Setting, unknown>>
}

export type Observations<Name extends keyof Switches> = {
  readonly [Each in Name]: Observation<Switches[Each]>
}
