import { describe, expect, it, jest } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { startGitHub } from '../../emulator/github/server.ts'
import { JOB } from '../../runner/job.ts'
import { openStage, until, writes } from './stage.ts'

jest.setTimeout(60_000)

/** The hour at the gate takes a minute: time enough for a cancel to be what ends it. */
const factor = 60

describe('fault: the job is cancelled at the gate', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s stops the deployment and rolls it back, within five seconds',
    async (signal) => {
      const { emulator, asked, start } = await openStage({ factor })
      const step = await start()
      await asked()
      const cancelledAt = performance.now()
      step.kill(signal)
      const { exitCode, outputs, summary } = await step.result
      expect(performance.now() - cancelledAt).toBeLessThan(5_000)
      expect(exitCode).toBe(1)
      expect(outputs).toMatchObject({ outcome: 'stopped', 'approval-status': 'pending' })
      expect(summary).toMatch(/cancel/i)
      const [stop] = emulator.calls.list('codedeploy:StopDeployment')
      expect(stop?.input).toEqual({
        deploymentId: outputs['deployment-id'],
        autoRollbackEnabled: true
      })
    }
  )

  it('only stops with on-cancel: stop', async () => {
    const { emulator, asked, start } = await openStage({ factor })
    const step = await start({ 'on-cancel': 'stop' })
    await asked()
    step.kill('SIGINT')
    const { outputs } = await step.result
    expect(outputs['outcome']).toBe('stopped')
    const [stop] = emulator.calls.list('codedeploy:StopDeployment')
    expect(stop?.input).toMatchObject({ autoRollbackEnabled: false })
  })

  it('leaves the deployment alone with on-cancel: leave, and says so', async () => {
    const { emulator, asked, start } = await openStage({ factor })
    const step = await start({ 'on-cancel': 'leave' })
    await asked()
    step.kill('SIGINT')
    const { exitCode, outputs, lines } = await step.result
    expect(exitCode).toBe(1)
    expect(outputs['outcome']).toBe('unknown')
    expect(emulator.calls.count('codedeploy:StopDeployment')).toBe(0)
    expect(lines.at(-1)).toMatch(/left|goes on/)
  })
})

describe('a cancel once all production traffic has moved', () => {
  it('never undoes the release', async () => {
    const { emulator, start } = await openStage({
      factor,
      gateAnswers: 'Succeeded',
      terminationWaitMinutes: 60
    })
    const step = await start()
    await step.line(/100 % green/)
    step.kill('SIGINT')
    const { outputs, lines } = await step.result
    expect(emulator.calls.count('codedeploy:StopDeployment')).toBe(0)
    expect(outputs['outcome']).toBe('unknown')
    expect(outputs['traffic-shifted-at']).toMatch(/^\d{4}-/)
    expect(lines.at(-1)).toContain('that is not undone')
  })
})

describe('a main phase that was killed', () => {
  it('leaves the deployment to the post phase, which stops it and rolls it back', async () => {
    const { emulator, asked, start } = await openStage({ factor })
    const main = await start()
    await asked()
    await main.line(/BeforeAllowTraffic\s+InProgress/)
    main.kill('SIGKILL')
    const { state, outputs, signal } = await main.result
    expect(signal).toBe('SIGKILL')
    expect(outputs['deployment-id']).toMatch(/^d-/)
    const post = await start({}, { state })
    const { exitCode, lines } = await post.result
    expect(exitCode).toBe(0)
    expect(lines.join('\n')).toContain(outputs['deployment-id'])
    const [stop] = emulator.calls.list('codedeploy:StopDeployment')
    expect(stop?.input).toEqual({
      deploymentId: outputs['deployment-id'],
      autoRollbackEnabled: true
    })
    const stopped = emulator.world.codedeploy.deployments.get(outputs['deployment-id'] ?? '')
    await until(() => stopped?.info.status === 'Stopped')
  })

  it("leaves GitHub's deployment to it too, which must not be in progress for ever", async () => {
    const github = await startGitHub({ clock: new ManualClock(), job: JOB })
    try {
      const { asked, start } = await openStage({ factor })
      const inputs = {
        'github-token': github.token,
        environment: 'production',
        'environment-url': 'https://shop.example.com'
      }
      const main = await start(inputs, { environment: github.environment })
      await asked()
      await main.line(/BeforeAllowTraffic\s+InProgress/)
      main.kill('SIGKILL')
      const { state } = await main.result
      expect(JSON.stringify(state)).not.toContain(github.token)
      expect(github.deployments[0]?.state).toBe('in_progress')
      const post = await start(inputs, { state, environment: github.environment })
      expect((await post.result).exitCode).toBe(0)
      const [deployment, ...others] = github.deployments
      expect(others).toEqual([])
      expect(deployment?.statuses.map((status) => status['state'])).toEqual([
        'queued',
        'in_progress',
        'failure'
      ])
      expect(deployment?.statuses.at(-1)).toMatchObject({
        description: expect.stringMatching(/d-\w+: asked to stop and roll back$/),
        log_url: 'https://github.com/octo/shop/actions/runs/4242',
        environment_url: 'https://shop.example.com'
      })
    } finally {
      await github.close()
    }
  })

  it('that ended by itself leaves nothing to do', async () => {
    const { emulator, run, start } = await openStage({ gateAnswers: 'Succeeded' })
    const { state } = await run()
    const before = emulator.calls.count()
    const post = await start({}, { state })
    expect((await post.result).exitCode).toBe(0)
    expect(emulator.calls.count()).toBe(before)
  })
})

describe('a cancel before anything was deployed', () => {
  it('writes nothing', async () => {
    const { emulator, start } = await openStage()
    emulator.faults.add({ operation: 'ecs:DescribeServices', fault: { kind: 'slow', ms: 2_000 } })
    const step = await start()
    await until(() => emulator.calls.count('ecs:DescribeServices') > 0)
    step.kill('SIGINT')
    const { outputs, lines } = await step.result
    expect(outputs['outcome']).toBe('stopped')
    expect(lines.at(-1)).toContain('This run was cancelled; nothing was deployed')
    expect(writes(emulator)).toEqual([])
  })
})
