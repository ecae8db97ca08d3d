import type { ECSClient } from '@aws-sdk/client-ecs'
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from '@jest/globals'
import { awsSides } from '../../../../src/controllers/codedeploy/gate/sides.ts'
import type { ImageFacts } from '../../../../src/ledger/gate-facts.ts'
import { holdOf } from '../../../ledger/samples.ts'

const A = `sha256:${'a'.repeat(64)}`
const B = `sha256:${'b'.repeat(64)}`

type Command = object & {
  readonly constructor: { readonly name: string }
  readonly input: Readonly<Record<string, unknown>>
}
type Task = Readonly<Record<string, string | undefined>>

/** ECS with one service, whose green tasks run these digests by container; a page of ListTasks has two tasks. */
function imagesOf(
  tasks: readonly Task[] | 'denied',
  image = 'orders:2'
): Promise<readonly ImageFacts[]> {
  const answers: Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => object>> = {
    DescribeServicesCommand: () => ({
      services: [
        {
          taskSets: [{ id: 'ecs-svc/1', externalId: 'd-1', taskDefinition: 'orders:2' }]
        }
      ]
    }),
    DescribeTaskDefinitionCommand: () => ({
      taskDefinition: {
        containerDefinitions: [
          { name: 'app', image },
          { name: 'log', image: 'log:1' }
        ]
      }
    }),
    ListTasksCommand: ({ startedBy, nextToken }) => {
      expect(startedBy).toBe('ecs-svc/1')
      if (tasks === 'denied') throw new Error('denied')
      const from = Number(nextToken ?? 0)
      const taskArns = tasks.map((_, index) => String(index)).slice(from, from + 2)
      return { taskArns, ...(from + 2 < tasks.length && { nextToken: String(from + 2) }) }
    },
    DescribeTasksCommand: ({ tasks: arns }) => ({
      tasks: (arns as string[]).map((arn) => ({
        containers: Object.entries((tasks as readonly Task[])[Number(arn)] ?? {}).map(
          ([name, imageDigest]) => ({ name, imageDigest })
        )
      }))
    })
  }
  const send = (command: { readonly input: Readonly<Record<string, unknown>> }): object => {
    const answer = answers[command.constructor.name]
    if (!answer) throw new Error(`nobody expects ${command.constructor.name}`)
    return answer(command.input)
  }
  const ecs = { send: (command: never) => Promise.resolve().then(() => send(command)) }
  const sides = awsSides(ecs as unknown as ECSClient, {} as unknown as ElasticLoadBalancingV2Client)
  const hold = holdOf('d-1')
  return sides.definitions(hold).then(({ images }) => images)
}

const digests = (images: readonly ImageFacts[]): (readonly [string, string | undefined])[] =>
  images.map(({ container, digest }) => [container, digest])

describe("the digests of green's images", () => {
  test.each<[string, readonly Task[] | 'denied', (readonly [string, string | undefined])[]]>([
    [
      'that all tasks run',
      [
        { app: A, log: B },
        { app: A, log: B },
        { app: A, log: B }
      ],
      [
        ['app', A],
        ['log', B]
      ]
    ],
    [
      'of a tag that moved between two pages of tasks',
      [{ app: A }, { app: A }, { app: B }],
      [
        ['app', A],
        ['app', B],
        ['log', undefined]
      ]
    ],
    [
      'that one task does not tell',
      [
        { app: A, log: B },
        { app: undefined, log: B }
      ],
      [
        ['app', A],
        ['app', undefined],
        ['log', B]
      ]
    ],
    [
      'of no tasks',
      [],
      [
        ['app', undefined],
        ['log', undefined]
      ]
    ],
    [
      'that nobody may read',
      'denied',
      [
        ['app', undefined],
        ['log', undefined]
      ]
    ]
  ])('%s', async (_, tasks, expected) => {
    expect(digests(await imagesOf(tasks))).toEqual(expected)
  })

  test('of an image that is named by its digest is that, where no task tells another', async () => {
    expect(digests(await imagesOf([{ app: undefined }], `orders@${A}`))[0]).toEqual(['app', A])
    expect(digests(await imagesOf('denied', `orders@${A}`))[0]).toEqual(['app', A])
  })
})

