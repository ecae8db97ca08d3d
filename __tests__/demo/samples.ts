import type { GateState } from '../../demo/gate-state.ts'
import type { DemoResult } from '../../demo/result.ts'
import { Tally } from '../../demo/tally.ts'
import type { ListenerCounts, Phase } from '../../demo/tally.ts'

/** Counts of these answers, each a phase and a version. */
export function counted(...answers: readonly (readonly [Phase, string])[]): ListenerCounts {
  const tally = new Tally()
  for (const [phase, version] of answers) tally.add(phase, { version, failed: false })
  return tally.counts()
}

export const asked: GateState = {
  stage: 'asked',
  service: 'orders',
  cluster: 'shop',
  running: 'orders:1',
  next: 'orders:2',
  deploymentId: 'd-1',
  decision: undefined,
  outcome: undefined,
  production: {
    url: 'http://127.0.0.1:8001',
    latest: '1',
    counts: counted(['before', '1'], ['gate', '1'])
  },
  test: { url: 'http://127.0.0.1:8002', latest: '2', counts: counted(['gate', '2']) }
}

export const released: DemoResult = {
  decision: 'approve',
  outcome: 'released',
  exitCode: 0,
  outputs: { outcome: 'released' },
  requests: {
    production: counted(['before', '1'], ['gate', '1'], ['shift', '2'], ['after', '2']),
    test: counted(['gate', '2'])
  },
  seconds: 21.5,
  summary: '## Released'
}
