import { describe, expect, it } from '@jest/globals'
import { createLedgerTable } from '../../../emulator/worlds/ledger-table.ts'
import { createClients } from '../../../src/aws/clients.ts'
import { OptionalReads } from '../../../src/aws/optional-reads.ts'
import { gatePlane } from '../../../src/controllers/listener/gate/gate-plane.ts'
import { moverPlane } from '../../../src/controllers/listener/gate/mover-plane.ts'
import type { Answer } from '../../../src/controllers/gate-plane.ts'
import { handleMover } from '../../../src/gate/mover/handler.ts'
import { dynamoTable } from '../../../src/ledger/dynamo-table.ts'
import type { Report } from '../../../src/release/report.ts'
import { policyWith } from '../../gate/memory-world.ts'
import { openPlace, type Place } from './stage.ts'

const TABLE = 'release-gate'
const MINUTE = 60_000

/** A release of a job whose gate's functions run beside it, and answer so to whatever is asked. */
async function released(
  place: Place,
  answer: Answer,
  inputs: Readonly<Record<string, string>> = {}
): Promise<Report & { readonly asked: number }> {
  const { emulator, clock } = place
  const { world } = emulator
  const clients = createClients({
    region: world.region,
    credentials: () => Promise.resolve(emulator.userKeys),
    maxRetries: 0
  })
  const table = dynamoTable(await clients.dynamodb(), TABLE)
  const optionalReads = new OptionalReads(clock, () => undefined)
  const cloudwatch = (): ReturnType<typeof clients.cloudwatch> => clients.cloudwatch()
  const balancing = await clients.loadBalancing()
  const plane = moverPlane({ table, clock, balancing, cloudwatch, optionalReads })
  const gate = gatePlane({
    table,
    clock,
    region: world.region,
    running: () => Promise.resolve(undefined)
  })
  const over = new AbortController()
  let asked = 0
  /** What the schedule starts. */
  const functions = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await handleMover(
        {
          clock,
          log: () => undefined,
          policy: () => Promise.resolve(policyWith()),
          routes: [place.listener],
          planes: { listener: () => Promise.resolve(plane) },
          tell: () => Promise.resolve(),
          ask: async (waiting) => {
            asked++
            await gate.answer(waiting, answer)
          }
        },
        { id: `invocation-${clock.now()}`, remainingMs: 2 * MINUTE }
      )
      await clock.sleep(2_000, over.signal).catch(() => undefined)
    }
  }
  const run = place.run({ 'ledger-table': TABLE, ...inputs })
  const beside = functions()
  await place.advance(run.ended)
  over.abort()
  await place.advance(beside)
  return { ...(await run.ended), asked }
}

async function placeWithLedger(): Promise<Place> {
  const place = await openPlace()
  await place.advance(createLedgerTable(place.emulator, TABLE))
  return place
}

describe('a failover with a ledger', () => {
  it('is moved by the functions, after a person has said yes once', async () => {
    const place = await placeWithLedger()
    const report = await released(place, 'go')
    expect(report).toMatchObject({ outcome: 'released', rollback: 'none', asked: 1 })
    expect(place.weights()).toEqual([0, 100])
    expect(report.deployment?.steps.map(({ name }) => name)).toContain('approval of 10 % to prod2')
  })

  it('asks before every step, as `approve` says', async () => {
    const place = await placeWithLedger()
    const report = await released(place, 'go', { approve: 'every-step', steps: '25, 50, 100' })
    expect(report).toMatchObject({ outcome: 'released', asked: 3 })
  })

  it('ends with an even split, for which a person is asked too', async () => {
    const place = await placeWithLedger()
    const report = await released(place, 'go', { finish: 'balanced', steps: '50, 100' })
    expect(report).toMatchObject({ outcome: 'released', asked: 2 })
    expect(place.weights()).toEqual([50, 50])
    expect(place.versions()).toEqual(['3', '3'])
  })

  it('stays at the start if the answer is no', async () => {
    const place = await placeWithLedger()
    const report = await released(place, 'no-go')
    // No card was opened here, so nothing says who has said no: the functions stop the move.
    expect(report).toMatchObject({ outcome: 'stopped', rollback: 'succeeded' })
    expect(place.weights()).toEqual([100, 0])
  })
})
