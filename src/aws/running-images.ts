import type { Task } from '@aws-sdk/client-ecs'
import type { RunningImage } from '../release/evidence.ts'

/**
 * The images that the containers of these tasks run. A container has two digests if its tag
 * has moved between the starts of two tasks.
 */
export function runningImages(tasks: readonly Task[]): RunningImage[] {
  const images = new Map<string, RunningImage>()
  for (const { name, imageDigest } of tasks.flatMap(({ containers = [] }) => containers)) {
    if (name === undefined || imageDigest === undefined) continue
    images.set(`${name} ${imageDigest}`, { container: name, digest: imageDigest })
  }
  return [...images.values()]
}
