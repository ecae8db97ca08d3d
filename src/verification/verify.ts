import type { Clock } from '../release/clock.ts'
import type { Evidence } from '../release/evidence.ts'
import { announced, type Announced } from './file/announced.ts'
import type { Verification } from './file/model.ts'
import { runChecks } from './requests/checks.ts'
import { runFlow } from './requests/flow.ts'

export interface Verify {
  readonly verification: Verification
  /** Origin of green's test listener, where the file names no other. */
  readonly target: string | undefined
  /** The job's environment, of which only what the file lists is used. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  readonly monotonic: () => number
  readonly signal: AbortSignal
  /** Told of each piece as soon as it is there. */
  readonly onEvidence: (evidence: Evidence) => Promise<void>
}

/** Finds out whether green is really ready. Never throws: what could not be asked is evidence too. */
export async function verify(options: Verify): Promise<void> {
  const { verification, env, clock, signal, monotonic, onEvidence } = options
  const target = verification.target.test ?? options.target
  if (target === undefined) {
    const now = clock.now()
    for (const each of announced(verification)) await onEvidence(unknown(each, now))
    return
  }
  const valueOf = (name: string): string | undefined => {
    const [, variable] = /^env\.(.+)$/.exec(name) ?? []
    return variable !== undefined && verification.env.includes(variable) ? env[variable] : undefined
  }
  const asking = { target, valueOf, clock, signal, monotonic }
  const { checks, flows } = verification
  if (checks) await onEvidence(await runChecks(checks, asking))
  for (const flow of flows) await onEvidence(await runFlow(flow, asking))
}

function unknown({ name, required }: Announced, at: number): Evidence {
  return {
    section: 'flow',
    name,
    required,
    verdict: 'unknown',
    summary: 'there is no test listener to ask; set target.test',
    startedAt: at,
    endedAt: at,
    steps: []
  }
}
