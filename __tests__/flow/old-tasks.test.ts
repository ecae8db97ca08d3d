import { describe, expect, it } from '@jest/globals'
import { faulty, run, runUndecided } from './stage.ts'

const completed = { 'wait-for': 'completed' }

describe('a release that has completed', () => {
  it('tells when the old tasks were told to stop and had stopped, by ECS', async () => {
    const release = await run({ inputs: completed })
    expect(release.ending.outcome).toBe('released')
    const { deployment } = release.draft
    const { tasks } = release.emulator.world.ecs
    const old = [...tasks.values()].filter(
      ({ taskSet }) => taskSet && taskSet.externalId !== deployment?.id
    )
    const stopped = old.flatMap(({ stoppedAt }) => stoppedAt ?? [])
    expect(old).toHaveLength(2)
    expect(deployment?.oldTasks).toEqual({
      told: 2,
      stopped: stopped.length,
      toldAt: Math.min(...old.flatMap(({ stoppingAt }) => stoppingAt ?? [])),
      stoppedAt: stopped.length < 2 ? undefined : Math.max(...stopped)
    })
    expect(deployment?.oldTasks?.toldAt).toBeGreaterThanOrEqual(deployment?.trafficShiftedAt ?? NaN)
  })

  it("lists green's targets with their health, as a release that fails does", async () => {
    const { draft } = await run({ inputs: completed })
    expect(draft.deployment?.targets?.map(({ state }) => state)).toEqual(['healthy', 'healthy'])
    expect(draft.deployment?.targets?.[0]?.id).toMatch(/^[\d.]+:\d+$/)
    const rejected = await run({ gateAnswers: 'Failed' })
    expect(rejected.draft.deployment?.targets).toHaveLength(2)
  })

  it.each(['ecs:ListTasks', 'ecs:DescribeTasks'])('does without %s', async (right) => {
    const release = await run({ inputs: completed, prepare: faulty(right, { kind: 'denied' }) })
    expect(release.ending.outcome).toBe('released')
    expect(release.draft.deployment?.oldTasks).toBeUndefined()
  })

  it('asks nothing of the old tasks if the job ends before they do', async () => {
    const release = await runUndecided({ inputs: { 'wait-for': 'test-traffic' } })
    expect(release.ending.outcome).toBe('started')
    expect(release.draft.deployment?.oldTasks).toBeUndefined()
  })
})
