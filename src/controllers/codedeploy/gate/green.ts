import { GetDeploymentGroupCommand, type CodeDeployClient } from '@aws-sdk/client-codedeploy'
import type { ECSClient, Task } from '@aws-sdk/client-ecs'
import { TEST_TRAFFIC_EVENT } from '../appspec/model.ts'
import { originOfListener, type BalancerReader } from '../reader/listener-origin.ts'
import { runningImages } from '../../../aws/running-images.ts'
import type { TaskAddress } from '../../../verification/requests/checks.ts'
import type { Described, Green } from '../../gate-plane.ts'
import type { Hold } from '../../../ledger/gate-facts.ts'
import { findTarget } from '../reader/deployment.ts'
import { tasksOfTaskSet, taskSets } from '../reader/task-sets.ts'

export interface GreenReader extends BalancerReader {
  readonly codedeploy: CodeDeployClient
  readonly ecs: ECSClient
}

/** Where green can be asked from inside the VPC. Errors: those of AWS; a listener that may not be read is none. */
export async function findGreen(reader: GreenReader, deployment: Described): Promise<Green> {
  const [listener, { tasks, port }] = await Promise.all([
    listenerOf(reader, deployment),
    tasksOf(reader, deployment.hold)
  ])
  return {
    listener,
    tasks: port === undefined ? [] : tasks.flatMap((task) => addressOf(task, port)),
    images: runningImages(tasks)
  }
}

/** Returns none before the test listener leads to green: until then blue answers there. */
async function listenerOf(
  reader: GreenReader,
  { hold, names }: Described
): Promise<string | undefined> {
  const target = await findTarget(reader.codedeploy, hold.deploymentId)
  const shown = target?.lifecycleEvents?.find(
    ({ lifecycleEventName }) => lifecycleEventName === TEST_TRAFFIC_EVENT
  )
  if (shown?.status !== 'Succeeded') return undefined
  const { deploymentGroupInfo } = await reader.codedeploy.send(
    new GetDeploymentGroupCommand({
      applicationName: names['application'],
      deploymentGroupName: names['deploymentGroup']
    })
  )
  return deploymentGroupInfo && originOfListener(reader, deploymentGroupInfo, 'test')
}

async function tasksOf(
  { ecs }: GreenReader,
  hold: Hold
): Promise<{ readonly tasks: readonly Task[]; readonly port: number | undefined }> {
  const { green } = await taskSets(ecs, hold)
  const port = green?.loadBalancers?.[0]?.containerPort
  if (green?.id === undefined) return { tasks: [], port }
  const found = await tasksOfTaskSet(ecs, hold.cluster, green.id)
  return { tasks: found.filter(({ lastStatus }) => lastStatus === 'RUNNING'), port }
}

/** Returns the address of a task that has a network interface of its own (`awsvpc`, which Fargate always has); of other tasks none. */
function addressOf({ taskArn, attachments = [] }: Task, port: number): TaskAddress[] {
  const details = attachments.flatMap((attachment) => attachment.details ?? [])
  const address = details.find(({ name }) => name === 'privateIPv4Address')?.value
  const name = taskArn?.split('/').at(-1)?.slice(0, 8)
  return address === undefined || name === undefined
    ? []
    : [{ name, origin: `http://${address}:${port}` }]
}
