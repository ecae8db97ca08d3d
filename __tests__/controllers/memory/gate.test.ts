import { describe, expect, it } from '@jest/globals'
import { handleCallback } from '../../../src/gate/callback/handler.ts'
import type { Platform } from '../../../src/gate/platform.ts'
import { handleRequest } from '../../../src/gate/request/handler.ts'
import type { FindRequester } from '../../../src/gate/request/facts.ts'
import { handleSweep } from '../../../src/gate/sweep/sweep.ts'
import type { RequestPlane } from '../../../src/controllers/gate-plane.ts'
import { membersOf, readRow } from '../../../src/ledger/decision-row.ts'
import type { Gate } from '../../../src/ledger/gate.ts'
import { findGate, gatesOf } from '../../../src/ledger/gates.ts'
import { chainPartition } from '../../../src/ledger/keys.ts'
import { effectOf, trafficResultOf } from '../../../src/ledger/of-all-holds.ts'
import {
  KEYS_IN_REACH,
  memoryWorld,
  MINUTE,
  REMAINING_MS,
  type MemoryWorld
} from '../../gate/memory-world.ts'
import { openForAll } from '../../gate/open-for-all.ts'
import { clickPayload, reasonPayload, signed, SIGNING_SECRET } from '../../gate/slack-requests.ts'
import { memoryGatePlane } from './gate-plane.ts'
import { MemoryTraffic } from './traffic.ts'

const PREPARED_MS = 10_000
const SERVICE = 'memory/service of move-1'

const findRequester: FindRequester = () =>
  Promise.resolve({ verified: true, why: undefined, logins: ['o'], users: ['U0ASK'], unmapped: [] })

interface Place extends Omit<MemoryWorld, 'platform'> {
  readonly platform: Platform<RequestPlane>
  readonly traffic: MemoryTraffic
  /** The deployments that wait for the gate. */
  readonly moves: readonly string[]
  gate(): Promise<Gate>
  send(payload: object): Promise<unknown>
  /** A sweep, a minute later. */
  sweep(): Promise<void>
}

/** So many deployments wait, and their gate is open. */
async function asked(holds: number): Promise<Place> {
  const world = memoryWorld()
  const { clock } = world
  const traffic = new MemoryTraffic(clock)
  const plane = memoryGatePlane(traffic)
  const platform = { ...world.platform, planes: { memory: () => Promise.resolve(plane) } }
  const moves = Array.from({ length: holds }, () => traffic.begin())
  await clock.advance(PREPARED_MS)
  if (holds === 1) await handleRequest(platform, findRequester, { move: 'move-1' }, REMAINING_MS)
  else {
    const [first = 'none', ...others] = moves
    const tokens = others.map((move) => `what answers ${move}`)
    const { hold } = await plane.describe(first)
    const more = await Promise.all(others.map(async (move) => (await plane.describe(move)).hold))
    await openForAll(
      platform,
      plane,
      findRequester,
      [hold, ...more],
      [`what answers ${first}`, ...tokens]
    )
  }
  return {
    ...world,
    platform,
    traffic,
    moves,
    async gate() {
      const [gate] = await gatesOf(world.table, 'move-1')
      if (!gate) throw new Error('no gate has opened')
      return gate
    },
    send: (payload) =>
      handleCallback(platform, () => Promise.resolve(SIGNING_SECRET), signed(payload, clock.now())),
    async sweep() {
      await clock.advance(MINUTE)
      await handleSweep(platform, KEYS_IN_REACH)
    }
  }
}

describe.each([1, 2])('a control plane that src does not know, with %i holds', (holds) => {
  it('is asked about: one card, and one gate with all of them', async () => {
    const place = await asked(holds)
    const gate = await place.gate()
    expect(gate.facts.holds.map(({ deploymentId }) => deploymentId)).toEqual(place.moves)
    expect(gate).toMatchObject({ state: 'PENDING', facts: { names: { place: 'this process' } } })
    expect(place.slack.cards).toBe(1)
    expect(JSON.stringify(place.slack.shown)).toContain('https://memory.example.com/move-1')
  })

  it.each<
    [string, (place: Place, gate: Gate) => Promise<unknown>, Readonly<Record<string, string>>]
  >([
    [
      'approved',
      (place, { facts }) => place.send(clickPayload('U0ANN', 'approve', facts.id)),
      { state: 'APPROVED', answer: 'go', status: 'released', rollback: 'none' }
    ],
    [
      'rejected',
      (place, { facts }) => place.send(reasonPayload('U0ANN', 'reject', facts.id, 'wrong totals')),
      { state: 'REJECTED', answer: 'no-go', status: 'failed', rollback: 'succeeded' }
    ],
    [
      'expired',
      async (place) => {
        await place.clock.advance(54 * MINUTE)
        await place.sweep()
      },
      { state: 'EXPIRED', answer: 'no-go', status: 'failed', rollback: 'succeeded' }
    ]
  ])(
    'is %s: each hold is answered once, and its traffic is followed to its end',
    async (_, decide, expected) => {
      const place = await asked(holds)
      const { table, traffic, moves } = place
      await decide(place, await place.gate())
      const decided = await place.gate()
      expect(effectOf(decided)).toBe('APPLIED')
      await place.sweep()
      await place.sweep()
      const gate = await findGate(table, decided.facts.id)
      if (!gate) throw new Error('the gate is gone')
      for (const move of moves) {
        const { state } = gate
        const result = trafficResultOf(gate)
        const answer = traffic.moves.get(move)?.answer?.verdict
        expect({ state, answer, status: result?.status, rollback: result?.rollback }).toEqual(
          expected
        )
      }
      // Its own traffic and nobody else's: a rollback for each that was refused.
      expect(Object.keys(gate.trafficResults)).toEqual(moves)
      expect(gate.open).toBe(false)
      const rows = await table.query(chainPartition(SERVICE))
      const row = rows[0] && readRow(rows[0])
      expect(rows).toHaveLength(2)
      expect(rows[1] && readRow(rows[1])).toMatchObject({
        text: expect.stringContaining(`"status":"${expected['status']}"`)
      })
      expect(row && membersOf(row)).toMatchObject({
        state: gate.state,
        place: 'this process',
        holds: moves.map((deploymentId) => ({ plane: 'memory', deploymentId }))
      })
    }
  )

  it('is withdrawn from, if one of its deployments is stopped: the others get a no', async () => {
    const place = await asked(holds)
    const last = place.traffic.moves.get(place.moves.at(-1) ?? '')
    if (last) place.traffic.stop(last)
    await place.sweep()
    const gate = await place.gate()
    expect(gate.state).toBe('WITHDRAWN')
    expect(effectOf(gate)).toBe('LATE')
    const answers = place.moves.map((move) => place.traffic.moves.get(move)?.answer?.verdict)
    expect(answers).toEqual(holds === 1 ? [undefined] : ['no-go', undefined])
  })
})
