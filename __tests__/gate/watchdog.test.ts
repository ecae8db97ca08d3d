import { describe, expect, test } from '@jest/globals'
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { watchdogPlane } from '../../src/controllers/codedeploy/gate/read-gating.ts'
import { handleWatchdog } from '../../src/gate/watchdog/handler.ts'
import type { Policy } from '../../src/gate/policy/policy.ts'
import { parsePolicy } from '../../src/gate/policy/parse.ts'
import { SMALLEST } from './policy/documents.ts'
import { memoryWorld, MINUTE, policyWith, type MemoryWorld } from './memory-world.ts'

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
  /** The status of the deployment's rollback; absent: there is none. */
  readonly rollback: string
}

interface Watched extends MemoryWorld {
  readonly stopped: string[]
  /** What CodeDeploy lists, page by page. */
  pages: string[][]
  /** What CodeDeploy was asked, in order. */
  readonly asked: string[]
  readonly observed: object[]
  /** Deployments that have failed, as CodeDeploy lists them. */
  failed: string[]
  /** What the request function was handed, or what keeps it from being invoked. */
  readonly handedOn: object[]
  handing: Error | undefined
  /** Whether the stack has an observer, or what keeps it from being started. */
  observer: boolean | Error
}

function watchedWorld(policy?: Policy | Error): Watched {
  return Object.assign(memoryWorld(policy), {
    ...{ stopped: [], pages: [[]], asked: [], observed: [] },
    observer: true,
    failed: [],
    handedOn: [],
    handing: undefined
  })
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
  const answers: Readonly<Record<string, (id: string, input: Input) => object>> = {
    ListDeploymentsCommand: (_, { nextToken = '0', ...input }) => {
      if (input.createTimeRange) {
        const start = new Date(world.clock.now() - 24 * 60 * MINUTE)
        expect(input).toEqual({ includeOnlyStatuses: ['Failed'], createTimeRange: { start } })
        return { deployments: world.failed }
      }
      expect(input).toEqual({
        includeOnlyStatuses: ['Created', 'Queued', 'InProgress', 'Baking', 'Ready']
      })
      const page = Number(nextToken)
      const next = page + 1 < world.pages.length ? { nextToken: String(page + 1) } : {}
      return { deployments: world.pages[page], ...next }
    },
    GetDeploymentCommand: (id) => {
      if (id === 'd-BACK') return { deploymentInfo: { status: revision.rollback } }
      const rollbackInfo = { rollbackDeploymentId: 'd-BACK' }
      return {
        deploymentInfo: { ...deploymentInfo, ...(revision.rollback && { rollbackInfo }) }
      }
    },
    GetApplicationRevisionCommand: () => ({ revision: { appSpecContent: { content: spec } } }),
    StopDeploymentCommand: (id) => {
      if (revision.stopError) throw revision.stopError
      world.stopped.push(id)
      return {}
    }
  }
  const send = (command: { readonly input: Input }): object => {
    const { name } = command.constructor
    world.asked.push(name.replace('Command', ''))
    const answer = answers[name]
    if (!answer) throw new Error(`nobody expects ${name}`)
    return answer(command.input.deploymentId ?? '', command.input)
  }
  const client = { send: (command: never) => Promise.resolve().then(() => send(command)) }
  const plane = watchdogPlane(client as unknown as CodeDeployClient, GATE)
  const planes = { codedeploy: () => Promise.resolve(plane) }
  const observe = (start: object): Promise<boolean> => {
    if (world.observer instanceof Error) return Promise.reject(world.observer)
    if (world.observer) world.observed.push(start)
    return Promise.resolve(world.observer)
  }
  const record = (handed: object): Promise<void> => {
    if (world.handing) return Promise.reject(world.handing)
    world.handedOn.push(handed)
    return Promise.resolve()
  }
  return handleWatchdog({ ...world.platform, planes, observe, record }, notice)
}

interface Input {
  readonly deploymentId?: string
  readonly nextToken?: string
  readonly createTimeRange?: object
}

/** EventBridge's event of a schedule. */
const MINUTE_EVENT = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }

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

