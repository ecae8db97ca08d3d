import type { Mapping } from '../documents/mapping.ts'

/**
 * What ECS takes a member for that is not there, by the name of what it stands in;
 * '' is the task itself. AWS adds some of these when it stores a task definition,
 * and answers with the others as they were sent.
 *
 * Sources: the defaults that the ECS API reference documents (the SDK's model has
 * its words); flags that it describes by what `true` does; and, of what is not
 * documented, what people have seen DescribeTaskDefinition answer: `scope`
 * (hashicorp/terraform-provider-aws#15810), `rootDirectory` (#26793 there),
 * `configuredAtLaunch` (#46132 there). A volume's `driver` is Docker's own default,
 * and that of the ECS agent.
 */
const DEFAULTS: Readonly<Record<string, Mapping>> = {
  '': { networkMode: 'bridge', enableFaultInjection: false },
  containerDefinitions: {
    cpu: 0,
    essential: true,
    versionConsistency: 'enabled',
    disableNetworking: false,
    interactive: false,
    privileged: false,
    pseudoTerminal: false,
    readonlyRootFilesystem: false
  },
  healthCheck: { interval: 30, timeout: 5, retries: 3, startPeriod: 0 },
  restartPolicy: { enabled: false, restartAttemptPeriod: 300 },
  mountPoints: { readOnly: false },
  volumesFrom: { readOnly: false },
  linuxParameters: { initProcessEnabled: false },
  devices: { permissions: ['mknod', 'read', 'write'] },
  volumes: { configuredAtLaunch: false },
  dockerVolumeConfiguration: { scope: 'task', autoprovision: false, driver: 'local' },
  efsVolumeConfiguration: { rootDirectory: '/', transitEncryption: 'DISABLED' },
  authorizationConfig: { iam: 'DISABLED' },
  s3filesVolumeConfiguration: { rootDirectory: '/' },
  proxyConfiguration: { type: 'APPMESH' }
}

/** The default of this member; undefined if it has none. */
export function defaultOf(owner: string, member: string): unknown {
  const defaults = Object.hasOwn(DEFAULTS, owner) ? DEFAULTS[owner] : undefined
  return defaults && Object.hasOwn(defaults, member) ? defaults[member] : undefined
}

/** What Fargate runs on unless told otherwise (ECS developer guide, runtimePlatform). */
export const PLATFORM: Mapping = { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' }

/** Lists without names whose order means nothing. */
export const SETS: ReadonlySet<string> = new Set([
  'add',
  'drop',
  'ignoredExitCodes',
  'permissions',
  'placementConstraints',
  'requiresCompatibilities',
  'resourceRequirements'
])
