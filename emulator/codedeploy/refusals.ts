import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import type { DeploymentConfigInfo, DeploymentGroupInfo } from '@aws-sdk/client-codedeploy'
import type { StoredApplication, StoredDeployment } from './state.ts'
import { isDeploymentId } from './ids.ts'

/** The application of this name, or CodeDeploy's refusal. */
export function requireApplication(world: World, given: string | undefined): StoredApplication {
  const name = requireName('Application', given)
  const application = world.codedeploy.applications.get(name)
  if (!application) {
    const message = `No application found for name: ${name}`
    throw new AwsError('ApplicationDoesNotExistException', message)
  }
  return application
}

/** The group of this name, or CodeDeploy's refusal. */
export function requireGroup(
  application: StoredApplication,
  given: string | undefined
): DeploymentGroupInfo {
  const name = requireName('DeploymentGroup', given)
  const group = application.groups.get(name)
  if (!group) {
    const message = `No Deployment Group found for name: ${name}`
    throw new AwsError('DeploymentGroupDoesNotExistException', message)
  }
  return group
}

/** The configuration of this name, or CodeDeploy's refusal. */
export function requireConfig(world: World, given: string | undefined): DeploymentConfigInfo {
  const name = requireName('DeploymentConfig', given)
  const config = world.codedeploy.configs.get(name)
  if (!config) {
    const message = `No Deployment Configuration found for name: ${name}`
    throw new AwsError('DeploymentConfigDoesNotExistException', message)
  }
  return config
}

/** The deployment with this id, or CodeDeploy's refusal. */
export function requireDeployment(world: World, id: string | undefined): StoredDeployment {
  if (!id) throw new AwsError('DeploymentIdRequiredException', 'Deployment ID is required')
  if (!isDeploymentId(id))
    throw new AwsError('InvalidDeploymentIdException', `Invalid Deployment ID: ${id}`)
  const deployment = world.codedeploy.deployments.get(id)
  if (!deployment) {
    const message = `The deployment ${id} could not be found`
    throw new AwsError('DeploymentDoesNotExistException', message)
  }
  return deployment
}

/** What has a name, as CodeDeploy's exceptions call it and as its messages do. */
const NAMED = {
  Application: 'Application',
  DeploymentGroup: 'Deployment Group',
  DeploymentConfig: 'Deployment Configuration'
} as const

/** A name of 1 to 100 characters (CodeDeploy quotas), or CodeDeploy's refusal. */
export function requireName(kind: keyof typeof NAMED, name: string | undefined): string {
  if (!name) throw new AwsError(`${kind}NameRequiredException`, `${NAMED[kind]} name is required`)
  if (name.length > 100) {
    const message = `${NAMED[kind]} name must be 1 to 100 characters long`
    throw new AwsError(`Invalid${kind}NameException`, message)
  }
  return name
}

const BATCH = 100

/** SDK model, BatchLimitExceededException: "The maximum number of names or IDs allowed for this request (100) was exceeded." */
export function refuseLargeBatch(names: readonly string[]): void {
  if (names.length <= BATCH) return
  const message = `The maximum number of names or IDs allowed for this request (${BATCH}) was exceeded.`
  throw new AwsError('BatchLimitExceededException', message)
}
