import { readFile } from 'node:fs/promises'
import type { StepResult } from '../../runner/run-action.ts'
import { OUTCOMES, type Rollback } from '../../src/release/outcome.ts'
import type { Told } from './one-state.ts'

/**
 * What a step that has ended told of its release. Undefined if it told nothing, because it was
 * killed, was a post phase, or could not write its report.
 */
export async function toldBy({
  exitCode,
  outputs,
  summary
}: StepResult): Promise<Told | undefined> {
  const outcome = OUTCOMES.find((each) => each === outputs['outcome'])
  const rollback = ROLLBACKS.find((each) => each === outputs['rollback'])
  const path = outputs['report']
  if (outcome === undefined || rollback === undefined || path === undefined) return undefined
  const report: unknown = JSON.parse(await readFile(path, 'utf8'))
  const told = report as Pick<Told, 'outcome' | 'rollback' | 'headline'>
  if (told.outcome !== outcome || told.rollback !== rollback) {
    throw new Error(
      `outputs say ${outcome} and ${rollback}, the report ${told.outcome} and ${told.rollback}`
    )
  }
  return { outcome, rollback, headline: told.headline, exitCode, summary }
}

export const ROLLBACKS: readonly Rollback[] = ['none', 'in-progress', 'succeeded', 'failed']
