import { readFileSync } from 'node:fs'
import { describe, expect, it, jest } from '@jest/globals'
import { openStage, until, writes } from './stage.ts'

jest.setTimeout(90_000)

const runTask = (...command: string[]): Record<string, string> => ({
  'run-task': 'true',
  'run-task-subnets': 'subnet-1',
  'run-task-container-overrides': JSON.stringify([{ name: 'app', command }])
})
/** Of what is written, what the job writes. */
const ownWrites = (names: readonly string[]): string[] =>
  names.filter((name) => !name.startsWith('codedeploy:Put'))
const reportOf = (outputs: Readonly<Record<string, string>>): unknown =>
  JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8'))

describe('a release with a migration before it, as a runner runs it', () => {
  it('runs it with the revision that it releases, and deploys once it has succeeded', async () => {
    const { emulator, run } = await openStage({ gateAnswers: 'Succeeded' })
    const { exitCode, outputs, summary } = await run(runTask('migrate'))
    expect(exitCode).toBe(0)
    expect(outputs['outcome']).toBe('released')
    expect(JSON.parse(outputs['run-task-arn'] ?? '')).toEqual([
      expect.stringMatching(/^arn:aws:ecs:.*:task\/shop\/[0-9a-f]{32}$/)
    ])
    expect(ownWrites(writes(emulator))).toEqual([
      'ecs:RegisterTaskDefinition',
      'ecs:RunTask',
      'codedeploy:CreateDeployment'
    ])
    const [asked] = emulator.calls.list('ecs:RunTask')
    expect(asked?.input).toMatchObject({
      cluster: 'shop',
      taskDefinition: outputs['task-definition-arn'],
      overrides: { containerOverrides: [{ name: 'app', command: ['migrate'] }] }
    })
    expect(summary).toContain('<b>One-off task</b>')
    expect(reportOf(outputs)).toMatchObject({ oneOffTask: { status: 'STOPPED' } })
  })

  it('deploys nothing if it fails, and says with which exit code', async () => {
    const { emulator, run } = await openStage({ gateAnswers: 'Succeeded' })
    const { exitCode, outputs, lines } = await run(runTask('migrate', 'nowhere'))
    expect(exitCode).toBe(1)
    expect(outputs).toMatchObject({ outcome: 'failed', rollback: 'none' })
    expect(outputs).not.toHaveProperty('deployment-id')
    expect(lines.at(-1)).toMatch(/^::error::failed: .*exit code 1/)
    expect(ownWrites(writes(emulator))).toEqual(['ecs:RegisterTaskDefinition', 'ecs:RunTask'])
  })

  it('is stopped with the job, and nothing is deployed', async () => {
    const { emulator, start } = await openStage({ factor: 60 })
    const step = await start(runTask())
    await until(() => emulator.calls.count('ecs:DescribeTasks') > 0)
    step.kill('SIGINT')
    const { exitCode, outputs } = await step.result
    expect(exitCode).toBe(1)
    expect(outputs['outcome']).toBe('stopped')
    const [stop] = emulator.calls.list('ecs:StopTask')
    expect(JSON.stringify([stop?.input?.['task']])).toBe(outputs['run-task-arn'])
    expect(emulator.calls.count('codedeploy:CreateDeployment')).toBe(0)
  })

  it('is stopped by the post phase if the main phase was killed', async () => {
    const { emulator, start } = await openStage({ factor: 60 })
    const main = await start(runTask())
    await until(() => emulator.calls.count('ecs:DescribeTasks') > 0)
    main.kill('SIGKILL')
    const { state } = await main.result
    const { exitCode } = await (await start({}, { state })).result
    expect(exitCode).toBe(0)
    expect(emulator.calls.count('ecs:StopTask')).toBe(1)
    expect(emulator.calls.count('codedeploy:CreateDeployment')).toBe(0)
  })
})
