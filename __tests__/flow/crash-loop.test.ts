import { describe, expect, it } from '@jest/globals'
import { reportOf } from '../../src/action/finish.ts'
import { triggerOf } from '../../src/action/trigger.ts'
import { parseInputs } from '../../src/action/inputs/parse.ts'
import { reportToJson } from '../../src/release/report-json.ts'
import { faulty, run, type Released } from './stage.ts'

/** What the task logs; `awslogs` as ECS's documentation has it. */
const AWSLOGS = {
  'log-configuration-log-driver': 'awslogs',
  'log-configuration-options':
    'awslogs-group=/ecs/orders\nawslogs-region=eu-central-1\nawslogs-stream-prefix=web'
}
const CRASH = { 'environment-variables': 'BUG=crash' }
/** The same, and CodeDeploy's hour need not pass. */
const SHORT = { ...CRASH, 'green-unhealthy-after': '2' }
const linesWith = ({ lines }: Released, text: string): string[] =>
  lines.filter((line) => line.includes(text))

describe('a green that crash-loops', () => {
  it('is told within two polls: exit code, reason, how often, and what happens next', async () => {
    const released = await run({ inputs: CRASH })
    const { lines } = released
    const installing = lines.findIndex((line) => /Install +InProgress/.test(line))
    const told = lines.findIndex((line) => line.includes('stopped by themselves'))
    expect(lines[told]).toMatch(
      /^\+00:\d\d +green tasks +\d tasks have stopped by themselves.*; the last one: container app exited with 1; Essential container in task exited$/
    )
    const seconds = (line: string | undefined): number =>
      Number(/^\+00:(\d\d)/.exec(line ?? '')?.[1])
    expect(seconds(lines[told]) - seconds(lines[installing])).toBeLessThanOrEqual(10)
    const next = linesWith(released, 'what happens next').map((line) => line.slice(32))
    expect(next).toEqual([
      'ECS starts them again; CodeDeploy waits up to 60 minutes for green to become healthy, until 01:00:03 UTC, and fails the deployment then',
      'this job stops it earlier if the input green-unhealthy-after says so; it is not set',
      expect.stringMatching(
        /^to stop it now: cancel this run \(on-cancel: stop-and-rollback\), or run: aws deploy stop-deployment --deployment-id d-\w+ --auto-rollback-enabled --region eu-central-1$/
      )
    ])
    // What ends again and again for one reason is told ever more rarely.
    expect(linesWith(released, 'tasks have stopped by themselves').length).toBeLessThan(6)
    expect(released.ending.outcome).toBe('failed')
    expect(released.text).not.toContain('cannot reach the order database')
    expect(released.operations).not.toContain('logs:GetLogEvents')
    // Between them, the log is never silent for long.
    const minutes = linesWith(released, 'green is not healthy after')
    expect(minutes.length).toBeGreaterThan(10)
    expect(minutes[0]).toMatch(
      /^\+0\d:\d\d +green tasks +green is not healthy after \d min \d\d s; 0 of 2 tasks run; tasks that have stopped by themselves: \d; CodeDeploy waits for it until 01:00:03 UTC; this job waits until 01:30:00 UTC$/
    )
    const found = released.draft.timeline.filter(({ kind }) => kind === 'stopped-tasks')
    expect(found[0]).toMatchObject({
      message: 'container app exited with 1; Essential container in task exited',
      taskArn: expect.stringMatching(/^arn:aws:ecs:/)
    })
  })

  it('says when the job itself gives up earlier', async () => {
    const released = await run({ inputs: { ...CRASH, 'wait-for-minutes': '10' } })
    expect(linesWith(released, 'what happens next').join('\n')).toMatch(
      /this job waits until 00:10:\d\d UTC; then on-timeout: leave decides/
    )
    expect(released.ending.outcome).toBe('timed-out')
  })

  it('tells nothing where the tasks may not be read, and the release goes on as before', async () => {
    const released = await run({
      inputs: SHORT,
      prepare: faulty('ecs:ListTasks', { kind: 'denied' })
    })
    expect(released.text).not.toContain('stopped by themselves')
    expect(released.operations.filter((each) => each === 'ecs:ListTasks')).toHaveLength(1)
    expect(released.ending.outcome).toBe('stopped')
  })

  it('a healthy release asks for stopped tasks at most while green is installed', async () => {
    const { operations, text } = await run()
    expect(operations.filter((each) => each === 'ecs:ListTasks').length).toBeLessThan(6)
    // Once, for the images of green.
    expect(operations.filter((each) => each === 'ecs:DescribeTasks').length).toBeLessThan(2)
    expect(text).not.toContain('what happens next')
  })
})

