import type { Clients } from '../../../aws/clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import type { Clock } from '../../../release/clock.ts'
import type { TargetHealth } from '../../../release/snapshot.ts'

/** The health of the targets of the group with this name; undefined where it cannot be read. */
export type HealthReader = (
  targetGroupName: string,
  /** Traffic is on these targets: a settled answer is not good enough. */
  live: boolean
) => Promise<readonly TargetHealth[] | undefined>

/** Targets that are settled are not asked for again within this time: most of a gate's hour. */
const SETTLED_MS = 60_000

/** Reads target health by group name, remembering each group's ARN. */
export function targetHealthReader(
  clients: Clients,
  optionalReads: OptionalReads,
  clock: Clock
): HealthReader {
  const arns = new Map<string, string>()
  const settled = new Map<string, { at: number; targets: readonly TargetHealth[] }>()

  async function arnOf(name: string): Promise<string | undefined> {
    const known = arns.get(name)
    if (known !== undefined) return known
    const { sdk, client } = await clients.loadBalancing()
    const answer = await optionalReads.read(
      'elasticloadbalancing:DescribeTargetGroups',
      (abortSignal) =>
        client.send(new sdk.DescribeTargetGroupsCommand({ Names: [name] }), { abortSignal })
    )
    const arn = answer?.TargetGroups?.[0]?.TargetGroupArn
    if (arn !== undefined) arns.set(name, arn)
    return arn
  }

  return async (name, live) => {
    const known = settled.get(name)
    if (!live && known && clock.now() - known.at < SETTLED_MS) return known.targets
    const arn = await arnOf(name)
    if (arn === undefined) return undefined
    const { sdk, client } = await clients.loadBalancing()
    const answer = await optionalReads.read(
      'elasticloadbalancing:DescribeTargetHealth',
      (abortSignal) =>
        client.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn: arn }), { abortSignal })
    )
    const targets = answer?.TargetHealthDescriptions?.map((target) => ({
      id: `${target.Target?.Id ?? '?'}:${target.Target?.Port ?? '?'}`,
      state: target.TargetHealth?.State ?? 'unknown',
      reason: target.TargetHealth?.Reason,
      description: target.TargetHealth?.Description
    }))
    if (targets && isSettled(targets)) settled.set(name, { at: clock.now(), targets })
    else settled.delete(name)
    return targets
  }
}

/** All healthy, or all waiting for a listener that is not there (`unused`). */
function isSettled(targets: readonly TargetHealth[]): boolean {
  const first = targets[0]?.state
  return (
    (first === 'healthy' || first === 'unused') && targets.every((target) => target.state === first)
  )
}
