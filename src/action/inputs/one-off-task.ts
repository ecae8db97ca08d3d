import type {
  CapacityProviderStrategyItem,
  ContainerOverride,
  Tag,
  TaskManagedEBSVolumeConfiguration
} from '@aws-sdk/client-ecs'
import { textIn, type Mapping } from '../../documents/mapping.ts'
import type { OneOffTaskSettings } from '../../release/settings.ts'
import type { Input } from './kinds.ts'
import type { Problem } from './problems.ts'
import { INPUTS, ONE_OFF_TASK_INPUTS } from './table.ts'
import { say } from '../../words/say.ts'

interface Given {
  readonly read: <T>(input: Input<T>) => T
  /** The text of an input; empty if it is not set. */
  readonly textOf: (input: { readonly name: string }) => string
  readonly rollbackTo: string | undefined
}

export interface OneOffTaskInput {
  /** Undefined if no task is asked for. */
  readonly task: OneOffTaskSettings | undefined
  readonly warnings: readonly string[]
}

/** As in the official deploy action, for CloudTrail and for people who look for the task. */
const STARTED_BY = 'GitHub-Actions'

/**
 * The task that has to succeed before the deployment is started. Its inputs are those of the
 * official deploy action. They are read only with `run-task: true`; without it they mean
 * nothing there either.
 */
export function oneOffTaskInput(
  { read, textOf, rollbackTo }: Given,
  problem: (problem: Problem) => void
): OneOffTaskInput {
  if (read(INPUTS.runTask) !== true) return { task: undefined, warnings: ignored(textOf) }
  const warnings: string[] = []
  if (rollbackTo !== undefined) {
    problem({
      input: INPUTS.runTask.name,
      value: 'true',
      message: say`\`run-task: true\` would run the older revision's task before \`rollback-to\` releases it, and a migration of an older revision does not undo that of a newer one. Leave one of them out: in a workflow that does both, \`run-task\` can be the expression \`inputs.rollback-to == ''\`.`
    })
  }
  if (read(INPUTS.waitForTaskStopped) === false) {
    problem({
      input: INPUTS.waitForTaskStopped.name,
      value: 'false',
      message: say`\`wait-for-task-stopped: false\` would release before the task has ended, and so before anybody knows whether it has failed. Leave it out, or set it to true: with \`run-task: true\` a release always waits. Start a task that the release need not wait for in a step of its own (\`aws ecs run-task\`).`
    })
  }
  const subnets = read(INPUTS.runTaskSubnets) ?? []
  const securityGroups = read(INPUTS.runTaskSecurityGroups) ?? []
  const assignPublicIp = read(INPUTS.runTaskAssignPublicIp)
  if (textOf(INPUTS.runTaskSubnets) === '') {
    if (securityGroups.length > 0) {
      problem({
        input: INPUTS.runTaskSecurityGroups.name,
        message: say`\`run-task-security-groups\` needs \`run-task-subnets\`: AWS takes security groups only together with subnets. Set \`run-task-subnets\` to those of the service, for example.`
      })
    } else if (assignPublicIp !== undefined) {
      warnings.push(
        say`\`${INPUTS.runTaskAssignPublicIp.name}\` has no effect: \`${INPUTS.runTaskSubnets.name}\` is not set.`
      )
    }
  }
  const strategy = read(INPUTS.runTaskStrategy)
  const launchType = read(INPUTS.runTaskLaunchType)
  if (strategy.length > 0 && launchType !== undefined) {
    warnings.push(
      say`\`${INPUTS.runTaskLaunchType.name}\` has no effect: \`${INPUTS.runTaskStrategy.name}\` says where the task runs.`
    )
  }
  return {
    task: {
      containerOverrides: read(INPUTS.runTaskOverrides).filter(isContainerOverride),
      subnets,
      securityGroups,
      assignPublicIp: assignPublicIp ?? 'DISABLED',
      capacityProviderStrategy: strategy.filter(isStrategyItem),
      launchType: strategy.length > 0 ? undefined : (launchType ?? 'FARGATE'),
      startedBy: read(INPUTS.runTaskStartedBy) ?? STARTED_BY,
      tags: tags(read(INPUTS.runTaskTags), problem),
      managedTags: read(INPUTS.enableManagedTags),
      volume: volume(
        { name: read(INPUTS.runTaskVolumeName), configuration: read(INPUTS.runTaskVolume) },
        textOf,
        problem
      )
    },
    warnings
  }
}

/** Warnings of inputs that mean nothing without `run-task: true`. */
function ignored(textOf: Given['textOf']): string[] {
  return ONE_OFF_TASK_INPUTS.flatMap(({ input, why, idle }) => {
    const text = textOf(input).toLowerCase()
    return text === '' || text === idle ? [] : [say`\`${input.name}\` is ignored: ${why()}.`]
  })
}

function tags(given: readonly Mapping[], problem: (problem: Problem) => void): Tag[] {
  for (const tag of given) {
    const key = textIn(tag, 'key') ?? ''
    if (!/^aws:/i.test(key)) continue
    problem({
      input: INPUTS.runTaskTags.name,
      value: key,
      message: say`\`run-task-tags\`: the key "${key}" begins with aws:, which AWS keeps for itself. Name it otherwise.`
    })
  }
  return given.filter(isTag)
}

function volume(
  given: { readonly name: string | undefined; readonly configuration: Mapping | undefined },
  textOf: Given['textOf'],
  problem: (problem: Problem) => void
): OneOffTaskSettings['volume'] {
  const inputs = [INPUTS.runTaskVolumeName, INPUTS.runTaskVolume]
  const [missing, ...more] = inputs.filter((input) => textOf(input) === '')
  if (missing && more.length === 0) {
    const other = inputs.find((input) => input !== missing)
    problem({
      input: missing.name,
      message: say`\`${missing.name}\` is not set, and \`${other?.name ?? ''}\` needs it: one names the volume of the task definition, the other says what it is to be. Set both, or neither.`
    })
  }
  const { name, configuration } = given
  if (name === undefined || !configuration || !isVolume(configuration)) return undefined
  return { name, configuration }
}

// inputs/json.ts has held each of these against the SDK's schema.

function isContainerOverride(value: Mapping): value is Mapping & ContainerOverride {
  return typeof value['name'] === 'string'
}

function isStrategyItem(value: Mapping): value is Mapping & CapacityProviderStrategyItem {
  return typeof value['capacityProvider'] === 'string'
}

function isTag(value: Mapping): value is Mapping & Tag {
  return typeof value['key'] === 'string'
}

function isVolume(value: Mapping): value is Mapping & TaskManagedEBSVolumeConfiguration {
  return typeof value['roleArn'] === 'string'
}