describe('a deployment whose event is lost', () => {
  test('is stopped and told of within a minute, from one list of all active deployments', async () => {
    const world = watchedWorld()
    world.pages = [['d-1', 'd-2'], ['d-3']]
    await run(world, {}, MINUTE_EVENT)
    expect(world.stopped).toEqual(['d-1', 'd-2', 'd-3'])
    expect(world.slack.posts).toHaveLength(3)
    // Two pages of the active ones, and those that have failed.
    expect(world.asked.filter((name) => name === 'ListDeployments')).toHaveLength(3)
  })

  test('is judged once, whatever it is', async () => {
    for (const revision of [
      { appSpec: appSpec(GATE) },
      { isRollback: true },
      { computePlatform: 'Lambda' },
      {}
    ]) {
      const world = watchedWorld()
      world.pages = [['d-1']]
      await run(world, revision, MINUTE_EVENT)
      const stopped = [...world.stopped]
      const { length } = world.asked
      await world.clock.advance(MINUTE)
      await run(world, revision, MINUTE_EVENT)
      // Of a deployment that was stopped it is asked how the rollback goes.
      const ofStopped = stopped.map(() => 'GetDeployment')
      expect(world.asked.slice(length)).toEqual([
        ...ofStopped,
        'ListDeployments',
        'ListDeployments'
      ])
      expect(world.stopped).toEqual(stopped)
      expect(world.slack.posts.length).toBe(stopped.length)
    }
  })

  test('gets its observer, once; a stack without an observer starts none', async () => {
    const world = watchedWorld()
    world.pages = [['d-1']]
    await run(world, { appSpec: appSpec(GATE) }, MINUTE_EVENT)
    await run(world, { appSpec: appSpec(GATE) }, MINUTE_EVENT)
    expect(world.observed).toEqual([{ plane: 'codedeploy', deploymentId: 'd-1', part: 0 }])

    const without = watchedWorld()
    without.observer = false
    without.pages = [['d-1']]
    await run(without, { appSpec: appSpec(GATE) }, MINUTE_EVENT)
    expect(without.observed).toEqual([])
  })

  test('an observer that cannot be started is started a minute later', async () => {
    const world = watchedWorld()
    world.pages = [['d-1']]
    world.observer = new Error('throttled')
    await expect(run(world, { appSpec: appSpec(GATE) }, MINUTE_EVENT)).rejects.toThrow(
      '1 deployments could not be looked after'
    )
    world.observer = true
    await run(world, { appSpec: appSpec(GATE) }, MINUTE_EVENT)
    expect(world.observed).toHaveLength(1)
  })

  test('one that fails keeps no other from being judged', async () => {
    const world = watchedWorld()
    world.pages = [['d-1', 'd-2']]
    const post = world.slack.post.bind(world.slack)
    let first = true
    world.slack.post = (...message) => {
      if (!first) return post(...message)
      first = false
      return Promise.reject(new Error('Slack is down'))
    }
    await expect(run(world, {}, MINUTE_EVENT)).rejects.toThrow('1 deployments')
    expect(world.stopped).toEqual(['d-1', 'd-2'])
    expect(world.slack.posts).toHaveLength(1)
    // The one whose message is missing is told of next, as stopped, and not stopped again.
    await world.clock.advance(MINUTE)
    await run(world, {}, MINUTE_EVENT)
    expect(world.stopped).toEqual(['d-1', 'd-2'])
    expect(world.slack.posts).toHaveLength(2)
    expect(JSON.stringify(world.slack.posts)).not.toContain('It had ended')
  })
})

describe('a deployment whose event comes twice', () => {
  test('is stopped and told of once, not as one that had ended', async () => {
    const world = watchedWorld()
    world.pages = [['d-1']]
    await run(world, {})
    const name = 'DeploymentAlreadyCompletedException'
    const ended = { stopError: Object.assign(new Error('ended'), { name }) }
    await run(world, ended)
    await run(world, ended, MINUTE_EVENT)
    expect(world.slack.posts).toHaveLength(1)
    expect(JSON.stringify(world.slack.posts)).toContain('It was stopped')
  })

  test('both at once: one of them acts', async () => {
    const world = watchedWorld()
    await Promise.all([run(world, {}), run(world, {})])
    expect(world.stopped).toEqual(['d-1'])
    expect(world.slack.posts).toHaveLength(1)
  })

  test('one that is cut off is gone on with', async () => {
    const world = watchedWorld()
    world.pages = [['d-1']]
    world.slack.down = 'network'
    await expect(run(world, {})).rejects.toThrow(/chat\.postMessage failed/)
    world.slack.down = undefined
    await world.clock.advance(MINUTE)
    await run(world, {}, MINUTE_EVENT)
    expect(world.stopped).toEqual(['d-1'])
    expect(JSON.stringify(world.slack.posts)).toContain('It was stopped')
  })

  test('two that come late, both at once, after one that was cut off: one of them goes on', async () => {
    const world = watchedWorld()
    world.pages = [['d-1']]
    world.slack.down = 'network'
    await expect(run(world, {})).rejects.toThrow(/chat\.postMessage failed/)
    world.slack.down = undefined
    await world.clock.advance(MINUTE)
    await Promise.all([run(world, {}), run(world, {}, MINUTE_EVENT)])
    expect(world.stopped).toEqual(['d-1'])
    expect(world.slack.posts).toHaveLength(1)
  })
})

