import type {
  ContainerDefinition,
  NetworkMode,
  PortMapping,
  RegisterTaskDefinitionRequest,
  RuntimePlatform,
  TaskDefinition,
  Volume
} from '@aws-sdk/client-ecs'

/**
 * What the caller wrote, as AWS stores it: defaults filled in, sizes as plain
 * numbers in strings. What was seen in answers of DescribeTaskDefinition is
 * there: empty lists, `enableFaultInjection` (amazon-ecs-deploy-task-definition#701),
 * `rootDirectory` (terraform-provider-aws#26793), `scope` (#15810 there),
 * `configuredAtLaunch` (#46132 there), lists in another order
 * (container_definitions.go there). Of the other documented defaults nobody says
 * whether AWS writes them down, so it does here: whoever compares has to know them.
 *
 * `roleArn` makes an ARN of a role's short name, which AWS takes as well.
 */
export function normalise(
  written: Omit<RegisterTaskDefinitionRequest, 'tags'>,
  roleArn: (name: string) => string
): TaskDefinition {
  const { containerDefinitions = [], cpu, memory, taskRoleArn, executionRoleArn, ...rest } = written
  const runtimePlatform = platformOf(written)
  return {
    enableFaultInjection: false,
    ...rest,
    containerDefinitions: containerDefinitions.map((container) =>
      normaliseContainer(container, rest.networkMode)
    ),
    volumes: (rest.volumes ?? []).map(normaliseVolume),
    placementConstraints: rest.placementConstraints ?? [],
    ...(cpu === undefined ? {} : { cpu: cpuUnits(cpu) }),
    ...(memory === undefined ? {} : { memory: mebibytes(memory) }),
    ...(taskRoleArn === undefined ? {} : { taskRoleArn: whole(taskRoleArn) }),
    ...(executionRoleArn === undefined ? {} : { executionRoleArn: whole(executionRoleArn) }),
    ...(runtimePlatform === undefined ? {} : { runtimePlatform })
  }

  function whole(role: string): string {
    return role.startsWith('arn:') ? role : roleArn(role)
  }
}

/** "Default: X86_64" and "Default: LINUX", for tasks on Fargate (ECS developer guide, runtimePlatform). */
function platformOf({
  runtimePlatform,
  requiresCompatibilities = []
}: Omit<RegisterTaskDefinitionRequest, 'tags'>): RuntimePlatform | undefined {
  const onFargateAlone =
    requiresCompatibilities.length === 1 && requiresCompatibilities[0] === 'FARGATE'
  if (!runtimePlatform && !onFargateAlone) return undefined
  return { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX', ...runtimePlatform }
}

function normaliseVolume(volume: Volume): Volume {
  const {
    dockerVolumeConfiguration: docker,
    efsVolumeConfiguration: efs,
    s3filesVolumeConfiguration: s3files,
    fsxWindowsFileServerVolumeConfiguration: fsx,
    ...rest
  } = volume
  return {
    configuredAtLaunch: false,
    ...(docker || efs || s3files || fsx ? {} : { host: {} }),
    ...rest,
    ...(docker && {
      dockerVolumeConfiguration: {
        scope: 'task',
        autoprovision: false,
        driver: 'local',
        ...docker
      }
    }),
    ...(efs && {
      efsVolumeConfiguration: {
        rootDirectory: '/',
        transitEncryption: 'DISABLED',
        ...efs,
        authorizationConfig: { iam: 'DISABLED', ...efs.authorizationConfig }
      }
    }),
    ...(s3files && { s3filesVolumeConfiguration: { rootDirectory: '/', ...s3files } }),
    ...(fsx && { fsxWindowsFileServerVolumeConfiguration: fsx })
  }
}

function normaliseContainer(
  container: ContainerDefinition,
  networkMode: NetworkMode | undefined
): ContainerDefinition {
  const { healthCheck, restartPolicy, secrets, ulimits } = container
  return {
    ...container,
    cpu: container.cpu ?? 0,
    portMappings: (container.portMappings ?? []).map((mapping) =>
      normalisePort(mapping, networkMode)
    ),
    essential: container.essential ?? true,
    // ECS removes a variable without a value and says nothing (observed,
    // aws-actions/amazon-ecs-deploy-task-definition#224).
    environment: byName((container.environment ?? []).filter(({ value }) => value !== undefined)),
    ...(secrets && { secrets: byName(secrets) }),
    ...(ulimits && { ulimits: byName(ulimits) }),
    mountPoints: (container.mountPoints ?? []).map((mount) => ({ readOnly: false, ...mount })),
    volumesFrom: (container.volumesFrom ?? []).map((volumes) => ({ readOnly: false, ...volumes })),
    systemControls: container.systemControls ?? [],
    ...(healthCheck && { healthCheck: { interval: 30, timeout: 5, retries: 3, ...healthCheck } }),
    ...(restartPolicy && { restartPolicy: { restartAttemptPeriod: 300, ...restartPolicy } })
  }
}

/** Of two with one name the later one stays the later one. */
function byName<T extends { name?: string | undefined }>(list: readonly T[]): T[] {
  return list.toSorted(({ name: one = '' }, { name: other = '' }) =>
    one < other ? -1 : one > other ? 1 : 0
  )
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
