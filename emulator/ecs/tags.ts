import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  TagResourceResponse
} from '@aws-sdk/client-ecs'
import { AwsError } from '../errors.ts'
import type { EcsContext } from './context.ts'
import { findTaskDefinition } from './references.ts'

/** Clusters, services and task definitions carry tags. */
export function tagResource(
  context: EcsContext,
  { resourceArn = '', tags = [] }: TagResourceRequest
): TagResourceResponse {
  const stored = tagsOf(context, resourceArn)
  for (const tag of tags) {
    const at = stored.findIndex(({ key }) => key === tag.key)
    if (at < 0) stored.push(tag)
    else stored[at] = tag
  }
  return {}
}

export function listTagsForResource(
  context: EcsContext,
  { resourceArn = '' }: ListTagsForResourceRequest
): ListTagsForResourceResponse {
  return { tags: tagsOf(context, resourceArn) }
}

function tagsOf({ state }: EcsContext, arn: string): Tag[] {
  const service = [...state.services.values()].find((each) => each.arn === arn)
  const definition = arn.includes(':task-definition/') ? findTaskDefinition(state, arn) : undefined
  const cluster = [...state.clusters.values()].find((each) => each.arn === arn)
  const owner = service ?? definition ?? cluster
  if (!owner)
    throw new AwsError('InvalidParameterException', 'The specified resource could not be found.')
  return owner.tags
}
