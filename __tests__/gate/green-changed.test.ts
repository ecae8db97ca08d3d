import { describe, expect, test } from '@jest/globals'
import { canonical } from '../../src/ledger/canonical.ts'
import { readRow } from '../../src/ledger/decision-row.ts'
import { evidenceItem } from '../../src/ledger/evidence-item.ts'
import { releaseKey } from '../../src/ledger/keys.ts'
import type { FlowEvidence } from '../../src/release/evidence.ts'
import { policyWith } from './memory-world.ts'
import { DEPLOYMENT, inTime, stage, type Stage } from './stage.ts'

const SHOWN = `sha256:${'a'.repeat(64)}`
const OTHER = `sha256:${'b'.repeat(64)}`

/** A gate whose card shows the first image, with evidence of it if some is wanted. */
async function opened(
  evidence: 'none' | 'required' | 'advisory' = 'none',
  policy = policyWith()
): Promise<Stage> {
  const place = stage(policy)
  place.plane.digest = SHOWN
  const name = 'order and pay'
  const required = evidence === 'required'
  const record = {
    ...{ version: 1, cluster: 'shop', service: 'orders', deploymentId: DEPLOYMENT },
    revision: { after: 'orders:2' },
    evidence: evidence === 'none' ? [] : [{ name, required, verdict: 'pending', summary: '' }]
  }
  const key = releaseKey('shop/orders', DEPLOYMENT)
  await place.table.create({ ...key, record: canonical(record) })
  const passed: FlowEvidence = {
    ...{ section: 'flow', name, required, verdict: 'passed', summary: '4 steps in 80 ms' },
    ...{ startedAt: 1, endedAt: 2, steps: [], images: [{ container: 'app', digest: SHOWN }] }
  }
  await place.table.create(evidenceItem('shop/orders', DEPLOYMENT, passed, 'f', 'function'))
  await place.hook()
  return place
}

const shown = (place: Stage): string => JSON.stringify(place.slack.shown)
const said = (place: Stage): string | undefined => place.slack.ephemerals.at(-1)?.text
const rowOf = (place: Stage): unknown => {
  const row = [...place.table.items.values()].find(({ pk }) => pk.startsWith('chain#'))
  return row && JSON.parse(readRow(row)?.text ?? '')
}

describe('threat: green runs another image at the click than the card shows', () => {
  test('the click does not count, and the card and the clicker are told so; the next one is on what is shown', async () => {
    const place = await opened()
    place.plane.digest = OTHER
    await place.click('U0ANN', 'approve')
    expect(await place.gate()).toMatchObject({ state: 'PENDING', votes: [] })
    expect(place.plane.told).toEqual([])
    expect(said(place)).toContain(
      'run another image than this card showed, so nothing was approved'
    )
    expect(shown(place)).toContain('sha256:bbbbbbbbbbbb')
    expect(shown(place)).not.toContain('sha256:aaaaaaaaaaaa')
    expect(shown(place)).toContain('*The new tasks run another image since')
    await place.click('U0ANN', 'approve')
    expect(await place.gate()).toMatchObject({ state: 'APPROVED', effect: 'APPLIED' })
    expect(rowOf(place)).toMatchObject({ images: [{ container: 'app', digest: OTHER }] })
  })

  test('votes from before are of what the card showed then', async () => {
    const place = await opened('none', policyWith({ quorum: 2 }))
    await place.click('U0ANN', 'approve')
    expect((await place.gate()).votes).toHaveLength(1)
    place.plane.digest = OTHER
    await place.click('U0BEN', 'approve')
    expect(await place.gate()).toMatchObject({ state: 'PENDING', votes: [] })
    await place.click('U0BEN', 'approve')
    expect(await place.gate()).toMatchObject({ state: 'PENDING', votes: [{ user: 'U0BEN' }] })
    await place.click('U0ANN', 'approve')
    expect((await place.gate()).state).toBe('APPROVED')
  })

  test('required evidence was measured on another image: it rejects the gate', async () => {
    const place = await opened('required')
    place.plane.digest = OTHER
    await place.click('U0ANN', 'approve')
    expect(await place.gate()).toMatchObject({
      state: 'REJECTED',
      effect: 'APPLIED',
      evidence: [
        {
          verdict: 'unknown',
          summary:
            'measured before green changed: app ran sha256:aaaaaaaaaaaa, and runs sha256:bbbbbbbbbbbb'
        }
      ]
    })
    expect(said(place)).toMatch(/^Too late: rejected by the evidence itself/)
  })

  test('advisory evidence is shown as not known', async () => {
    const place = await opened('advisory')
    place.plane.digest = OTHER
    await place.click('U0ANN', 'approve')
    expect(shown(place)).toContain('not known: measured before green changed')
    await place.click('U0ANN', 'approve')
    expect((await place.gate()).state).toBe('APPROVED')
  })

  test('a rejection does not wait for it', async () => {
    const place = await opened()
    place.plane.running = () => new Promise(() => undefined)
    await place.submit('U0ANN', 'reject', 'wrong totals')
    expect(await place.gate()).toMatchObject({ state: 'REJECTED', effect: 'APPLIED' })
  })

  test('a vote that was cast while another click found the change out does not count', async () => {
    const place = await opened()
    const running = place.plane.running.bind(place.plane)
    const held = Promise.withResolvers<undefined>()
    place.plane.running = async () => {
      const now = await running()
      await held.promise
      return now
    }
    const first = place.click('U0ANN', 'approve')
    await place.clock.advance(0)
    place.plane.running = running
    place.plane.digest = OTHER
    await place.click('U0BEN', 'approve')
    held.resolve(undefined)
    await first
    expect(await place.gate()).toMatchObject({ state: 'PENDING', votes: [] })
    expect(place.plane.told).toEqual([])
  })
})

describe('if what green runs cannot be read at the click', () => {
  test.each<[string, (place: Stage) => void]>([
    ['AWS refuses', (it) => void (it.plane.running = () => Promise.reject(new Error('denied')))],
    ['AWS is silent', (it) => void (it.plane.running = () => new Promise(() => undefined))],
    ['green runs no task', (it) => void (it.plane.running = () => Promise.resolve([]))]
  ])('because %s, nothing is approved, and the clicker is told so in time', async (_, break_) => {
    const place = await opened()
    break_(place)
    const began = place.clock.now()
    await inTime(place, place.click('U0ANN', 'approve'))
    expect(place.clock.now() - began).toBeLessThan(3_000)
    expect(await place.gate()).toMatchObject({ state: 'PENDING', votes: [] })
    expect(said(place)).toContain('could not be read just now, so nothing was approved')
    expect(place.plane.told).toEqual([])
  })

  test('break-glass passes all the same', async () => {
    const place = await opened()
    place.plane.running = () => Promise.reject(new Error('denied'))
    await place.submit('U0CHO', 'break-glass', 'the queue is on fire')
    expect(await place.gate()).toMatchObject({ state: 'APPROVED', decision: { breakGlass: true } })
  })
})

test('break-glass passes what green runs now, which goes on record and on the card', async () => {
  const place = await opened('required')
  place.plane.digest = OTHER
  await place.submit('U0CHO', 'break-glass', 'the queue is on fire')
  expect(await place.gate()).toMatchObject({ state: 'APPROVED', decision: { breakGlass: true } })
  expect(rowOf(place)).toMatchObject({
    images: [{ container: 'app', digest: OTHER }],
    evidence: [{ verdict: 'unknown' }]
  })
  expect(shown(place)).toContain('*The new tasks run another image since')
})
