import { describe, expect, it } from '@jest/globals'
import { faulty, run } from '../../../flow/stage.ts'

describe('CreateDeployment', () => {
  it('fault: whose answer is lost is recovered, not repeated', async () => {
    const { ending, emulator, draft, text } = await run({
      prepare: faulty('codedeploy:CreateDeployment', { kind: 'lost-answer' }, { to: 1 })
    })
    expect(ending.outcome).toBe('released')
    const deployments = [...emulator.world.codedeploy.deployments.keys()]
    expect(deployments).toHaveLength(1)
    expect(draft.deployment?.id).toBe(deployments[0])
    expect(text).toMatch(/recovered|found/)
  })

  it('that never arrived is sent again', async () => {
    const { ending, emulator } = await run({
      prepare: faulty('codedeploy:CreateDeployment', { kind: 'reset' }, { to: 1 })
    })
    expect(ending.outcome).toBe('released')
    expect(emulator.world.codedeploy.deployments.size).toBe(1)
    expect(emulator.calls.count('codedeploy:CreateDeployment')).toBe(2)
  })

  it('that is throttled is sent again', async () => {
    const { ending, emulator } = await run({
      prepare: faulty('codedeploy:CreateDeployment', { kind: 'throttling' }, { to: 3 })
    })
    expect(ending.outcome).toBe('released')
    expect(emulator.world.codedeploy.deployments.size).toBe(1)
  })

  it('that is denied ends the run at once, with what was registered', async () => {
    const { ending, draft, emulator } = await run({
      prepare: faulty('codedeploy:CreateDeployment', { kind: 'denied' })
    })
    expect(ending.outcome).toBe('failed')
    expect(draft.taskDefinition?.arn).toMatch(/orders:2$/)
    expect(emulator.calls.count('codedeploy:CreateDeployment')).toBe(1)
  })
})
