import type { Place } from '../../release/settings.ts'
import type { Problem } from './problems.ts'
import { partOf } from '../../controllers/place.ts'
import { INPUTS } from './table.ts'
import { say } from '../../words/say.ts'

interface Given {
  /** Names or ARNs. */
  readonly service: string
  readonly cluster: string | undefined
  readonly roleToAssume?: string | undefined
}

export interface ServiceInput {
  readonly service: string
  readonly cluster: string
  readonly place: Place | undefined
}

/** The cluster that ECS assumes if a request names none (ECS API reference, DescribeServices). */
const DEFAULT_CLUSTER = 'default'

/**
 * The names of service and cluster, and the region and account of their ARNs. If two inputs
 * disagree, that is a problem, because the wrong service could be released.
 */
export function serviceInput(
  { service, cluster, roleToAssume }: Given,
  problem: (problem: Problem) => void
): ServiceInput {
  const ofService = readArn(service)
  const ofCluster = cluster === undefined ? undefined : readArn(cluster)
  const clusterName = ofCluster?.name ?? cluster
  const byArn = ofService?.cluster
  if (byArn !== undefined && clusterName !== undefined && byArn !== clusterName) {
    problem({
      input: INPUTS.cluster.name,
      value: clusterName,
      message: say`\`service\` is in cluster "${byArn}" by its ARN (${service}), and \`cluster\` says "${clusterName}". Remove \`cluster\`, or name the service that is meant.`
    })
  }
  const places = [
    ...(ofService ? [{ input: INPUTS.service.name, arn: service, ...ofService.place }] : []),
    ...(ofCluster && cluster !== undefined
      ? [{ input: INPUTS.cluster.name, arn: cluster, ...ofCluster.place }]
      : [])
  ]
  const [place, other] = places
  if (place && other) {
    for (const part of ['partition', 'region', 'account'] as const) {
      if (place[part] === other[part]) continue
      problem({
        input: other.input,
        value: other.arn,
        message: say`\`${place.input}\` names the ${partOf(part)} ${place[part]} by its ARN, and \`${other.input}\` the ${partOf(part)} ${other[part]}. Correct one of them.`
      })
    }
  }
  // All calls go to the account of this role, because no other role is assumed after it.
  const role = roleToAssume?.split(':')[4]
  if (place && role !== undefined && role !== place.account) {
    problem({
      input: INPUTS.roleToAssume.name,
      value: roleToAssume ?? '',
      message: say`\`${place.input}\` is in account ${place.account} by its ARN, and \`role-to-assume\` is a role of account ${role}. Correct one of them.`
    })
  }
  return {
    service: ofService?.name ?? service,
    cluster: clusterName ?? byArn ?? DEFAULT_CLUSTER,
    place
  }
}

interface EcsArn {
  readonly place: Omit<Place, 'input' | 'arn'>
  readonly cluster: string | undefined
  readonly name: string
}

/**
 * The parts of `arn:PARTITION:ecs:REGION:ACCOUNT:TYPE/[CLUSTER/]NAME`. Services from before
 * 2021 have ARNs without a cluster (ECS developer guide, "Migrate an Amazon ECS short
 * service ARN to a long ARN").
 */
function readArn(text: string): EcsArn | undefined {
  const arn = /^arn:([^:]+):ecs:([^:]+):(\d+):[a-z]+\/(?:([^/]+)\/)?([^/]+)$/.exec(text)
  if (!arn) return undefined
  const [, partition = '', region = '', account = '', cluster, name = ''] = arn
  return { place: { partition, region, account }, cluster, name }
}
