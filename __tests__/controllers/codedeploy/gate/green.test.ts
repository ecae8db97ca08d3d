import { afterEach, describe, expect, test } from '@jest/globals'
import { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { ECSClient } from '@aws-sdk/client-ecs'
import * as sdk from '@aws-sdk/client-elastic-load-balancing-v2'
import { createGate } from '../../../../emulator/worlds/gate.ts'
import { startVirtualRelease } from '../../../../runner/virtual-release.ts'
import type { VirtualRelease } from '../../../../runner/virtual-release.ts'
import { OptionalReads } from '../../../../src/aws/optional-reads.ts'
import { findGreen } from '../../../../src/controllers/codedeploy/gate/green.ts'
import type { Green } from '../../../../src/controllers/gate-plane.ts'
import { answeredPlane } from '../../../../src/controllers/codedeploy/gate/gate-plane.ts'
import { readObserveEnvironment } from '../../../../src/gate/observe/environment.ts'
import { readVerifyEnvironment } from '../../../../src/gate/verify/environment.ts'
import { readValues } from '../../../../src/gate/verify/values.ts'

const HOUR = 3_600_000
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Where green is found while this hook waits for its answer. */
async function greenAt(
  event: string,
  testListener = true
): Promise<Green & { release: VirtualRelease }> {
  const asked = Promise.withResolvers<unknown>()
  const release = await startVirtualRelease({
    testListener,
    inputs: { hooks: `${event}=CodeDeployHook_verify` },
    prepare: (emulator) =>
      void createGate(emulator, 'CodeDeployHook_verify').asked.then(asked.resolve)
  })
  closers.push(() => release.close())
  await release.advance(HOUR, asked.promise)
  const { emulator } = release
  const { endpoint, userKeys: credentials, world } = emulator
  const config = { endpoint, credentials, region: world.region, maxAttempts: 1 }
  const codedeploy = new CodeDeployClient(config)
  const ecs = new ECSClient(config)
  const client = new sdk.ElasticLoadBalancingV2Client(config)
  closers.push(() => [codedeploy, ecs, client].forEach((each) => each.destroy()))
  const { region, clock } = world
  const plane = answeredPlane({ client: codedeploy, region, clock })
  const [deployment] = [...world.codedeploy.deployments.values()]
  const green = await findGreen(
    {
      codedeploy,
      ecs,
      clients: { loadBalancing: () => Promise.resolve({ sdk, client }) },
      optionalReads: new OptionalReads(world.clock, () => undefined)
    },
    await plane.describe(deployment?.info.deploymentId ?? '')
  )
  return { ...green, release }
}

/** The private addresses of green's tasks. */
const addressesOf = ({ emulator, demo }: VirtualRelease): string[] =>
  [...emulator.world.ecs.tasks.values()]
    .filter(({ taskSet }) => taskSet?.taskDefinitionArn !== demo.taskDefinitionArn)
    .map(({ privateIp }) => `http://${privateIp}:8080`)

describe('green, as a function in the VPC finds it,', () => {
  test('is behind the test listener once that leads to it', async () => {
    const green = await greenAt('AfterAllowTestTraffic')
    expect(green.listener).toMatch(/^http:\/\/shop-[\w.-]+\.elb\.amazonaws\.com:8443$/)
  })

  test('is its tasks alone before that: the test listener still leads to blue', async () => {
    const green = await greenAt('AfterInstall')
    expect(green.listener).toBeUndefined()
    expect(green.tasks.map(({ origin }) => origin).sort()).toEqual(
      addressesOf(green.release).sort()
    )
    expect(green.tasks).toHaveLength(2)
    expect(new Set(green.tasks.map(({ name }) => name)).size).toBe(2)
  })

  test('is its tasks where there is no test listener, and they say which image they run', async () => {
    const green = await greenAt('AfterInstall', false)
    expect(green.listener).toBeUndefined()
    expect(green.tasks).toHaveLength(2)
    expect(green.images).toEqual([
      { container: 'app', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }
    ])
  })
})

describe("the function's environment", () => {
  test('names table and gate, and a secret where there is one', () => {
    const given = {
      AWS_REGION: 'eu-west-1',
      LEDGER_TABLE: 't',
      GATE_FUNCTION: 'g',
      VERIFY_SECRET: ''
    }
    expect(readVerifyEnvironment(given)).toEqual({
      region: 'eu-west-1',
      table: 't',
      gateFunction: 'g',
      secret: undefined,
      origins: []
    })
    expect(readVerifyEnvironment({ ...given, VERIFY_SECRET: 's' }).secret).toBe('s')
  })

  test('lists the origins that the stack allows, each as a URL has it', () => {
    const given = { AWS_REGION: 'eu-west-1', LEDGER_TABLE: 't', AWS_LAMBDA_FUNCTION_NAME: 'f' }
    const VERIFY_ORIGINS =
      'https://Auth.example.com/, http://10.0.0.1:80,https://a.example.com:8443'
    const origins = ['https://auth.example.com', 'http://10.0.0.1', 'https://a.example.com:8443']
    expect(readObserveEnvironment({ ...given, VERIFY_ORIGINS })).toEqual({
      region: 'eu-west-1',
      table: 't',
      functionName: 'f',
      origins
    })
    expect(readVerifyEnvironment({ ...given, GATE_FUNCTION: 'g', VERIFY_ORIGINS }).origins).toEqual(
      origins
    )
  })

  test('that lacks something, or has something else, says all of it', () => {
    expect(() => readVerifyEnvironment({ AWS_REGION: 'eu-west-1' })).toThrow(
      /LEDGER_TABLE is not set.*\nGATE_FUNCTION is not set/
    )
    expect(() => readObserveEnvironment({ VERIFY_ORIGINS: 'auth.example.com' })).toThrow(
      /AWS_REGION is not set.*\nLEDGER_TABLE is not set.*\nAWS_LAMBDA_FUNCTION_NAME is not set.*\nVERIFY_ORIGINS: found "auth.example.com", wanted http:\/\/ or https:\/\//
    )
  })
})

describe('the values of verification files', () => {
  test('are the texts of a JSON object', () => {
    expect(readValues('{"A": "1", "B": 2}')).toEqual({ A: '1' })
  })

  test.each(['canary', '"canary"', '["canary"]'])('%s is none, and is not repeated', (text) => {
    expect(() => readValues(text)).toThrow(/^the secret of the verification (?!.*canary)/)
  })
})
