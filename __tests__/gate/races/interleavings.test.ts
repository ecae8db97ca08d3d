import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ENTRIES, type Effect, type Entry, type Gate } from '../../../src/ledger/gate.ts'
import { effectOf, isAtRest } from '../../../src/ledger/of-all-holds.ts'
import { resultIn } from '../../../src/ledger/result-row.ts'
import { headOf, readRow, type StoredRow } from '../../../src/ledger/decision-row.ts'
import { evidenceKey, readEvidenceItem } from '../../../src/ledger/evidence-item.ts'
import { verifyChain } from '../../../src/ledger/verify-chain.ts'
import type { Item } from '../../../src/ledger/table.ts'
import { DEPLOYMENT, gateIn, play, settle, type RaceWorld } from './stage.ts'
import { scenarios, type Scenario } from './scenario.ts'

/** 10,000 in CI; `npm run test:long` sets a million. */
const INTERLEAVINGS = Number(process.env['GATE_INTERLEAVINGS'] ?? 10_000)

let played = 0
/** What arrived, and what the gate was closed as. */
const evidences: Record<string, number> = {}
const closed: Record<string, number> = {}
/** How many rows say what became of a release. */
const onRecord: Partial<Record<Entry, number>> = {}
/** How many scenarios had so many holds. */
const holds: Record<number, number> = {}

afterAll(() => {
  // Written past jest, which would add where it was called.
  process.stdout.write(
    `interleavings: ${played}, holds: ${JSON.stringify(holds)}, gates: ${JSON.stringify(closed)}, results: ${JSON.stringify(onRecord)}, with required evidence: ${JSON.stringify(evidences)}\n`
  )
})

/** What a gate was closed as, at every write of its item. */
function watchClosings(world: RaceWorld): Set<string> {
  const seen = new Set<string>()
  const note = (item: Item | undefined): void => {
    if (item && item['state'] !== undefined && item['state'] !== 'PENDING') {
      seen.add(JSON.stringify([item['state'], item['decision']]))
    }
  }
  for (const item of world.table.history) note(item)
  return seen
}

async function arrivedEvidence({ table }: RaceWorld): Promise<string | undefined> {
  const item = await table.get(evidenceKey('shop/orders', DEPLOYMENT, 'order and pay'))
  return item && readEvidenceItem(item, DEPLOYMENT)?.verdict
}

/** What became of the release is on record once, after the decision, and only when it is certain. */
function checkResults(gate: Gate, rows: readonly StoredRow[], entries: readonly Entry[]): void {
  equal(new Set(entries).size, entries.length)
  deepEqual(
    entries,
    ENTRIES.filter((entry) => entries.includes(entry))
  )
  const isOver = gate.state !== 'PENDING' && effectOf(gate) !== 'NONE' && isAtRest(gate)
  equal(entries.includes('ended'), isOver)
  for (const row of rows) {
    const found = resultIn(row)
    if (!found) continue
    onRecord[found.entry] = (onRecord[found.entry] ?? 0) + 1
    equal(found.decision, gate.head)
    equal(gate.results[found.entry]?.head, headOf(row))
    for (const { deploymentId, status, shiftedAt } of found.services) {
      if (found.entry === 'shifted') ok(shiftedAt !== undefined)
      else equal(status, gate.trafficResults[deploymentId]?.status)
    }
  }
}

