import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { registrationFrom } from '../aws/registration.ts'
import type { DescribedTaskDefinition } from '../aws/task-definitions.ts'
import type { Mapping } from '../documents/mapping.ts'
import { ProblemsError } from '../documents/problems.ts'
import type { Settings } from '../release/settings.ts'
import { diffTaskDefinitions } from '../taskdef/diff.ts'
import { withEmptyValues } from '../taskdef/empty-values.ts'
import { renderTaskDefinition } from '../taskdef/render.ts'
import { sameAsStored } from '../taskdef/stored.ts'
import type { RevisionPlan } from './control-plane.ts'

/** The revision that would be released, and how it compares with the one that runs. */
export interface PlannedRevision extends RevisionPlan {
  readonly registration: RegisterTaskDefinitionCommandInput & Mapping
  /** Whether the revision that runs says the same. */
  readonly isRunning: boolean
  /** Variables without a value, which are released with the empty one. */
  readonly emptied: readonly string[]
  /** Paths of empty texts that are not sent. */
  readonly leftOut: readonly string[]
}

/**
 * Renders what the inputs ask for, from the file or from `base`, the existing
 * revision that they name. A revision that AWS would store in the same way is
 * used again. Errors: ProblemsError.
 */
export function planRevision(
  settings: Pick<Settings, 'edits' | 'showValues'>,
  file: Mapping | undefined,
  base: DescribedTaskDefinition | undefined,
  running: DescribedTaskDefinition | undefined
): PlannedRevision {
  const source = file ?? (base && registrationOf(base))
  if (source === undefined) throw new ProblemsError(['there is no task definition to start from'])
  const { taskDefinition, filled, leftOut } = withEmptyValues(
    renderTaskDefinition(source, settings.edits)
  )
  const registration = registrationFrom(taskDefinition)
  const same = [base, running].find(
    (revision) => revision !== undefined && sameAsStored(registration, registrationOf(revision))
  )
  return {
    registration,
    reuse: same?.arn,
    runningArn: running?.arn,
    changes: running ? diffTaskDefinitions(registrationOf(running), registration, settings) : [],
    isRunning: running !== undefined && sameAsStored(registration, registrationOf(running)),
    emptied: filled,
    leftOut
  }
}

/** A described revision as it would be registered: its tags stand beside it (aws-semantics 3.1). */
export function registrationOf({ taskDefinition, tags }: DescribedTaskDefinition): Mapping {
  return tags.length === 0 ? { ...taskDefinition } : { ...taskDefinition, tags }
}
