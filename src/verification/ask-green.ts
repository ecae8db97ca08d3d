import type { Evidence } from '../release/evidence.ts'
import type { Verification } from './file/model.ts'
import type { Ask } from './requests/ask.ts'
import { runChecks, type TaskAddress } from './requests/checks.ts'
import { runFlow } from './requests/flow.ts'

export interface AskGreen extends Ask {
  /** Each of them is checked, where there is no listener that leads to all; empty: the target is. */
  readonly tasks?: readonly TaskAddress[]
  /** Told of each piece as soon as it is there. */
  readonly onEvidence: (evidence: Evidence) => Promise<void>
}

/**
 * Sends green the checks and the flows of a verification. The job does it, and
 * the function inside the VPC, so that both find out the same.
 * Errors: those of `onEvidence`; what could not be asked is evidence too.
 */
export async function askGreen(
  { checks, flows }: Pick<Verification, 'checks' | 'flows'>,
  options: AskGreen
): Promise<void> {
  const { tasks, onEvidence } = options
  if (checks) await onEvidence(await runChecks(checks, options, tasks))
  for (const flow of flows) await onEvidence(await runFlow(flow, options))
}

/** The values of `{{env.NAME}}`: of the environment only what the file lists. */
export function valuesFrom(
  { env: listed }: Pick<Verification, 'env'>,
  env: Readonly<Record<string, string | undefined>>
): Ask['valueOf'] {
  return (name) => {
    const [, variable] = /^env\.(.+)$/.exec(name) ?? []
    return variable !== undefined && listed.includes(variable) ? env[variable] : undefined
  }
}
