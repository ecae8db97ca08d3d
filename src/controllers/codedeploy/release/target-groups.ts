import type { Clients } from '../../../aws/clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import type { SideNames, Sides } from '../../../verification/metrics-reader.ts'
import { say } from '../../../words/say.ts'

const RIGHT = 'elasticloadbalancing:DescribeTargetGroups'

/**
 * ARNs of both target groups and of the load balancer that uses them (a target
 * group is used by one at most); a text is why they are not known. Never rejects.
 */
export async function findSides(
  { clients, optionalReads }: { readonly clients: Clients; readonly optionalReads: OptionalReads },
  { blue, green }: SideNames
): Promise<Sides | string> {
  const answer = await optionalReads.read(RIGHT, async (abortSignal) => {
    const { sdk, client } = await clients.loadBalancing()
    return client.send(new sdk.DescribeTargetGroupsCommand({ Names: [blue, green] }), {
      abortSignal
    })
  })
  if (!answer)
    return optionalReads.isDenied(RIGHT) ? say`${RIGHT} is denied` : say`${RIGHT} gave no answer`
  const groups = answer.TargetGroups ?? []
  const arnOf = (name: string): string | undefined =>
    groups.find(({ TargetGroupName }) => TargetGroupName === name)?.TargetGroupArn
  const [blueArn, greenArn] = [arnOf(blue), arnOf(green)]
  const loadBalancer = groups.flatMap(({ LoadBalancerArns = [] }) => LoadBalancerArns).at(0)
  if (blueArn === undefined || greenArn === undefined || loadBalancer === undefined) {
    return say`the target groups ${blue} and ${green} are not there, or behind no load balancer`
  }
  return { loadBalancer, blue: blueArn, green: greenArn }
}
