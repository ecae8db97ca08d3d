import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Deployment } from '@aws-sdk/client-ecs'
import type { Behaviour } from '../../../emulator/dataplane/instant-runtime.ts'
import { caller, messages, register, virtualAccount, type Account } from './account.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

let behaviour: Behaviour
let account: Account
beforeEach(async () => {
  behaviour = { startsAfterMs: 20 * SECOND }
  account = virtualAccount(({ image }) => (image === 'orders:2' ? behaviour : {}))
  await stage()
})
afterEach(async () => account.close())

/** A service of the ECS controller with four tasks behind a listener. */
async function stage(): Promise<void> {
  const { elb, ecs, clock } = account
  const balancer = elb.operations.CreateLoadBalancer({ Name: 'shop' }).LoadBalancers?.[0]
  const group = elb.operations.CreateTargetGroup({
    Name: 'prod1',
    Port: 8080,
    TargetType: 'ip',
    HealthCheckPath: '/health',
    HealthCheckIntervalSeconds: 10,
    HealthyThresholdCount: 2
  }).TargetGroups?.[0]?.TargetGroupArn
  await elb.operations.CreateListener({
    LoadBalancerArn: balancer?.LoadBalancerArn,
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: group }]
  })
  register(ecs, 'orders:1')
  ecs.operations.CreateService(
    {
      serviceName: 'orders',
      taskDefinition: 'orders',
      desiredCount: 4,
      loadBalancers: [{ targetGroupArn: group, containerName: 'orders', containerPort: 8080 }]
    },
    undefined,
    caller
  )
  await clock.advance(2 * MINUTE)
}

function update(request: object): void {
  account.ecs.operations.UpdateService({ service: 'orders', ...request }, undefined, caller)
}

function deployments(): readonly Deployment[] {
  const { services } = account.ecs.operations.DescribeServices(
    { services: ['orders'] },
    undefined,
    caller
  )
  return services?.[0]?.deployments ?? []
}

/** How many tasks were running in all, and how many of them healthy, at every second of the roll-out. */
async function counted(): Promise<{ readonly most: number; readonly least: number }> {
  let most = 0
  let least = Infinity
  for (let second = 0; second < 900; second++) {
    const healthy = [...account.elb.state.targetGroups.values()]
      .flatMap(({ targets }) => [...targets.values()])
      .filter(({ state }) => state === 'healthy').length
    const all = deployments().reduce(
      (sum, { runningCount = 0, pendingCount = 0 }) => sum + runningCount + pendingCount,
      0
    )
    most = Math.max(most, all)
    least = Math.min(least, healthy)
    await account.clock.advance(SECOND)
  }
  return { most, least }
}

