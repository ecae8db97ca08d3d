import { ECSClient, type ECSClientConfig, type TaskSet } from '@aws-sdk/client-ecs'
import type { Hold } from '../../../ledger/gate-facts.ts'
import type { GatePlane, RunningContainer } from '../../gate-plane.ts'
import { tasksOfTaskSet, taskSets } from '../reader/task-sets.ts'

/** Digests by container; a digest is undefined if a task does not say it. */
export type Digests = ReadonlyMap<string, ReadonlySet<string | undefined>>

/**
 * Reads the digests that a task set runs, because a tag may move and a digest does not. Every task
 * is read, because the tag may have moved between two of their starts. Errors: those of ECS.
 */
export async function imageDigests(
  ecs: ECSClient,
  cluster: string,
  taskSet: TaskSet | undefined
): Promise<Digests> {
  const digests = new Map<string, Set<string | undefined>>()
  if (taskSet?.id === undefined) return digests
  const tasks = await tasksOfTaskSet(ecs, cluster, taskSet.id)
  for (const { name, imageDigest } of tasks.flatMap(({ containers = [] }) => containers)) {
    if (name === undefined) continue
    digests.set(name, (digests.get(name) ?? new Set()).add(imageDigest))
  }
  return digests
}

/** What green's tasks run now. Errors: those of ECS. */
export async function greenImages(ecs: ECSClient, hold: Hold): Promise<RunningContainer[]> {
  const { green } = await taskSets(ecs, hold)
  const digests = await imageDigests(ecs, hold.cluster, green)
  return [...digests].flatMap(([container, found]) =>
    [...found].map((digest) => ({ container, digest }))
  )
}

/** The same with a client of its own. */
export function connectGreenImages(config: ECSClientConfig): GatePlane['running'] {
  const ecs = new ECSClient(config)
  return (hold) => greenImages(ecs, hold)
}