describe('show-logs', () => {
  it("prints the tasks' last lines once, from the stream that ECS names", async () => {
    const released = await run({ inputs: { ...SHORT, ...AWSLOGS, 'show-logs': 'true' } })
    const at = released.lines.findIndex((line) => line.includes('show-logs'))
    expect(released.lines[at]).toMatch(
      /show-logs +the last lines, at most 20, of container app in task [0-9a-f]{32}:$/
    )
    expect(released.lines[at + 1]).toBe('  | cannot reach the order database: giving up')
    expect(linesWith(released, '  | ')).toHaveLength(1)
    const asked = released.emulator.calls
      .list()
      .filter(({ operation }) => operation === 'logs:GetLogEvents')
    expect(asked.length).toBeLessThanOrEqual(3)
    expect(asked[0]?.input).toMatchObject({
      logGroupName: '/ecs/orders',
      logStreamName: expect.stringMatching(/^web\/app\/[0-9a-f]{32}$/),
      limit: 20
    })
  })

  it('is off by default, and the report never has the lines', async () => {
    const { text, draft } = await run({ inputs: { ...SHORT, ...AWSLOGS } })
    expect(text).not.toContain('cannot reach the order database')
    const shown = await run({ inputs: { ...SHORT, ...AWSLOGS, 'show-logs': 'true' } })
    expect(JSON.stringify([draft, shown.draft])).not.toContain('cannot reach the order database')
  })

  it('says which driver it does not read, once', async () => {
    const released = await run({
      inputs: { ...SHORT, 'log-configuration-log-driver': 'awsfirelens', 'show-logs': 'true' }
    })
    expect(linesWith(released, 'show-logs')).toEqual([
      expect.stringContaining(
        'container app logs with the driver awsfirelens, which this action does not read'
      )
    ])
  })

  it('says once which right is missing, and goes on', async () => {
    const released = await run({
      inputs: { ...SHORT, ...AWSLOGS, 'show-logs': 'true' },
      prepare: faulty('logs:GetLogEvents', { kind: 'denied' })
    })
    expect(linesWith(released, 'logs:GetLogEvents').length).toBe(1)
    expect(released.ending.outcome).toBe('stopped')
  })
})

describe('green-unhealthy-after', () => {
  it('stops the release early, with its own reason in outcome, headline, report and diagnosis', async () => {
    const inputs = { ...CRASH, 'green-unhealthy-after': '5' }
    const released = await run({ inputs })
    const { ending, draft, seconds, lines } = released
    const because =
      /green was not healthy for 5 min \(green-unhealthy-after: 5\): 0 of 2 tasks run, tasks that have stopped by themselves: \d/
    expect(ending).toMatchObject({ outcome: 'stopped', rollback: 'succeeded' })
    expect(ending.reason).toMatch(because)
    expect(seconds).toBeGreaterThan(300)
    expect(seconds).toBeLessThan(340)
    expect(linesWith(released, 'what happens next').join('\n')).toMatch(
      /unless green is healthy by 00:05:\d\d UTC, this job stops the deployment \(green-unhealthy-after: 5\)/
    )
    expect(lines.find((line) => /^\+05:0\d +unhealthy /.test(line))).toMatch(because)
    const report = reportOf(draft, ending, undefined, triggerOf({}), { startedAt: 0, endedAt: 1 })
    expect(report.headline).toMatch(because)
    expect(report.diagnosis?.cause).toMatch(
      /^The deployment was stopped during Install\. Before that: /
    )
    expect(report.diagnosis?.cause).toContain('container app exited with 1')
    const json = JSON.parse(reportToJson(report)) as {
      timeline: { kind: string; cause?: string }[]
    }
    expect(json.timeline.find(({ kind }) => kind === 'interrupted')?.cause).toBe('unhealthy')
  })

  it('never stops a green that is healthy in time', async () => {
    const { ending } = await run({ inputs: { 'green-unhealthy-after': '5' } })
    expect(ending.outcome).toBe('released')
  })

  it.each(['0', '60', 'soon'])('takes no %s', (minutes) => {
    expect(() =>
      parseInputs({ INPUT_SERVICE: 'orders', 'INPUT_GREEN-UNHEALTHY-AFTER': minutes })
    ).toThrow(/green-unhealthy-after/)
  })
})

describe('a green that never came up', () => {
  it('is not asked anything: the test listener still leads to what serves', async () => {
    const { draft, operations } = await run({
      inputs: { ...SHORT, verification: 'verification.yml' },
      workspace: 'examples'
    })
    expect(draft.evidence.filter(({ section }) => section !== 'availability')).toEqual([])
    expect(operations).toContain('codedeploy:StopDeployment')
  })
})
