import type { DemoResult } from '../../demo/result.ts'
import { Tally } from '../../demo/tally.ts'
import type { ListenerCounts, Phase } from '../../demo/tally.ts'

/** Counts of these answers, each a phase and a version. */
export function counted(...answers: readonly (readonly [Phase, string])[]): ListenerCounts {
  const tally = new Tally()
  for (const [phase, version] of answers) tally.add(phase, { version, failed: false })
  return tally.counts()
}

export const released: DemoResult = {
  decision: 'approve',
  bug: null,
  outcome: 'released',
  exitCode: 0,
  outputs: { outcome: 'released' },
  requests: {
    production: counted(['before', '1'], ['gate', '1'], ['shift', '2'], ['after', '2']),
    test: counted(['gate', '2'])
  },
  seconds: 21.5,
  summary: '## Released',
  report: null
}
