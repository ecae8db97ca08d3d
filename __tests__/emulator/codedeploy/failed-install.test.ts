import { DeregisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openLab } from '../lab.ts'
import type { Lab } from '../lab.ts'

let lab: Lab
beforeEach(async () => {
  lab = await openLab()
})
afterEach(async () => lab.close())

const FAMILY = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/'

/** Ends a deployment of this AppSpec and returns why it has failed. */
async function failureOf(change: {
  readonly taskDefinition?: string
  readonly container?: string
  readonly port?: number
}): Promise<{ readonly code?: string | undefined; readonly message?: string | undefined }> {
  const input = lab.request({
    ...(change.container !== undefined && { container: change.container }),
    ...(change.port !== undefined && { containerPort: change.port })
  })
  const content = input.revision?.appSpecContent?.content ?? ''
  const appSpec = content.replace(/"TaskDefinition":"[^"]*"/, (own) =>
    change.taskDefinition === undefined ? own : `"TaskDefinition":"${change.taskDefinition}"`
  )
  const revision = { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec } } as const
  const id = await lab.release({ input: { revision } })
  await lab.untilEnd(id)
  expect(await lab.events(id)).toMatchObject({ BeforeInstall: 'Succeeded', Install: 'Failed' })
  return (await lab.deployment(id)).errorInformation ?? {}
}

/** Published twice, with a port: `(Service: AmazonECS; Status Code: 400; Error Code: ...; Request ID: ...; Proxy: null)`. */
function worded(message: string, code: string): RegExp {
  const literal = (text: string): string => text.replace(/[.()]/g, '\\$&')
  return new RegExp(
    `^The ECS service cannot be updated due to an unexpected error: ${literal(message)} ` +
      `\\(Service: AmazonECS; Status Code: 400; Error Code: ${code}; Request ID: [0-9a-f-]{36}; Proxy: null\\)\\. ` +
      'Check your ECS service status\\.$'
  )
}

describe('Install fails in the words that people have seen', () => {
  it.each([
    [
      'a port that the container does not have',
      { port: 443 },
      'The container app did not have a container port 443 defined.',
      'InvalidParameterException'
    ],
    [
      'a container that the task definition does not have',
      { container: 'stg' },
      'The container stg does not exist in the task definition.',
      'InvalidParameterException'
    ],
    [
      'a tag for a revision',
      { taskDefinition: `${FAMILY}orders:latest` },
      'Invalid revision number. Number: latest',
      'InvalidParameterException'
    ],
    [
      'a revision that does not exist',
      { taskDefinition: `${FAMILY}orders:99` },
      'TaskDefinition not found.',
      'ClientException'
    ],
    [
      'a family that does not exist',
      { taskDefinition: `${FAMILY}payments` },
      'TaskDefinition not found.',
      'ClientException'
    ]
  ])('%s', async (_, change, message, code) => {
    const failure = await failureOf(change)
    expect(failure.code).toBe('ECS_UPDATE_ERROR')
    expect(failure.message).toMatch(worded(message, code))
  })

  it('a revision that has been deregistered', async () => {
    await lab.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'orders:1' }))
    const failure = await failureOf({ taskDefinition: `${FAMILY}orders:1` })
    expect(failure.message).toMatch(worded('TaskDefinition is inactive', 'ClientException'))
  })
})
