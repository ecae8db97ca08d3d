import type { DeploymentInfo, ECSTaskSet } from '@aws-sdk/client-codedeploy'
import type { CodeDeployClients } from '../clients.ts'
import { getDeployment, getTarget } from './deployment.ts'
import { readingOf } from './words.ts'
import { describeError, kindOf, type ErrorKind } from '../../../aws/errors.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import type { Clock } from '../../../release/clock.ts'
import { CannotSee, type Blindness } from '../../../release/controller.ts'
import { isTerminal, type Snapshot, type TaskSetState } from '../../../release/snapshot.ts'
import type { HealthReader } from './target-health.ts'

export interface SnapshotReader {
  readonly clients: CodeDeployClients
  readonly clock: Clock
  readonly optionalReads: OptionalReads
  /** Reads one target group's health by name; undefined where none may be read. */
  readonly health: HealthReader
  /** A deployment's one target is `<cluster>:<service>` (aws-semantics 1.5). */
  readonly targetId: string
}

/** One snapshot of one deployment. Only GetDeployment is required; the rest is what the role may read. */
export async function readSnapshot(
  { clients, clock, optionalReads, health, targetId }: SnapshotReader,
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
  const targets =
    detail && moving && green?.targetGroup !== undefined
      ? await health(green.targetGroup, green.weight > 0)
      : undefined
  return {
    at: clock.now(),
    deploymentId,
    ...reading,
    traffic: trafficOf(taskSets),
    taskSets,
    targets,
    terminationWait: info.instanceTerminationWaitTimeStarted === true && moving
  }

  function readTarget(): ReturnType<typeof getTarget> {
    return optionalReads.read('codedeploy:GetDeploymentTarget', (abortSignal) =>
      getTarget(clients.codedeploy, deploymentId, targetId, abortSignal)
    )
  }
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
    const reason = `codedeploy:GetDeployment: ${describeError(error)}`
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
