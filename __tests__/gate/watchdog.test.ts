import { describe, expect, test } from '@jest/globals'
import { handleWatchdog, type Revision } from '../../src/gate/watchdog/handler.ts'
import type { Policy } from '../../src/gate/policy/policy.ts'
import { parsePolicy } from '../../src/gate/policy/parse.ts'
import { SMALLEST } from './policy/documents.ts'
import { memoryWorld, policyWith, type MemoryWorld } from './memory-world.ts'

const GATE = 'arn:aws:lambda:eu-central-1:123456789012:function:CodeDeployHook_gate'

function appSpec(hook?: string): string {
  return JSON.stringify({
    version: 0.0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:2',
            LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 80 }
          }
        }
      }
    ],
    ...(hook === undefined ? {} : { Hooks: [{ BeforeAllowTraffic: hook }] })
  })
}

const event = { detail: { deploymentId: 'd-1', state: 'START' } }

async function watch(
  revision: Partial<Revision>,
  watching: Partial<Policy['watch']> = {}
): Promise<MemoryWorld> {
  const world = memoryWorld(
    policyWith(
      {},
      { watch: { deploymentGroups: ['AppECS-*/DgpECS-*'], onUngated: 'stop', ...watching } }
    )
  )
  await run(world, revision)
  return world
}

function run(world: MemoryWorld, revision: Partial<Revision>): Promise<void> {
  const full: Revision = {
    application: 'AppECS-shop-orders',
    deploymentGroup: 'DgpECS-shop-orders',
    isRollback: false,
    computePlatform: 'ECS',
    appSpec: appSpec(),
    ...revision
  }
  return handleWatchdog(world.platform, () => Promise.resolve(full), GATE, event)
}

describe('threat: an AppSpec without the hook', () => {
  test('with the smallest policy every ECS deployment group is watched: it is told of, and goes on', async () => {
    const policy = await parsePolicy(SMALLEST)
    const groups = [
      ['AppECS-shop-orders', 'DgpECS-shop-orders'],
      ['an application', 'of somebody else']
    ] as const
    for (const [application, deploymentGroup] of groups) {
      const world = memoryWorld(policy)
      await run(world, { application, deploymentGroup })
      expect(world.slack.posts).toHaveLength(1)
      expect(JSON.stringify(world.slack.posts)).toContain(`${application}/${deploymentGroup}`)
      expect(world.deployments.stopped).toEqual([])
    }
    const lambda = memoryWorld(policy)
    await run(lambda, { computePlatform: 'Lambda' })
    expect(lambda.slack.posts).toEqual([])
  })

  test.each<[string, string | undefined, RegExp]>([
    ['no hook', appSpec(), /nobody would have been asked/],
    [
      'another function',
      appSpec('arn:aws:lambda:eu-central-1:123456789012:function:other'),
      /which is not the gate/
    ],
    [
      'the name, in another account',
      appSpec(GATE.replace('123456789012', '999999999999')),
      /not the gate/
    ],
    [
      'the name, in another region',
      appSpec(GATE.replace('eu-central-1', 'us-east-1')),
      /not the gate/
    ],
    ['an older version of it', appSpec(`${GATE}:3`), /not the gate/],
    [
      'a look-alike of Hooks',
      appSpec(GATE).replace('Hooks', 'Hoo\u212As'),
      /Hoo.*U\+212A.*s.*letter by letter/
    ],
    ['Hooks twice', appSpec(GATE).replace('{', '{"Hooks": [],'), /has a key twice/],
    [
      'two functions for the event',
      appSpec(GATE).replace('"Hooks":[', '"Hooks":[{"BeforeAllowTraffic":"other"},'),
      /names two functions for .*BeforeAllowTraffic/
    ],
    [
      'an alias',
      `a: &gate ${GATE}\nHooks: [{ BeforeAllowTraffic: *gate }]\n`,
      /has .*&amp;gate.*, which readers of YAML take differently/
    ],
    ['an AppSpec that is none', '{', /cannot be read/],
    ['an AppSpec that CodeDeploy does not show', undefined, /cannot be read/]
  ])('%s: stopped and reported', async (_, spec, text) => {
    const { deployments, slack } = await watch({ appSpec: spec })
    expect(deployments.stopped).toEqual(['d-1'])
    expect(JSON.stringify(slack.posts)).toMatch(text)
    expect(JSON.stringify(slack.posts)).toContain('It was stopped')
  })

  test.each(['CodeDeployHook_gate', GATE, `${GATE}:$LATEST`])(
    'the gate itself, as %s: left alone',
    async (hook) => {
      const { deployments, slack } = await watch({ appSpec: appSpec(hook) })
      expect(deployments.stopped).toEqual([])
      expect(slack.posts).toEqual([])
    }
  )

  test('only reported where the policy says so', async () => {
    const { deployments, slack } = await watch({}, { onUngated: 'report' })
    expect(deployments.stopped).toEqual([])
    expect(JSON.stringify(slack.posts)).toContain('It goes on')
  })

  test.each<[string, Partial<Revision>]>([
    ['a group that is not watched', { deploymentGroup: 'other' }],
    ['a rollback', { isRollback: true }],
    ['another compute platform', { computePlatform: 'Lambda' }]
  ])('%s is left alone', async (_, revision) => {
    const { deployments, slack } = await watch(revision)
    expect(deployments.stopped).toEqual([])
    expect(slack.posts).toEqual([])
  })
})

describe('what goes wrong', () => {
  test('one that had ended is reported as too late', async () => {
    const world = memoryWorld()
    world.deployments.stop = () =>
      Promise.reject(
        Object.assign(new Error('ended'), { name: 'DeploymentAlreadyCompletedException' })
      )
    await run(world, {})
    expect(JSON.stringify(world.slack.posts)).toContain('It had ended')
  })

  test('one that cannot be stopped is reported, and the function fails, so that it is tried again', async () => {
    const world = memoryWorld()
    world.deployments.stop = () => Promise.reject(new Error('throttled'))
    await expect(run(world, {})).rejects.toThrow('d-1 could not be stopped')
    expect(JSON.stringify(world.slack.posts)).toContain('could not be stopped')
  })

  test('no policy, no Slack, no event: the function fails', async () => {
    await expect(run(memoryWorld(new Error('no policy')), {})).rejects.toThrow('no policy')
    const world = memoryWorld()
    world.slack.down = 'network'
    await expect(run(world, {})).rejects.toThrow(/chat\.postMessage failed/)
    expect(world.deployments.stopped).toEqual(['d-1'])
    const wrong = handleWatchdog(
      memoryWorld().platform,
      () => Promise.reject(new Error('unused')),
      GATE,
      {}
    )
    await expect(wrong).rejects.toThrow(/wanted an event of CodeDeploy/)
  })
})
