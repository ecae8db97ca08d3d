import { describe, expect, it } from '@jest/globals'
import { reportOf } from '../../src/action/finish.ts'
import { parseInputs, variableOf } from '../../src/action/inputs/parse.ts'
import { triggerOf } from '../../src/action/trigger.ts'
import { faulty, run, start, verdictOf, type Released } from './stage.ts'

const OVERRIDES = (...command: string[]): string => JSON.stringify([{ name: 'app', command }])
const MIGRATION = {
  'run-task': 'true',
  'run-task-subnets': 'subnet-1, subnet-2',
  'run-task-security-groups': 'sg-1',
  'run-task-container-overrides': OVERRIDES('migrate')
}
const FAILING = { ...MIGRATION, 'run-task-container-overrides': OVERRIDES('migrate', 'nowhere') }
/** The example service itself, which does not end. */
const ENDLESS = { ...MIGRATION, 'run-task-container-overrides': '[]' }
const HOUR = 3_600_000

function order({ operations }: Released): string[] {
  const named = ['RegisterTaskDefinition', 'RunTask', 'StopTask', 'CreateDeployment']
  return operations
    .map((operation) => operation.split(':')[1] ?? '')
    .filter((name) => named.includes(name))
}

function sentenceOf({ draft, ending }: Pick<Released, 'draft' | 'ending'>): string {
  const { settings } = parseInputs({ [variableOf('service')]: 'orders' })
  return reportOf(draft, ending, settings, triggerOf({}), { startedAt: 0, endedAt: 1 }).headline
}

describe('a one-off task', () => {
  it('runs the registered revision before the deployment is started', async () => {
    const release = await run({
      inputs: { ...MIGRATION, 'run-task-tags': '[{"key": "team", "value": "shop"}]' }
    })
    expect(release.ending.outcome).toBe('released')
    expect(order(release)).toEqual(['RegisterTaskDefinition', 'RunTask', 'CreateDeployment'])
    const { draft, emulator } = release
    expect(emulator.calls.list('ecs:RunTask')[0]?.input).toMatchObject({
      taskDefinition: draft.taskDefinition?.arn,
      launchType: 'FARGATE',
      startedBy: 'GitHub-Actions',
      count: 1,
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-1', 'subnet-2'],
          securityGroups: ['sg-1'],
          assignPublicIp: 'DISABLED'
        }
      },
      overrides: { containerOverrides: [{ name: 'app', command: ['migrate'] }] },
      tags: [{ key: 'team', value: 'shop' }]
    })
    expect(draft.oneOffTask).toMatchObject({
      status: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      containers: [{ name: 'app', exitCode: 0 }]
    })
    const told = draft.timeline.flatMap((event) => (event.kind === 'task' ? [event.status] : []))
    expect(told).toEqual(['PROVISIONING', 'RUNNING', 'STOPPED'])
    expect(verdictOf(release, 'one-off task')).toMatch(/^OK: .*FARGATE, with overrides of app/)
  })

  it('deploys nothing if it fails, and says with which exit code', async () => {
    const release = await run({ inputs: FAILING })
    expect(release.ending).toMatchObject({ outcome: 'failed', rollback: 'none' })
    expect(order(release)).toEqual(['RegisterTaskDefinition', 'RunTask'])
    expect(sentenceOf(release)).toMatch(
      /^The one-off task [0-9a-f]+ failed: container app ended with exit code 1; nothing was deployed\.$/
    )
  })

  it('deploys nothing if its image is missing', async () => {
    const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:missing'
    // The job may not look into ECR, so pre-flight does not know of it.
    const prepare = faulty('ecr:*', { kind: 'denied' })
    const release = await run({ inputs: { ...MIGRATION, image }, prepare })
    expect(release.ending.outcome).toBe('failed')
    expect(sentenceOf(release)).toMatch(/TaskFailedToStart: CannotPullContainerError/)
    expect(release.operations).not.toContain('codedeploy:CreateDeployment')
  })

  it('deploys nothing if there is no room for it', async () => {
    const release = await run({
      inputs: MIGRATION,
      prepare: ({ world }) => {
        world.ecs.unplaceable = 'Capacity is unavailable at this time.'
      }
    })
    expect(release.ending.outcome).toBe('failed')
    expect(sentenceOf(release)).toMatch(/was not started: Capacity is unavailable/)
  })

  it('has not succeeded if somebody has stopped it, whatever its exit code is', async () => {
    const release = await start({ inputs: ENDLESS })
    await release.advance(60_000)
    const { taskArn } = release.draft.oneOffTask ?? {}
    release.emulator.operations.ecs.StopTask(
      { cluster: release.demo.cluster, task: taskArn, reason: 'by hand' },
      undefined,
      { accessKeyId: '', arn: '' }
    )
    await release.advance(HOUR, release.ended)
    const { ending } = await release.ended
    expect(release.draft.oneOffTask?.containers).toMatchObject([{ exitCode: 0 }])
    expect(ending.outcome).toBe('failed')
    expect(sentenceOf({ draft: release.draft, ending })).toMatch(/UserInitiated: by hand/)
  })

  it('is not started again by a run that attaches', async () => {
    const release = await start({ inputs: MIGRATION })
    await release.advance(120_000)
    const { id } = release.draft.deployment ?? {}
    expect(id).toMatch(/^d-/)
    const attached = release.again({ 'on-active-deployment': 'attach', 'wait-for': 'started' })
    await release.advance(HOUR, attached.ended)
    expect((await attached.ended).ending.outcome).toBe('started')
    expect(attached.draft.deployment?.id).toBe(id)
    expect(release.emulator.calls.list('ecs:RunTask')).toHaveLength(1)
    expect(attached.lines.join('\n')).toContain('no one-off task is started')
  })

  it('is not started by a dry run', async () => {
    const release = await run({ inputs: { ...MIGRATION, 'dry-run': 'true' } })
    expect(release.ending.outcome).toBe('planned')
    expect(order(release)).toEqual([])
  })
})

