import { describe, expect, it, jest } from '@jest/globals'
import { openStage, until, writes } from './stage.ts'

jest.setTimeout(60_000)

describe('wait-for', () => {
  it('started ends when CreateDeployment has answered, without another call', async () => {
    const { emulator, run } = await openStage()
    const { exitCode, outputs } = await run({ 'wait-for': 'started' })
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ outcome: 'started', 'approval-status': 'pending' })
    expect(outputs['deployment-id']).toMatch(/^d-/)
    expect(emulator.calls.list().at(-1)?.operation).toBe('codedeploy:CreateDeployment')
  })

  it('test-traffic ends when green answers on the test listener', async () => {
    const { run } = await openStage({ factor: 60 })
    const { exitCode, outputs } = await run({ 'wait-for': 'test-traffic' })
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ 'approval-status': 'pending' })
    expect(outputs).not.toHaveProperty('traffic-shifted-at')
  })

  it('test-traffic without a test listener is refused, before anything is written', async () => {
    const { emulator, run } = await openStage({ testListener: false })
    const { exitCode, outputs, lines } = await run({ 'wait-for': 'test-traffic' })
    expect(exitCode).toBe(1)
    expect(outputs['outcome']).toBe('refused')
    expect(lines.join('\n')).toContain('test listener')
    expect(writes(emulator)).toEqual([])
  })

  it('approval ends when the person has approved', async () => {
    const { emulator, demo, asked, start } = await openStage({ factor: 60 })
    const step = await start({ 'wait-for': 'approval' })
    await asked()
    for (const request of demo.gate.requests()) demo.gate.decide(request, 'Succeeded')
    const { exitCode, outputs } = await step.result
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ 'approval-status': 'approved' })
    expect(emulator.calls.count('codedeploy:StopDeployment')).toBe(0)
  })

  it('traffic-shifted ends while blue still waits for its end', async () => {
    const { run } = await openStage({ gateAnswers: 'Succeeded', terminationWaitMinutes: 2880 })
    const { exitCode, outputs } = await run({ 'wait-for': 'traffic-shifted' })
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({
      'approval-status': 'approved',
      // What it is called while blue is kept is the switch `terminationStatus`.
      'deployment-status': expect.stringMatching(/^(InProgress|Baking)$/)
    })
    expect(outputs['traffic-shifted-at']).toMatch(/^\d{4}-/)
  })

  it('completed follows to the end of blue', async () => {
    const { run } = await openStage({ gateAnswers: 'Succeeded', terminationWaitMinutes: 5 })
    const { outputs } = await run({ 'wait-for': 'completed' })
    expect(outputs).toMatchObject({ outcome: 'released', 'deployment-status': 'Succeeded' })
  })
})

describe('dry-run', () => {
  it('shows diff, AppSpec and verdict, and writes nothing', async () => {
    const { emulator, run } = await openStage()
    const { exitCode, outputs, summary, lines } = await run({ 'dry-run': 'true' })
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ outcome: 'planned' })
    expect(outputs).not.toHaveProperty('deployment-id')
    expect(lines.join('\n')).toMatch(
      /~ containerDefinitions\[app\]\.image: .*orders:1 -> .*orders:2/
    )
    expect(summary).toContain('AWS::ECS::Service')
    expect(summary).toContain('BeforeAllowTraffic')
    expect(summary).toMatch(/\bOK\b/)
    expect(writes(emulator)).toEqual([])
  })
})

describe('on-active-deployment', () => {
  it('fail refuses and names the deployment', async () => {
    const { emulator, asked, start, run } = await openStage({ factor: 60 })
    const first = await start({ 'wait-for': 'started' })
    const id = (await first.result).outputs['deployment-id'] ?? ''
    await asked()
    const before = writes(emulator).length
    const { exitCode, outputs, lines } = await run({ image: 'orders:3' })
    expect(exitCode).toBe(1)
    expect(outputs['outcome']).toBe('refused')
    expect(lines.join('\n')).toContain(id)
    expect(writes(emulator)).toHaveLength(before)
  })

  it('wait lets it end, then releases', async () => {
    const { demo, asked, start } = await openStage({ factor: 60 })
    const first = await start({ 'wait-for': 'started' })
    await first.result
    await asked()
    const second = await start({ image: 'orders:3', 'on-active-deployment': 'wait' })
    await second.line(/under way/)
    const [request] = demo.gate.requests()
    if (request) demo.gate.decide(request, 'Succeeded')
    await until(() => demo.gate.requests().length > 1)
    for (const later of demo.gate.requests().slice(1)) demo.gate.decide(later, 'Succeeded')
    const { exitCode, outputs } = await second.result
    expect(exitCode).toBe(0)
    expect(outputs['outcome']).toBe('released')
    expect(outputs['task-definition-arn']).toMatch(/orders:3$/)
  })

  it('stop stops it, waits for the rollback it causes, then releases', async () => {
    const { emulator, demo, asked, start } = await openStage({ factor: 60 })
    const first = await start({ 'wait-for': 'started' })
    const id = (await first.result).outputs['deployment-id'] ?? ''
    await asked()
    const second = await start({ image: 'orders:3', 'on-active-deployment': 'stop' })
    await until(() => demo.gate.requests().length > 1)
    for (const later of demo.gate.requests().slice(1)) demo.gate.decide(later, 'Succeeded')
    const { outputs } = await second.result
    expect(outputs['outcome']).toBe('released')
    const deployments = [...emulator.world.codedeploy.deployments.values()]
    expect(deployments.map(({ info }) => info.status)).toEqual([
      'Stopped',
      'Succeeded',
      'Succeeded'
    ])
    expect(deployments[0]?.info.deploymentId).toBe(id)
  })

  it('stop refuses once production traffic moves', async () => {
    const { emulator, run } = await openStage({
      factor: 60,
      gateAnswers: 'Succeeded',
      terminationWaitMinutes: 60
    })
    await run({ 'wait-for': 'traffic-shifted' })
    const { outputs, lines } = await run({ image: 'orders:3', 'on-active-deployment': 'stop' })
    expect(outputs['outcome']).toBe('refused')
    expect(lines.join('\n')).toMatch(/production traffic/)
    expect(emulator.calls.count('codedeploy:StopDeployment')).toBe(0)
  })

  it('fault: the runner is lost: a re-run follows the deployment of the first run', async () => {
    const { emulator, demo, asked, start } = await openStage({ factor: 60 })
    const first = await start({ 'wait-for': 'started' })
    const id = (await first.result).outputs['deployment-id'] ?? ''
    await asked()
    const again = await start({ 'on-active-deployment': 'attach' })
    await again.line(/BeforeAllowTraffic\s+InProgress/)
    for (const request of demo.gate.requests()) demo.gate.decide(request, 'Succeeded')
    const { outputs } = await again.result
    expect(outputs).toMatchObject({ outcome: 'released', 'deployment-id': id })
    expect(emulator.calls.count('codedeploy:CreateDeployment')).toBe(1)
    expect(emulator.calls.count('ecs:RegisterTaskDefinition')).toBe(1)
  })

  it('attach refuses a deployment of something else', async () => {
    const { asked, start, run } = await openStage({ factor: 60 })
    await (
      await start({ 'wait-for': 'started' })
    ).result
    await asked()
    const { outputs } = await run({ image: 'orders:3', 'on-active-deployment': 'attach' })
    expect(outputs['outcome']).toBe('refused')
  })
})
