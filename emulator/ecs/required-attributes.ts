import type { Attribute, Compatibility, TaskDefinition } from '@aws-sdk/client-ecs'

/** What a container instance would have to offer, as AWS works it out at registration. */
export function requiredAttributes(definition: TaskDefinition): Attribute[] {
  const { containerDefinitions = [], executionRoleArn, taskRoleArn, networkMode } = definition
  const names = new Set<string>()
  for (const { image = '', logConfiguration, secrets = [], healthCheck } of containerDefinitions) {
    if (image.includes('.dkr.ecr.')) names.add('com.amazonaws.ecs.capability.ecr-auth')
    if (image.includes('.dkr.ecr.') && executionRoleArn)
      names.add('ecs.capability.execution-role-ecr-pull')
    const driver = logConfiguration?.logDriver
    if (driver) names.add(`com.amazonaws.ecs.capability.logging-driver.${driver}`)
    if (driver === 'awslogs' && executionRoleArn) names.add('ecs.capability.execution-role-awslogs')
    for (const { valueFrom = '' } of secrets)
      names.add(
        valueFrom.includes(':secretsmanager:')
          ? 'ecs.capability.secrets.asm.environment-variables'
          : 'ecs.capability.secrets.ssm.environment-variables'
      )
    if (healthCheck) names.add('ecs.capability.container-health-check')
  }
  if (taskRoleArn) names.add('com.amazonaws.ecs.capability.task-iam-role')
  if (networkMode === 'awsvpc') names.add('ecs.capability.task-eni')
  names.add('com.amazonaws.ecs.capability.docker-remote-api.1.18')
  return [...names].map((name) => ({ name }))
}

/** Where it could run, whatever was asked for. */
export function compatibilities({ networkMode, cpu, memory }: TaskDefinition): Compatibility[] {
  if (networkMode !== 'awsvpc') return ['EXTERNAL', 'EC2']
  return cpu !== undefined && memory !== undefined ? ['EC2', 'FARGATE'] : ['EC2']
}