describe('a release that is cancelled while its one-off task runs', () => {
  it.each([
    ['stop-and-rollback', 'stopped', 1],
    ['stop', 'stopped', 1],
    ['leave', 'unknown', 0]
  ] as const)('with on-cancel: %s', async (policy, outcome, stops) => {
    const cancel = new AbortController()
    const release = await start({
      inputs: { ...ENDLESS, 'on-cancel': policy },
      cancelled: cancel.signal
    })
    await release.advance(60_000)
    expect(release.draft.oneOffTask?.status).toBe('RUNNING')
    cancel.abort()
    await release.advance(HOUR, release.ended)
    const { ending } = await release.ended
    expect(ending.outcome).toBe(outcome)
    expect(release.emulator.calls.list('ecs:StopTask')).toHaveLength(stops)
    expect(release.emulator.calls.list('codedeploy:CreateDeployment')).toEqual([])
    expect(sentenceOf({ draft: release.draft, ending })).toMatch(
      /^This run was cancelled before .*nothing was deployed\.$/
    )
  })
})

describe('a one-off task that takes longer than wait-for-minutes', () => {
  it.each([
    ['leave', 0],
    ['stop', 1]
  ] as const)('with on-timeout: %s', async (policy, stops) => {
    const release = await run({
      inputs: { ...ENDLESS, 'on-timeout': policy, 'wait-for-minutes': '5' }
    })
    expect(release.ending.outcome).toBe('timed-out')
    expect(release.seconds).toBeGreaterThanOrEqual(300)
    expect(release.seconds).toBeLessThan(330)
    expect(release.operations.filter((each) => each === 'ecs:StopTask')).toHaveLength(stops)
    expect(sentenceOf(release)).toMatch(/^5 minutes \(wait-for-minutes\) passed before/)
  })

  it('is waited for 30 minutes by default, as in the official action', async () => {
    const release = await run({ inputs: ENDLESS })
    expect(release.ending.outcome).toBe('timed-out')
    expect(Math.round(release.seconds / 60)).toBe(30)
  })
})

