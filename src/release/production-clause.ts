import { say } from '../words/say.ts'
import type { Rollback } from './outcome.ts'

export interface ProductionFacts {
  readonly rollback: Rollback
  readonly rollbackDeploymentId?: string | undefined
  /** Whether any production traffic had reached green; undefined if that is not known. */
  readonly trafficMoved?: boolean | undefined
}

/**
 * Where production is after a deployment that has failed or was stopped. A rollback brings
 * production back only if production had moved; without that it ends green alone.
 */
export function productionClause(facts: ProductionFacts): string {
  const { trafficMoved: moved } = facts
  const back = rollbackClause(facts)
  if (moved === undefined) return back
  return moved
    ? say`production traffic had begun to move; ${back}`
    : say`production stayed on the revision before; ${back}`
}

function rollbackClause({
  rollback,
  rollbackDeploymentId: id,
  trafficMoved: moved
}: ProductionFacts): string {
  switch (rollback) {
    case 'succeeded':
      if (moved === true) {
        return id === undefined
          ? say`the rollback succeeded: production is back on the revision before`
          : say`rollback ${id} succeeded: production is back on the revision before`
      }
      if (moved === false) {
        return id === undefined ? say`the rollback succeeded` : say`rollback ${id} succeeded`
      }
      return id === undefined
        ? say`the rollback succeeded: production is on the revision before`
        : say`rollback ${id} succeeded: production is on the revision before`
    case 'in-progress':
      return id === undefined
        ? say`the rollback is still in progress`
        : say`rollback ${id} is still in progress`
    case 'failed':
      return id === undefined
        ? say`the rollback FAILED: look at the service now`
        : say`rollback ${id} FAILED: look at the service now`
    case 'none':
      return say`there was no rollback: tasks and listeners stay as they are`
  }
}
