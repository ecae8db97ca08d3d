import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { nextPlace, record, recordResult, type Recorded } from '../../src/ledger/chain.ts'
import { headOf, membersOf, readRow, type StoredRow } from '../../src/ledger/decision-row.ts'
import type { Gate } from '../../src/ledger/gate.ts'
import { approve, castVote, findGate, giveUp, openGate, reject } from '../../src/ledger/gates.ts'
import { markAnswered, noteTrafficResult } from '../../src/ledger/gate-results.ts'
import { CHAIN, chainKey, chainPartition } from '../../src/ledger/keys.ts'
import { resultIn } from '../../src/ledger/result-row.ts'
import { isHead, verifyChain } from '../../src/ledger/verify-chain.ts'
import { MemoryTable } from './memory-table.ts'
import { factsOf, factsOfHolds, holdOf, localSeal } from './samples.ts'

const seal = localSeal('the key')
const SERVICE = 'shop/orders'

async function closed(table: MemoryTable, execution: string): Promise<Gate> {
  const { gate } = await openGate(table, factsOf(execution), [execution])
  const decision = { at: 5, by: [], reason: execution, breakGlass: false, policy: undefined }
  const after = await giveUp(table, gate, 'WITHDRAWN', { decision })
  if (!after) throw new Error('not closed')
  return after
}

async function rowsOf(table: MemoryTable, service = SERVICE): Promise<StoredRow[]> {
  return (await table.query(chainPartition(service))).flatMap((item) => readRow(item) ?? [])
}

async function chainOf(length: number): Promise<{ table: MemoryTable; rows: StoredRow[] }> {
  const table = new MemoryTable()
  for (let n = 0; n < length; n++) await record(table, seal, await closed(table, `e${n}`))
  return { table, rows: await rowsOf(table) }
}

