import type { CodeDeployClient, TrafficRoutingConfig } from '@aws-sdk/client-codedeploy'
import { describe, expect, test } from '@jest/globals'
import { awsShift, shiftOf } from '../../../../src/controllers/codedeploy/gate/shift.ts'
import { holdOf } from '../../../ledger/samples.ts'

/** CodeDeploy's members (its API reference, "TrafficRoutingConfig"). */
const CANARY = {
  type: 'TimeBasedCanary',
  timeBasedCanary: { canaryPercentage: 10, canaryInterval: 5 }
} as const
const LINEAR = {
  type: 'TimeBasedLinear',
  timeBasedLinear: { linearPercentage: 20, linearInterval: 1 }
} as const

describe('how traffic will move', () => {
  test.each<[TrafficRoutingConfig | undefined, object | undefined]>([
    [{ type: 'AllAtOnce' }, { kind: 'all-at-once' }],
    [CANARY, { kind: 'canary', percentage: 10, minutes: 5 }],
    [LINEAR, { kind: 'linear', percentage: 20, minutes: 1 }],
    [{ type: 'TimeBasedCanary' }, undefined],
    [{ type: 'TimeBasedLinear', timeBasedLinear: { linearPercentage: 20 } }, undefined],
    [{ type: 'Other' as 'AllAtOnce' }, undefined],
    [undefined, undefined]
  ])('%j: %j', (routing, shift) => {
    expect(shiftOf(routing)).toEqual(shift)
  })

  /** CodeDeploy, which answers each command with what is given, or does not. */
  function shift(answers: Readonly<Record<string, object | 'denied'>>): Promise<unknown> {
    const asked: object[] = []
    const send = (command: { readonly input: object }): Promise<object> => {
      asked.push(command.input)
      const answer = answers[command.constructor.name]
      return answer === undefined || answer === 'denied'
        ? Promise.reject(new Error('denied'))
        : Promise.resolve(answer)
    }
    const client = { send } as unknown as CodeDeployClient
    return awsShift(client)
      .shift(holdOf('d-1'))
      .then((found) => ({ found, asked }))
  }

  test("is read from the deployment's own configuration", async () => {
    const deploymentConfigName = 'shop-canary'
    const result = await shift({
      GetDeploymentCommand: { deploymentInfo: { deploymentConfigName } },
      GetDeploymentConfigCommand: { deploymentConfigInfo: { trafficRoutingConfig: CANARY } }
    })
    expect(result).toEqual({
      found: { kind: 'canary', percentage: 10, minutes: 5 },
      asked: [{ deploymentId: 'd-1' }, { deploymentConfigName }]
    })
  })

  test.each<[string, Readonly<Record<string, object | 'denied'>>]>([
    ['the deployment cannot be read', { GetDeploymentCommand: 'denied' }],
    ['the deployment names no configuration', { GetDeploymentCommand: { deploymentInfo: {} } }],
    [
      'the configuration may not be read',
      {
        GetDeploymentCommand: { deploymentInfo: { deploymentConfigName: 'x' } },
        GetDeploymentConfigCommand: 'denied'
      }
    ]
  ])('is not known if %s, which keeps nobody from being asked', async (_, answers) => {
    expect(await shift(answers)).toMatchObject({ found: undefined })
  })
})
