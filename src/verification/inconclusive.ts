import type { ChecksEvidence, FlowEvidence } from '../release/evidence.ts'
import type { Announced } from './file/announced.ts'

/**
 * Evidence that was announced, but could not be found out. If it is required, that counts
 * like a failure.
 */
export function inconclusive(
  { name, required }: Announced,
  summary: string,
  at: number
): ChecksEvidence | FlowEvidence {
  const found = {
    name,
    required,
    verdict: 'unknown',
    summary,
    startedAt: at,
    endedAt: at
  } as const
  return name === 'checks'
    ? { ...found, section: 'checks', rows: [] }
    : { ...found, section: 'flow', steps: [] }
}
