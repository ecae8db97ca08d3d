import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunTaskRequest, RunTaskResponse, Task } from '@aws-sdk/client-ecs'
import { ScaledClock } from '../../../emulator/clock.ts'
import { ProcessRuntime } from '../../../emulator/dataplane/process-runtime.ts'
import { account as accountOf, caller, register, virtualAccount } from './account.ts'
import type { Account } from './account.ts'

const NETWORK = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } }
const MIGRATE = { containerOverrides: [{ name: 'orders', command: ['migrate'] }] }

let account: Account
beforeEach(() => {
  account = virtualAccount()
  register(account.ecs, 'orders:1')
})
afterEach(async () => account.close())

function run(request: Partial<RunTaskRequest> = {}): RunTaskResponse {
  return account.ecs.operations.RunTask(
    {
      taskDefinition: 'orders',
      launchType: 'FARGATE',
      networkConfiguration: NETWORK,
      overrides: MIGRATE,
      ...request
    },
    undefined,
    caller
  )
}

function arnOf({ tasks }: RunTaskResponse): string {
  return tasks?.[0]?.taskArn ?? ''
}

function shown(arn: string): Task | undefined {
  const { DescribeTasks } = account.ecs.operations
  return DescribeTasks({ tasks: [arn], include: ['TAGS'] }, undefined, caller).tasks?.[0]
}

