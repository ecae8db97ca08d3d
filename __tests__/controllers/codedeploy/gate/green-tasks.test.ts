import type { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import type { ECSClient } from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'
import { greenImages } from '../../../../src/controllers/codedeploy/gate/green-images.ts'
import { findGreen, type GreenReader } from '../../../../src/controllers/codedeploy/gate/green.ts'
import { holdOf } from '../../../ledger/samples.ts'

const TASKS = 150
const digestOf = (index: number): string => (index === 149 ? 'sha256:other' : 'sha256:one')

/** 150 green tasks, the last of which runs another image; a page of ListTasks has a hundred (ECS API reference). */
function answerTo(name: string, input: Readonly<Record<string, unknown>>): object {
  switch (name) {
    case 'DescribeServicesCommand': {
      const green = { id: 'ecs-svc/1', externalId: 'd-1', loadBalancers: [{ containerPort: 80 }] }
      return { services: [{ taskSets: [green] }] }
    }
    case 'ListTasksCommand': {
      const from = Number(input['nextToken'] ?? 0)
      const until = Math.min(TASKS, from + 100)
      const taskArns = Array.from({ length: until - from }, (_, index) => String(from + index))
      return { taskArns, ...(until < TASKS && { nextToken: String(until) }) }
    }
    case 'DescribeTasksCommand': {
      const arns = input['tasks'] as string[]
      expect(arns.length).toBeLessThanOrEqual(100)
      const tasks = arns.map((taskArn) => ({
        ...{ taskArn, lastStatus: 'RUNNING' },
        containers: [{ name: 'app', imageDigest: digestOf(Number(taskArn)) }]
      }))
      return { tasks }
    }
    case 'ListDeploymentTargetsCommand':
      return { targetIds: [] }
    default:
      throw new Error(`nobody expects ${name}`)
  }
}

const client = {
  send: (command: { readonly input: Readonly<Record<string, unknown>> }) =>
    Promise.resolve().then(() => answerTo(command.constructor.name, command.input))
}
const BOTH = [
  { container: 'app', digest: 'sha256:one' },
  { container: 'app', digest: 'sha256:other' }
]

test('threat: one of many green tasks runs another image: every page of tasks is read', async () => {
  const reader = {
    codedeploy: client as unknown as CodeDeployClient,
    ecs: client as unknown as ECSClient
  } as unknown as GreenReader
  const { images } = await findGreen(reader, {
    ...{ hold: holdOf('d-1'), region: 'eu-central-1', createdAt: 0, isRollback: false },
    ...{ answered: undefined, consoleUrl: undefined, names: {} }
  })
  expect(images).toEqual(BOTH)
})

test('at the click every page of tasks is read too, and of another deployment none', async () => {
  const ecs = client as unknown as ECSClient
  expect(await greenImages(ecs, holdOf('d-1'))).toEqual(BOTH)
  expect(await greenImages(ecs, holdOf('d-2'))).toEqual([])
})
