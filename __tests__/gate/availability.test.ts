import { describe, expect, test } from '@jest/globals'
import { canonical } from '../../src/ledger/canonical.ts'
import { readRow, ROW_ATTRIBUTES } from '../../src/ledger/decision-row.ts'
import { evidenceItem, evidenceKey } from '../../src/ledger/evidence-item.ts'
import { releaseKey } from '../../src/ledger/keys.ts'
import { resultIn } from '../../src/ledger/result-row.ts'
import type { AvailabilityEvidence } from '../../src/release/evidence.ts'
import { policyWith } from './memory-world.ts'
import { DEPLOYMENT, stage, type Stage } from './stage.ts'

const SERVICE = 'shop/orders'
const MINUTE = 60_000

const measured = (more: Partial<AvailabilityEvidence> = {}): AvailabilityEvidence => ({
  section: 'availability',
  name: 'availability',
  required: true,
  verdict: 'passed',
  summary: '0 of 6,622 requests failed; p99 before 4 ms',
  startedAt: 1,
  endedAt: 2,
  rate: 20,
  total: 6_622,
  failed: 0,
  phases: [],
  failures: [],
  seconds: [],
  ...more
})

/** A release that was approved, and is on all of production. */
async function released(availability: boolean, language: 'en' | 'ko' = 'en'): Promise<Stage> {
  const place = stage(policyWith({}, { language }))
  const record = {
    ...{ version: 1, cluster: 'shop', service: 'orders', deploymentId: DEPLOYMENT },
    revision: { after: 'orders:2' },
    ...(availability && { availability })
  }
  await place.table.create({ ...releaseKey(SERVICE, DEPLOYMENT), record: canonical(record) })
  await place.hook()
  await place.click('U0ANN', 'approve')
  place.plane.ended = { status: 'released', rollback: 'none', at: place.clock.now() }
  return place
}

const arrives = (place: Stage, evidence: AvailabilityEvidence): Promise<boolean> =>
  place.table.create(evidenceItem(SERVICE, DEPLOYMENT, evidence, 'f'))
const shown = (place: Stage): string => JSON.stringify(place.slack.shown)

describe('what production has shown', () => {
  test('is on the card at the next sweep after it is there, and the card is done with', async () => {
    const place = await released(true)
    await place.sweep()
    expect(shown(place)).toContain('*Released*')
    expect(shown(place)).not.toContain('Production:')
    expect((await place.gate()).open).toBe(true)
    await arrives(place, measured())
    await place.sweep()
    expect(shown(place)).toContain(':white_check_mark: Production: 0 of 6,622 requests failed')
    expect(await place.gate()).toMatchObject({ open: false, availability: { total: 6_622 } })
  })

  test('is told in Korean as well', async () => {
    const place = await released(true, 'ko')
    await arrives(place, measured())
    await place.sweep()
    expect(shown(place)).toContain('운영: 요청 6,622건 중 0건 실패')
  })

  test('is told with what is wrong', async () => {
    const place = await released(true)
    const summary = '40 of 400 requests failed; limit broken: <!channel>'
    await arrives(place, measured({ verdict: 'failed', total: 400, failed: 40, summary }))
    await place.sweep()
    expect(shown(place)).toContain(
      ':x: Production: 40 of 400 requests failed (measured by the job): 40 of 400'
    )
    expect(shown(place)).not.toContain('<!channel>')
  })

  test('is waited for a quarter of an hour and no longer', async () => {
    const place = await released(true)
    await place.clock.advance(14 * MINUTE)
    await place.sweep()
    expect((await place.gate()).open).toBe(true)
    await place.clock.advance(MINUTE)
    await place.sweep()
    expect((await place.gate()).open).toBe(false)
  })

  test('is waited for as long as traffic moves, however long that takes', async () => {
    const place = await released(true)
    place.plane.ended = { status: 'shifting', rollback: 'none', at: place.clock.now() }
    await place.clock.advance(27 * MINUTE)
    await arrives(place, measured())
    await place.sweep()
    expect(await place.gate()).toMatchObject({ availability: { total: 6_622 } })
  })

  test('is not waited for where nobody measures it', async () => {
    const place = await released(false)
    await arrives(place, measured())
    await place.sweep()
    expect(await place.gate()).toMatchObject({ open: false, availability: undefined })
  })

  test('of another deployment is not this one’s', async () => {
    const place = await released(true)
    const item = evidenceItem(SERVICE, 'd-OTHER', measured(), 'f')
    await place.table.create({ ...item, ...evidenceKey(SERVICE, DEPLOYMENT, 'availability') })
    await place.sweep()
    expect(await place.gate()).toMatchObject({ availability: undefined })
  })

  test('is in no decision row, because the decision was taken before, but in the row after it', async () => {
    const place = await released(true)
    const rows = await place.table.scan('chain#', ROW_ATTRIBUTES)
    expect(rows).toHaveLength(1)
    await arrives(place, measured())
    await place.sweep()
    const [decision, ended] = await place.table.scan('chain#', ROW_ATTRIBUTES)
    expect([decision]).toEqual(rows)
    const row = ended && readRow(ended)
    expect(row && resultIn(row)).toMatchObject({
      entry: 'ended',
      availability: { verdict: 'passed', total: 6622, failed: 0, measuredBy: 'job' }
    })
  })

  test('is measured by the observer if it stands where CI cannot write', async () => {
    const place = await released(true)
    await arrives(place, measured({ failed: 7 }))
    await place.table.create(evidenceItem(SERVICE, DEPLOYMENT, measured(), 'f', 'function'))
    await place.sweep()
    expect(await place.gate()).toMatchObject({
      availability: { measuredBy: 'observer', failed: 0 }
    })
    expect(shown(place)).not.toContain('measured by the job')
  })
})