describe('decisions go on record', () => {
  it('in a chain per service, numbered from 1, each row with the digest of the one before', async () => {
    const table = new MemoryTable()
    const first = await record(table, seal, await closed(table, 'a'))
    const second = await record(table, seal, await closed(table, 'b'))
    const rows = await rowsOf(table)
    expect(rows.map(({ number }) => number)).toEqual([1, 2])
    expect(rows.map(headOf)).toEqual([first.head, second.head])
    expect(JSON.parse(rows[1]?.text ?? '{}')).toMatchObject({
      previous: rows[0]?.digest,
      service: SERVICE,
      state: 'WITHDRAWN',
      reason: 'b'
    })
    expect(await verifyChain(rows, second.head, seal)).toEqual([])
  })

  it('once, however often they are recorded', async () => {
    const table = new MemoryTable()
    const gate = await closed(table, 'a')
    const [one, other] = [await record(table, seal, gate), await record(table, seal, gate)]
    expect(other.head).toBe(one.head)
    expect(await rowsOf(table)).toHaveLength(1)
  })

  it('of several services side by side', async () => {
    const table = new MemoryTable()
    const { gate } = await openGate(table, factsOfHolds([holdOf('d-PAYMENT', 'payment')], ['x']), [
      'x'
    ])
    const decision = {
      at: 5,
      by: [{ id: 'U1', name: 'One' }],
      reason: undefined,
      breakGlass: true,
      policy: 'p'
    }
    const other = await giveUp(table, gate, 'FAILED', { decision })
    if (!other) throw new Error('not closed')
    await record(table, seal, other)
    await record(table, seal, await closed(table, 'a'))
    expect(await rowsOf(table)).toHaveLength(1)
    expect(await rowsOf(table, 'shop/payment')).toHaveLength(1)
    expect(await table.scan(CHAIN, [])).toHaveLength(2)
  })

  it('with everything that the gate knew, times as ISO 8601', async () => {
    const table = new MemoryTable()
    const facts = factsOf('full')
    const release = {
      ...facts.release,
      recordDigest: 'r',
      commit: { sha: 'abc', url: 'https://example.com/abc' },
      run: { label: 'run 7', url: 'https://example.com/run/7' },
      evidence: [{ name: 'routes', verdict: 'passed', required: true, summary: '9 of 9' } as const]
    }
    const { gate } = await openGate(table, { ...facts, openedAt: 1_000, release }, ['full'])
    const vote = { user: 'U1', name: 'One', at: 2_000, group: { id: 'S1', members: ['U1'] } }
    const voted = (await castVote(table, gate, vote)) ?? gate
    const by = [{ id: 'U1', name: 'One' }]
    const decision = { at: 3_000, by, reason: 'looks good', breakGlass: true, policy: 'p' }
    const approved = await approve(table, voted, { decision }, 1)
    if (!approved) throw new Error('not approved')
    await record(table, seal, approved)
    const [row] = await rowsOf(table)
    expect(JSON.parse(row?.text ?? '{}')).toEqual({
      version: 1,
      service: SERVICE,
      number: 1,
      previous: '0'.repeat(64),
      gate: facts.id,
      deploymentId: 'd-ABCDEF123',
      application: 'AppECS-shop-orders',
      deploymentGroup: 'DgpECS-shop-orders',
      region: 'eu-central-1',
      holds: [
        {
          plane: 'memory',
          deploymentId: 'd-ABCDEF123',
          cluster: 'shop',
          service: 'orders',
          openedAt: '1970-01-01T00:00:00.000Z',
          expiresAt: '1970-01-01T01:00:00.000Z'
        }
      ],
      state: 'APPROVED',
      openedAt: '1970-01-01T00:00:01.000Z',
      decidedAt: '1970-01-01T00:00:03.000Z',
      by,
      reason: 'looks good',
      breakGlass: true,
      votes: [{ ...vote, at: '1970-01-01T00:00:02.000Z' }],
      policy: 'p',
      requester: { verified: true, logins: ['octocat'], users: ['UASKER'], unmapped: [] },
      record: 'r',
      repository: 'org/shop',
      commit: 'abc',
      run: 'https://example.com/run/7',
      revision: { before: 'orders:1', after: 'orders:2' },
      images: [{ container: 'app', before: 'orders:1', after: 'orders:2' }],
      evidence: release.evidence
    })
  })

  it('for a gate that is still there', async () => {
    const table = new MemoryTable()
    const gate = await closed(table, 'a')
    await expect(record(new MemoryTable(), seal, gate)).rejects.toThrow(
      `gate ${gate.facts.id} is gone`
    )
  })

  it('at the place that the decision took along, or at the next one that is free', async () => {
    const table = new MemoryTable()
    const [one, other] = [
      await openGate(table, factsOf('one'), ['one']),
      await openGate(table, factsOf('two'), ['two'])
    ]
    const place = await nextPlace(table, SERVICE)
    const decision = { at: 5, by: [], reason: undefined, breakGlass: false, policy: undefined }
    const first = await reject(table, one.gate, { decision, place })
    const second = await reject(table, other.gate, { decision, place })
    if (!first || !second) throw new Error('not rejected')
    table.last = () => Promise.reject(new Error('asked for the last row'))
    const { head } = await record(table, seal, first)
    Reflect.deleteProperty(table, 'last')
    expect((await record(table, seal, second)).claim).toEqual({
      number: 2,
      previous: head.slice(2)
    })
    expect(await verifyChain(await rowsOf(table), undefined, seal)).toEqual([])
  })

  it('never after something that is no row', async () => {
    const table = new MemoryTable()
    await table.create({ ...chainKey(SERVICE, 1), note: 'x' })
    await expect(record(table, seal, await closed(table, 'a'))).rejects.toThrow(
      `the last item of ${SERVICE}'s chain is no decision row`
    )
  })

  it('never before they are taken', async () => {
    const table = new MemoryTable()
    const { gate } = await openGate(table, factsOf('open'), ['open'])
    await expect(record(table, seal, gate)).rejects.toThrow('is not decided')
    expect(await rowsOf(table)).toEqual([])
  })

  it('once each and without a gap, whoever records them at once and wherever one of them stops', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.tuple(fc.nat(2), fc.option(fc.nat(12))), { minLength: 1, maxLength: 6 }),
        async (scheduler, runs) => {
          const table = new MemoryTable()
          const gates = [
            await closed(table, 'a'),
            await closed(table, 'b'),
            await closed(table, 'c')
          ]
          const shared = scheduled(table, scheduler)
          const all = runs.map(([which, stop]) => {
            const gate = gates[which]
            if (!gate) throw new Error('no gate')
            return record(stopping(shared, stop ?? undefined), seal, gate).catch(() => undefined)
          })
          await scheduler.waitFor(Promise.all(all))
          for (const { facts } of gates) {
            const gate = await findGate(table, facts.id)
            if (gate) await record(table, seal, gate)
          }
          const rows = await rowsOf(table)
          expect(rows.map(({ number }) => number)).toEqual([1, 2, 3])
          const recordedGates = rows.map(({ text }) => (JSON.parse(text) as { gate: string }).gate)
          expect(new Set(recordedGates).size).toBe(3)
          expect(await verifyChain(rows, undefined, seal)).toEqual([])
        }
      ),
      { numRuns: 500 }
    )
  })
})

