import type {
  DeregisterTaskDefinitionRequest,
  DeregisterTaskDefinitionResponse,
  DescribeTaskDefinitionRequest,
  DescribeTaskDefinitionResponse,
  ListTaskDefinitionsRequest,
  ListTaskDefinitionsResponse,
  RegisterTaskDefinitionRequest,
  RegisterTaskDefinitionResponse,
  TaskDefinition
} from '@aws-sdk/client-ecs'
import { AwsError } from '../errors.ts'
import type { Caller } from '../world.ts'
import type { EcsContext } from './context.ts'
import { checkEmpties } from './empties.ts'
import { normalise } from './normalise.ts'
import { page } from './paging.ts'
import { findTaskDefinition } from './references.ts'
import { compatibilities, requiredAttributes } from './required-attributes.ts'
import { checkTaskDefinition } from './task-definition-rules.ts'

/** Every call makes a new revision, also of the same content: AWS compares nothing. */
export function registerTaskDefinition(
  { state, clock, arn }: EcsContext,
  request: RegisterTaskDefinitionRequest,
  caller: Caller
): RegisterTaskDefinitionResponse {
  checkEmpties(request)
  const { tags = [], ...written } = request
  const [, partition = '', , , account = ''] = arn('').split(':')
  const normalised = normalise(written, (role) => `arn:${partition}:iam::${account}:role/${role}`)
  checkTaskDefinition(normalised)
  const { family = '' } = normalised
  const revisions = state.families.get(family) ?? []
  const revision = revisions.length + 1
  const definition: TaskDefinition = {
    ...structuredClone(normalised),
    taskDefinitionArn: arn(`task-definition/${family}:${revision}`),
    revision,
    status: 'ACTIVE',
    requiresAttributes: requiredAttributes(normalised),
    compatibilities: compatibilities(normalised),
    registeredAt: new Date(clock.now()),
    registeredBy: caller.arn
  }
  const stored = { definition, tags: [...tags] }
  revisions.push(stored)
  state.families.set(family, revisions)
  return { taskDefinition: definition, tags: stored.tags }
}

/** Tags come beside the definition, and only when they are asked for. */
export function describeTaskDefinition(
  { state }: EcsContext,
  { taskDefinition = '', include = [] }: DescribeTaskDefinitionRequest
): DescribeTaskDefinitionResponse {
  const found = findTaskDefinition(state, taskDefinition)
  if (!found) throw new AwsError('ClientException', 'Unable to describe task definition.')
  const answer = { taskDefinition: found.definition }
  return include.includes('TAGS') ? { ...answer, tags: found.tags } : answer
}

export function deregisterTaskDefinition(
  { state, clock }: EcsContext,
  { taskDefinition = '' }: DeregisterTaskDefinitionRequest
): DeregisterTaskDefinitionResponse {
  if (!taskDefinition.includes(':'))
    throw new AwsError('ClientException', 'Invalid revision number. Number: ')
  const found = findTaskDefinition(state, taskDefinition)
  if (!found) throw new AwsError('ClientException', 'The specified task definition does not exist.')
  found.definition.status = 'INACTIVE'
  found.definition.deregisteredAt ??= new Date(clock.now())
  return { taskDefinition: found.definition }
}

/** By family, then by revision; `sort: DESC` turns both round. */
export function listTaskDefinitions(
  { state }: EcsContext,
  request: ListTaskDefinitionsRequest
): ListTaskDefinitionsResponse {
  const { familyPrefix, status = 'ACTIVE', sort = 'ASC', maxResults, nextToken } = request
  const arns = [...state.families]
    .filter(([family]) => familyPrefix === undefined || family === familyPrefix)
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([, revisions]) => revisions.map(({ definition }) => definition))
    .filter((definition) => definition.status === status)
    .map(({ taskDefinitionArn = '' }) => taskDefinitionArn)
  const { items, ...more } = page(
    sort === 'DESC' ? arns.reverse() : arns,
    nextToken,
    maxResults ?? 100
  )
  return { taskDefinitionArns: items, ...more }
}
