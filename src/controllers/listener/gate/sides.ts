import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  paginateListTasks,
  ECSClient,
  type ECSClientConfig,
  type TaskDefinition
} from '@aws-sdk/client-ecs'
import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { describeError } from '../../../aws/errors.ts'
import { UNREAD_REVISION, type HealthFacts, type ImageFacts } from '../../../ledger/gate-facts.ts'
import { diffTaskDefinitions } from '../../../taskdef/diff.ts'
import { withoutValues } from '../../../taskdef/without-values.ts'
import type { Definitions, RunningContainer } from '../../gate-plane.ts'
import { say } from '../../../words/say.ts'
import type { HandedPlan } from '../handed-plan.ts'

/** Of the gate's item, and of what a card can show. */
const MOST_TARGETS = 100
/** ECS takes so many tasks a call (API reference, DescribeTasks). */
const TASKS_PER_CALL = 100

/** The health of the side that traffic moves to. Never throws. */
export async function healthOf(
  elb: ElasticLoadBalancingV2Client,
  { plan }: HandedPlan
): Promise<HealthFacts> {
  const arn = plan.pair.to
  try {
    const { TargetHealthDescriptions: found = [] } = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: arn })
    )
    const states: Record<string, number> = {}
    for (const { TargetHealth } of found) {
      const state = TargetHealth?.State ?? 'unknown'
      states[state] = (states[state] ?? 0) + 1
    }
    const targets = found.slice(0, MOST_TARGETS).map(({ Target, TargetHealth }) => {
      const { State: state = 'unknown', Reason: reason, Description } = TargetHealth ?? {}
      return {
        id: `${Target?.Id ?? '?'}:${Target?.Port ?? '?'}`,
        state,
        ...(reason !== undefined && { reason }),
        ...(Description !== undefined && { description: Description })
      }
    })
    return { targetGroup: arn.split('/').at(-2), states, targets, unavailable: undefined }
  } catch (error) {
    return { targetGroup: undefined, states: {}, unavailable: describeError(error) }
  }
}

/**
 * What the two ECS services run. Groups that another pipeline fills have no revision, so the names
 * of the sides stand for it. Never throws: what cannot be read is left out.
 */
export async function definitionsOf(ecs: ECSClient, handed: HandedPlan): Promise<Definitions> {
  if (!handed.ecs) {
    const { from: before, to: after } = handed.sides
    return { revision: { before, after }, images: [], changes: undefined }
  }
  try {
    const [from, to] = await Promise.all([
      revisionOf(ecs, handed, 'from'),
      revisionOf(ecs, handed, 'to')
    ])
    const [before, after, running] = await Promise.all([
      definition(ecs, from),
      definition(ecs, to),
      runningOf(ecs, handed)
    ])
    return {
      revision: { before: from, after: to },
      images: imagesOf(before, after, running ?? []),
      changes: diffTaskDefinitions(before, after, { showValues: false }).map(withoutValues)
    }
  } catch {
    const revision = { before: undefined, after: UNREAD_REVISION }
    return { revision, images: [], changes: undefined }
  }
}

/** What the tasks run of the side that traffic moves to; undefined if it runs no tasks of ECS. Errors: those of ECS. */
export async function runningOf(
  ecs: ECSClient,
  handed: HandedPlan
): Promise<readonly RunningContainer[] | undefined> {
  if (!handed.ecs) return undefined
  await revisionOf(ecs, handed, 'to')
  const { cluster, to: serviceName } = handed.ecs
  const arns: string[] = []
  for await (const page of paginateListTasks({ client: ecs }, { cluster, serviceName })) {
    arns.push(...(page.taskArns ?? []))
  }
  const found = new Map<string, RunningContainer>()
  for (let first = 0; first < arns.length; first += TASKS_PER_CALL) {
    const asked = { cluster, tasks: arns.slice(first, first + TASKS_PER_CALL) }
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand(asked))
    for (const { name, imageDigest: digest } of tasks.flatMap(
      ({ containers = [] }) => containers
    )) {
      if (name !== undefined) found.set(`${name} ${digest ?? ''}`, { container: name, digest })
    }
  }
  return [...found.values()]
}

/** The same with a client of its own. */
export function connectRunning(
  config: ECSClientConfig
): (handed: HandedPlan) => ReturnType<typeof runningOf> {
  const ecs = new ECSClient(config)
  return (handed) => runningOf(ecs, handed)
}

/**
 * The revision of one side's service. The plan names the service, and a job writes the plan: so
 * ECS has to say that this service fills the target group which gets the traffic.
 */
async function revisionOf(
  ecs: ECSClient,
  { ecs: named, plan }: HandedPlan,
  side: 'from' | 'to'
): Promise<string> {
  const { cluster, [side]: service = '' } = named ?? { cluster: '' }
  const answer = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))
  const found = answer.services?.[0]
  const fills = found?.loadBalancers?.some(
    ({ targetGroupArn }) => targetGroupArn === plan.pair[side]
  )
  if (!found?.taskDefinition || fills !== true) {
    throw new Error(say`service ${service} does not fill the target group of the side`)
  }
  return found.taskDefinition
}

async function definition(ecs: ECSClient, arn: string): Promise<TaskDefinition> {
  const answer = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }))
  if (!answer.taskDefinition) throw new Error(say`ECS has no ${arn}`)
  return answer.taskDefinition
}

function imagesOf(
  before: TaskDefinition,
  after: TaskDefinition,
  running: readonly RunningContainer[]
): ImageFacts[] {
  return (after.containerDefinitions ?? []).flatMap(({ name, image }) => {
    if (name === undefined || image === undefined) return []
    const old = before.containerDefinitions?.find((container) => container.name === name)
    const pinned = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1]
    const own = running.filter(({ container }) => container === name)
    const digests = own.length === 0 ? [pinned] : own.map(({ digest }) => digest ?? pinned)
    return [...new Set(digests)].map((digest) => ({
      container: name,
      before: old?.image,
      after: image,
      digest
    }))
  })
}
