import { PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy'
import type { PutLifecycleEventHookExecutionStatusInput } from '@aws-sdk/client-codedeploy'
import { afterEach, describe, expect, it } from '@jest/globals'
import { HOUR, openLab, refusal, SECOND } from '../lab.ts'
import type { Lab } from '../lab.ts'

const GATE = 'BeforeAllowTraffic'
const FAILED =
  'The deployment failed because one or more of the lifecycle event validation functions failed.'
let lab: Lab
afterEach(async () => lab.close())

async function atTheGate(): Promise<string> {
  const id = await lab.release()
  await lab.untilEvent(id, GATE)
  return id
}

describe('a hook', () => {
  it('is handed a deployment id and an opaque execution id, and nothing else', async () => {
    lab = await openLab()
    const id = await atTheGate()
    const [{ payload } = { payload: {} }, ...more] = lab.demo.gate.function.invocations
    expect(more).toEqual([])
    expect(payload).toEqual({
      DeploymentId: id,
      LifecycleEventHookExecutionId: expect.stringMatching(/^[A-Za-z0-9+/=]{288}$/)
    })
    const { executionId } = lab.asked(id)
    const token: unknown = JSON.parse(Buffer.from(executionId, 'base64').toString('utf8'))
    expect(token).toEqual({
      encryptedData: expect.any(String),
      ivParameterSpec: expect.any(String),
      materialSetSerial: 1
    })
  })

  it('that says Failed fails the deployment, and later events are skipped', async () => {
    lab = await openLab()
    const id = await lab.release()
    await lab.decide(id, 'Failed')
    expect(await lab.deployment(id)).toMatchObject({
      status: 'Failed',
      errorInformation: { code: 'HOOK_EXECUTION_FAILURE', message: FAILED },
      deploymentOverview: { Succeeded: 0, Failed: 1 }
    })
    expect(await lab.events(id)).toMatchObject({
      AfterAllowTestTraffic: 'Succeeded',
      BeforeAllowTraffic: 'Failed',
      AllowTraffic: 'Skipped',
      AfterAllowTraffic: 'Skipped'
    })
  })

  it('that says nothing is waited for one hour exactly', async () => {
    lab = await openLab()
    const id = await lab.release()
    await lab.untilEvent(id, GATE)
    await lab.clock.advance(HOUR - 2 * SECOND)
    expect((await lab.deployment(id)).status).toBe('InProgress')
    await lab.clock.advance(2 * SECOND)
    expect(await lab.deployment(id)).toMatchObject({
      status: 'Failed',
      errorInformation: {
        message:
          'The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one hour after a deployment hook is invoked.'
      }
    })
    expect(await refusal(lab.put(lab.asked(id), 'Succeeded'))).toBe(
      'LifecycleEventAlreadyCompletedException'
    )
  })

  it('that throws or returns a verdict has given none', async () => {
    lab = await openLab()
    const { lambda } = lab.emulator.world
    lambda.create('throwing', {
      kind: 'inline',
      handler: () => {
        throw new Error('out of order')
      }
    })
    lambda.create('returning', { kind: 'inline', handler: () => 'Succeeded' })
    for (const name of ['throwing', 'returning']) {
      const id = await lab.release({ hooks: { BeforeInstall: name } })
      await lab.untilEvent(id, 'BeforeInstall')
      await lab.clock.advance(HOUR / 2)
      expect(await lab.events(id)).toMatchObject({ BeforeInstall: 'InProgress' })
      await lab.stop(id)
    }
  })

  it('may be any of the five events, by name or ARN', async () => {
    lab = await openLab({ gateAnswers: 'Succeeded', switches: { hookDelivery: 'once' } })
    const { gate } = lab.demo
    const id = await lab.release({
      hooks: {
        BeforeInstall: gate.name,
        AfterInstall: gate.function.arn,
        AfterAllowTestTraffic: gate.name,
        BeforeAllowTraffic: gate.function.arn,
        AfterAllowTraffic: gate.name
      }
    })
    await lab.untilEnd(id)
    expect(gate.requests().map(({ deploymentId }) => deploymentId)).toEqual(Array(5).fill(id))
    expect(new Set(gate.requests().map(({ executionId }) => executionId)).size).toBe(5)
  })

  it('fails at once where the function is missing or the role may not invoke it', async () => {
    lab = await openLab({ limitedRole: true, switches: { failureCodes: 'by-cause' } })
    lab.emulator.world.lambda.create('any-name', { kind: 'inline', handler: () => undefined })
    const errors: unknown[] = []
    for (const name of ['CodeDeployHook_missing', 'any-name']) {
      const id = await lab.release({ hooks: { BeforeInstall: name } })
      await lab.untilEnd(id)
      errors.push((await lab.deployment(id)).errorInformation)
    }
    expect(errors).toEqual([
      {
        code: 'INVALID_LAMBDA_FUNCTION',
        message: 'The Lambda function CodeDeployHook_missing does not exist.'
      },
      {
        code: 'IAM_ROLE_PERMISSIONS',
        message: expect.stringMatching(
          /^The IAM role arn:\S+ does not give you permission to perform operations in the following AWS service: AWSLambda\.$/
        )
      }
    ])
  })
})

describe('PutLifecycleEventHookExecutionStatus', () => {
  it('refuses what is no verdict, no execution or no deployment, and changes nothing by it', async () => {
    lab = await openLab()
    const id = await atTheGate()
    const good = {
      deploymentId: id,
      lifecycleEventHookExecutionId: lab.asked(id).executionId,
      status: 'Succeeded'
    } as const
    const put = async (change: Partial<PutLifecycleEventHookExecutionStatusInput>) =>
      refusal(
        lab.codedeploy.send(new PutLifecycleEventHookExecutionStatusCommand({ ...good, ...change }))
      )
    expect({
      pending: await put({ status: 'Pending' }),
      garbled: await put({ lifecycleEventHookExecutionId: 'abc' }),
      unnamed: await put({ deploymentId: undefined }),
      malformed: await put({ deploymentId: 'd-1' }),
      unknown: await put({ deploymentId: 'd-ABCDEFGHI' })
    }).toEqual({
      pending: 'InvalidLifecycleEventHookExecutionStatusException',
      garbled: 'InvalidLifecycleEventHookExecutionIdException',
      unnamed: 'DeploymentIdRequiredException',
      malformed: 'InvalidDeploymentIdException',
      unknown: 'DeploymentDoesNotExistException'
    })
    expect(await lab.events(id)).toMatchObject({ [GATE]: 'InProgress' })
    expect(await put({})).toBe('answered')
    expect(await put({ status: 'Failed' })).toBe('LifecycleEventAlreadyCompletedException')
    await lab.clock.advance(5 * SECOND)
    expect(await lab.events(id)).toMatchObject({ [GATE]: 'Succeeded' })
    expect((await lab.deployment(id)).status).toBe('InProgress')
  })
})
