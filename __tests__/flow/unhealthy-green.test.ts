import { describe, expect, it } from '@jest/globals'
import type { ReleaseContext } from '../../src/flow/context.ts'
import { limitUnhealthyGreen } from '../../src/flow/unhealthy-green.ts'
import { newDraft, reportDeployment } from '../../src/release/draft.ts'
import type { Snapshot, TaskSetState } from '../../src/release/snapshot.ts'
import { lifecycleAt, snapshotOf, stepsNamed } from '../helpers/snapshots.ts'

const MINUTE = 60_000
const green = (running: number): TaskSetState => ({
  label: 'green',
  status: 'ACTIVE',
  desired: 2,
  pending: 0,
  running,
  weight: 0,
  targetGroup: 'orders-b'
})

/** Shows it these snapshots, and resolves with when it stopped the deployment, in minutes. */
async function stoppedAt(
  at: (minute: number) => Partial<Snapshot>,
  minutes: number | undefined = 3
): Promise<{ minute: number | undefined; because: string | undefined }> {
  const draft = newDraft('shop', 'orders')
  const stops: number[] = []
  let now = 0
  const context = {
    settings: { greenUnhealthyAfter: minutes },
    draft,
    clock: { now: () => now },
    emit: () => undefined,
    logger: { warning: () => undefined }
  } as unknown as ReleaseContext
  const limit = limitUnhealthyGreen(
    context,
    { stop: async () => void stops.push(now / MINUTE) },
    'd-ABCDEFGH1'
  )
  for (; now <= 30 * MINUTE; now += MINUTE) {
    const snapshot = snapshotOf({ at: now, taskSets: [green(2)], ...at(now / MINUTE) })
    draft.deployment = reportDeployment(snapshot, undefined)
    limit?.see(snapshot)
    await Promise.resolve()
  }
  expect(stops.length).toBeLessThan(2)
  return { minute: stops[0], because: draft.stoppedBecause }
}

const installing = { steps: stepsNamed({ Install: ['InProgress', 0] }) }
const atGate = { steps: lifecycleAt('BeforeAllowTraffic', 'InProgress') }

describe('a green that is not healthy for `green-unhealthy-after` minutes', () => {
  it('is stopped while it is installed, from when that began', async () => {
    const { minute, because } = await stoppedAt(() => ({ ...installing, taskSets: [green(0)] }))
    expect(minute).toBe(3)
    expect(because).toBe(
      'green was not healthy for 3 min (green-unhealthy-after: 3): 0 of 2 tasks run'
    )
  })

  it('is stopped at the gate, from when it lost tasks or failed health checks', async () => {
    const lost = await stoppedAt((m) => ({ ...atGate, taskSets: [green(m >= 10 ? 1 : 2)] }))
    expect(lost.minute).toBe(13)
    const targets = [{ id: 'a', state: 'unhealthy', reason: undefined, description: undefined }]
    const sick = await stoppedAt((m) => ({ ...atGate, targets: m >= 5 ? targets : [] }))
    expect(sick.minute).toBe(8)
  })

  it('counts anew when green was healthy in between, as after one lost task', async () => {
    const { minute } = await stoppedAt((m) => ({
      ...atGate,
      taskSets: [green(m % 3 === 0 ? 2 : 1)]
    }))
    expect(minute).toBeUndefined()
  })

  it('is left alone once production traffic moves, because stopping then is for other limits', async () => {
    const shifting = { steps: lifecycleAt('AllowTraffic', 'InProgress'), taskSets: [green(0)] }
    expect((await stoppedAt(() => shifting)).minute).toBeUndefined()
  })

  it('is left alone without the input, and after the end', async () => {
    const sick = { ...installing, taskSets: [green(0)] }
    expect((await stoppedAt(() => sick, 0)).minute).toBe(0)
    const ended = { ...sick, status: 'Failed', state: 'failed' } as const
    expect((await stoppedAt(() => ended)).minute).toBeUndefined()
    const context = { settings: {} } as unknown as ReleaseContext
    expect(limitUnhealthyGreen(context, { stop: async () => undefined }, 'd-1')).toBeUndefined()
  })

  it('of another deployment, such as the rollback, is none of its business', async () => {
    const other = { ...installing, deploymentId: 'd-ROLLBACK1', taskSets: [green(0)] }
    expect((await stoppedAt(() => other)).minute).toBeUndefined()
  })
})
