import { listenerUrl, serviceUrl } from '../../../aws/console-url.ts'
import type { Where } from '../../../release/report.ts'
import type { FailoverSettings, Settings } from '../../../release/settings.ts'
import { say } from '../../../words/say.ts'
import type { Facts } from './survey.ts'

/** The places of a release, and links to them; the first is the listener's. */
export function whereOf(
  region: string,
  { cluster, service }: Pick<Settings, 'cluster' | 'service'>,
  { sides, shares }: FailoverSettings,
  facts: Facts | undefined
): Where {
  const route = facts && 'value' in facts.route ? facts.route.value : undefined
  const balancer = route?.listener.LoadBalancerArn
  return {
    region,
    cluster,
    service,
    application: undefined,
    deploymentGroup: undefined,
    deploymentConfig: undefined,
    hasTestListener: sides.every(({ url }) => url !== undefined),
    allAtOnce: shares.length === 1,
    sides: sides.map(({ name }) => name),
    consoleLinks: [
      ...(balancer === undefined
        ? []
        : [{ label: say`Listener`, url: listenerUrl(region, balancer) }]),
      ...sides.flatMap(({ name, service: deployed }) =>
        deployed === undefined
          ? []
          : [{ label: say`Service of ${name}`, url: serviceUrl(region, cluster, deployed) }]
      )
    ]
  }
}

/** A command that shows the weights. */
export function lookAtRoute(region: string, facts: Facts | undefined): string {
  const route = facts && 'value' in facts.route ? facts.route.value : undefined
  return route?.kind === 'rule'
    ? `aws elbv2 describe-rules --rule-arns ${route.arn} --region ${region}`
    : `aws elbv2 describe-listeners --listener-arns ${route?.arn ?? '?'} --region ${region}`
}