describe('the message about a deployment that was stopped', () => {
  async function stopped(): Promise<Watched> {
    const world = watchedWorld()
    await run(world, {})
    await world.clock.advance(MINUTE)
    return world
  }

  test.each([
    ['Succeeded', 'stopped and rolled back'],
    ['Failed', 'stopped, ROLLBACK FAILED'],
    ['Stopped', 'stopped, ROLLBACK FAILED']
  ])('says once how the rollback has ended: %s', async (status, header) => {
    const world = await stopped()
    await run(world, { rollback: 'InProgress' }, MINUTE_EVENT)
    expect(world.slack.updates).toEqual([])
    for (const _ of [1, 2]) await run(world, { rollback: status }, MINUTE_EVENT)
    expect(world.slack.posts).toHaveLength(1)
    expect(world.slack.updates).toHaveLength(1)
    expect(world.slack.updates[0]).toMatchObject({
      ts: '1.000',
      message: {
        text: `AppECS-shop-orders/DgpECS-shop-orders: a deployment without the gate, ${header}`
      }
    })
    expect(JSON.stringify(world.slack.updates)).toContain('nobody would have been asked')
  })

  test('says after ten minutes that there is no rollback', async () => {
    const world = await stopped()
    await run(world, {}, MINUTE_EVENT)
    expect(world.slack.updates).toEqual([])
    await world.clock.advance(10 * MINUTE)
    await run(world, {}, MINUTE_EVENT)
    expect(JSON.stringify(world.slack.updates)).toContain('has created no rollback')
  })

  test('is tried again where Slack or CodeDeploy did not answer, and keeps nothing else from being judged', async () => {
    const world = await stopped()
    world.pages = [['d-2']]
    const update = world.slack.update.bind(world.slack)
    world.slack.update = () => Promise.reject(new Error('Slack is down'))
    await expect(run(world, { rollback: 'Succeeded' }, MINUTE_EVENT)).rejects.toThrow(
      '1 deployments'
    )
    expect(world.stopped).toEqual(['d-1', 'd-2'])
    world.slack.update = update
    await world.clock.advance(MINUTE)
    await run(world, { rollback: 'Succeeded' }, MINUTE_EVENT)
    expect(world.slack.updates).toHaveLength(2)
  })
})

test('one that cannot be stopped is told of once, tried again each minute, and told of when it is', async () => {
  const world = watchedWorld()
  world.pages = [['d-1']]
  const throttled = { stopError: new Error('throttled') }
  await expect(run(world, throttled)).rejects.toThrow('d-1 could not be stopped')
  await world.clock.advance(MINUTE)
  await expect(run(world, throttled, MINUTE_EVENT)).rejects.toThrow('1 deployments')
  expect(world.slack.posts).toHaveLength(1)
  await world.clock.advance(MINUTE)
  await run(world, {}, MINUTE_EVENT)
  expect(world.stopped).toEqual(['d-1'])
  expect(world.slack.posts).toHaveLength(2)
  expect(JSON.stringify(world.slack.posts[1])).toContain('It was stopped')
})

describe('a deployment that has failed', () => {
  const GATED = { appSpec: appSpec(GATE) }

  test('and carries the gate: the request function puts it on record, once, after its own tries', async () => {
    const world = watchedWorld()
    world.failed = ['d-1']
    for (let minute = 0; minute < 20; minute++) {
      await run(world, GATED, MINUTE_EVENT)
      expect(world.handedOn).toEqual([])
      await world.clock.advance(MINUTE)
    }
    await run(world, GATED, MINUTE_EVENT)
    await run(world, GATED, MINUTE_EVENT)
    expect(world.handedOn).toEqual([{ unrecorded: { plane: 'codedeploy', deploymentId: 'd-1' } }])
    expect(world.slack.posts).toEqual([])
  })

  test.each<[string, Partial<Revision>]>([
    ['does not carry the gate', {}],
    ['is a rollback', { ...GATED, isRollback: true }],
    ['is none of ECS', { ...GATED, computePlatform: 'Server' }]
  ])('and %s is looked at once, and left alone', async (_, revision) => {
    const world = watchedWorld()
    world.failed = ['d-1']
    await run(world, revision, MINUTE_EVENT)
    const { length } = world.asked
    await world.clock.advance(30 * MINUTE)
    await run(world, revision, MINUTE_EVENT)
    expect(world.handedOn).toEqual([])
    expect(world.asked.slice(length)).toEqual(['ListDeployments', 'ListDeployments'])
  })

  test('the request function cannot be invoked: the others are handed on, and the next minute tries again', async () => {
    const world = watchedWorld()
    world.failed = ['d-1', 'd-2']
    await run(world, GATED, MINUTE_EVENT)
    await world.clock.advance(20 * MINUTE)
    world.handing = new Error('Lambda is down')
    await expect(run(world, GATED, MINUTE_EVENT)).rejects.toThrow('2 deployments could not')
    world.handing = undefined
    await run(world, GATED, MINUTE_EVENT)
    expect(world.handedOn).toHaveLength(2)
  })
})
