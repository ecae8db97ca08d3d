import type {
  ApplicationInfo,
  BatchGetApplicationsInput,
  BatchGetApplicationsOutput,
  CreateApplicationInput,
  CreateApplicationOutput,
  DeleteApplicationInput,
  GetApplicationInput,
  GetApplicationOutput,
  ListApplicationsInput,
  ListApplicationsOutput
} from '@aws-sdk/client-codedeploy'
import { AwsError } from '../errors.ts'
import type { World } from '../world.ts'
import { isActive } from './active.ts'
import { newObjectId } from './ids.ts'
import { page } from './paging.ts'
import { refuseLargeBatch, requireApplication, requireName } from './refusals.ts'
import type { StoredApplication } from './state.ts'

export function createApplication(
  { applicationName, computePlatform }: CreateApplicationInput,
  world: World
): CreateApplicationOutput {
  const { applications } = world.codedeploy
  const name = requireName('Application', applicationName)
  if (computePlatform !== 'ECS') {
    const message = 'This account deploys to the ECS compute platform only'
    throw new AwsError('InvalidComputePlatformException', message)
  }
  if (applications.has(name)) {
    const message = `Application already exists: ${name}`
    throw new AwsError('ApplicationAlreadyExistsException', message)
  }
  const id = newObjectId()
  applications.set(name, {
    name,
    id,
    createdAt: world.clock.now(),
    groups: new Map(),
    revisions: new Map()
  })
  return { applicationId: id }
}

export function getApplication(
  { applicationName }: GetApplicationInput,
  world: World
): GetApplicationOutput {
  return { application: show(requireApplication(world, applicationName)) }
}

/** One that does not exist refuses the whole request: the SDK's model has ApplicationDoesNotExist among its errors, and its answer no room for it. */
export function batchGetApplications(
  { applicationNames = [] }: BatchGetApplicationsInput,
  world: World
): BatchGetApplicationsOutput {
  if (applicationNames.length === 0)
    throw new AwsError('ApplicationNameRequiredException', 'Application name is required')
  refuseLargeBatch(applicationNames)
  const found = applicationNames.map((name) => requireApplication(world, name))
  return { applicationsInfo: found.map(show) }
}

function show({ name, id, createdAt }: StoredApplication): ApplicationInfo {
  return {
    applicationId: id,
    applicationName: name,
    createTime: new Date(createdAt),
    linkedToGitHub: false,
    computePlatform: 'ECS'
  }
}

export function listApplications(
  input: ListApplicationsInput,
  world: World
): ListApplicationsOutput {
  const { items, nextToken } = page([...world.codedeploy.applications.keys()], input.nextToken)
  return { applications: items, nextToken }
}

/** Deleting what does not exist is no error (SDK: DeleteApplication models none for it). */
export function deleteApplication(
  input: DeleteApplicationInput,
  world: World
): Record<string, never> {
  const name = requireName('Application', input.applicationName)
  for (const { info } of world.codedeploy.deployments.values())
    if (info.applicationName === name && isActive(info)) {
      const message = `Application ${name} has an active deployment`
      throw new AwsError('InvalidOperationException', message)
    }
  world.codedeploy.applications.delete(name)
  return {}
}
