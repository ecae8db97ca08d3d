import { describe, expect, test } from '@jest/globals'
import { chainPartition } from '../../../../src/ledger/keys.ts'
import { membersOf, readRow } from '../../../../src/ledger/decision-row.ts'
import { verifyChain } from '../../../../src/ledger/verify-chain.ts'
import { sameWeights, weightsFor } from '../../../../src/controllers/listener/weights.ts'
import { MINUTE } from '../../../gate/memory-world.ts'
import {
  failoverStage,
  planWith,
  RELEASE,
  START,
  steps,
  type FailoverStage
} from './failover-stage.ts'

/** What a cell of strategy x decision ends in. */
interface End {
  readonly move: string
  readonly gate: string
  readonly live: readonly [number, number]
  /** Of the rows of the chain, after one for each decision. */
  readonly rows: readonly string[]
  readonly cause?: object
}

const ALL: readonly [number, number] = [0, 100]
const NONE: readonly [number, number] = [100, 0]

/** Drives the world until nothing is open, or for two hours. */
async function toTheEnd(stage: FailoverStage, each: () => Promise<void> = nothing): Promise<void> {
  for (let minute = 0; minute < 120; minute++) {
    await stage.minutes(1)
    await each()
    const gates = await stage.gates()
    if (gates.every(({ open, state }) => !open && state !== 'PENDING')) return
  }
}

const nothing = (): Promise<void> => Promise.resolve()

/** Approves every step that is asked for. */
async function approving(stage: FailoverStage): Promise<void> {
  const last = (await stage.gates()).at(-1)
  if (last?.state === 'PENDING') await stage.click('U0ANN', 'approve')
}

/** How it stands now. The chain is whole, and every write replaced weights of this move. */
async function endOf(stage: FailoverStage): Promise<End> {
  const { move, gate } = await stage.seen()
  const rows = (await stage.table.query(chainPartition('shop/orders'))).flatMap(
    (item) => readRow(item) ?? []
  )
  expect(await verifyChain(rows, undefined, stage.seal)).toEqual([])
  const declared = [START, ...planWith().steps.map(({ share }) => weightsFor(share))]
  for (const { before, weights } of stage.balancer.writes) {
    expect(declared.some((each) => sameWeights(each, before))).toBe(true)
    expect(declared.some((each) => sameWeights(each, weights))).toBe(true)
  }
  const { from, to } = stage.balancer.live
  const cause = move.cause && { cause: move.cause }
  return { move: move.state, gate, live: [from, to], rows: rows.map(textOf), ...cause }
}

function textOf(row: NonNullable<ReturnType<typeof readRow>>): string {
  const members = membersOf(row) ?? {}
  const [service] = Array.isArray(members['services']) ? (members['services'] as object[]) : []
  const entry = members['entry']
  if (typeof entry !== 'string') return String(members['state'])
  const { status, rollback } = (service ?? {}) as { status?: string; rollback?: string }
  return `${entry}: ${status}, ${rollback}`
}

