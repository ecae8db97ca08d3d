import type { Service, TaskSet } from '@aws-sdk/client-ecs'
import type { AppSpec } from './model.ts'
import { AppSpecError } from './problems.ts'
import { say } from '../../../words/say.ts'

/** The part of an AppSpec that describes what serves production now. */
export type ServingFacts = Omit<AppSpec, 'taskDefinition' | 'hooks'>

/** The AppSpec that changes nothing but the task definition. */
export function generateAppSpec(facts: ServingFacts): AppSpec {
  return { ...facts, taskDefinition: undefined, hooks: [] }
}

/** @throws AppSpecError unless the task set serves behind exactly one container and port. */
export function factsFromTaskSet(taskSet: TaskSet): ServingFacts {
  return factsFrom(taskSet, say`the task set ${taskSet.id ?? say`(no id)`}`)
}

/** For a service that lists no task set. @throws as `factsFromTaskSet`. */
export function factsFromService(service: Service): ServingFacts {
  return factsFrom(service, say`the service ${service.serviceName ?? say`(no name)`}`)
}

type Serving = Pick<
  TaskSet,
  'loadBalancers' | 'networkConfiguration' | 'platformVersion' | 'capacityProviderStrategy'
>

function factsFrom(serving: Serving, label: string): ServingFacts {
  const pairs = new Map<string, { containerName: string; containerPort: number }>()
  for (const { containerName, containerPort } of serving.loadBalancers ?? []) {
    if (containerName === undefined || containerPort === undefined) continue
    pairs.set(`${containerName}:${containerPort}`, { containerName, containerPort })
  }
  const [only] = pairs.values()
  if (only === undefined || pairs.size > 1) {
    const found = only ? say`${pairs.size} of them (${[...pairs.keys()].join(', ')})` : say`none`
    throw new AppSpecError([
      say`no AppSpec can be generated: it names one container and port behind the load balancer, and ${label} has ${found}; name a file in \`codedeploy-appspec\``
    ])
  }
  return {
    ...only,
    platformVersion: serving.platformVersion,
    network: networkOf(serving),
    capacityProviders: (serving.capacityProviderStrategy ?? []).flatMap(
      ({ capacityProvider, base, weight }) =>
        capacityProvider === undefined ? [] : [{ capacityProvider, base, weight }]
    )
  }
}

/** All three members, or none, because without them CodeDeploy takes the service's own settings. */
function networkOf({ networkConfiguration }: Serving): AppSpec['network'] {
  const { subnets, securityGroups, assignPublicIp } =
    networkConfiguration?.awsvpcConfiguration ?? {}
  if (!subnets?.length || !securityGroups?.length) return undefined
  return { subnets, securityGroups, assignPublicIp: assignPublicIp ?? 'DISABLED' }
}
