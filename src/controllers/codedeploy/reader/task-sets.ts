import { DescribeServicesCommand, type ECSClient, type TaskSet } from '@aws-sdk/client-ecs'

/** The two sides of a deployment; a side is undefined if ECS does not list it. */
export interface TaskSets {
  readonly blue: TaskSet | undefined
  readonly green: TaskSet | undefined
}

/**
 * Reads the task sets of a service. CodeDeploy writes its deployment's id into the task set that
 * it creates (aws-semantics 3.2). Errors: those of DescribeServices.
 */
export async function taskSets(
  ecs: ECSClient,
  {
    cluster,
    service,
    deploymentId
  }: { readonly cluster: string; readonly service: string; readonly deploymentId: string }
): Promise<TaskSets> {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))
  const all = services?.[0]?.taskSets ?? []
  const green = all.find(({ externalId }) => externalId === deploymentId)
  const blue = all.find((taskSet) => taskSet !== green && taskSet.status === 'PRIMARY')
  return { blue, green }
}
