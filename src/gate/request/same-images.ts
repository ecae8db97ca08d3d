import type { BreakGlassRefusal, ImageFacts } from '../../ledger/gate-facts.ts'

type Images = readonly Pick<ImageFacts, 'container' | 'digest'>[]

/**
 * Why it is not certain that every container runs now what it ran then; undefined
 * where it is. A revision names images by tags, which may be moved, so only equal
 * digests count, and a container with two digests has none that is known.
 */
export function differenceOfImages(then: Images, now: Images): BreakGlassRefusal | undefined {
  const containers = new Set([...now, ...then].map(({ container }) => container))
  if (containers.size === 0) return { why: 'digest-not-known', about: '' }
  for (const container of containers) {
    const before = onlyDigest(then, container)
    if (before === undefined) return { why: 'digest-not-recorded', about: container }
    const after = onlyDigest(now, container)
    if (after === undefined) return { why: 'digest-not-known', about: container }
    if (before !== after) return { why: 'digest-differs', about: container }
  }
  return undefined
}

function onlyDigest(images: Images, container: string): string | undefined {
  const own = images.filter((image) => image.container === container)
  const [digest, ...others] = new Set(own.map((image) => image.digest))
  return others.length === 0 ? digest : undefined
}
