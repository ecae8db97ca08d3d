import { expect, it } from '@jest/globals'
import { openLedger } from '../../../src/action/ledger.ts'
import { releaseRecord } from '../../../src/action/release-record.ts'
import { renderSummary } from '../../../src/action/summary/render.ts'
import { OptionalReads } from '../../../src/aws/optional-reads.ts'
import { handleCallback } from '../../../src/gate/callback/handler.ts'
import { handleRequest } from '../../../src/gate/request/handler.ts'
import { handleSweep } from '../../../src/gate/sweep/sweep.ts'
import type { Report } from '../../../src/release/report.ts'
import { reportToHtml } from '../../../src/report-html/render.ts'
import { KEYS_IN_REACH, memoryWorld, MINUTE, REMAINING_MS } from '../../gate/memory-world.ts'
import { gatesOf } from '../../../src/ledger/gates.ts'
import { clickPayload, reasonPayload, signed, SIGNING_SECRET } from '../../gate/slack-requests.ts'
import { drive } from '../../helpers/drive.ts'
import { memoryGatePlane } from './gate-plane.ts'
import { startRelease, TRIGGER } from './stage.ts'

type Verdict = 'approve' | 'reject' | 'stop' | 'nothing'

/** A job, the gate, its table, Slack and the control plane, all on one clock: a person acts once the card is there. */
async function release(verdict: Verdict): Promise<{ report: Report; card: string }> {
  const world = memoryWorld()
  const { clock, table } = world
  const ledger = openLedger({
    table: () => Promise.resolve(table),
    tableName: 'memory',
    cluster: 'shop',
    service: 'orders',
    optionalReads: new OptionalReads(clock, () => undefined),
    now: () => clock.now(),
    trigger: TRIGGER,
    idToken: () => Promise.resolve('token')
  })
  const job = startRelease(
    {},
    {
      ledger,
      onDeployment: async (begun) => {
        const record = releaseRecord(job.context.draft, job.context.settings, TRIGGER, begun)
        if (record) await ledger.write(record)
      }
    },
    clock
  )
  const { traffic } = job
  const plane = memoryGatePlane(traffic, () => ({ cluster: 'shop', service: 'orders' }))
  const platform = { ...world.platform, planes: { memory: () => Promise.resolve(plane) } }
  const ask = { verified: true, why: undefined, logins: ['o'], users: ['U0ASK'], unmapped: [] }
  const gate = async (): Promise<void> => {
    await clock.sleep(15_000)
    await handleRequest(platform, () => Promise.resolve(ask), { move: 'move-1' }, REMAINING_MS)
    const [{ facts } = { facts: { id: '' } }] = await gatesOf(table, 'move-1')
    await clock.sleep(MINUTE)
    const send = (payload: object): Promise<unknown> =>
      handleCallback(platform, () => Promise.resolve(SIGNING_SECRET), signed(payload, clock.now()))
    const move = traffic.moves.get('move-1')
    if (verdict === 'approve') await send(clickPayload('U0ANN', 'approve', facts.id))
    if (verdict === 'reject') await send(reasonPayload('U0ANN', 'reject', facts.id, 'wrong totals'))
    if (verdict === 'stop' && move) traffic.stop(move)
    for (let minutes = 0; minutes < 60; minutes++) {
      await clock.sleep(MINUTE)
      await handleSweep(platform, KEYS_IN_REACH)
    }
  }
  const [report] = await drive(clock, Promise.all([job.report, gate()]))
  return { report, card: JSON.stringify(world.slack.shown) }
}

it.each<[string, Verdict, object, RegExp]>([
  [
    'released',
    'approve',
    { approval: 'approved', rollback: 'none', decision: { state: 'APPROVED' } },
    /<@U0ANN>/
  ],
  [
    'rejected',
    'reject',
    { approval: 'rejected', rollback: 'succeeded', decision: { state: 'REJECTED' } },
    /wrong totals/
  ],
  [
    'expired',
    'nothing',
    { approval: 'expired', rollback: 'succeeded', decision: { state: 'EXPIRED' } },
    /xpired/
  ],
  // The job sees it before the minute of the sweep, which then closes the gate.
  [
    'stopped',
    'stop',
    { rollback: 'succeeded', decision: { state: 'PENDING' } },
    /the deployment has ended/
  ]
])(
  'a release over a control plane that src does not know is %s: job, card and record agree',
  async (outcome, verdict, ending, onCard) => {
    const { report, card } = await release(verdict)
    expect(report).toMatchObject({ outcome, ...ending, deployment: { id: 'move-1' } })
    expect(report.decision?.requester.logins).toEqual(['o'])
    expect(card).toMatch(onCard)
    const people = outcome === 'released' || outcome === 'rejected' ? ['U0ANN'] : []
    for (const text of [renderSummary(report), reportToHtml(report)]) {
      for (const shown of ['move-1', ...people]) expect(text).toContain(shown)
    }
  }
)
