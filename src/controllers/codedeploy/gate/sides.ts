import {
  DescribeTaskDefinitionCommand,
  type ECSClient,
  type TaskDefinition,
  type TaskSet
} from '@aws-sdk/client-ecs'
import {
  DescribeTargetHealthCommand,
  type TargetHealthDescription,
  type ElasticLoadBalancingV2Client
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { describeError } from '../../../aws/errors.ts'
import {
  type ChangeFacts,
  type HealthFacts,
  type Hold,
  type ImageFacts,
  NO_TARGET_GROUP,
  type TargetFacts,
  UNREAD_REVISION
} from '../../../ledger/gate-facts.ts'
import { diffTaskDefinitions } from '../../../taskdef/diff.ts'
import { withoutValues } from '../../../taskdef/without-values.ts'
import type { RequestPlane } from '../../gate-plane.ts'
import { taskSets } from '../reader/task-sets.ts'
import { imageDigests, type Digests } from './green-images.ts'

/** Reads what runs on blue and green. Neither function throws: what cannot be read is left out, or the result says so. */
export function awsSides(
  ecs: ECSClient,
  elb: ElasticLoadBalancingV2Client
): Pick<RequestPlane, 'health' | 'definitions'> {
  return {
    async health(hold) {
      try {
        const { green } = await taskSets(ecs, hold)
        const arn = green?.loadBalancers?.[0]?.targetGroupArn
        if (arn === undefined) return noHealth(NO_TARGET_GROUP)
        const { TargetHealthDescriptions = [] } = await elb.send(
          new DescribeTargetHealthCommand({ TargetGroupArn: arn })
        )
        const states: Record<string, number> = {}
        for (const { TargetHealth } of TargetHealthDescriptions) {
          const state = TargetHealth?.State ?? 'unknown'
          states[state] = (states[state] ?? 0) + 1
        }
        const targets = TargetHealthDescriptions.slice(0, MOST_TARGETS).map(targetFacts)
        return { targetGroup: arn.split('/').at(-2), states, targets, unavailable: undefined }
      } catch (error) {
        return noHealth(describeError(error))
      }
    },

    async definitions(hold) {
      try {
        const { blue, green } = await taskSets(ecs, hold)
        const [before, after, digests] = await Promise.all([
          definition(ecs, blue?.taskDefinition),
          definition(ecs, green?.taskDefinition),
          knownDigests(ecs, hold, green)
        ])
        return {
          revision: {
            before: blue?.taskDefinition,
            after: green?.taskDefinition ?? UNREAD_REVISION
          },
          images: imagesOf(before, after, digests),
          changes: changesBetween(before, after)
        }
      } catch {
        return {
          revision: { before: undefined, after: UNREAD_REVISION },
          images: [],
          changes: undefined
        }
      }
    }
  }
}

/** Of the gate's item, and of what a card can show. */
const MOST_TARGETS = 100

function targetFacts({ Target, TargetHealth }: TargetHealthDescription): TargetFacts {
  const { State: state = 'unknown', Reason: reason, Description: description } = TargetHealth ?? {}
  return {
    id: `${Target?.Id ?? '?'}:${Target?.Port ?? '?'}`,
    state,
    ...(reason !== undefined && { reason }),
    ...(description !== undefined && { description })
  }
}

function noHealth(unavailable: string): HealthFacts {
  return { targetGroup: undefined, states: {}, unavailable }
}

async function definition(
  ecs: ECSClient,
  arn: string | undefined
): Promise<TaskDefinition | undefined> {
  if (arn === undefined) return undefined
  const answer = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }))
  return answer.taskDefinition
}

/**
 * The job's record says it too, but a job can be changed by whoever asks for the release. Tags
 * are not compared, because DescribeTaskDefinition returns them on request alone.
 */
function changesBetween(
  before: TaskDefinition | undefined,
  after: TaskDefinition | undefined
): ChangeFacts[] | undefined {
  if (!before || !after) return undefined
  return diffTaskDefinitions(before, after, { showValues: false }).map(withoutValues)
}

async function knownDigests(
  ecs: ECSClient,
  { cluster }: Hold,
  green: TaskSet | undefined
): Promise<Digests> {
  try {
    return await imageDigests(ecs, cluster, green)
  } catch {
    // The card does without digests if they cannot be read. Those of only some tasks would mislead.
    return new Map()
  }
}

function imagesOf(
  before: TaskDefinition | undefined,
  after: TaskDefinition | undefined,
  digests: Digests
): ImageFacts[] {
  return (after?.containerDefinitions ?? []).flatMap(({ name, image }) => {
    if (name === undefined || image === undefined) return []
    const old = before?.containerDefinitions?.find((container) => container.name === name)
    const pinned = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1]
    const running = [...(digests.get(name) ?? [undefined])].map((digest) => digest ?? pinned)
    return [...new Set(running)].map((digest) => ({
      container: name,
      before: old?.image,
      after: image,
      digest
    }))
  })
}
