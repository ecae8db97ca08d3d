import { describe, expect, it } from '@jest/globals'
import { renderSummary } from '../../../src/action/summary/render.ts'
import { PLANES } from '../../../src/controllers/choose.ts'
import type { ReleaseContext } from '../../../src/flow/context.ts'
import { reportToJson } from '../../../src/release/report-json.ts'
import type { Report } from '../../../src/release/report.ts'
import { reportToHtml } from '../../../src/report-html/render.ts'
import { drive } from '../../helpers/drive.ts'
import { startRelease, type MemoryRelease } from './stage.ts'
import { HOLD_MS } from './traffic.ts'

/** Lets time pass until the release asks, does what `then` says, and goes on to its end. */
async function release(
  then: (it: MemoryRelease) => void,
  ...options: Parameters<typeof startRelease>
): Promise<Report & { readonly lines: readonly string[] }> {
  const it = startRelease(...options)
  void it.clock.sleep(60_000).then(() => then(it))
  return { ...(await drive(it.clock, it.report)), lines: it.lines }
}

const answer =
  (verdict: 'go' | 'no-go') =>
  ({ traffic, clock }: MemoryRelease): void => {
    const [move] = traffic.moves.values()
    if (move) move.answer = { verdict, at: clock.now() }
  }
const stop = ({ traffic }: MemoryRelease): void => {
  const [move] = traffic.moves.values()
  if (move) traffic.stop(move)
}

describe('a control plane that src does not know', () => {
  it('releases, and log, summary, page and report show its own words', async () => {
    const report = await release(answer('go'))
    expect(report).toMatchObject({
      outcome: 'released',
      approval: 'approved',
      rollback: 'none',
      deployment: { id: 'move-1', status: 'SUCCEEDED', traffic: { blue: 0, green: 100 } },
      appSpec: 'move everything',
      preflight: [{ name: 'memory', verdict: 'OK' }]
    })
    expect(report.lines).toContain('https://memory.example.com/move-1')
    const summary = renderSummary(report)
    const page = reportToHtml(report)
    for (const text of [summary, page, reportToJson(report)]) {
      for (const name of ['PREPARE', 'ASK', 'MOVE', 'SETTLE']) expect(text).toContain(name)
    }
  })

  it.each([
    ['rejected', answer('no-go'), { approval: 'rejected', rollback: 'succeeded' }],
    ['stopped', stop, { rollback: 'succeeded' }],
    ['expired', () => undefined, { approval: 'expired', rollback: 'succeeded' }]
  ])('ends %s, with its rollback', async (outcome, then, more) => {
    const report = await release(then)
    expect(report).toMatchObject({
      outcome,
      ...more,
      rollbackDeployment: { id: 'move-2', state: 'succeeded' }
    })
    expect(renderSummary(report)).toContain('move-2')
    if (outcome === 'expired') {
      expect(report.endedAt - report.startedAt).toBeGreaterThanOrEqual(HOLD_MS)
    }
  })

  it('is asked to stop and roll back where the job runs out of time', async () => {
    const report = await release(() => undefined, {
      'wait-for-minutes': '5',
      'on-timeout': 'stop-and-rollback'
    })
    expect(report).toMatchObject({ outcome: 'timed-out', rollback: 'succeeded' })
    expect(report.timeline).toContainEqual(
      expect.objectContaining({ kind: 'interrupted', cause: 'timeout' })
    )
  })

  it('says with its own command where a deployment can be looked at that is out of sight', async () => {
    const report = await release(({ traffic }) => traffic.moves.clear())
    expect(report.outcome).toBe('unknown')
    expect(report.headline).toContain('look with: memory show move-1')
  })

  it('is taken among others where the service names it', async () => {
    const service = { deploymentController: { type: 'EXTERNAL' } }
    const ecs = { send: () => Promise.resolve({ services: [service] }) }
    const clients = { ecs, config: {} } as unknown as ReleaseContext['clients']
    const report = await release(answer('go'), {}, { planes: PLANES, clients })
    expect(report).toMatchObject({ outcome: 'released', deployment: { id: 'move-1' } })
  })
})
