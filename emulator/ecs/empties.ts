import type { RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs'
import { AwsError } from '../errors.ts'

/**
 * Places where RegisterTaskDefinition is known to take an empty text, as a value
 * or as none: environment variables (aws/amazon-ecs-cli#167, with the answer of
 * DescribeTaskDefinition), properties of an App Mesh proxy, which must have a value
 * (amazon-ecs-deploy-task-definition#168), log options (#780 there, where the empty
 * one keeps Splunk's default away), and the path of a host volume (ECS API reference,
 * HostVolumeProperties). A tag's value is optional (Tag). Labels and a volume
 * driver's options are free text too. Of a command only the first word is looked at
 * (fabfuel/ecs-deploy#90, where an empty one is refused there and taken among others).
 */
const MAY_BE_EMPTY =
  /\.environment\[\]\.value$|^proxyConfiguration\.properties\[\]\.value$|^tags\[\]\.value$|\.systemControls\[\]\.value$|\.host\.sourcePath$|\.(?:options|dockerLabels|driverOpts|labels)\..*$|\[\]$/

/** What AWS was seen to answer, by the place that is empty. */
const ANSWERS: readonly (readonly [RegExp, string])[] = [
  // fabfuel/ecs-deploy#231
  [/^(?:taskRoleArn|executionRoleArn)$/, 'Role is not valid'],
  // thnery/terraform-aws-template#2
  [/\.environment\[\]\.name$/, 'Environment variable name cannot be null or blank.'],
  [/^family$/, 'Family should not be null or blank.'],
  [/^containerDefinitions\[\]\.name$/, 'Container.name should not be null or empty.'],
  // aws-actions/amazon-ecs-render-task-definition#87
  [/^containerDefinitions\[\]\.image$/, 'Container.image should not be null or empty.']
]

/**
 * Refuses what AWS refuses of empty values and of tags. An empty
 * `credentialsParameter` (amazon-ecs-deploy-task-definition#52), an empty
 * `workingDirectory` (openfresh/ecs-formation#74) and an empty log configuration
 * (terraform-aws-modules/terraform-aws-ecs#323) are known to be refused, in words
 * that are not; of all other texts nobody has said, so they are refused as well.
 */
export function checkEmpties(request: RegisterTaskDefinitionRequest): void {
  const { tags, containerDefinitions = [] } = request
  // fabfuel/ecs-deploy#146
  if (tags?.length === 0) throw refused('Tags can not be empty.')
  // "Do not use aws: [...] as a prefix for either keys or values" (ECS API reference, Tag).
  for (const { key = '' } of tags ?? []) {
    if (/^aws:/i.test(key)) {
      throw new AwsError(
        'InvalidParameterException',
        `Tag keys may not begin with the reserved prefix aws: (${key}).`
      )
    }
  }
  for (const { name = '', logConfiguration } of containerDefinitions) {
    if (logConfiguration && logConfiguration.logDriver === undefined) {
      throw refused(`Container '${name}': logConfiguration needs a log driver.`)
    }
  }
  refuseEmptyTexts(request, '')
}

function refuseEmptyTexts(value: unknown, path: string): void {
  if (value === '') {
    if (MAY_BE_EMPTY.test(path)) return
    const [, answer] = ANSWERS.find(([place]) => place.test(path)) ?? []
    throw refused(answer ?? `${path} should not be empty.`)
  }
  if (/\.(?:command|entryPoint)$/.test(path) && Array.isArray(value) && value[0] === '')
    throw refused(`${path} should not begin with an empty text.`)
  if (Array.isArray(value)) for (const element of value) refuseEmptyTexts(element, `${path}[]`)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      refuseEmptyTexts(member, path === '' ? name : `${path}.${name}`)
    }
  }
}

function refused(message: string): AwsError {
  return new AwsError('ClientException', message)
}
