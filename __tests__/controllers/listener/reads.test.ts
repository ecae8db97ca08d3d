import * as sdk from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startEmulator, type Emulator } from '../../../emulator/emulator.ts'
import { readRoute, writeRoute } from '../../../src/controllers/listener/route.ts'
import { readSide } from '../../../src/controllers/listener/side.ts'
import { weightsIn, withWeights } from '../../../src/controllers/listener/weights.ts'

let emulator: Emulator
let client: sdk.ElasticLoadBalancingV2Client
let listener: string
let rule: string
const groups: string[] = []

beforeAll(async () => {
  emulator = await startEmulator({ proxies: false })
  client = new sdk.ElasticLoadBalancingV2Client({
    endpoint: emulator.endpoint,
    region: emulator.world.region,
    credentials: emulator.userKeys,
    maxAttempts: 1
  })
  const made = await client.send(new sdk.CreateLoadBalancerCommand({ Name: 'shop' }))
  for (const Name of ['prod1', 'prod2', 'rule1', 'rule2']) {
    const { TargetGroups } = await client.send(
      new sdk.CreateTargetGroupCommand({ Name, Port: 80, Protocol: 'HTTP', TargetType: 'ip' })
    )
    groups.push(TargetGroups?.[0]?.TargetGroupArn ?? '')
  }
  const { Listeners } = await client.send(
    new sdk.CreateListenerCommand({
      LoadBalancerArn: made.LoadBalancers?.[0]?.LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [forward(0, 1)]
    })
  )
  listener = Listeners?.[0]?.ListenerArn ?? ''
  const { Rules } = await client.send(
    new sdk.CreateRuleCommand({
      ListenerArn: listener,
      Priority: 7,
      Conditions: [{ Field: 'path-pattern', Values: ['/shop/*'] }],
      Actions: [forward(2, 3)]
    })
  )
  rule = Rules?.[0]?.RuleArn ?? ''
})

afterAll(async () => {
  client.destroy()
  await emulator.close()
})

function forward(one: number, other: number): sdk.Action {
  return {
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: groups[one], Weight: 100 },
        { TargetGroupArn: groups[other], Weight: 0 }
      ]
    }
  }
}

const absentArn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/0/1'
const elb = (): { sdk: typeof sdk; client: typeof client } => ({ sdk, client })
const byPort = { loadBalancer: 'shop', port: 80 }

describe('a route', () => {
  test('is the listener’s default action, named by ARN or by load balancer and port', async () => {
    const found = await readRoute(elb(), { arn: listener }, undefined)
    expect(found).toMatchObject({
      value: { kind: 'default', arn: listener, loadBalancerType: 'application' }
    })
    expect(await readRoute(elb(), byPort, undefined)).toEqual(found)
  })

  test('is a rule, named by priority or ARN', async () => {
    const found = await readRoute(elb(), byPort, '7')
    expect(found).toMatchObject({ value: { kind: 'rule', arn: rule } })
    expect(await readRoute(elb(), { arn: listener }, rule)).toEqual(found)
  })

  test.each<[Parameters<typeof readRoute>[1], string | undefined, RegExp]>([
    [{ arn: absentArn }, undefined, /^there is no listener arn:/],
    [
      { loadBalancer: 'shop', port: 81 },
      undefined,
      /^shop has no listener on port 81; .* ports 80$/
    ],
    [{ loadBalancer: 'shop', port: 80 }, '8', /^the listener has no rule 8; .* priorities 7$/],
    [{ loadBalancer: 'shop', port: 80 }, 'default', /is the default action: leave `rule` out/],
    [{ loadBalancer: 'absent', port: 80 }, undefined, /^there is no load balancer absent$/]
  ])('%j, rule %s, is not there', async (name, wanted, why) => {
    expect(await readRoute(elb(), name, wanted)).toEqual({ missing: expect.stringMatching(why) })
  })

  test.each(['default', 'rule'] as const)('a %s is written back with its weights', async (kind) => {
    const wanted = kind === 'rule' ? '7' : undefined
    const pair =
      kind === 'rule'
        ? { from: groups[2] ?? '', to: groups[3] ?? '' }
        : { from: groups[0] ?? '', to: groups[1] ?? '' }
    const before = await readRoute(elb(), byPort, wanted)
    if (!('value' in before)) throw new Error(before.missing)
    const { actions } = before.value
    await writeRoute(elb(), before.value, withWeights(actions, pair, { from: 75, to: 25 }))
    const after = await readRoute(elb(), byPort, wanted)
    if (!('value' in after)) throw new Error(after.missing)
    expect(weightsIn(after.value.actions, pair)).toEqual({ from: 75, to: 25 })
  })
})

describe('a side', () => {
  test('is read with what a failover has to know of it', async () => {
    await client.send(
      new sdk.RegisterTargetsCommand({
        TargetGroupArn: groups[0],
        Targets: [{ Id: '127.0.0.1', Port: 9 }]
      })
    )
    expect(await readSide(elb(), { name: 'prod1', targetGroup: 'prod1' })).toEqual({
      value: {
        name: 'prod1',
        arn: groups[0],
        protocol: 'HTTP',
        isSticky: false,
        slowStartSeconds: 0,
        isOptimized: false,
        health: { initial: 1 }
      }
    })
  })

  test('may be named by its ARN, and has to be there', async () => {
    const byArn = await readSide(elb(), { name: 'prod2', targetGroup: groups[1] ?? '' })
    expect(byArn).toMatchObject({ value: { arn: groups[1], health: {} } })
    expect(await readSide(elb(), { name: 'prod3', targetGroup: 'prod3' })).toMatchObject({
      missing: 'there is no target group prod3'
    })
  })
})
