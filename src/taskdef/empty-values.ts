import { isList, isMapping, type Mapping } from '../documents/mapping.ts'

/** A task definition in which every variable has a value, and which ones were given the empty one. */
export interface WithValues {
  readonly taskDefinition: Mapping
  /** For messages: `container "app": LOG_LEVEL`. */
  readonly filled: readonly string[]
}

/**
 * Null and absent values of environment variables, and of the properties of a
 * proxy, as empty text. ECS removes a variable without a value from the task
 * definition and says nothing (observed in
 * aws-actions/amazon-ecs-deploy-task-definition#224, since when the official
 * action keeps both kinds as empty).
 */
export function withEmptyValues(taskDefinition: Mapping): WithValues {
  const filled: string[] = []
  const { containerDefinitions, proxyConfiguration } = taskDefinition
  return {
    taskDefinition: {
      ...taskDefinition,
      ...(isList(containerDefinitions) && {
        containerDefinitions: containerDefinitions.map((container) =>
          isMapping(container) ? fillContainer(container) : container
        )
      }),
      ...(isMapping(proxyConfiguration) && { proxyConfiguration: fillProxy(proxyConfiguration) })
    },
    filled
  }

  function fillContainer(container: Mapping): Mapping {
    const { name, environment } = container
    return 'environment' in container
      ? { ...container, environment: fill(environment, `container "${String(name)}"`) }
      : container
  }

  function fillProxy(proxy: Mapping): Mapping {
    return 'properties' in proxy
      ? { ...proxy, properties: fill(proxy.properties, 'proxyConfiguration') }
      : proxy
  }

  function fill(list: unknown, where: string): unknown {
    if (!isList(list)) return list
    return list.map((entry) => {
      if (!isMapping(entry) || (entry.value !== null && entry.value !== undefined)) return entry
      filled.push(`${where}: ${String(entry.name)}`)
      return { ...entry, value: '' }
    })
  }
}
