import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy'

/** The pair of target groups and the routes of a group. One pair, one listener each (aws-semantics 5). */
export function routesOf(group: DeploymentGroupInfo): {
  readonly targetGroups: readonly string[]
  readonly production: string | undefined
  readonly test: string | undefined
} {
  const pair = group.loadBalancerInfo?.targetGroupPairInfoList?.[0]
  return {
    targetGroups: (pair?.targetGroups ?? []).flatMap(({ name }) =>
      name === undefined ? [] : [name]
    ),
    production: pair?.prodTrafficRoute?.listenerArns?.[0],
    test: pair?.testTrafficRoute?.listenerArns?.[0]
  }
}
