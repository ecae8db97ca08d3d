import {
  deploymentUrl,
  functionUrl,
  serviceUrl,
  taskDefinitionUrl
} from '../../../aws/console-url.ts'
import { routesOf } from '../reader/routes.ts'
import type { Where } from '../../../release/report.ts'
import type { Settings } from '../../../release/settings.ts'
import type { Facts } from './survey.ts'
import { say } from '../../../words/say.ts'

/** The places of a release, and links to them. */
export function whereOf(region: string, settings: Settings, facts: Facts): Where {
  const group = 'value' in facts.group ? facts.group.value : undefined
  const links = [
    { label: say`Service`, url: serviceUrl(region, settings.cluster, settings.service) }
  ]
  return {
    region,
    cluster: settings.cluster,
    service: settings.service,
    application: group?.application ?? settings.application,
    deploymentGroup: group?.deploymentGroup ?? settings.deploymentGroup,
    deploymentConfig: facts.deploymentConfig,
    hasTestListener: group && routesOf(group.info).test !== undefined,
    allAtOnce: facts.routing && facts.routing.type === 'AllAtOnce',
    consoleLinks: links
  }
}

/** `where` with the links that exist once there is a deployment. */
export function withDeploymentLinks(
  where: Where,
  region: string,
  release: {
    readonly deploymentId: string
    readonly taskDefinitionArn: string | undefined
    readonly gateFunction: string | undefined
  }
): Where {
  const { deploymentId, taskDefinitionArn, gateFunction } = release
  const revision = taskDefinitionArn && taskDefinitionUrl(region, taskDefinitionArn)
  const ofService = serviceUrl(region, where.cluster, where.service)
  return {
    ...where,
    consoleLinks: [
      { label: say`Deployment`, url: deploymentUrl(region, deploymentId) },
      ...where.consoleLinks.filter(({ url }) => url === ofService),
      ...(revision ? [{ label: say`Task definition`, url: revision }] : []),
      ...(gateFunction === undefined
        ? []
        : [{ label: say`Gate function`, url: functionUrl(region, gateFunction) }])
    ]
  }
}
