import type { Evidence } from '../release/evidence.ts'
import type { Verification } from './file/model.ts'
import type { Ask } from './requests/ask.ts'
import { runChecks, type TaskAddress } from './requests/checks.ts'
import { runFlow } from './requests/flow.ts'

export interface AskGreen extends Ask {
  /**
   * If there is no test listener that leads to all tasks, the checks ask each of these tasks;
   * if it is empty, they ask the target.
   */
  readonly tasks?: readonly TaskAddress[]
  /** Called with each piece of evidence as soon as it is there. */
  readonly onEvidence: (evidence: Evidence) => Promise<void>
}

/**
 * Sends green the checks and the flows of a verification. Both the job and the function
 * inside the VPC use it, so that they find out the same. If something could not be asked,
 * the evidence says so. Errors: those of `onEvidence`.
 */
export async function askGreen(
  { checks, flows }: Pick<Verification, 'checks' | 'flows'>,
  options: AskGreen
): Promise<void> {
  const { tasks, onEvidence } = options
  if (checks) await onEvidence(await runChecks(checks, options, tasks))
  for (const flow of flows) await onEvidence(await runFlow(flow, options))
}

/** The values of `{{env.NAME}}`. Only the variables that the file lists can be used. */
export function valuesFrom(
  { env: listed }: Pick<Verification, 'env'>,
  env: Readonly<Record<string, string | undefined>>
): Ask['valueOf'] {
  return (name) => {
    const [, variable] = /^env\.(.+)$/.exec(name) ?? []
    return variable !== undefined && listed.includes(variable) ? env[variable] : undefined
  }
}
