import type {
  ContainerDefinition,
  NetworkMode,
  PortMapping,
  RegisterTaskDefinitionRequest,
  TaskDefinition
} from '@aws-sdk/client-ecs'

/** What the caller wrote, as AWS stores it: defaults filled in, sizes as plain numbers in strings. */
export function normalise(written: Omit<RegisterTaskDefinitionRequest, 'tags'>): TaskDefinition {
  const { containerDefinitions = [], cpu, memory, ...rest } = written
  return {
    ...rest,
    containerDefinitions: containerDefinitions.map((container) =>
      normaliseContainer(container, rest.networkMode)
    ),
    volumes: rest.volumes ?? [],
    placementConstraints: rest.placementConstraints ?? [],
    ...(cpu === undefined ? {} : { cpu: cpuUnits(cpu) }),
    ...(memory === undefined ? {} : { memory: mebibytes(memory) })
  }
}

function normaliseContainer(
  container: ContainerDefinition,
  networkMode: NetworkMode | undefined
): ContainerDefinition {
  return {
    ...container,
    cpu: container.cpu ?? 0,
    portMappings: (container.portMappings ?? []).map((mapping) =>
      normalisePort(mapping, networkMode)
    ),
    essential: container.essential ?? true,
    // ECS removes a variable without a value and says nothing (observed,
    // aws-actions/amazon-ecs-deploy-task-definition#224).
    environment: (container.environment ?? []).filter(({ value }) => value !== undefined),
    mountPoints: container.mountPoints ?? [],
    volumesFrom: container.volumesFrom ?? [],
    systemControls: container.systemControls ?? []
  }
}

/** Under awsvpc and host the container's port is the host's; under bridge, 0 lets Docker choose one. */
function normalisePort(mapping: PortMapping, networkMode: NetworkMode | undefined): PortMapping {
  const protocol = mapping.protocol ?? 'tcp'
  if (mapping.containerPort === undefined) return { ...mapping, protocol }
  const sameAsContainer = networkMode === 'awsvpc' || networkMode === 'host'
  const hostPort = mapping.hostPort ?? (sameAsContainer ? mapping.containerPort : 0)
  return { ...mapping, hostPort, protocol }
}

/** `1 vCPU`, `.25 vcpu` or `1024`, as CPU units in a string. */
export function cpuUnits(written: string): string {
  const cores = /^\s*(\d*\.?\d+)\s*vcpu\s*$/i.exec(written)?.[1]
  return cores === undefined ? written.trim() : String(Math.round(Number(cores) * 1024))
}

/** `2 GB`, `0.5GB` or `2048`, as MiB in a string. */
export function mebibytes(written: string): string {
  const gigabytes = /^\s*(\d*\.?\d+)\s*gb\s*$/i.exec(written)?.[1]
  return gigabytes === undefined ? written.trim() : String(Math.round(Number(gigabytes) * 1024))
}
