import { describe, expect, it } from '@jest/globals'
import type { Fault } from '../../emulator/faults.ts'
import { faulty, run } from './stage.ts'

/** The SDK's own retries wait in real time, and ours are what is tried here. */
const OURS_ALONE = { 'max-retries': '0' }

describe('fault: a poll is throttled, fails, or finds expired credentials', () => {
  it.each<[string, Fault]>([
    ['throttling', { kind: 'throttling' }],
    ['a server error', { kind: 'server-error' }],
    ['an HTML error page', { kind: 'server-error', html: true }],
    ['a reset connection', { kind: 'reset' }],
    ['a lost answer', { kind: 'lost-answer' }]
  ])('survives %s', async (_, fault) => {
    const { ending, emulator } = await run({
      inputs: OURS_ALONE,
      prepare: faulty('codedeploy:GetDeployment', fault, { from: 2, to: 12 })
    })
    expect(ending.outcome).toBe('released')
    expect(emulator.world.codedeploy.deployments.size).toBe(1)
  })

  it('goes on when credentials are renewed after one refusal', async () => {
    const { ending } = await run({
      prepare: faulty(
        'codedeploy:GetDeployment',
        { kind: 'expired-credentials' },
        { from: 2, to: 2 }
      )
    })
    expect(ending.outcome).toBe('released')
  })

  it('ends as unknown after two', async () => {
    const { ending, operations } = await run({
      prepare: faulty('codedeploy:GetDeployment', { kind: 'expired-credentials' }, { from: 2 })
    })
    expect(ending.outcome).toBe('unknown')
    expect(operations.filter((each) => each === 'codedeploy:GetDeployment')).toHaveLength(3)
  })
})

const TOO_MANY: Fault = {
  kind: 'error',
  code: 'ClientException',
  message:
    'Too many concurrent attempts to create a new revision of the specified family. Retry later.'
}

describe('fault: RegisterTaskDefinition is throttled', () => {
  it.each<[string, Fault]>([
    ['too many concurrent attempts', TOO_MANY],
    ['throttling', { kind: 'throttling' }]
  ])('outlasts %s', async (_, fault) => {
    const { ending, operations, seconds } = await run({
      inputs: OURS_ALONE,
      prepare: faulty('ecs:RegisterTaskDefinition', fault, { to: 5 })
    })
    expect(ending.outcome).toBe('released')
    expect(operations.filter((each) => each === 'ecs:RegisterTaskDefinition').length).toBe(6)
    expect(seconds).toBeLessThan(150)
  })

  it('gives up after two minutes, and nothing was deployed', async () => {
    const { ending, operations, seconds } = await run({
      prepare: faulty('ecs:RegisterTaskDefinition', TOO_MANY)
    })
    expect(ending.outcome).toBe('refused')
    expect(ending.problems.join('\n')).toContain('Too many concurrent attempts')
    expect(seconds).toBeGreaterThan(60)
    expect(seconds).toBeLessThan(200)
    expect(operations).not.toContain('codedeploy:CreateDeployment')
  })
})

describe('discovery', () => {
  it('asks the deployment that the live task set names', async () => {
    const first = await run()
    expect(first.ending.outcome).toBe('released')
    const [id] = first.emulator.world.codedeploy.deployments.keys()
    const primary = first.emulator.world.ecsControl
      .findService('shop', 'orders')
      ?.taskSets.find(({ status }) => status === 'PRIMARY')
    expect(primary?.externalId).toBe(id)
  })

  it('refuses, and says what to set, where no group owns the service', async () => {
    const { ending, operations } = await run({
      prepare: (emulator) => emulator.world.codedeploy.applications.clear()
    })
    expect(ending.outcome).toBe('refused')
    expect(ending.problems.join('\n')).toContain('codedeploy-deployment-group')
    expect(operations).not.toContain('ecs:RegisterTaskDefinition')
  })
})
