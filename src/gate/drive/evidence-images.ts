import type { StoredEvidence } from '../../ledger/evidence-item.ts'
import type { EvidenceFacts, ImageFacts } from '../../ledger/gate.ts'

/**
 * Evidence as it counts for what green runs: what was found out about another
 * image says nothing about this one. A container whose digest is not known, on
 * one side or the other, is no reason to doubt.
 */
export function ofRunning(
  { images, ...facts }: StoredEvidence,
  running: readonly Pick<ImageFacts, 'container' | 'digest'>[]
): EvidenceFacts {
  for (const { container, digest } of running) {
    const other = images.find((image) => image.container === container && image.digest !== digest)
    if (digest === undefined || !other) continue
    const summary = `asked of ${container} ${short(other.digest)}, while green runs ${short(digest)}`
    return { ...facts, verdict: 'unknown', summary }
  }
  return facts
}

/** As many digits as tell images apart for people. */
function short(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12)
}
