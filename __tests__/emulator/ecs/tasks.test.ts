import { afterEach, describe, expect, it } from '@jest/globals'
import type { Task } from '@aws-sdk/client-ecs'
import { caller, messages, register, stage, startGreen, virtualAccount } from './account.ts'
import type { Account } from './account.ts'

let account: Account
afterEach(async () => account.close())

function stoppedTasks(): Task[] {
  const { ListTasks, DescribeTasks } = account.ecs.operations
  const { taskArns } = ListTasks({ desiredStatus: 'STOPPED' }, undefined, caller)
  if (taskArns?.length === 0) return []
  return DescribeTasks({ tasks: taskArns }, undefined, caller).tasks ?? []
}

describe('tasks', () => {
  it('shows why an image could not be pulled', async () => {
    account = virtualAccount()
    const scene = await stage(account)
    startGreen(account, scene, register(account.ecs, 'orders:missing'))
    await account.clock.advance(1000)
    const [task] = stoppedTasks()
    expect(task).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(
        /^CannotPullContainerError: .*orders:missing: not found$/
      )
    })
    expect(task?.containers?.[0]?.reason).toBe(task?.stoppedReason)
    expect(task?.containers?.[0]).not.toHaveProperty('exitCode')
  })

  it('shows the exit code of a container that ended by itself, and ends its sidecar', async () => {
    account = virtualAccount()
    const scene = await stage(account)
    startGreen(account, scene, register(account.ecs, 'orders:2', { BUG: 'crash' }))
    await account.clock.advance(1000)
    const [task] = stoppedTasks()
    expect(task).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited'
    })
    expect(task?.containers?.map(({ name, exitCode }) => [name, exitCode])).toEqual([
      ['orders', 1],
      ['sidecar', 0]
    ])
  })

  it('replaces crashing tasks ever more slowly, and says so', async () => {
    account = virtualAccount()
    const scene = await stage(account, { desiredCount: 1 })
    startGreen(account, scene, register(account.ecs, 'orders:2', { BUG: 'crash' }))
    await account.clock.advance(1000)
    expect(stoppedTasks()).toHaveLength(2)
    await account.clock.advance(10_000)
    expect(stoppedTasks()).toHaveLength(3)
    await account.clock.advance(600_000)
    expect(stoppedTasks().length).toBeLessThan(10)
    expect(messages(scene.service)).toContainEqual(
      expect.stringContaining('is unable to consistently start tasks successfully.')
    )
  })

  it('replaces a task that a person stops', async () => {
    account = virtualAccount()
    const { service, blueGroup } = await stage(account)
    await account.clock.advance(1000)
    const { ListTasks, StopTask } = account.ecs.operations
    const [task = ''] = ListTasks({}, undefined, caller).taskArns ?? []
    StopTask({ task, reason: 'trying it' }, undefined, caller)
    await account.clock.advance(1000)
    expect(account.elb.control.health(blueGroup)).toHaveLength(3)
    await account.clock.advance(30_000)
    expect(stoppedTasks()).toMatchObject([
      { stopCode: 'UserInitiated', stoppedReason: 'trying it' }
    ])
    expect(account.ecs.control.stability(service.taskSets[0] ?? neverHere())).toBe('STEADY_STATE')
  })

  it('replaces an unhealthy task, though not within the grace period', async () => {
    let healthy = true
    account = virtualAccount(() => ({ health: () => (healthy ? 200 : 503) }))
    const { blueGroup } = await stage(account, { desiredCount: 1, grace: 120 })
    await account.clock.advance(1000)
    healthy = false
    await account.clock.advance(100_000)
    expect(account.elb.control.health(blueGroup)[0]?.TargetHealth).toMatchObject({
      State: 'unhealthy',
      Reason: 'Target.ResponseCodeMismatch'
    })
    expect(stoppedTasks()).toEqual([])
    await account.clock.advance(60_000)
    expect(stoppedTasks()[0]).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: `Task failed ELB health checks in (target-group ${blueGroup})`
    })
    healthy = true
    await account.clock.advance(60_000)
    expect(account.elb.control.health(blueGroup)).toMatchObject([
      { TargetHealth: { State: 'healthy' } }
    ])
  })
})

function neverHere(): never {
  throw new Error('the service has no task set')
}