/** Judges with Node's `assert`: `expect` makes all its matchers anew each time, and is called 130,000 times here. */
async function check(world: RaceWorld, { quorum }: Scenario): Promise<void> {
  const { told } = world.plane
  holds[world.deployments.length] = (holds[world.deployments.length] ?? 0) + 1
  const gate = await gateIn(world)
  if (!gate) {
    // The hook never got as far as the ledger: nobody was asked, so nothing moves.
    equal(told.length, 0)
    return
  }
  closed[gate.state] = (closed[gate.state] ?? 0) + 1
  // One decision, ever.
  equal(watchClosings(world).size, gate.state === 'PENDING' ? 0 : 1)
  const rows = (await world.table.query('chain#shop/orders')).flatMap((item) => readRow(item) ?? [])
  const entries = rows.map((row) => resultIn(row)?.entry ?? 'decision')
  equal(entries.filter((entry) => entry === 'decision').length, gate.state === 'PENDING' ? 0 : 1)
  checkResults(gate, rows, entries)
  deepEqual(await verifyChain(rows, gate.head, world.seal), [])
  // A hold is answered at most once with effect, and all with the same: never go after a no.
  equal(world.answeredUnrecorded, 0)
  ok(new Set(told.map(({ answer }) => answer)).size <= 1)
  equal(new Set(told.map(({ deploymentId }) => deploymentId)).size, told.length)
  if (gate.state === 'PENDING') equal(told.length, 0)
  else {
    // Only an approval by enough people, or one with its glass broken, moves traffic.
    const answer = gate.state === 'APPROVED' ? 'go' : 'no-go'
    ok(told.every((each) => each.answer === answer))
    for (const { deploymentId } of gate.facts.holds) {
      const effect: Effect | undefined = gate.effects[deploymentId]
      const own = told.filter((each) => each.deploymentId === deploymentId)
      // The plane's own time-out is the same no that we would have said.
      const answered = await world.plane.answered({ deploymentId })
      const timedOut: boolean = answered === answer && effect === 'APPLIED'
      equal(effect, own.length === 1 || timedOut ? 'APPLIED' : 'LATE')
    }
    match(gate.head ?? '', /^1-[0-9a-f]{64}$/)
  }
  if (gate.state === 'APPROVED' && gate.decision?.breakGlass === false) {
    ok(new Set(gate.votes.map(({ user }) => user)).size >= quorum)
    ok(gate.decision.at < gate.facts.expiresAt)
  }
  // The first evidence that arrived is what counts: without a pass, only broken glass moves traffic.
  const [evidence] = gate.facts.release.evidence.length > 0 ? gate.evidence : []
  if (evidence) {
    const arrived = await arrivedEvidence(world)
    if (gate.state === 'APPROVED' && gate.decision?.breakGlass === false) {
      equal(evidence.verdict, 'passed')
    }
    if (gate.state === 'PENDING') {
      ok(arrived === undefined || arrived === 'passed')
    }
    if (evidence.verdict !== 'pending') equal(evidence.verdict, arrived)
    evidences[`${arrived ?? 'none'}, ${gate.state}`] =
      (evidences[`${arrived ?? 'none'}, ${gate.state}`] ?? 0) + 1
  }
  // Past its time a gate is closed.
  if (world.clock.now() >= gate.facts.expiresAt) notEqual(gate.state, 'PENDING')
  // One card, which shows what the gate is now.
  notEqual(gate.card.ts, '')
  equal(gate.card.lease, 0)
  const before = JSON.stringify([...world.table.items])
  if (gate.state !== 'PENDING') {
    await settle(world)
    equal(JSON.stringify([...world.table.items]), before)
  }
}

describe('fault: approve against reject, double clicks, redelivered hooks, late evidence, expiry, a crash or a failure at any awaited call', () => {
  test(
    'one decision, one effect, converged after two sweeps',
    async () => {
      await fc.assert(
        fc.asyncProperty(scenarios, fc.scheduler(), async (scenario, scheduler) => {
          const world = await play(scenario, scheduler)
          played++
          await check(world, scenario)
        }),
        { numRuns: INTERLEAVINGS }
      )
    },
    Math.max(300_000, INTERLEAVINGS * 60)
  )

  test('nothing is lost without faults: no process crashed, one card', async () => {
    const calm = scenarios.map((scenario) => ({
      ...scenario,
      slackDown: false,
      policyBroken: false,
      acts: scenario.acts.map(({ act }) => ({ act, fault: undefined }))
    }))
    await fc.assert(
      fc.asyncProperty(calm, fc.scheduler(), async (scenario, scheduler) => {
        const world = await play(scenario, scheduler)
        expect(world.slack.cards).toBeLessThanOrEqual(1)
        // The channel hears once how it has ended, and not before.
        const gate = await gateIn(world)
        const isOver = gate?.state !== undefined && gate.state !== 'PENDING' && !gate.open
        expect(world.slack.digests).toBe(isOver ? 1 : 0)
      }),
      { numRuns: 1_000 }
    )
  })
})