const ENDED = {
  status: 'released',
  rollback: 'none',
  at: 9_000,
  beganAt: 6_000,
  shiftedAt: 7_000
} as const
const OBSERVED = { at: 10_000, stoppedByObserver: undefined }

describe('what became of a release goes on record', () => {
  async function released(table: MemoryTable, execution = 'a'): Promise<Recorded> {
    const recorded = await record(table, seal, await closed(table, execution))
    const [hold] = recorded.facts.holds
    const answered = (await markAnswered(table, recorded, hold, 'APPLIED')) ?? recorded
    const gate = (await noteTrafficResult(table, answered, hold, ENDED)) ?? answered
    return { ...gate, head: recorded.head }
  }

  it('after the decision, which it names, with the times of each service', async () => {
    const table = new MemoryTable()
    const gate = await released(table)
    const after = await recordResult(table, seal, gate, 'ended', OBSERVED)
    const rows = await rowsOf(table)
    expect(rows).toHaveLength(2)
    expect(after.results.ended?.head).toBe(rows[1] && headOf(rows[1]))
    expect(JSON.parse(rows[1]?.text ?? '{}')).toEqual({
      version: 1,
      entry: 'ended',
      service: SERVICE,
      number: 2,
      previous: rows[0]?.digest,
      gate: gate.facts.id,
      decision: gate.head,
      deploymentId: 'd-ABCDEF123',
      region: 'eu-central-1',
      at: '1970-01-01T00:00:10.000Z',
      services: [
        {
          plane: 'memory',
          deploymentId: 'd-ABCDEF123',
          service: SERVICE,
          effect: 'APPLIED',
          status: 'released',
          rollback: 'none',
          beganAt: '1970-01-01T00:00:06.000Z',
          shiftedAt: '1970-01-01T00:00:07.000Z',
          endedAt: '1970-01-01T00:00:09.000Z'
        }
      ]
    })
    expect(await verifyChain(rows, after.results.ended?.head, seal)).toEqual([])
  })

  it('with a plane that said nothing until nobody asked any more', async () => {
    const table = new MemoryTable()
    const gate = await record(table, seal, await closed(table, 'a'))
    await recordResult(table, seal, gate, 'ended', {
      at: 5,
      stoppedByObserver: 'too many failures'
    })
    const row = (await rowsOf(table))[1]
    expect(row && resultIn(row)).toMatchObject({
      stoppedByObserver: 'too many failures',
      services: [{ status: 'unknown', effect: 'NONE', endedAt: undefined }]
    })
  })

  it('as it was, if it is edited the chain shows it', async () => {
    const table = new MemoryTable()
    await recordResult(table, seal, await released(table), 'ended', OBSERVED)
    const rows = (await rowsOf(table)).map((row) =>
      row.number === 2 ? { ...row, text: row.text.replace('released', 'failed') } : row
    )
    expect(await verifyChain(rows, undefined, seal)).toContainEqual(
      expect.objectContaining({ number: 2, kind: 'edited' })
    )
  })

  it('in a chain that an older release has begun, whose rows do not say what they are', async () => {
    const table = new MemoryTable()
    const gate = await released(table)
    const [old] = await table.query(chainPartition(SERVICE))
    expect(Object.keys(old ?? {}).toSorted()).toEqual(['digest', 'gate', 'mac', 'pk', 'row', 'sk'])
    const after = await recordResult(table, seal, gate, 'ended', OBSERVED)
    expect(await verifyChain(await rowsOf(table), after.results.ended?.head, seal)).toEqual([])
  })

  it('once each and without a gap, whoever records them at once and wherever one of them stops', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(
          fc.tuple(
            fc.nat(1),
            fc.constantFrom('decision', 'shifted', 'ended'),
            fc.option(fc.nat(12))
          ),
          { minLength: 1, maxLength: 6 }
        ),
        async (scheduler, runs) => {
          const table = new MemoryTable()
          const gates = [await released(table, 'a'), await released(table, 'b')]
          const third = await closed(table, 'c')
          const shared = scheduled(table, scheduler)
          const all = runs.map(([which, entry, stop]) => {
            const own = stopping(shared, stop ?? undefined)
            const gate = gates[which]
            if (!gate) throw new Error('no gate')
            const work: Promise<unknown> =
              entry === 'decision'
                ? record(own, seal, third)
                : recordResult(own, seal, gate, entry, OBSERVED)
            return work.catch(() => undefined)
          })
          await scheduler.waitFor(Promise.all(all))
          await record(table, seal, (await findGate(table, third.facts.id)) ?? third)
          for (const { facts, head } of gates) {
            for (const entry of ['shifted', 'ended'] as const) {
              const gate = await findGate(table, facts.id)
              if (gate) await recordResult(table, seal, { ...gate, head }, entry, OBSERVED)
            }
          }
          const rows = await rowsOf(table)
          const written = rows.map((row) =>
            JSON.stringify([resultIn(row)?.entry, membersOf(row)?.['gate']])
          )
          expect(new Set(written).size).toBe(7)
          expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7])
          expect(await verifyChain(rows, undefined, seal)).toEqual([])
        }
      ),
      { numRuns: 500 }
    )
  })
})

