import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  StopTaskCommand,
  type Task,
  type TaskSet
} from '@aws-sdk/client-ecs'
import type { Clients } from '../../../aws/clients.ts'
import { nameOf } from '../../../aws/console-url.ts'
import { describeError, kindOf } from '../../../aws/errors.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import { runningImages } from '../../../aws/running-images.ts'
import type { Controller } from '../../../release/controller.ts'
import type { RunningImage } from '../../../release/evidence.ts'
import { isTerminal, stageOf } from '../../../release/snapshot.ts'
import type { Fleet, FleetState } from '../../../verification/recovery/fleet.ts'
import { say } from '../../../words/say.ts'

export interface GreenFleetOptions {
  readonly clients: Clients
  readonly optionalReads: OptionalReads
  readonly controller: Pick<Controller, 'read'>
  /** Name or ARN, as the inputs have it. */
  readonly cluster: string
  readonly service: string
  readonly deploymentId: string
  /** Default: green. `blue` is what serves production while the gate holds. */
  readonly side?: 'green' | 'blue'
}

export interface GreenFleet extends Fleet {
  /** What its running tasks run; empty where that cannot be told. Never rejects. */
  images(): Promise<readonly RunningImage[]>
}

/** What DescribeTasks takes at once. */
const MOST_TASKS = 100

/**
 * One side of a deployment. Green is the task set that CodeDeploy has marked with the
 * deployment's id, its tasks, which ECS marks with the task set's id
 * (aws-semantics 3.2), and the targets of its target group. Blue is the task set that is
 * PRIMARY meanwhile. If the two cannot be told apart beyond doubt, neither is touched.
 */
