import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readRow } from '../../../src/ledger/decision-row.ts'
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
/** How many scenarios had so many holds. */
const holds: Record<number, number> = {}

afterAll(() => {
  // Written past jest, which would add where it was called.
  process.stdout.write(
    `interleavings: ${played}, holds: ${JSON.stringify(holds)}, gates: ${JSON.stringify(closed)}, with required evidence: ${JSON.stringify(evidences)}\n`
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

async function check(world: RaceWorld, { quorum }: Scenario): Promise<void> {
  const { told } = world.plane
  holds[world.deployments.length] = (holds[world.deployments.length] ?? 0) + 1
  const gate = await gateIn(world)
  if (!gate) {
    // The hook never got as far as the ledger: nobody was asked, so nothing moves.
    expect(told).toEqual([])
    return
  }
  closed[gate.state] = (closed[gate.state] ?? 0) + 1
  // One decision, ever.
  expect(watchClosings(world).size).toBe(gate.state === 'PENDING' ? 0 : 1)
  const rows = (await world.table.query('chain#shop/orders')).flatMap((item) => readRow(item) ?? [])
  expect(rows).toHaveLength(gate.state === 'PENDING' ? 0 : 1)
  expect(await verifyChain(rows, gate.head, world.seal)).toEqual([])
  // A hold is answered at most once with effect, and all with the same: never go after a no.
  expect(world.answeredUnrecorded).toBe(0)
  expect(new Set(told.map(({ answer }) => answer)).size).toBeLessThanOrEqual(1)
  expect(new Set(told.map(({ deploymentId }) => deploymentId)).size).toBe(told.length)
  if (gate.state === 'PENDING') expect(told).toEqual([])
  else {
    // Only an approval by enough people, or one with its glass broken, moves traffic.
    const answer = gate.state === 'APPROVED' ? 'go' : 'no-go'
    expect(told.every((each) => each.answer === answer)).toBe(true)
    for (const { deploymentId } of gate.facts.holds) {
      const effect = gate.effects[deploymentId]
      const own = told.filter((each) => each.deploymentId === deploymentId)
      // The plane's own time-out is the same no that we would have said.
      const answered = await world.plane.answered({ deploymentId })
      const timedOut = answered === answer && effect === 'APPLIED'
      expect(effect).toBe(own.length === 1 || timedOut ? 'APPLIED' : 'LATE')
    }
    expect(gate.head).toMatch(/^1-[0-9a-f]{64}$/)
  }
  if (gate.state === 'APPROVED' && gate.decision?.breakGlass === false) {
    expect(new Set(gate.votes.map(({ user }) => user)).size).toBeGreaterThanOrEqual(quorum)
    expect(gate.decision.at).toBeLessThan(gate.facts.expiresAt)
  }
  // The first evidence that arrived is what counts: without a pass, only broken glass moves traffic.
  const [evidence] = gate.facts.release.evidence.length > 0 ? gate.evidence : []
  if (evidence) {
    const arrived = await arrivedEvidence(world)
    if (gate.state === 'APPROVED' && gate.decision?.breakGlass === false) {
      expect(evidence.verdict).toBe('passed')
    }
    if (gate.state === 'PENDING') {
      expect(arrived === undefined || arrived === 'passed').toBe(true)
    }
    if (evidence.verdict !== 'pending') expect(evidence.verdict).toBe(arrived)
    evidences[`${arrived ?? 'none'}, ${gate.state}`] =
      (evidences[`${arrived ?? 'none'}, ${gate.state}`] ?? 0) + 1
  }
  // Past its time a gate is closed.
  if (world.clock.now() >= gate.facts.expiresAt) expect(gate.state).not.toBe('PENDING')
  // One card, which shows what the gate is now.
  expect(gate.card.ts).not.toBe('')
  expect(gate.card.lease).toBe(0)
  const before = JSON.stringify([...world.table.items])
  if (gate.state !== 'PENDING') {
    await settle(world)
    expect(JSON.stringify([...world.table.items])).toBe(before)
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
      }),
      { numRuns: 1_000 }
    )
  })
})
