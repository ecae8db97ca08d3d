import { describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { CannotSee, CannotStop, type Controller } from '../../src/release/controller.ts'
import type { GateDecision } from '../../src/release/decision.ts'
import { follow, type FollowOptions } from '../../src/release/follow.ts'
import type { Snapshot, Step } from '../../src/release/snapshot.ts'
import type { TimelineEvent } from '../../src/release/timeline.ts'
import { watch } from '../../src/release/watch.ts'
import { drive } from '../helpers/drive.ts'
import { lifecycleAt, snapshotOf } from '../helpers/snapshots.ts'

const MINUTE = 60_000
type Reading = Partial<Snapshot> | Error

/** A control plane whose state is a function of time; it counts what it is asked. */
function world(at: (minutes: number, id: string) => Reading) {
  const clock = new ManualClock(0)
  const events: TimelineEvent[] = []
  const reads: { at: number; detail: boolean }[] = []
  const stops: { id: string; rollback: boolean }[] = []
  const cancel = new AbortController()
  let stopError: Error | undefined
  let stoppedAt: number | undefined
  const controller: Controller = {
    async read(deploymentId, detail) {
      reads.push({ at: clock.now(), detail })
      const reading = at(clock.now() / MINUTE, deploymentId)
      if (reading instanceof Error) throw reading
      const whole = snapshotOf({ at: clock.now(), deploymentId, ...reading })
      return detail ? whole : { ...whole, steps: undefined, traffic: undefined, targets: undefined }
    },
    async stop(id, rollback) {
      stops.push({ id, rollback })
      if (stopError) throw stopError
      stoppedAt = clock.now()
    }
  }
  const options: FollowOptions = {
    controller,
    clock,
    random: () => 0.5,
    deploymentId: 'd-ABCDEFGH1',
    goal: 'completed',
    gate: 'hook',
    onlyHook: true,
    deadline: 120 * MINUTE,
    cancelled: cancel.signal,
    emit: (event) => events.push(event),
    onSnapshot: () => undefined,
    onCancel: 'stop-and-rollback',
    onTimeout: 'leave',
    rollsBack: () => false,
    decision: async () => undefined,
    onFailure: async () => undefined
  }
  return {
    clock,
    events,
    reads,
    stops,
    cancel,
    options,
    controller,
    failStop: (error: Error) => {
      stopError = error
    },
    stoppedAt: () => stoppedAt
  }
}

const atGate: Partial<Snapshot> = { steps: lifecycleAt('BeforeAllowTraffic', 'InProgress') }

function decisionOf(state: GateDecision['state']): GateDecision {
  return {
    state,
    openedAt: 0,
    decidedAt: 1,
    by: [{ id: 'U1', name: 'Ann' }],
    reason: undefined,
    breakGlass: false,
    votes: [],
    effect: 'APPLIED',
    head: undefined,
    requester: { logins: [], verified: true, why: undefined }
  }
}

const done: Partial<Snapshot> = {
  status: 'Succeeded',
  steps: lifecycleAt('AfterAllowTraffic', 'Succeeded')
}

describe('watching', () => {
  it('reports each change once, and the goal', async () => {
    const { clock, options, events } = world((m) => (m < 1 ? atGate : done))
    const end = await drive(clock, watch(options))
    expect(end.kind).toBe('goal')
    const told = events.filter((e) => e.kind === 'lifecycle').map((e) => `${e.event} ${e.status}`)
    expect(new Set(told).size).toBe(told.length)
    expect(told).toContain('BeforeAllowTraffic InProgress')
    expect(told.at(-1)).toBe('AfterAllowTraffic Succeeded')
    expect(events.filter((e) => e.kind === 'waiting')).toHaveLength(1)
  })

  it('asks at most 15 times a minute while a person decides', async () => {
    const { clock, options, reads } = world((m) => (m < 50 ? atGate : done))
    await drive(clock, watch(options))
    for (let minute = 2; minute < 49; minute++) {
      const inMinute = reads.filter((r) => r.at >= minute * MINUTE && r.at < (minute + 1) * MINUTE)
      // One call for the status, one more for the detail; target health is at most one a minute.
      const calls = inMinute.reduce((sum, read) => sum + (read.detail ? 2 : 1), 0) + 1
      expect(calls).toBeLessThanOrEqual(15)
    }
  })

  it('sees the end within 4 s on the average, wherever it falls', async () => {
    const lags: number[] = []
    for (let n = 0; n < 40; n++) {
      const endsAt = 3 + n * 0.0173
      const { clock, options } = world((m) => (m < endsAt ? atGate : done))
      await drive(clock, watch(options))
      lags.push(clock.now() - endsAt * MINUTE)
    }
    const mean = lags.reduce((a, b) => a + b, 0) / lags.length
    expect(mean).toBeLessThanOrEqual(4_000)
    expect(Math.max(...lags)).toBeLessThanOrEqual(8_000)
  })

  it('never fails for throttling and servers, and says the trouble once', async () => {
    const { clock, options, events } = world((m) =>
      m < 20 ? new CannotSee('passing', 'ThrottlingException: Rate exceeded') : done
    )
    const end = await drive(clock, watch(options))
    expect(end.kind).toBe('goal')
    expect(events.filter((e) => e.kind === 'trouble')).toHaveLength(1)
  })

  it('reports a missing right at once', async () => {
    const { clock, options, reads } = world(() => new CannotSee('denied', 'AccessDeniedException'))
    const end = await drive(clock, watch(options))
    expect(end).toMatchObject({ kind: 'lost', reason: 'AccessDeniedException' })
    expect(reads).toHaveLength(1)
  })

  it('reports expired credentials within two polls', async () => {
    const { clock, options, reads } = world((m) =>
      m < 5 ? atGate : new CannotSee('credentials', 'ExpiredTokenException')
    )
    const end = await drive(clock, watch(options))
    expect(end.kind).toBe('lost')
    expect(reads.filter((r) => r.at >= 5 * MINUTE)).toHaveLength(2)
  })

  it('goes on when credentials were renewed between two polls', async () => {
    let failed = false
    const { clock, options } = world((m) => {
      if (m >= 2 && !failed) {
        failed = true
        return new CannotSee('credentials', 'ExpiredTokenException')
      }
      return m < 5 ? atGate : done
    })
    expect((await drive(clock, watch(options))).kind).toBe('goal')
  })

  it('leaves nothing pending behind', async () => {
    const { clock, options } = world((m) => (m < 1 ? atGate : done))
    await drive(clock, watch(options))
    expect(clock.pending).toBe(0)
  })

  it('keeps what the last full read saw', async () => {
    const { clock, options } = world((m) =>
      m < 10 ? { ...atGate, traffic: { blue: 100, green: 0 } } : done
    )
    const seen: (readonly Step[] | undefined)[] = []
    await drive(clock, watch({ ...options, onSnapshot: (s) => seen.push(s.steps) }))
    expect(seen.every((steps) => steps !== undefined)).toBe(true)
  })
})

describe('following to the end', () => {
  const rejected: Partial<Snapshot> = {
    status: 'Failed',
    error: { code: 'HOOK_EXECUTION_FAILURE', message: 'validation functions failed' },
    steps: lifecycleAt('BeforeAllowTraffic', 'Failed')
  }

  it('follows the rollback deployment to its end', async () => {
    const rollback = { deploymentId: 'd-ROLLBACK1', message: undefined }
    const { clock, options, events } = world((m, id) => {
      if (id === 'd-ROLLBACK1') return m < 3 ? {} : { status: 'Succeeded' }
      return m < 2 ? atGate : { ...rejected, rollback }
    })
    const end = await drive(clock, follow(options))
    expect(end).toMatchObject({
      outcome: 'rejected',
      rollback: 'succeeded',
      rollbackId: 'd-ROLLBACK1'
    })
    expect(events.some((e) => e.kind === 'rollback')).toBe(true)
  })

  it('tells a rejection from a failure even if the last read of the steps was throttled', async () => {
    const { clock, options, reads } = world((m) => {
      if (m < 2) return { ...atGate, gate: 'open' }
      return m < 2.15 ? { ...rejected, gate: 'none', steps: undefined } : rejected
    })
    const end = await drive(clock, follow(options))
    expect(end.outcome).toBe('rejected')
    expect(end.last?.steps?.some(({ status }) => status === 'Failed')).toBe(true)
    expect(reads.filter(({ at }) => at >= 2 * MINUTE).length).toBeLessThanOrEqual(6)
  })

  it("takes the function that failed at an open gate for the gate's, if the steps stay unread", async () => {
    const { clock, options } = world((m) =>
      m < 2 ? { ...atGate, gate: 'open' } : { ...rejected, gate: 'refused', steps: undefined }
    )
    const end = await drive(clock, follow({ ...options, onlyHook: false }))
    expect(end.outcome).toBe('rejected')
    expect(clock.now()).toBeLessThan(2.5 * MINUTE)
  })

  it('does not call a release rejected that the ledger knows as approved', async () => {
    const { clock, options } = world((m) => (m < 2 ? atGate : rejected))
    const decision = async () => decisionOf('APPROVED')
    const end = await drive(clock, follow({ ...options, decision }))
    expect(end.outcome).toBe('failed')
  })

  it('waits for a configured rollback that appears late', async () => {
    const { clock, options } = world((m, id) => {
      if (id === 'd-ROLLBACK1') return { status: 'Succeeded' }
      if (m < 2) return atGate
      return m < 2.2
        ? rejected
        : { ...rejected, rollback: { deploymentId: 'd-ROLLBACK1', message: undefined } }
    })
    const end = await drive(clock, follow({ ...options, rollsBack: () => true }))
    expect(end).toMatchObject({ outcome: 'rejected', rollback: 'succeeded' })
  })

  it('says none where none is configured, without waiting for one', async () => {
    const { clock, options } = world((m) => (m < 2 ? atGate : rejected))
    const end = await drive(clock, follow(options))
    expect(end).toMatchObject({ outcome: 'rejected', rollback: 'none' })
    expect(clock.now()).toBeLessThan(2.3 * MINUTE)
  })

  it('reports a rollback that failed', async () => {
    const { clock, options } = world((_, id) => {
      if (id === 'd-ROLLBACK1') return { status: 'Failed', error: { code: 'X', message: 'y' } }
      return { ...rejected, rollback: { deploymentId: 'd-ROLLBACK1', message: undefined } }
    })
    expect(await drive(clock, follow(options))).toMatchObject({ rollback: 'failed' })
  })
})

describe('a cancel', () => {
  const run = async (reading: Reading, policy: FollowOptions['onCancel'] = 'stop-and-rollback') => {
    const it = world(() => reading)
    const work = follow({ ...it.options, onCancel: policy })
    await it.clock.advance(3 * MINUTE)
    const cancelledAt = it.clock.now()
    it.cancel.abort()
    const end = await drive(it.clock, work, { stepMs: 100 })
    return { ...it, end, took: it.clock.now() - cancelledAt }
  }

  it('stops and rolls back within 5 s', async () => {
    const { end, stops, took } = await run(atGate)
    expect(stops).toEqual([{ id: 'd-ABCDEFGH1', rollback: true }])
    expect(end).toMatchObject({ outcome: 'stopped', rollback: 'in-progress' })
    expect(took).toBeLessThanOrEqual(5_000)
  })

  it('stops only, when that is asked', async () => {
    const { end, stops } = await run(atGate, 'stop')
    expect(stops).toEqual([{ id: 'd-ABCDEFGH1', rollback: false }])
    expect(end).toMatchObject({ outcome: 'stopped', rollback: 'none' })
  })

  it('leaves it, when that is asked', async () => {
    const { end, stops } = await run(atGate, 'leave')
    expect(stops).toEqual([])
    expect(end.outcome).toBe('unknown')
  })

  it('never undoes a release whose traffic has fully shifted', async () => {
    const { end, stops } = await run({ steps: lifecycleAt('AfterAllowTraffic', 'InProgress') })
    expect(stops).toEqual([])
    expect(end.interrupted).toMatchObject({ done: 'left' })
    expect(end.interrupted?.reason).toContain('already on the new revision')
  })

  it('handles a control plane that does not answer', async () => {
    const it = world(() => atGate)
    const work = follow(it.options)
    await it.clock.advance(3 * MINUTE)
    Object.assign(it.controller, { observe: () => new Promise(() => undefined) })
    const cancelledAt = it.clock.now()
    it.cancel.abort()
    await drive(it.clock, work, { stepMs: 100 })
    expect(it.clock.now() - cancelledAt).toBeLessThanOrEqual(5_000)
    expect(it.stops).toHaveLength(1)
  })

  it('says so when it could not be stopped', async () => {
    const it = world(() => atGate)
    it.failStop(new CannotStop('it could not be stopped and goes on: denied', false))
    const work = follow(it.options)
    await it.clock.advance(MINUTE)
    it.cancel.abort()
    const end = await drive(it.clock, work)
    expect(end).toMatchObject({ outcome: 'unknown', interrupted: { done: 'left' } })
  })
})

describe('a cancel of what has ended', () => {
  const cancelled = async (reading: Partial<Snapshot>, rollsBack: boolean) => {
    const it = world((m) => (m < 3 ? atGate : reading))
    const work = follow({ ...it.options, rollsBack: () => rollsBack })
    await it.clock.advance(MINUTE)
    it.cancel.abort()
    // The cancel's own read is the first that sees the end.
    Object.assign(it.controller, { read: async () => snapshotOf(reading) })
    return drive(it.clock, work, { stepMs: 100 })
  }
  const failed: Partial<Snapshot> = {
    status: 'Failed',
    steps: lifecycleAt('BeforeAllowTraffic', 'Failed')
  }

  it('does not say that there was no rollback where one is on its way', async () => {
    const rollback = { deploymentId: 'd-ROLLBACK1', message: undefined }
    expect((await cancelled({ ...failed, rollback }, false)).rollback).toBe('in-progress')
    expect((await cancelled(failed, true)).rollback).toBe('in-progress')
    expect((await cancelled(failed, false)).rollback).toBe('none')
  })
})

describe('the deadline', () => {
  it('leaves by default', async () => {
    const it = world(() => atGate)
    const end = await drive(it.clock, follow({ ...it.options, deadline: 5 * MINUTE }))
    expect(end).toMatchObject({
      outcome: 'timed-out',
      interrupted: { cause: 'timeout', done: 'left' }
    })
    expect(it.clock.now()).toBeLessThan(6 * MINUTE)
    expect(it.stops).toEqual([])
  })

  it('stops, and waits for the rollback', async () => {
    const it = world((m, id) => {
      if (id === 'd-ROLLBACK1') return m < 7 ? {} : { status: 'Succeeded' }
      if (it.stoppedAt() === undefined) return atGate
      return { status: 'Stopped', rollback: { deploymentId: 'd-ROLLBACK1', message: undefined } }
    })
    const end = await drive(
      it.clock,
      follow({ ...it.options, deadline: 5 * MINUTE, onTimeout: 'stop-and-rollback' })
    )
    expect(end).toMatchObject({ outcome: 'timed-out', rollback: 'succeeded' })
    expect(it.stops).toEqual([{ id: 'd-ABCDEFGH1', rollback: true }])
  })

  it('does not call a deployment timed out that could not be read for minutes', async () => {
    const it = world((m) => (m < 1 ? atGate : new CannotSee('passing', 'ECONNREFUSED')))
    const end = await drive(it.clock, follow({ ...it.options, deadline: 10 * MINUTE }))
    expect(end.outcome).toBe('unknown')
  })
})
