import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy'
import type { Clients } from '../../../aws/clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import { routesOf } from '../reader/routes.ts'

/** What the load balancer says about the group's listeners and target groups, where it may be read. */
export interface ListenerFacts {
  readonly production: ListenerState | undefined
  readonly test: ListenerState | undefined
  /** Names of the group's pair that exist. */
  readonly targetGroups: readonly string[] | undefined
}

export interface ListenerState {
  readonly arn: string
  readonly port: number | undefined
  /** Whether it speaks TLS. */
  readonly isSecure: boolean
  /** Weight by target group name; the default action only. */
  readonly forwards: ReadonlyMap<string, number>
}

export async function readListeners(
  clients: Clients,
  optionalReads: OptionalReads,
  group: DeploymentGroupInfo
): Promise<ListenerFacts | undefined> {
  const routes = routesOf(group)
  const arns = [routes.production, routes.test].filter((arn) => arn !== undefined)
  if (arns.length === 0) return undefined
  const { sdk, client } = await clients.loadBalancing()
  const [groups, listeners] = await Promise.all([
    optionalReads.read('elasticloadbalancing:DescribeTargetGroups', (abortSignal) =>
      client.send(new sdk.DescribeTargetGroupsCommand({ Names: [...routes.targetGroups] }), {
        abortSignal
      })
    ),
    optionalReads.read('elasticloadbalancing:DescribeListeners', (abortSignal) =>
      client.send(new sdk.DescribeListenersCommand({ ListenerArns: arns }), { abortSignal })
    )
  ])
  const nameByArn = new Map(
    groups?.TargetGroups?.map((found) => [found.TargetGroupArn, found.TargetGroupName])
  )
  const state = (arn: string | undefined): ListenerState | undefined => {
    const listener = listeners?.Listeners?.find((found) => found.ListenerArn === arn)
    if (!listener || arn === undefined) return undefined
    const action = listener.DefaultActions?.find(({ Type }) => Type === 'forward')
    // A single-group action may show its group at the top level only (aws-semantics 5).
    const forwards = action?.ForwardConfig?.TargetGroups ?? [
      { TargetGroupArn: action?.TargetGroupArn, Weight: 1 }
    ]
    return {
      arn,
      port: listener.Port,
      isSecure: listener.Protocol === 'HTTPS' || listener.Protocol === 'TLS',
      forwards: new Map(
        forwards.flatMap(({ TargetGroupArn, Weight }) =>
          TargetGroupArn === undefined
            ? []
            : [[nameByArn.get(TargetGroupArn) ?? TargetGroupArn, Weight ?? 1]]
        )
      )
    }
  }
  return {
    production: state(routes.production),
    test: state(routes.test),
    targetGroups: groups?.TargetGroups?.flatMap(({ TargetGroupName }) =>
      TargetGroupName === undefined ? [] : [TargetGroupName]
    )
  }
}
