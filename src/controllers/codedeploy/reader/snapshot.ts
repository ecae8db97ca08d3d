import type { DeploymentInfo, ECSTaskSet } from '@aws-sdk/client-codedeploy'
import type { CodeDeployClients } from '../clients.ts'
import { getDeployment, getTarget } from './deployment.ts'
import { readingOf } from './words.ts'
import { kindOf, type ErrorKind } from '../../../aws/errors.ts'
import { explain } from '../../../aws/next-step.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import type { Clock } from '../../../release/clock.ts'
import { CannotSee, type Blindness } from '../../../release/controller.ts'
import { isTerminal, stageOf, type Snapshot, type TaskSetState } from '../../../release/snapshot.ts'
import type { StoppedTasksReader } from '../../stopped-tasks.ts'
import type { HealthReader } from './target-health.ts'

export interface SnapshotReader {
  readonly clients: CodeDeployClients
  readonly clock: Clock
  readonly optionalReads: OptionalReads
  /** Reads one target group's health by name; undefined where none may be read. */
  readonly health: HealthReader
  readonly stoppedTasks: StoppedTasksReader
  /** A deployment's one target is `<cluster>:<service>` (aws-semantics 1.5). */
  readonly targetId: string
}

/** One snapshot of one deployment. Only GetDeployment is required; the rest is what the role may read. */
export async function readSnapshot(
  { clients, clock, optionalReads, health, stoppedTasks, targetId }: SnapshotReader,
  deploymentId: string,
  detail: boolean
): Promise<Snapshot> {
  const [info, target] = await Promise.all([
    deploymentOf(clients, deploymentId),
    detail ? readTarget() : undefined
  ])
  const taskSets = (target?.taskSetsInfo ?? []).map(taskSetState)
  const green = taskSets.find((taskSet) => taskSet.label === 'green')
  const reading = readingOf(info, target?.lifecycleEvents)
  const moving = !isTerminal(reading.state)
  const [targets, stopped] = await Promise.all([
    detail && moving && green?.targetGroup !== undefined
      ? health(green.targetGroup, green.weight > 0)
      : undefined,
    detail && moving && isIncomplete(green, reading) ? readStopped() : undefined
  ])
  return {
    at: clock.now(),
    deploymentId,
    ...reading,
    traffic: trafficOf(taskSets),
    taskSets,
    targets,
    stoppedTasks: stopped,
    terminationWait: info.instanceTerminationWaitTimeStarted === true && moving
  }

  /** CodeDeploy names a task set as ECS does (API reference, ECSTaskSet; `identifer` is its spelling). */
  async function readStopped(): ReturnType<StoppedTasksReader> {
    const set = target?.taskSetsInfo?.find((each) => taskSetState(each).label === 'green')
    return set?.identifer === undefined ? undefined : stoppedTasks(set.identifer)
  }

  function readTarget(): ReturnType<typeof getTarget> {
    return optionalReads.read('codedeploy:GetDeploymentTarget', (abortSignal) =>
      getTarget(clients.codedeploy, deploymentId, targetId, abortSignal)
    )
  }
}

/**
 * Whether tasks of green may have ended that should run: it is not installed yet, or lacks some.
 * A rollback starts no tasks, and what the failed green did is known by then.
 */
function isIncomplete(
  green: TaskSetState | undefined,
  reading: Pick<Snapshot, 'steps' | 'isRollback'>
): green is TaskSetState {
  if (green === undefined || reading.isRollback) return false
  return stageOf(reading, 'install')?.status === 'InProgress' || green.running < green.desired
}

const BLINDNESS: Readonly<Record<ErrorKind, Blindness>> = {
  denied: 'denied',
  credentials: 'credentials',
  throttled: 'passing',
  transient: 'passing',
  aborted: 'passing',
  refused: 'refused'
}

async function deploymentOf(
  clients: CodeDeployClients,
  deploymentId: string
): Promise<DeploymentInfo> {
  try {
    return await getDeployment(clients.codedeploy, deploymentId)
  } catch (error) {
    const reason = `codedeploy:GetDeployment: ${explain(error)}`
    throw new CannotSee(BLINDNESS[kindOf(error)], reason, { cause: error })
  }
}

function taskSetState(taskSet: ECSTaskSet): TaskSetState {
  const label = taskSet.taskSetLabel?.toLowerCase()
  return {
    label: label === 'blue' || label === 'green' ? label : undefined,
    status: taskSet.status ?? 'unknown',
    desired: taskSet.desiredCount ?? 0,
    pending: taskSet.pendingCount ?? 0,
    running: taskSet.runningCount ?? 0,
    weight: taskSet.trafficWeight ?? 0,
    targetGroup: taskSet.targetGroup?.name
  }
}

function trafficOf(taskSets: readonly TaskSetState[]): Snapshot['traffic'] {
  const weight = (label: 'blue' | 'green'): number | undefined =>
    taskSets.find((taskSet) => taskSet.label === label)?.weight
  const blue = weight('blue')
  const green = weight('green')
  if (blue === undefined && green === undefined) return undefined
  return { blue: blue ?? 100 - (green ?? 0), green: green ?? 100 - (blue ?? 0) }
}
