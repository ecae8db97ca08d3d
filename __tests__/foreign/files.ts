import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import type { Lab } from '../emulator/lab.ts'

/** The task definition of the lab's service with another image, as a repository keeps it. */
export function taskDefinition(lab: Lab, version: string): RegisterTaskDefinitionCommandInput {
  return {
    family: lab.demo.service,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [
      {
        name: lab.demo.container,
        image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:${version}`,
        essential: true,
        portMappings: [{ containerPort: lab.demo.containerPort }]
      }
    ]
  }
}

/** An AppSpec as AWS's documents write it, for a tool that puts the task definition in. */
export function appSpec(lab: Lab, definition = '<TASK_DEFINITION>'): string {
  return `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: "${definition}"
        LoadBalancerInfo:
          ContainerName: ${lab.demo.container}
          ContainerPort: ${lab.demo.containerPort}
Hooks:
  - BeforeAllowTraffic: ${lab.demo.gate.name}
`
}

export interface Files {
  readonly taskDefinition: string
  readonly appSpec: string
  remove(): void
}

/** Both on disk, for a command that reads files. */
export function writeFiles(lab: Lab, version: string): Files {
  const folder = mkdtempSync(join(tmpdir(), 'foreign-'))
  const files = {
    taskDefinition: join(folder, 'task-definition.json'),
    appSpec: join(folder, 'appspec.yaml')
  }
  writeFileSync(files.taskDefinition, JSON.stringify(taskDefinition(lab, version)))
  writeFileSync(files.appSpec, appSpec(lab))
  return { ...files, remove: () => rmSync(folder, { recursive: true }) }
}
