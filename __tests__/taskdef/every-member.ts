/**
 * A task definition that uses every member that RegisterTaskDefinition knows, with
 * values that are no defaults. No task could run it: members exclude one another.
 */
export const EVERY_MEMBER = {
  family: 'web',
  taskRoleArn: 'web',
  executionRoleArn: 'arn:aws:iam::123456789012:role/run',
  networkMode: 'host',
  containerDefinitions: [
    {
      name: 'web',
      image: 'web:1',
      repositoryCredentials: { credentialsParameter: 'arn:aws:secretsmanager:x' },
      cpu: 2,
      memory: 256,
      memoryReservation: 128,
      links: ['db:db'],
      portMappings: [
        { containerPort: 80, hostPort: 80, protocol: 'udp', name: 'http', appProtocol: 'http' },
        { containerPortRange: '100-110' }
      ],
      essential: true,
      restartPolicy: { enabled: true, ignoredExitCodes: [3, 1], restartAttemptPeriod: 60 },
      entryPoint: ['sh', '-c'],
      command: ['b', 'a', ''],
      environment: [
        { name: 'B', value: '' },
        { name: 'A', value: '1' }
      ],
      environmentFiles: [{ value: 'arn:aws:s3:::b/1.env', type: 's3' }],
      mountPoints: [
        { sourceVolume: 'host', containerPath: '/host', readOnly: true },
        { sourceVolume: 'efs', containerPath: '/efs' }
      ],
      volumesFrom: [{ sourceContainer: 'db', readOnly: true }],
      linuxParameters: {
        capabilities: { add: ['SYS_PTRACE', 'AUDIT_CONTROL'], drop: ['KILL'] },
        devices: [{ hostPath: '/dev/a', containerPath: '/dev/b', permissions: ['write', 'read'] }],
        initProcessEnabled: true,
        sharedMemorySize: 64,
        tmpfs: [{ containerPath: '/tmp', size: 64, mountOptions: ['noexec'] }],
        maxSwap: 128,
        swappiness: 10
      },
      secrets: [
        { name: 'T', valueFrom: 't' },
        { name: 'S', valueFrom: 's' }
      ],
      dependsOn: [{ containerName: 'db', condition: 'HEALTHY' }],
      startTimeout: 60,
      stopTimeout: 20,
      versionConsistency: 'disabled',
      hostname: 'web',
      user: 'node',
      workingDirectory: '/app',
      disableNetworking: true,
      privileged: true,
      readonlyRootFilesystem: true,
      dnsServers: ['10.0.0.2', '10.0.0.1'],
      dnsSearchDomains: ['b.internal', 'a.internal'],
      extraHosts: [{ hostname: 'db', ipAddress: '10.0.0.3' }],
      dockerSecurityOptions: ['no-new-privileges'],
      interactive: true,
      pseudoTerminal: true,
      dockerLabels: { 'com.example.a': '' },
      ulimits: [
        { name: 'nofile', softLimit: 1, hardLimit: 2 },
        { name: 'core', softLimit: 0, hardLimit: 0 }
      ],
      logConfiguration: {
        logDriver: 'splunk',
        options: { tag: '' },
        secretOptions: [{ name: 'splunk-token', valueFrom: 't' }]
      },
      healthCheck: {
        command: ['CMD', 'true'],
        interval: 10,
        timeout: 2,
        retries: 5,
        startPeriod: 30
      },
      systemControls: [{ namespace: 'net.core.somaxconn', value: '1024' }],
      resourceRequirements: [
        {
          type: 'GPU',
          value: '1',
          sharingStrategy: { nvidiaMps: { memory: 1024, maxComputePercent: 50 } }
        }
      ],
      firelensConfiguration: { type: 'fluentbit', options: { 'enable-ecs-log-metadata': 'true' } },
      credentialSpecs: ['credentialspec:arn']
    },
    { name: 'db', image: 'db:1', essential: false }
  ],
  volumes: [
    { name: 'host', host: { sourcePath: '/srv' } },
    {
      name: 'docker',
      dockerVolumeConfiguration: {
        scope: 'shared',
        autoprovision: true,
        driver: 'rexray/ebs',
        driverOpts: { size: '5' },
        labels: { a: '' }
      }
    },
    {
      name: 'efs',
      efsVolumeConfiguration: {
        fileSystemId: 'fs-1',
        rootDirectory: '/data',
        transitEncryption: 'ENABLED',
        transitEncryptionPort: 2049,
        authorizationConfig: { accessPointId: 'fsap-1', iam: 'ENABLED' }
      }
    },
    {
      name: 's3files',
      s3filesVolumeConfiguration: {
        fileSystemArn: 'arn:aws:s3files:fs',
        rootDirectory: '/data',
        transitEncryptionPort: 2049,
        accessPointArn: 'arn:aws:s3files:ap'
      }
    },
    {
      name: 'fsx',
      fsxWindowsFileServerVolumeConfiguration: {
        fileSystemId: 'fs-2',
        rootDirectory: 'share',
        authorizationConfig: { credentialsParameter: 'arn', domain: 'example.com' }
      }
    },
    { name: 'ebs', configuredAtLaunch: true }
  ],
  placementConstraints: [{ type: 'memberOf', expression: 'attribute:x == y' }],
  requiresCompatibilities: ['EXTERNAL', 'EC2'],
  cpu: '1 vCPU',
  memory: '2 GB',
  tags: [{ key: 'team', value: 'shop' }],
  pidMode: 'task',
  ipcMode: 'none',
  proxyConfiguration: {
    containerName: 'web',
    type: 'APPMESH',
    properties: [{ name: 'EgressIgnoredIPs', value: '' }]
  },
  inferenceAccelerators: [{ deviceName: 'd', deviceType: 'eia2.medium' }],
  ephemeralStorage: { sizeInGiB: 30 },
  runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
  enableFaultInjection: true
}