describe('a chain is found to be', () => {
  it('whole, as far as its head is concerned, when later rows came', async () => {
    const { rows } = await chainOf(4)
    const [first] = rows
    if (!first) throw new Error('no rows')
    expect(await verifyChain(rows, headOf(first), seal)).toEqual([])
    expect(await verifyChain(rows, headOf(first).slice(0, 14), seal)).toEqual([])
  })

  it('edited, where a text was changed', async () => {
    const { rows } = await chainOf(3)
    const edited = rows.map((row) =>
      row.number === 2 ? { ...row, text: row.text.replace('"e1"', '"e9"') } : row
    )
    expect(await verifyChain(edited, undefined, seal)).toContainEqual(
      expect.objectContaining({ number: 2, kind: 'edited' })
    )
  })

  it('forged, where a row was changed with its digest, and reordered after it', async () => {
    const { rows } = await chainOf(3)
    const other = await chainOfOther()
    const forged = rows.map((row) => (row.number === 2 ? { ...other, mac: row.mac } : row))
    const kinds = (await verifyChain(forged, undefined, seal)).map(({ number, kind }) => [
      number,
      kind
    ])
    expect(kinds).toContainEqual([2, 'forged'])
    expect(kinds).toContainEqual([3, 'reordered'])

    async function chainOfOther(): Promise<StoredRow> {
      const table = new MemoryTable()
      for (const name of ['x', 'y']) await record(table, seal, await closed(table, name))
      const [, second] = await rowsOf(table)
      if (!second) throw new Error('no row')
      return second
    }
  })

  it('short of a row that was removed', async () => {
    const { rows } = await chainOf(3)
    const faults = await verifyChain(
      rows.filter(({ number }) => number !== 2),
      undefined,
      seal
    )
    expect(faults).toContainEqual(expect.objectContaining({ number: 2, kind: 'removed' }))
  })

  it('reordered, where two rows changed places', async () => {
    const { rows } = await chainOf(3)
    const [one, two, three] = rows
    if (!one || !two || !three) throw new Error('no rows')
    const faults = await verifyChain(
      [{ ...two, number: 1 }, { ...one, number: 2 }, three],
      undefined,
      seal
    )
    expect(faults.map(({ kind }) => kind)).toContain('reordered')
  })

  it('cut off, which only a head that was kept can show', async () => {
    const { rows } = await chainOf(3)
    const last = rows.at(-1)
    if (!last) throw new Error('no rows')
    const cut = rows.slice(0, 2)
    expect(await verifyChain(cut, undefined, seal)).toEqual([])
    expect(await verifyChain(cut, headOf(last), seal)).toEqual([
      expect.objectContaining({ number: 3, kind: 'cut-off' })
    ])
    expect(await verifyChain([], headOf(last), seal)).toHaveLength(1)
  })

  it('not ours, where another key has sealed it', async () => {
    const { rows } = await chainOf(2)
    const faults = await verifyChain(rows, undefined, localSeal('another key'))
    expect(faults.map(({ kind }) => kind)).toEqual(['forged', 'forged'])
  })

  it('wrong in words that say what and where', async () => {
    const { rows } = await chainOf(4)
    const [one, two, three, four] = rows
    if (!one || !two || !three || !four) throw new Error('no rows')
    const edited = 'the text does not have the digest that stands beside it'
    const elsewhere = 'it was written for another place'
    const unchained = 'it was not written after the row before it'
    expect(await verifyChain([{ ...one, text: `${one.text} ` }], undefined, seal)).toEqual([
      { number: 1, kind: 'edited', detail: edited }
    ])
    expect(await verifyChain([{ ...one, text: 'no JSON' }], undefined, seal)).toEqual([
      { number: 1, kind: 'edited', detail: edited },
      { number: 1, kind: 'reordered', detail: elsewhere },
      { number: 1, kind: 'reordered', detail: unchained }
    ])
    expect(await verifyChain([{ ...one, service: 'shop/payment' }], undefined, seal)).toEqual([
      { number: 1, kind: 'reordered', detail: elsewhere }
    ])
    expect(await verifyChain([one, four], undefined, seal)).toEqual([
      { number: 2, kind: 'removed', detail: 'there is no row of this number' },
      { number: 3, kind: 'removed', detail: 'there is no row of this number' },
      { number: 4, kind: 'reordered', detail: unchained }
    ])
    expect(await verifyChain([{ ...one, mac: two.mac }], undefined, seal)).toEqual([
      { number: 1, kind: 'forged', detail: 'its seal was not made by the key of the ledger' }
    ])
    expect(await verifyChain([{ ...one, mac: two.mac }], undefined, undefined)).toEqual([])
    expect(await verifyChain([one], headOf(four), seal)).toEqual([
      { number: 4, kind: 'cut-off', detail: `no row has the head ${headOf(four)}` }
    ])
  })

  it('damaged by any change of any one row, whatever it is', async () => {
    const { rows } = await chainOf(3)
    const head = headOf(rows[2] ?? failed())
    await fc.assert(
      fc.asyncProperty(
        fc.nat(2),
        fc.constantFrom('text' as const, 'digest' as const, 'mac' as const),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        async (which, member, at, char) => {
          const row = rows[which] ?? failed()
          const place = at % row[member].length
          const value = row[member].slice(0, place) + char + row[member].slice(place + 1)
          fc.pre(value !== row[member])
          const changed = rows.with(which, { ...row, [member]: value })
          expect(await verifyChain(changed, head, seal)).not.toEqual([])
        }
      ),
      { numRuns: 300 }
    )
  })
})