describe('what else changes between the two revisions', () => {
  const BLUE = {
    containerDefinitions: [
      { name: 'app', image: 'orders:1', environment: [{ name: 'LEVEL', value: 'info' }] }
    ]
  }
  const GREEN = {
    taskRoleArn: 'arn:aws:iam::123456789012:role/admin',
    containerDefinitions: [
      { name: 'app', image: 'orders:2', environment: [{ name: 'LEVEL', value: 'secret' }] }
    ]
  }

  function changesOf(revisions: Readonly<Record<string, object>>): Promise<unknown> {
    const taskSets = Object.keys(revisions).map((taskDefinition, index, { length }) => ({
      id: `ecs-svc/${index}`,
      status: index === 0 ? 'PRIMARY' : 'ACTIVE',
      // The last one is green's.
      externalId: index === length - 1 ? 'd-1' : 'd-0',
      taskDefinition
    }))
    const send = ({ constructor: { name }, input }: Command): object => {
      if (name === 'DescribeServicesCommand') return { services: [{ taskSets }] }
      if (name !== 'DescribeTaskDefinitionCommand') return {}
      return { taskDefinition: revisions[String(input['taskDefinition'])] }
    }
    const ecs = { send: (command: Command) => Promise.resolve().then(() => send(command)) }
    const elb = {} as unknown as ElasticLoadBalancingV2Client
    return awsSides(ecs as unknown as ECSClient, elb)
      .definitions(holdOf('d-1'))
      .then(({ changes }) => changes)
  }

  test('is read from AWS, and shows no value but those of images', async () => {
    expect(await changesOf({ 'orders:1': BLUE, 'orders:2': GREEN })).toEqual([
      { path: 'containerDefinitions[app].environment[LEVEL]', kind: 'changed' },
      {
        path: 'containerDefinitions[app].image',
        kind: 'changed',
        before: 'orders:1',
        after: 'orders:2'
      },
      { path: 'taskRoleArn', kind: 'added' }
    ])
  })

  test('is nothing between revisions that AWS does not tell apart', async () => {
    const registered = { ...BLUE, revision: 2, status: 'ACTIVE', registeredAt: new Date(0) }
    expect(await changesOf({ 'orders:1': BLUE, 'orders:2': registered })).toEqual([])
  })

  test('is not known where nothing runs yet', async () => {
    expect(await changesOf({ 'orders:2': GREEN })).toBeUndefined()
  })
})

describe("green's health", () => {
  test('has the states in number, and the first hundred targets with the reasons of ELB', async () => {
    const arn = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/1'
    const loadBalancers = [{ targetGroupArn: arn }]
    const taskSets = [{ id: 'ecs-svc/1', externalId: 'd-1', loadBalancers }]
    const ecs = { send: () => Promise.resolve({ services: [{ taskSets }] }) }
    const sick = {
      State: 'unhealthy',
      Reason: 'Target.Timeout',
      Description: 'Request timed out'
    }
    const described = Array.from({ length: 120 }, (_, index) => ({
      Target: { Id: `10.0.0.${index}`, Port: 8080 },
      TargetHealth: index === 1 ? sick : { State: 'healthy' }
    }))
    const elb = { send: () => Promise.resolve({ TargetHealthDescriptions: described }) }
    const { health } = awsSides(
      ecs as unknown as ECSClient,
      elb as unknown as ElasticLoadBalancingV2Client
    )
    const found = await health(holdOf('d-1'))
    expect(found).toMatchObject({ targetGroup: 'green', states: { healthy: 119, unhealthy: 1 } })
    expect(found.targets).toHaveLength(100)
    expect(found.targets?.slice(0, 2)).toEqual([
      { id: '10.0.0.0:8080', state: 'healthy' },
      {
        id: '10.0.0.1:8080',
        state: 'unhealthy',
        reason: 'Target.Timeout',
        description: 'Request timed out'
      }
    ])
  })
})