describe('a rolling deployment of a service of the ECS controller', () => {
  it.each<[number, number, number, number]>([
    [200, 100, 8, 4],
    [150, 100, 6, 4],
    [100, 50, 4, 2],
    // Three quarters of four tasks: rounded down above, rounded up below.
    [130, 70, 5, 3]
  ])(
    'keeps within %s %% and %s %%: at most %s tasks, at least %s healthy',
    async (maximumPercent, minimumHealthyPercent, most, least) => {
      register(account.ecs, 'orders:2')
      update({
        taskDefinition: 'orders:2',
        deploymentConfiguration: { maximumPercent, minimumHealthyPercent }
      })
      const seen = await counted()
      expect(seen.most).toBeLessThanOrEqual(most)
      expect(seen.least).toBeGreaterThanOrEqual(least)
      expect(deployments()).toMatchObject([
        { status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 4, desiredCount: 4 }
      ])
      expect(deployments()[0]?.taskDefinition).toMatch(/orders:2$/)
    }
  )

  it('shows both deployments, the new one first, until the old one has gone', async () => {
    const [before] = deployments()
    register(account.ecs, 'orders:2')
    update({ taskDefinition: 'orders:2' })
    await account.clock.advance(5 * SECOND)
    expect(deployments()).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', desiredCount: 4 },
      { status: 'ACTIVE', id: before?.id, runningCount: 4 }
    ])
    await account.clock.advance(15 * MINUTE)
    const [after, ...others] = deployments()
    expect(others).toEqual([])
    const service = account.ecs.control.findService('default', 'orders')
    expect(service && messages(service)).toContainEqual(
      `(service orders) (deployment ${after?.id}) deployment completed.`
    )
    expect(service?.serving.taskDefinitionArn).toMatch(/orders:2$/)
  })

  it('stays in progress for ever if the new tasks die, and the old ones go on serving', async () => {
    behaviour = { cannotStart: 'CannotPullContainerError: not found' }
    register(account.ecs, 'orders:2')
    update({ taskDefinition: 'orders:2' })
    await account.clock.advance(60 * MINUTE)
    expect(deployments()).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'IN_PROGRESS' },
      { status: 'ACTIVE', runningCount: 4 }
    ])
    expect(deployments()[0]?.failedTasks).toBeGreaterThan(2)
  })

  describe.each([
    [{ enable: true, rollback: false }, 'FAILED'],
    [{ enable: true, rollback: true }, 'COMPLETED']
  ])(
    'with the circuit breaker %j, after which the service shows %s, it',
    (deploymentCircuitBreaker, end) => {
      it.each<[string, Behaviour]>([
        ['cannot be started', { cannotStart: 'CannotPullContainerError: not found' }],
        ['are not healthy', { health: () => 500 }],
        ['end by themselves', { exits: { afterMs: 0, exitCode: 1 } }]
      ])(
        'ends if its tasks %s, three times in a row, and the old ones go on serving',
        async (_, broken) => {
          behaviour = broken
          const [before] = deployments()
          register(account.ecs, 'orders:2')
          update({
            taskDefinition: 'orders:2',
            deploymentConfiguration: { deploymentCircuitBreaker }
          })
          const failedOf = (): Deployment | undefined =>
            deployments().find(({ rolloutState }) => rolloutState === 'FAILED')
          let least = Infinity
          for (let second = 0; second < 1800 && !failedOf(); second++) {
            await account.clock.advance(SECOND)
            least = Math.min(
              least,
              deployments().find(({ id }) => id === before?.id)?.runningCount ?? 0
            )
          }
          const failed = failedOf()
          expect(least).toBe(4)
          expect(failed?.failedTasks).toBeGreaterThanOrEqual(3)
          expect(failed?.rolloutStateReason).toBe(
            'ECS deployment circuit breaker: tasks failed to start.'
          )
          if (deploymentCircuitBreaker.rollback) {
            expect(deployments()[0]).toMatchObject({
              status: 'PRIMARY',
              rolloutState: 'IN_PROGRESS',
              taskDefinition: expect.stringMatching(/orders:1$/),
              rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${before?.id}.`
            })
          }
          await account.clock.advance(30 * MINUTE)
          const [last, ...others] = deployments()
          expect(last).toMatchObject({ status: 'PRIMARY', rolloutState: end })
          expect(others.length).toBe(deploymentCircuitBreaker.rollback ? 0 : 1)
          const service = account.ecs.control.findService('default', 'orders')
          const said = service ? messages(service) : []
          expect(said).toContain(
            `(service orders) (deployment ${failed?.id}) deployment failed: tasks failed to start.`
          )
          const serving = deployments().find(({ runningCount }) => runningCount === 4)
          expect(serving?.taskDefinition).toMatch(/orders:1$/)
          expect(said.includes(`(service orders) rolling back to deployment ${before?.id}.`)).toBe(
            deploymentCircuitBreaker.rollback
          )
        }
      )
    }
  )

  it('with more tasks takes as many failures as half of them', async () => {
    behaviour = { cannotStart: 'CannotPullContainerError: not found' }
    register(account.ecs, 'orders:2')
    const deploymentCircuitBreaker = { enable: true, rollback: false }
    update({
      taskDefinition: 'orders:2',
      desiredCount: 20,
      deploymentConfiguration: { deploymentCircuitBreaker }
    })
    await account.clock.advance(4 * 3600 * SECOND)
    expect(deployments()[0]?.rolloutState).toBe('FAILED')
    expect(deployments()[0]?.failedTasks).toBeGreaterThanOrEqual(10)
  })

  it('is taken over by a newer one', async () => {
    register(account.ecs, 'orders:2')
    register(account.ecs, 'orders:3')
    update({ taskDefinition: 'orders:2' })
    await account.clock.advance(5 * SECOND)
    update({ taskDefinition: 'orders:3' })
    await account.clock.advance(20 * MINUTE)
    expect(deployments()).toMatchObject([{ status: 'PRIMARY', rolloutState: 'COMPLETED' }])
    expect(deployments()[0]?.taskDefinition).toMatch(/orders:3$/)
  })

  it('starts the same revision anew if it is forced to', async () => {
    const [before] = deployments()
    update({ forceNewDeployment: true })
    await account.clock.advance(20 * MINUTE)
    const [after] = deployments()
    expect(after).toMatchObject({ taskDefinition: before?.taskDefinition, runningCount: 4 })
    expect(after?.id).not.toBe(before?.id)
  })

  it('refuses another target group as not emulated', () => {
    expect(() => update({ loadBalancers: [] })).toThrow(/not emulated: 'loadBalancers'/)
  })
})
