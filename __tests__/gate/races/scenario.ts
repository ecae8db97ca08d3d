import fc from 'fast-check'
import type { Intent } from '../../../src/gate/policy/person.ts'
import type { Verdict } from '../../../src/release/evidence.ts'
import { MINUTE } from '../memory-world.ts'
import type { Fault } from './process.ts'

/** One invocation of one of the gate's functions, or time passing. */
export type Act =
  | { readonly act: 'hook' }
  | { readonly act: 'click'; readonly user: string; readonly intent: Intent }
  | { readonly act: 'sweep' }
  | { readonly act: 'time'; readonly ms: number }
  /** Somebody stops the deployment of one hold. */
  | { readonly act: 'stop'; readonly hold: number }
  /** All traffic of one hold is on green, and perhaps its deployment has ended, if it was let go. */
  | { readonly act: 'traffic'; readonly hold: number; readonly ends: boolean }
  | { readonly act: 'evidence'; readonly verdict: Verdict }

export interface Scenario {
  /** How many deployments wait for the gate. */
  readonly holds: number
  readonly quorum: number
  /** Whether the hook has run to its end before everything else begins. */
  readonly opened: boolean
  /** After the opening, before the rest. */
  readonly waited: number
  readonly slackDown: boolean
  readonly policyBroken: boolean
  /** Whether the release has announced evidence without which nobody may say yes. */
  readonly announced: boolean
  readonly acts: readonly { readonly act: Act; readonly fault: Fault | undefined }[]
}

const USERS = ['U0ANN', 'U0BEN', 'U0CHO']

const click: fc.Arbitrary<Act> = fc.record({
  act: fc.constant('click' as const),
  user: fc.constantFrom(...USERS),
  intent: fc.constantFrom('approve', 'approve', 'approve', 'reject', 'break-glass')
})

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: click },
  { weight: 2, arbitrary: fc.constant<Act>({ act: 'sweep' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ act: 'hook' }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('stop' as const), hold: fc.nat(2) })
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('traffic' as const),
      hold: fc.nat(2),
      ends: fc.boolean()
    })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('evidence' as const),
      verdict: fc.constantFrom('passed', 'passed', 'passed', 'failed', 'unknown')
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('time' as const),
      ms: fc.constantFrom(20_000, 5 * MINUTE, 30 * MINUTE)
    })
  }
)

const fault: fc.Arbitrary<Fault | undefined> = fc.option(
  fc.record({
    at: fc.nat(24),
    kind: fc.constantFrom('crash-before', 'crash-after', 'error-before', 'error-after')
  }),
  { nil: undefined, freq: 1 }
)

/** From the opening to just before the end of the gate's time, to just before the plane's. */
const waited = fc.constantFrom(
  0,
  0,
  0,
  0,
  MINUTE,
  10 * MINUTE,
  55 * MINUTE - 1,
  55 * MINUTE,
  60 * MINUTE - 1,
  61 * MINUTE
)

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  holds: fc.constantFrom(1, 1, 2, 3),
  quorum: fc.constantFrom(1, 1, 2),
  opened: fc.constantFrom(true, true, true, false),
  waited,
  slackDown: fc.oneof(
    { weight: 9, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) }
  ),
  policyBroken: fc.oneof(
    { weight: 19, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) }
  ),
  announced: fc.constantFrom(false, true),
  acts: fc.array(fc.record({ act, fault }), { minLength: 2, maxLength: 5 })
})
