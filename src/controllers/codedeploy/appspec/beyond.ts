import { isDeepStrictEqual } from 'node:util'
import type { ServingFacts } from './generate.ts'
import type { AppSpec, CapacityProvider } from './model.ts'

/**
 * The names of the members in which this AppSpec would change what serves, apart from the
 * task definition. A member that the AppSpec leaves out stays as the service has it
 * (CodeDeploy user guide, "AppSpec resources section"), and `LATEST` asks for no platform
 * version in particular. Hooks change nothing that serves.
 */
export function changesBeyond(appSpec: AppSpec, serving: ServingFacts): readonly string[] {
  const { containerName, containerPort, platformVersion, network, capacityProviders } = appSpec
  const changed = {
    ContainerName: containerName !== serving.containerName,
    ContainerPort: containerPort !== serving.containerPort,
    PlatformVersion: differs(versionOf(platformVersion), versionOf(serving.platformVersion)),
    NetworkConfiguration: differs(
      network && networkOf(network),
      serving.network && networkOf(serving.network)
    ),
    CapacityProviderStrategy:
      capacityProviders.length > 0 &&
      !isDeepStrictEqual(strategyOf(capacityProviders), strategyOf(serving.capacityProviders))
  }
  return Object.entries(changed).flatMap(([member, isChanged]) => (isChanged ? [member] : []))
}

function differs(wanted: unknown, serving: unknown): boolean {
  return wanted !== undefined && !isDeepStrictEqual(wanted, serving)
}

function versionOf(version: string | undefined): string | undefined {
  return version === 'LATEST' ? undefined : version
}

function networkOf(network: NonNullable<AppSpec['network']>): unknown {
  const { subnets, securityGroups, assignPublicIp } = network
  return { subnets: subnets.toSorted(), securityGroups: securityGroups.toSorted(), assignPublicIp }
}

/** Base and weight are 0 unless given (ECS API reference, CapacityProviderStrategyItem). */
function strategyOf(providers: readonly CapacityProvider[]): readonly string[] {
  return providers
    .map(({ capacityProvider, base = 0, weight = 0 }) => `${capacityProvider} ${base} ${weight}`)
    .toSorted()
}
