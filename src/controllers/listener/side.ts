import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { LoadBalancing } from '../../aws/clients.ts'
import { say } from '../../words/say.ts'
import { known, NotFound, type Known } from '../service.ts'
import { foundOr } from './found.ts'

/** One of the two production groups, as the load balancer has it. */
export interface SideFacts {
  /** As the input `sides` calls it, `prod1` say. */
  readonly name: string
  readonly arn: string
  readonly protocol: string | undefined
  /** Whether a client stays with its target. */
  readonly isSticky: boolean
  /** 0 if new targets get their full share at once. */
  readonly slowStartSeconds: number
  /** Whether an agent beside each target limits its requests (target optimizer). */
  readonly isOptimized: boolean
  /** The number of targets by their state, such as `healthy`. */
  readonly health: Readonly<Record<string, number>>
}

/** Reads a side by the name of its target group. Errors: only those of credentials and network. */
export function readSide(
  { sdk, client }: LoadBalancing,
  side: { readonly name: string; readonly targetGroup: string }
): Promise<Known<SideFacts>> {
  const { name, targetGroup } = side
  return known(async () => {
    const found = await groupNamed(targetGroup)
    const { TargetGroupArn: arn = '', Protocol: protocol } = found
    const [attributes, targets] = await Promise.all([
      client.send(new sdk.DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn })),
      client.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn: arn }))
    ])
    const of = new Map(attributes.Attributes?.map(({ Key, Value }) => [Key, Value]))
    const health: Record<string, number> = {}
    for (const { TargetHealth } of targets.TargetHealthDescriptions ?? []) {
      const state = TargetHealth?.State ?? 'unknown'
      health[state] = (health[state] ?? 0) + 1
    }
    return {
      name,
      arn,
      protocol,
      isSticky: of.get('stickiness.enabled') === 'true',
      slowStartSeconds: Number(of.get('slow_start.duration_seconds') ?? 0),
      isOptimized: found.TargetControlPort !== undefined,
      health
    }
  })

  async function groupNamed(wanted: string): Promise<TargetGroup> {
    const by = wanted.startsWith('arn:') ? { TargetGroupArns: [wanted] } : { Names: [wanted] }
    const absent = say`there is no target group ${wanted}`
    const answer = await foundOr(absent, client.send(new sdk.DescribeTargetGroupsCommand(by)))
    const [group] = answer.TargetGroups ?? []
    if (group) return group
    throw new NotFound(absent)
  }
}
