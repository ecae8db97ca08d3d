import { describe, expect, test } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { ledgerOf } from './ledger.ts'
import type { Observation } from '../../src/flow/context.ts'
import { collectAvailability } from '../../src/flow/collect-availability.ts'
import { newDraft, type Draft } from '../../src/release/draft.ts'
import type { AvailabilityEvidence } from '../../src/release/evidence.ts'
import type { Outcome } from '../../src/release/outcome.ts'
import type { Snapshot } from '../../src/release/snapshot.ts'
import type { TimelineEvent } from '../../src/release/timeline.ts'
import { drive } from '../helpers/drive.ts'
import { snapshotOf, stepsNamed } from '../helpers/snapshots.ts'

const AVAILABILITY = {
  onBreach: 'stop',
  path: '/',
  rate: 20,
  timeoutMs: 1_000,
  versionHeader: 'x',
  maxFailureRate: 0.01,
  maxP99Ms: undefined
} as const

const FOUND: AvailabilityEvidence = {
  section: 'availability',
  name: 'availability',
  required: true,
  verdict: 'passed',
  summary: '0 of 6,622 requests failed',
  startedAt: 0,
  endedAt: 1,
  rate: 20,
  total: 6_622,
  failed: 0,
  phases: [],
  failures: [],
  seconds: []
}

const snapshot = (status: string, shifted: boolean): Snapshot =>
  snapshotOf({
    deploymentId: 'd-1',
    status,
    steps: stepsNamed({ AllowTraffic: [shifted ? 'Succeeded' : 'Pending', 0, 1] })
  })

interface Waited {
  readonly draft: Draft
  readonly events: readonly TimelineEvent[]
  readonly waitedMs: number
  readonly looks: number
}

/** `comesAfter`: milliseconds until the ledger has it; Infinity: never. */
async function wait(
  last: Snapshot | undefined,
  comesAfter: number,
  { outcome = 'released', ...more }: Partial<Observation> & { outcome?: Outcome } = {},
  cancelled = new AbortController()
): Promise<Waited> {
  const clock = new ManualClock(0)
  const draft = newDraft('shop', 'orders')
  const events: TimelineEvent[] = []
  let looks = 0
  const waiting = collectAvailability(
    {
      clock,
      draft,
      cancelled: cancelled.signal,
      emit: (event) => void events.push(event),
      ledger: ledgerOf({
        observation: () => {
          looks++
          const isThere = clock.now() >= comesAfter
          return Promise.resolve({
            evidence: isThere ? FOUND : undefined,
            stopped: undefined,
            ...more
          })
        }
      })
    },
    'd-1',
    AVAILABILITY,
    { outcome, last }
  )
  await drive(clock, waiting)
  return { draft, events, waitedMs: clock.now(), looks }
}

describe('what the function that observes production has found', () => {
  test('is waited for, and is in the report like evidence of the job’s own', async () => {
    const { draft, events } = await wait(snapshot('InProgress', true), 20_000)
    expect(draft.evidence).toEqual([FOUND])
    expect(events).toEqual([
      expect.objectContaining({ kind: 'evidence', name: 'availability', verdict: 'passed' })
    ])
    expect(draft.stoppedBecause).toBeUndefined()
  })

  test('is unknown after three quarters of a minute and the time of a request, and says where to look', async () => {
    const { draft, waitedMs } = await wait(snapshot('Succeeded', true), Infinity)
    expect(draft.evidence).toEqual([
      expect.objectContaining({
        verdict: 'unknown',
        required: true,
        summary: expect.stringContaining('Its log says why')
      })
    ])
    expect(waitedMs).toBeGreaterThanOrEqual(45_000 + AVAILABILITY.timeoutMs)
    expect(waitedMs).toBeLessThan(50_000)
  })

  test('is why the deployment was stopped', async () => {
    const stopped = '30 of 300 requests failed within 10 s'
    const { draft } = await wait(snapshot('Stopped', false), 0, { outcome: 'stopped', stopped })
    expect(draft.stoppedBecause).toBe(`availability: ${stopped}`)
    const rejected = await wait(snapshot('Failed', false), 0, { outcome: 'rejected', stopped })
    expect(rejected.draft.stoppedBecause).toBeUndefined()
  })

  test.each<[string, Snapshot | undefined]>([
    ['the job waited for less than the shift', snapshot('InProgress', false)],
    ['nothing was seen of the deployment', undefined]
  ])('is not waited for where %s', async (_, last) => {
    const { draft, looks } = await wait(last, 0)
    expect([draft.evidence, looks]).toEqual([[], 0])
  })

  test('is not waited for by a job that is cancelled', async () => {
    const cancelled = new AbortController()
    cancelled.abort()
    const { looks } = await wait(snapshot('Succeeded', true), Infinity, {}, cancelled)
    expect(looks).toBe(0)
  })
})
