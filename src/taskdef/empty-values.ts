import { isList, isMapping, type Mapping } from '../documents/mapping.ts'
import { withoutEmpties } from './empties.ts'
import { say } from '../words/say.ts'

/** A task definition as it can be registered, and what of it was empty. */
export interface Emptied {
  readonly taskDefinition: Mapping
  /** Variables that are given the empty value, for messages: `container "app": LOG_LEVEL`. */
  readonly filled: readonly string[]
  /** Paths of empty texts that are not sent: `containerDefinitions[app].user`. */
  readonly leftOut: readonly string[]
}

/**
 * Null and absent values of environment variables, and of the properties of a
 * proxy, as empty text; without what else is empty and no value. ECS removes a variable without a value from the task
 * definition and says nothing (observed in
 * aws-actions/amazon-ecs-deploy-task-definition#224, since when the official
 * action keeps both kinds as empty).
 */
export function withEmptyValues(taskDefinition: Mapping): Emptied {
  const filled: string[] = []
  const leftOut: string[] = []
  const { containerDefinitions, proxyConfiguration } = taskDefinition
  const valued = {
    ...taskDefinition,
    ...(isList(containerDefinitions) && {
      containerDefinitions: containerDefinitions.map((container) =>
        isMapping(container) ? fillContainer(container) : container
      )
    }),
    ...(isMapping(proxyConfiguration) && { proxyConfiguration: fillProxy(proxyConfiguration) })
  }
  const sent = withoutEmpties(valued, (path) => void leftOut.push(path))
  return { taskDefinition: sent, filled, leftOut }

  function fillContainer(container: Mapping): Mapping {
    const { name, environment } = container
    return 'environment' in container
      ? { ...container, environment: fill(environment, say`container "${String(name)}"`) }
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
