import type { ECSClient } from '@aws-sdk/client-ecs'
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from '@jest/globals'
import { awsSides } from '../../../../src/controllers/codedeploy/gate/sides.ts'
import type { ImageFacts } from '../../../../src/ledger/gate.ts'
import { holdOf } from '../../../ledger/samples.ts'

const A = `sha256:${'a'.repeat(64)}`
const B = `sha256:${'b'.repeat(64)}`

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
