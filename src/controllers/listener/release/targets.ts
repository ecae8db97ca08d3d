import type { Clients } from '../../../aws/clients.ts'
import type { TargetHealth } from '../../../release/snapshot.ts'

/** The targets of a group and their health. Errors: those of DescribeTargetHealth. */
export async function readTargets(
  clients: Pick<Clients, 'loadBalancing'>,
  TargetGroupArn: string
): Promise<readonly TargetHealth[]> {
  const { sdk, client } = await clients.loadBalancing()
  const answer = await client.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn }))
  return (answer.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth: health }) => ({
    id: `${Target?.Id ?? '?'}:${Target?.Port ?? '?'}`,
    state: health?.State ?? 'unknown',
    reason: health?.Reason,
    description: health?.Description
  }))
}