describe('a head', () => {
  it.each(['1-' + 'a'.repeat(64), '12-0123456789ab'])('is %s', (text) => {
    expect(isHead(text)).toBe(true)
  })

  it.each(['', '1', '0-0123456789ab', '1-0123456789', '1-' + 'a'.repeat(65), '1-0123456789AB'])(
    'is not %s',
    async (text) => {
      expect(isHead(text)).toBe(false)
      const { rows } = await chainOf(1)
      expect(await verifyChain(rows, text, seal)).toHaveLength(1)
    }
  )
})

function failed(): never {
  throw new Error('no row')
}

/** The same table, each of whose answers comes when the scheduler says so. */
function scheduled(table: MemoryTable, scheduler: fc.Scheduler): MemoryTable {
  return new Proxy(table, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]) => {
        await scheduler.schedule(Promise.resolve(), String(name))
        const result: unknown = await Reflect.apply(member, target, args)
        await scheduler.schedule(Promise.resolve(), `${String(name)} answers`)
        return result
      }
    }
  })
}

/** The same table for somebody who stops after so many calls: some done and unanswered. */
function stopping(table: MemoryTable, calls: number | undefined): MemoryTable {
  let left = calls ?? Infinity
  return new Proxy(table, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]) => {
        if (left-- <= 0) throw new Error('stopped before')
        const result: unknown = await Reflect.apply(member, target, args)
        if (left-- <= 0) throw new Error('stopped after')
        return result
      }
    }
  })
}