export function greenFleet(options: GreenFleetOptions): GreenFleet {
  const { clients, optionalReads, controller, cluster, deploymentId, side = 'green' } = options
  const service = nameOf(options.service)
  let known: Promise<Side | string> | undefined

  return {
    async look() {
      known ??= findSide()
      const found = await known
      if (typeof found === 'string') return found
      const [tasks, targets] = await Promise.all([tasksOf(found), targetsOf(found)])
      if (typeof tasks === 'string') return tasks
      if (typeof targets === 'string') return targets
      return { desired: found.desired, tasks: tasks.map(asSeen), targets }
    },

    async images() {
      const found = await findSide()
      const tasks = typeof found === 'string' ? [] : await tasksOf(found)
      if (typeof tasks === 'string') return []
      return runningImages(tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING'))
    },

    async stop(arn) {
      const doubt = (await doubtAboutTraffic()) ?? (await doubtAboutTask(arn))
      if (doubt !== undefined) return say`no task was stopped: ${doubt}`
      try {
        // ECS keeps and shows it: AWS's record is in English, whatever the run speaks.
        const reason = `recovery of ${side} in ${deploymentId} is timed`
        await clients.ecs.send(new StopTaskCommand({ cluster, task: arn, reason }))
        return undefined
      } catch (error) {
        const kind = kindOf(error)
        const said = `ecs:StopTask: ${describeError(error)}`
        // No answer does not mean that it was not done.
        return kind === 'denied' || kind === 'refused' || kind === 'credentials'
          ? say`no task was stopped: ${said}`
          : say`whether a task was stopped is not known: ${said}`
      }
    }
  }

  /** Asked in the moment before: a person may have decided meanwhile. */
  async function doubtAboutTraffic(): Promise<string | undefined> {
    try {
      const now = await controller.read(deploymentId, true)
      if (isTerminal(now.state)) return say`the deployment is ${now.status}`
      const shift = stageOf(now, 'shift')?.status
      if (shift === undefined || now.traffic === undefined) {
        return say`whether green has production traffic is not known: codedeploy:GetDeploymentTarget gave no answer`
      }
      if (shift !== 'Pending' || now.traffic.green > 0)
        return say`production traffic moves to green`
      return undefined
    } catch (error) {
      return describeError(error)
    }
  }

  async function doubtAboutTask(arn: string): Promise<string | undefined> {
    const found = await findSide()
    if (typeof found === 'string') return found
    const tasks = await describe([arn])
    if (typeof tasks === 'string') return tasks
    const [task] = tasks
    const isIts =
      task?.taskArn === arn && task.startedBy === found.id && task.group === `service:${service}`
    if (!isIts) return say`${arn} is no task of ${sideName(side)}`
    return task.lastStatus === 'RUNNING' ? undefined : say`${arn} is not running`
  }

  async function findSide(): Promise<Side | string> {
    const answer = await read('ecs:DescribeServices', (abortSignal) =>
      clients.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }), {
        abortSignal
      })
    )
    if (typeof answer === 'string') return answer
    const taskSets = answer.services?.[0]?.taskSets ?? []
    const [green, another] = taskSets.filter(({ externalId }) => externalId === deploymentId)
    const blue = taskSets.filter(({ status }) => status === 'PRIMARY')
    const found = side === 'green' ? green && sideOf(green) : blue[0] && sideOf(blue[0])
    // As soon as green is PRIMARY, it serves.
    const isApart = blue.length === 1 && blue[0] !== green && blue[0]?.id !== green?.id
    if (!found || !green || another || !isApart || green.status !== 'ACTIVE') {
      return say`blue and green of service "${service}" cannot be told apart`
    }
    return found
  }

  async function tasksOf({ id }: Side): Promise<readonly Task[] | string> {
    // With `startedBy` no other filter may be given (ListTasks).
    const listed = await read('ecs:ListTasks', (abortSignal) =>
      clients.ecs.send(new ListTasksCommand({ cluster, startedBy: id }), { abortSignal })
    )
    if (typeof listed === 'string') return listed
    const { taskArns = [], nextToken } = listed
    if (nextToken !== undefined) return say`${sideName(side)} has more than ${MOST_TASKS} tasks`
    const tasks = taskArns.length === 0 ? [] : await describe(taskArns)
    if (typeof tasks === 'string') return tasks
    return tasks.filter(({ startedBy }) => startedBy === id)
  }

  async function describe(tasks: string[]): Promise<readonly Task[] | string> {
    const answer = await read('ecs:DescribeTasks', (abortSignal) =>
      clients.ecs.send(new DescribeTasksCommand({ cluster, tasks }), { abortSignal })
    )
    return typeof answer === 'string' ? answer : (answer.tasks ?? [])
  }

  async function targetsOf({ targetGroup }: Side): Promise<FleetState['targets'] | string> {
    const answer = await read('elasticloadbalancing:DescribeTargetHealth', async (abortSignal) => {
      const { sdk, client } = await clients.loadBalancing()
      const command = new sdk.DescribeTargetHealthCommand({ TargetGroupArn: targetGroup })
      return client.send(command, { abortSignal })
    })
    if (typeof answer === 'string') return answer
    return (answer.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => ({
      id: `${Target?.Id ?? '?'}:${Target?.Port ?? '?'}`,
      state: TargetHealth?.State ?? 'unknown'
    }))
  }

  /** The answer, or that this right gave none. */
  async function read<T>(
    right: string,
    call: (signal: AbortSignal) => Promise<T>
  ): Promise<T | string> {
    const answer = await optionalReads.read(right, call)
    if (answer !== undefined) return answer
    return optionalReads.isDenied(right) ? say`${right} is denied` : say`${right} gave no answer`
  }
}

interface Side {
  readonly id: string
  readonly desired: number
  /** ARN. */
  readonly targetGroup: string
}

function sideOf({ id, computedDesiredCount, loadBalancers }: TaskSet): Side | undefined {
  const targetGroup = loadBalancers?.[0]?.targetGroupArn
  if (id === undefined || computedDesiredCount === undefined || targetGroup === undefined) {
    return undefined
  }
  return { id, desired: computedDesiredCount, targetGroup }
}

function asSeen({ taskArn = '', lastStatus, startedAt }: Task): FleetState['tasks'][number] {
  return { arn: taskArn, startedAt: lastStatus === 'RUNNING' ? startedAt?.getTime() : undefined }
}

function sideName(side: 'blue' | 'green'): string {
  return side === 'green' ? say`green` : say`blue`
}
