import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { memberProblems, registrationFrom } from '../aws/registration.ts'
import type { DescribedTaskDefinition } from '../aws/task-definitions.ts'
import { isMapping, type Mapping } from '../documents/mapping.ts'
import { ProblemsError } from '../documents/problems.ts'
import type { Settings } from '../release/settings.ts'
import { diffTaskDefinitions } from '../taskdef/diff.ts'
import { withEmptyValues, type Emptied } from '../taskdef/empty-values.ts'
import {
  renderTaskDefinition,
  TaskDefinitionError,
  type TaskDefinitionEdits
} from '../taskdef/render.ts'
import { sameAsStored } from '../taskdef/stored.ts'
import type { RevisionPlan } from './control-plane.ts'
import { say } from '../words/say.ts'

/**
 * The revision that the release would register or reuse, and how it compares with the
 * running one.
 */
export interface PlannedRevision extends RevisionPlan {
  readonly registration: RegisterTaskDefinitionCommandInput & Mapping
  /** Whether the running revision has the same content. */
  readonly isRunning: boolean
  /** Names of variables without a value, which are released with an empty one. */
  readonly emptied: readonly string[]
  /** Paths of empty texts that are not sent. */
  readonly leftOut: readonly string[]
}

/**
 * Renders the task definition that the inputs ask for, from the file or from `base`, the
 * existing revision that they name. If AWS would store `base` or the running revision in the
 * same way, that revision is reused. Errors: ProblemsError.
 */
export function planRevision(
  settings: Pick<Settings, 'edits' | 'showValues'>,
  file: Mapping | undefined,
  base: DescribedTaskDefinition | undefined,
  running: DescribedTaskDefinition | undefined
): PlannedRevision {
  const source = file ?? (base && registrationOf(base))
  if (source === undefined)
    throw new ProblemsError([say`there is no task definition to start from`])
  const { registration, filled, leftOut } = registrationOfEdited(source, settings.edits)
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

export interface EditedRegistration extends Omit<Emptied, 'taskDefinition'> {
  readonly registration: PlannedRevision['registration']
}

/** Errors: ProblemsError with what is wrong with edits and result, and with every member that would be dropped. */
export function registrationOfEdited(
  source: Mapping,
  edits: TaskDefinitionEdits
): EditedRegistration {
  let rendered: Mapping
  try {
    rendered = renderTaskDefinition(source, edits)
  } catch (error) {
    if (!(error instanceof TaskDefinitionError) || isMapping(source.taskDefinition)) throw error
    const said = new Set(error.problems.map(placeOf))
    const others = memberProblems(source).filter((problem) => !said.has(placeOf(problem)))
    throw new ProblemsError([...error.problems, ...others])
  }
  const { taskDefinition, ...emptied } = withEmptyValues(rendered)
  return { registration: registrationFrom(taskDefinition), ...emptied }
}

/** The path that a problem begins with. */
function placeOf(problem: string): string {
  return problem.split(':', 1)[0] ?? problem
}

/**
 * A described revision in the form in which it would be registered, with its tags inside
 * (aws-semantics 3.1).
 */
export function registrationOf({ taskDefinition, tags }: DescribedTaskDefinition): Mapping {
  return tags.length === 0 ? { ...taskDefinition } : { ...taskDefinition, tags }
}