describe('a move of weights that the gate drives', () => {
  test('asks a person first, and moves nothing as long as nobody approves', async () => {
    const stage = failoverStage()
    await stage.begin()
    expect((await stage.seen()).gate).toBe('open')
    await stage.minutes(50)
    expect(stage.balancer.writes).toEqual([])
    expect(stage.slack.cards).toBe(1)
    expect(JSON.stringify(stage.slack.shown)).toContain(
      'Approving moves 10 % of the traffic now, then 50, 100 %, to prod2, 2 minutes each.'
    )
  })

  test.each([
    ['once', 1],
    ['every-step', 3]
  ] as const)('asked %s and approved, it moves all traffic in its steps', async (asks, gates) => {
    const stage = failoverStage()
    await stage.begin(planWith({ steps: steps(asks) }))
    await toTheEnd(stage, () => approving(stage))
    expect(stage.balancer.writes.map(({ weights }) => weights.to)).toEqual([10, 50, 100])
    expect(await stage.gates()).toHaveLength(gates)
    const decided = Array.from({ length: gates }, () => 'APPROVED')
    const shifted = Array.from({ length: gates }, () => 'shifted: shifting, none')
    const ended = Array.from({ length: gates }, () => 'ended: released, none')
    expect(await endOf(stage)).toMatchObject({
      move: 'completed',
      gate: 'passed',
      live: ALL,
      rows: [...decided, ...shifted, ...ended]
    })
    // However many gates there were, the channel reads one end.
    expect(stage.slack.digests).toBe(1)
    expect(await stage.moves.before?.(planWith().route)).toEqual({
      deployedLast: planWith().pair.to,
      active: undefined
    })
  })

  test.each([0, 1, 2])(
    'rejected before step %i of those that are asked, it goes back',
    async (step) => {
      const stage = failoverStage()
      await stage.begin(planWith({ steps: steps('every-step') }))
      await toTheEnd(stage, async () => {
        const gates = await stage.gates()
        if (gates.at(-1)?.state !== 'PENDING') return
        await (gates.length > step
          ? stage.reject('U0ANN', 'errors')
          : stage.click('U0ANN', 'approve'))
      })
      const approved = Array.from({ length: step }, () => 'APPROVED')
      const ends = Array.from({ length: step + 1 }, () => 'ended: stopped, succeeded')
      expect(await endOf(stage)).toMatchObject({
        move: 'restored',
        gate: 'refused',
        live: NONE,
        rows: [...approved, 'REJECTED', ...ends],
        cause: { kind: 'rejected' }
      })
      if (step === 0) expect(stage.balancer.writes).toEqual([])
    }
  )

  test.each([0, 1])('if step %i expires, it goes back', async (step) => {
    const stage = failoverStage()
    await stage.begin(planWith({ steps: steps('every-step') }))
    await toTheEnd(stage, async () => {
      const gates = await stage.gates()
      if (gates.at(-1)?.state === 'PENDING' && gates.length <= step)
        await stage.click('U0ANN', 'approve')
    })
    const approved = Array.from({ length: step }, () => 'APPROVED')
    const ends = Array.from({ length: step + 1 }, () => 'ended: stopped, succeeded')
    expect(await endOf(stage)).toMatchObject({
      move: 'restored',
      gate: 'timed-out',
      live: NONE,
      rows: [...approved, 'EXPIRED', ...ends],
      cause: { kind: 'expired' }
    })
  })

  /** Approves, and calls `act` once the share is reached. */
  async function at(stage: FailoverStage, share: number, act: () => unknown): Promise<void> {
    await stage.begin()
    await stage.click('U0ANN', 'approve')
    let done = false
    await toTheEnd(stage, async () => {
      if (done || stage.balancer.live.to !== share) return
      done = true
      await act()
    })
    expect(done).toBe(true)
  }

  const BACK = ['APPROVED', 'ended: stopped, succeeded']

  test.each([10, 50, 100])(
    'if its targets fall ill at %i percent, it goes back at once',
    async (share) => {
      const stage = failoverStage()
      await at(stage, share, () => (stage.balancer.healthy = 1))
      const shifted = share === 100 ? ['shifted: shifting, none'] : []
      expect(await endOf(stage)).toMatchObject({
        move: 'restored',
        gate: 'passed',
        live: NONE,
        rows: ['APPROVED', ...shifted, 'ended: stopped, succeeded'],
        cause: { kind: 'condition', broken: 'healthy targets of prod2: 1, and 2 are needed' }
      })
      expect(JSON.stringify(stage.slack.shown)).toContain('because a condition was broken')
    }
  )

  test.each([10, 50, 100])(
    'rolled back by a person at %i percent, it goes back, on record',
    async (share) => {
      const stage = failoverStage()
      await at(stage, share, () => stage.click('U0BEN', 'roll-back'))
      const shifted = share === 100 ? ['shifted: shifting, none'] : []
      expect(await endOf(stage)).toMatchObject({
        move: 'restored',
        gate: 'passed',
        live: NONE,
        rows: [
          'APPROVED',
          ...shifted,
          'rollback: stopped, in-progress',
          'ended: stopped, succeeded'
        ],
        cause: { kind: 'person', by: 'U0BEN' }
      })
      expect(JSON.stringify(stage.slack.shown)).toContain('*Roll back* by <@U0BEN>')
    }
  )

  test.each([10, 50, 100])(
    'what somebody else changes at %i percent stays, and both states are shown',
    async (share) => {
      const stage = failoverStage()
      await at(stage, share, () => (stage.balancer.live = { from: 33, to: 67 }))
      const shifted = share === 100 ? ['shifted: shifting, none'] : []
      expect(await endOf(stage)).toMatchObject({
        move: 'foreign',
        gate: 'passed',
        live: [33, 67],
        rows: ['APPROVED', ...shifted, 'ended: stopped, none']
      })
      expect(JSON.stringify(stage.slack.shown)).toContain(
        `Left there: \`prod1\` ${100 - share}, \`prod2\` ${share}. Now: *\`prod1\` 33, \`prod2\` 67*`
      )
    }
  )

  test('what somebody else changes before the approval stays as well', async () => {
    const stage = failoverStage()
    await stage.begin()
    stage.balancer.live = { from: 50, to: 50 }
    await toTheEnd(stage)
    expect(await endOf(stage)).toMatchObject({
      move: 'foreign',
      gate: 'refused',
      live: [50, 50],
      rows: ['WITHDRAWN', 'ended: stopped, none']
    })
  })

  test('a job can ask for the way back, and not in the name of a person', async () => {
    const stage = failoverStage()
    await at(stage, 10, () => stage.moves.goBack(RELEASE, { kind: 'person', by: 'U0ANN' }))
    expect(await endOf(stage)).toMatchObject({
      move: 'restored',
      gate: 'passed',
      live: NONE,
      rows: BACK,
      cause: { kind: 'cancelled' }
    })
  })

  test('a bake shorter than a minute ends in time, within one invocation', async () => {
    const stage = failoverStage()
    await stage.begin(planWith({ steps: steps('once', 10_000) }))
    await stage.click('U0ANN', 'approve')
    const before = stage.clock.now()
    await stage.mover()
    expect(stage.balancer.live).toEqual({ from: 0, to: 100 })
    expect((await stage.seen()).move.state).toBe('completed')
    expect(stage.clock.now() - before).toBeLessThan(MINUTE)
    // One for each step, so that the card does not wait for the minute.
    expect(stage.told).toBeGreaterThanOrEqual(3)
  })
})