describe('fault: a call for the one-off task fails', () => {
  const alone = { ...MIGRATION, 'max-retries': '0' }

  it('RunTask is throttled, and is repeated', async () => {
    const release = await run({
      inputs: alone,
      prepare: faulty('ecs:RunTask', { kind: 'throttling' }, { to: 3 })
    })
    expect(release.ending.outcome).toBe('released')
    expect(release.emulator.calls.list('ecs:RunTask')).toHaveLength(4)
  })

  it("RunTask's answer is lost, and there is one task all the same", async () => {
    const release = await run({
      inputs: alone,
      prepare: faulty('ecs:RunTask', { kind: 'lost-answer' }, { to: 1 })
    })
    expect(release.ending.outcome).toBe('released')
    expect(release.emulator.calls.list('ecs:RunTask')).toHaveLength(2)
    expect([...release.emulator.world.ecs.tasks.values()].filter((task) => task.run)).toHaveLength(
      1
    )
  })

  it('RunTask is denied: failed, with the right that is missing', async () => {
    const release = await run({ inputs: alone, prepare: faulty('ecs:RunTask', { kind: 'denied' }) })
    expect(release.ending.outcome).toBe('failed')
    expect(sentenceOf(release)).toMatch(/not authorized/)
    expect(release.operations).not.toContain('codedeploy:CreateDeployment')
  })

  it('DescribeTasks is denied: nobody knows how the task ends, so nothing is deployed', async () => {
    const release = await run({
      inputs: alone,
      prepare: faulty('ecs:DescribeTasks', { kind: 'denied' })
    })
    expect(release.ending.outcome).toBe('unknown')
    expect(sentenceOf(release)).toMatch(/can no longer be seen .*look with: aws ecs describe-tasks/)
    expect(release.operations).not.toContain('codedeploy:CreateDeployment')
  })

  it('DescribeTasks fails for a while', async () => {
    const release = await run({
      inputs: alone,
      prepare: faulty('ecs:DescribeTasks', { kind: 'server-error' }, { to: 4 })
    })
    expect(release.ending.outcome).toBe('released')
  })

  it('StopTask is denied, and the task is said to go on', async () => {
    const release = await run({
      inputs: { ...ENDLESS, 'on-timeout': 'stop', 'wait-for-minutes': '1' },
      prepare: faulty('ecs:StopTask', { kind: 'denied' })
    })
    expect(release.ending.outcome).toBe('timed-out')
    expect(sentenceOf(release)).toMatch(/may go on, because it could not be stopped/)
  })
})

describe('pre-flight refuses', () => {
  it.each([
    [
      'an override of a container that is not there',
      { 'run-task-container-overrides': '[{"name": "web", "command": ["migrate"]}]' },
      /names the container "web", and the task definition has app/
    ],
    [
      'a task of awsvpc without a network',
      { 'run-task-subnets': '', 'run-task-security-groups': '' },
      /awsvpc needs a network .*`run-task-subnets`/
    ],
    [
      'a launch type that the task definition is not for',
      { 'run-task-launch-type': 'EC2' },
      /would run on EC2, and the task definition is for FARGATE/
    ],
    [
      'a volume that is not configured at launch',
      {
        'run-task-managed-ebs-volume-name': 'data',
        'run-task-managed-ebs-volume': '{"roleArn": "arn:aws:iam::123456789012:role/ebs"}'
      },
      /no such volume with configuredAtLaunch/
    ]
  ])('%s', async (_, inputs, message) => {
    const release = await run({ inputs: { ...MIGRATION, ...inputs } })
    expect(release.ending.outcome).toBe('refused')
    expect(verdictOf(release, 'one-off task')).toMatch(message)
    expect(order(release)).toEqual([])
  })
})
