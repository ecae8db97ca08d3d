import type { AppSpec } from './model.ts'

/**
 * The AppSpec as JSON in the casing of AWS's ECS examples, in ASCII, so that every reader of
 * JSON or YAML reads it in the same way (`gatingOf` requires that). Equal AppSpecs give
 * equal text, so that their digests can be compared.
 */
export function serialise(appSpec: AppSpec): string {
  const { network, capacityProviders, hooks } = appSpec
  const document = {
    version: 0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: appSpec.taskDefinition,
            LoadBalancerInfo: {
              ContainerName: appSpec.containerName,
              ContainerPort: appSpec.containerPort
            },
            PlatformVersion: appSpec.platformVersion,
            NetworkConfiguration: network && {
              AwsvpcConfiguration: {
                Subnets: network.subnets,
                SecurityGroups: network.securityGroups,
                AssignPublicIp: network.assignPublicIp
              }
            },
            CapacityProviderStrategy:
              capacityProviders.length === 0
                ? undefined
                : capacityProviders.map(({ base, capacityProvider, weight }) => ({
                    Base: base,
                    CapacityProvider: capacityProvider,
                    Weight: weight
                  }))
          }
        }
      }
    ],
    Hooks: hooks.length === 0 ? undefined : hooks.map((hook) => ({ [hook.event]: hook.function }))
  }
  // AWS's examples write the version as 0.0, which a JSON number cannot keep.
  return JSON.stringify(document, null, 2)
    .replace('"version": 0,', '"version": 0.0,')
    .replace(/[\u007f-\uffff]/g, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