describe('RunTask', () => {
  it('starts a task that is provisioned, runs, ends by itself and is not replaced', async () => {
    const started = run({ startedBy: 'ci', tags: [{ key: 'team', value: 'shop' }] })
    expect(started.failures).toEqual([])
    const arn = arnOf(started)
    expect(started.tasks?.[0]).toMatchObject({
      lastStatus: 'PROVISIONING',
      desiredStatus: 'RUNNING',
      group: 'family:orders',
      startedBy: 'ci',
      overrides: MIGRATE,
      launchType: 'FARGATE'
    })
    await account.clock.advance(15_000)
    expect(shown(arn)?.lastStatus).toBe('RUNNING')
    await account.clock.advance(30_000)
    const ended = shown(arn)
    expect(ended).toMatchObject({
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      tags: [{ key: 'team', value: 'shop' }]
    })
    expect(ended?.containers?.map(({ name, exitCode }) => [name, exitCode])).toEqual([
      ['orders', 0],
      ['sidecar', 0]
    ])
    await account.clock.advance(600_000)
    expect(account.ecs.state.tasks.size).toBe(1)
  })

  it('shows the exit code of a migration that fails, and why an image was not pulled', async () => {
    const containerOverrides = [{ name: 'orders', command: ['migrate', 'nowhere'] }]
    const failing = arnOf(run({ overrides: { containerOverrides } }))
    register(account.ecs, 'orders:missing')
    const missing = arnOf(run())
    await account.clock.advance(60_000)
    expect(shown(failing)?.containers?.[0]?.exitCode).toBe(1)
    expect(shown(missing)).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(/^CannotPullContainerError/)
    })
    expect(shown(missing)?.containers?.[0]).not.toHaveProperty('exitCode')
  })

  it.each([
    ['while it is provisioned', 1_000],
    ['while it runs', 60_000]
  ])('is ended by StopTask %s, with its reason', async (_, after) => {
    const arn = arnOf(run({ overrides: {} }))
    await account.clock.advance(after)
    const { StopTask } = account.ecs.operations
    StopTask({ task: arn, reason: 'cancelled' }, undefined, caller)
    expect(shown(arn)?.desiredStatus).toBe('STOPPED')
    await account.clock.advance(1_000)
    expect(shown(arn)).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'cancelled'
    })
  })

  it('runs until it is stopped, if its command does not end', async () => {
    const arn = arnOf(run({ overrides: {} }))
    await account.clock.advance(3_600_000)
    expect(shown(arn)?.lastStatus).toBe('RUNNING')
  })

  it('is listed by who started it and by family, beside the tasks of services', () => {
    const arn = arnOf(run({ startedBy: 'ci' }))
    const { ListTasks } = account.ecs.operations
    const listed = (request: object) => ListTasks(request, undefined, caller).taskArns
    expect(listed({ startedBy: 'ci' })).toEqual([arn])
    expect(listed({ family: 'orders', launchType: 'FARGATE' })).toEqual([arn])
    expect(listed({ startedBy: 'somebody' })).toEqual([])
  })

  it('answers the same token with the same task, and refuses it for another request', () => {
    const arn = arnOf(run({ clientToken: 'once' }))
    expect(arnOf(run({ clientToken: 'once' }))).toBe(arn)
    expect(account.ecs.state.tasks.size).toBe(1)
    expect(() => run({ clientToken: 'once', startedBy: 'ci' })).toThrow(
      expect.objectContaining({ code: 'ConflictException' })
    )
  })

  it('says in `failures` that there is no room', () => {
    account.ecs.state.unplaceable = 'Capacity is unavailable at this time.'
    expect(run()).toEqual({
      tasks: [],
      failures: [{ arn: expect.any(String), reason: 'Capacity is unavailable at this time.' }]
    })
  })

  it('shows the provider that a strategy has placed it on', () => {
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
    const { tasks } = run({ launchType: undefined, capacityProviderStrategy })
    expect(tasks?.[0]).toMatchObject({
      launchType: 'FARGATE',
      capacityProviderName: 'FARGATE_SPOT'
    })
  })

  it.each<[string, Partial<RunTaskRequest>, RegExp]>([
    ['no network', { networkConfiguration: undefined }, /must be provided when networkMode/],
    [
      'no subnets',
      { networkConfiguration: { awsvpcConfiguration: { subnets: [] } } },
      /subnets can not be empty/
    ],
    [
      'an override of no container',
      { overrides: { containerOverrides: [{ name: 'app' }] } },
      /Override for container named app is not a container/
    ],
    ['instances that are not there', { launchType: 'EC2' }, /No Container Instances were found/],
    [
      'a launch type beside a strategy',
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      /both a launch type and capacity provider strategy/
    ],
    [
      'a volume that is not open',
      { volumeConfigurations: [{ name: 'x' }] },
      /configured at launch/
    ],
    ['a sentence as startedBy', { startedBy: 'by hand' }, /startedBy/],
    ['a tag of AWS', { tags: [{ key: 'aws:x', value: 'y' }] }, /reserved prefix/],
    ['eleven tasks', { count: 11 }, /between 1 and 10/],
    ['no such definition', { taskDefinition: 'nobody' }, /TaskDefinition not found/]
  ])('refuses %s', (_, request, message) => {
    expect(() => run(request)).toThrow(message)
    expect(account.ecs.state.tasks.size).toBe(0)
  })
})

it.each([
  ['ends well', ['migrate'], 0],
  ['fails', ['migrate', 'nowhere'], 1]
])('a process that %s is a task with its exit code', async (_, command, exitCode) => {
  const clock = new ScaledClock(100)
  const real = accountOf(clock, new ProcessRuntime(clock), false)
  register(real.ecs, 'orders:1')
  const { RunTask, DescribeTasks } = real.ecs.operations
  const started = RunTask(
    {
      taskDefinition: 'orders',
      launchType: 'FARGATE',
      networkConfiguration: NETWORK,
      overrides: { containerOverrides: [{ name: 'orders', command }] }
    },
    undefined,
    caller
  )
  const tasks = [arnOf(started)]
  const look = () => DescribeTasks({ tasks }, undefined, caller).tasks?.[0]
  while (look()?.lastStatus !== 'STOPPED') await clock.sleep(1_000)
  expect(look()?.containers?.[0]?.exitCode).toBe(exitCode)
  await real.close()
})
