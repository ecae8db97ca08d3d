import type {
  DescribeImagesRequest,
  DescribeImagesResponse,
  DescribePullThroughCacheRulesRequest,
  DescribePullThroughCacheRulesResponse,
  ImageIdentifier
} from '@aws-sdk/client-ecr'
import { digestOf, pullFailure } from '../dataplane/images.ts'
import { AwsError } from '../errors.ts'
import { notEmulated, operations, using } from '../operation.ts'
import type { World } from '../world.ts'

/** Amazon ECR, as far as images are looked up: it holds every image that tasks can pull here. */
export const ecrOperations = operations('ecr', {
  DescribeImages: using(
    { registryId: true, repositoryName: true, imageIds: { imageTag: true, imageDigest: true } },
    describeImages
  ),
  DescribePullThroughCacheRules: using({ registryId: true }, describePullThroughCacheRules)
})

function describeImages(
  { registryId, repositoryName = '', imageIds = [] }: DescribeImagesRequest,
  { account }: World
): DescribeImagesResponse {
  if (imageIds.length === 0) {
    throw notEmulated('ecr:DescribeImages', 'a list of all images of a repository')
  }
  const registry = registryId ?? account
  return {
    imageDetails: imageIds.map((id) => ({
      registryId: registry,
      repositoryName,
      imageDigest: digestOf(existing(repositoryName, registry, id)),
      ...(id.imageTag !== undefined && { imageTags: [id.imageTag] }),
      imageStatus: 'ACTIVE'
    }))
  }
}

/** What tasks would pull, without the host. */
function existing(
  repository: string,
  registry: string,
  { imageDigest, imageTag }: ImageIdentifier
): string {
  const image =
    imageDigest === undefined ? `${repository}:${imageTag}` : `${repository}@${imageDigest}`
  if (pullFailure([image]) === undefined) return image
  throw new AwsError(
    'ImageNotFoundException',
    `The image with imageId {imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'} does not exist within the repository with name '${repository}' in the registry with id '${registry}'`
  )
}

function describePullThroughCacheRules(
  { registryId }: DescribePullThroughCacheRulesRequest,
  { account }: World
): DescribePullThroughCacheRulesResponse {
  if (registryId !== undefined && registryId !== account) {
    throw notEmulated('ecr:DescribePullThroughCacheRules', 'the registry of another account')
  }
  return { pullThroughCacheRules: [] }
}
