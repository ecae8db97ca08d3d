import { createHash } from 'node:crypto'

/**
 * The example's convention for images: the tag is the version the service
 * reports, and a tag that starts with `missing` is in no registry.
 */
export function imageVersion(image: string): string {
  const [name = image, digest] = image.split('@sha256:')
  const tag = /:([\w][\w.-]{0,127})$/.exec(name)?.[1]
  return tag ?? digest?.slice(0, 12) ?? 'latest'
}

/** Why one of the images cannot be pulled, in the words ECS puts into `stoppedReason`. */
export function pullFailure(images: readonly string[]): string | undefined {
  const image = images.find((each) => imageVersion(each).startsWith('missing'))
  if (image === undefined) return undefined
  return (
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): ' +
    `failed to resolve ref ${image}: ${image}: not found`
  )
}

/** One image, one digest, in whatever registry: none is asked, and a tag never moves here. */
export function digestOf(image: string): string {
  const pinned = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1]
  const path = image.replace(/^[^/]*[.:][^/]*\//, '')
  return pinned ?? `sha256:${createHash('sha256').update(path).digest('hex')}`
}
