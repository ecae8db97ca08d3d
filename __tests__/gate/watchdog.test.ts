import { describe, expect, test } from '@jest/globals'
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { watchdogPlane } from '../../src/controllers/codedeploy/gate/read-gating.ts'
import { handleWatchdog } from '../../src/gate/watchdog/handler.ts'
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

/** A deployment as CodeDeploy describes it. */
interface Revision {
  readonly application: string
  readonly deploymentGroup: string
  readonly isRollback: boolean
  readonly computePlatform: string
  /** Undefined if CodeDeploy does not show it. */
  readonly appSpec: string | undefined
  /** What StopDeployment fails with. */
  readonly stopError: Error
}

interface Watched extends MemoryWorld {
  readonly stopped: string[]
}

function watchedWorld(policy?: Policy | Error): Watched {
  return Object.assign(memoryWorld(policy), { stopped: [] })
}

async function watch(
  revision: Partial<Revision>,
  watching: Partial<Policy['watch']> = {}
): Promise<Watched> {
  const world = watchedWorld(
    policyWith(
      {},
      { watch: { deploymentGroups: ['AppECS-*/DgpECS-*'], onUngated: 'stop', ...watching } }
    )
  )
  await run(world, revision)
  return world
}

function run(world: Watched, revision: Partial<Revision>, notice: unknown = event): Promise<void> {
  const { appSpec: spec } = { appSpec: appSpec(), ...revision }
  const deploymentInfo = {
    applicationName: revision.application ?? 'AppECS-shop-orders',
    deploymentGroupName: revision.deploymentGroup ?? 'DgpECS-shop-orders',
    creator: revision.isRollback === true ? 'codeDeployRollback' : 'user',
    computePlatform: revision.computePlatform ?? 'ECS',
    revision: spec === undefined ? { s3Location: {} } : { appSpecContent: { sha256: 'a digest' } }
  }
  const answers: Readonly<Record<string, (id: string) => object>> = {
    GetDeploymentCommand: () => ({ deploymentInfo }),
    GetApplicationRevisionCommand: () => ({ revision: { appSpecContent: { content: spec } } }),
    StopDeploymentCommand: (id) => {
      if (revision.stopError) throw revision.stopError
      world.stopped.push(id)
      return {}
    }
  }
  const send = (command: { readonly input: { readonly deploymentId: string } }): object => {
    const answer = answers[command.constructor.name]
    if (!answer) throw new Error(`nobody expects ${command.constructor.name}`)
    return answer(command.input.deploymentId)
  }
  const client = { send: (command: never) => Promise.resolve().then(() => send(command)) }
  const plane = watchdogPlane(client as unknown as CodeDeployClient, GATE)
  const planes = { codedeploy: () => Promise.resolve(plane) }
  return handleWatchdog({ ...world.platform, planes }, notice)
}

describe('threat: an AppSpec without the hook', () => {
  test('with the smallest policy every ECS deployment group is watched: it is told of, and goes on', async () => {
    const policy = await parsePolicy(SMALLEST)
    const groups = [
      ['AppECS-shop-orders', 'DgpECS-shop-orders'],
      ['an application', 'of somebody else']
    ] as const
    for (const [application, deploymentGroup] of groups) {
      const world = watchedWorld(policy)
      await run(world, { application, deploymentGroup })
      expect(world.slack.posts).toHaveLength(1)
      expect(JSON.stringify(world.slack.posts)).toContain(`${application}/${deploymentGroup}`)
      expect(world.stopped).toEqual([])
    }
    const lambda = watchedWorld(policy)
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
    const { stopped, slack } = await watch({ appSpec: spec })
    expect(stopped).toEqual(['d-1'])
    expect(JSON.stringify(slack.posts)).toMatch(text)
    expect(JSON.stringify(slack.posts)).toContain('It was stopped')
  })

  test.each(['CodeDeployHook_gate', GATE, `${GATE}:$LATEST`])(
    'the gate itself, as %s: left alone',
    async (hook) => {
      const { stopped, slack } = await watch({ appSpec: appSpec(hook) })
      expect(stopped).toEqual([])
      expect(slack.posts).toEqual([])
    }
  )

  test('only reported where the policy says so', async () => {
    const { stopped, slack } = await watch({}, { onUngated: 'report' })
    expect(stopped).toEqual([])
    expect(JSON.stringify(slack.posts)).toContain('It goes on')
  })

  test.each<[string, Partial<Revision>]>([
    ['a group that is not watched', { deploymentGroup: 'other' }],
    ['a rollback', { isRollback: true }],
    ['another compute platform', { computePlatform: 'Lambda' }]
  ])('%s is left alone', async (_, revision) => {
    const { stopped, slack } = await watch(revision)
    expect(stopped).toEqual([])
    expect(slack.posts).toEqual([])
  })
})

describe('what goes wrong', () => {
  test('one that had ended is reported as too late', async () => {
    const world = watchedWorld()
    const name = 'DeploymentAlreadyCompletedException'
    await run(world, { stopError: Object.assign(new Error('ended'), { name }) })
    expect(JSON.stringify(world.slack.posts)).toContain('It had ended')
  })

  test('one that cannot be stopped is reported, and the function fails, so that it is tried again', async () => {
    const world = watchedWorld()
    await expect(run(world, { stopError: new Error('throttled') })).rejects.toThrow(
      'd-1 could not be stopped'
    )
    expect(JSON.stringify(world.slack.posts)).toContain('could not be stopped')
  })

  test('no policy, no Slack, no event: the function fails', async () => {
    await expect(run(watchedWorld(new Error('no policy')), {})).rejects.toThrow('no policy')
    const world = watchedWorld()
    world.slack.down = 'network'
    await expect(run(world, {})).rejects.toThrow(/chat\.postMessage failed/)
    expect(world.stopped).toEqual(['d-1'])
    const wrong = run(watchedWorld(), {}, {})
    await expect(wrong).rejects.toThrow(/the event is of no control plane/)
  })
})
