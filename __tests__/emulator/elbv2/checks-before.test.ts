import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyRuleCommand
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startEmulator, type Emulator } from '../../../emulator/emulator.ts'
import { withWeights } from '../../../src/controllers/listener/weights.ts'

let emulator: Emulator
let elb: ElasticLoadBalancingV2Client
let balancer: string
let listener: string
const groups: string[] = []

const oidc: Action = {
  Type: 'authenticate-oidc',
  Order: 1,
  AuthenticateOidcConfig: {
    Issuer: 'https://login.example.com',
    AuthorizationEndpoint: 'https://login.example.com/authorize',
    TokenEndpoint: 'https://login.example.com/token',
    UserInfoEndpoint: 'https://login.example.com/userinfo',
    ClientId: 'orders',
    ClientSecret: 'only-the-load-balancer-knows'
  }
}

beforeAll(async () => {
  emulator = await startEmulator({ proxies: false })
  elb = new ElasticLoadBalancingV2Client({
    endpoint: emulator.endpoint,
    region: emulator.world.region,
    credentials: emulator.userKeys,
    maxAttempts: 1
  })
  const made = await elb.send(new CreateLoadBalancerCommand({ Name: 'shop' }))
  balancer = made.LoadBalancers?.[0]?.LoadBalancerArn ?? ''
  for (const Name of ['prod1', 'prod2']) {
    const { TargetGroups } = await elb.send(
      new CreateTargetGroupCommand({ Name, Port: 80, Protocol: 'HTTP' })
    )
    groups.push(TargetGroups?.[0]?.TargetGroupArn ?? '')
  }
  listener = await createListener(443, 'HTTPS', [oidc, forward(100, 0, 2)])
})

afterAll(async () => {
  elb.destroy()
  await emulator.close()
})

function forward(from: number, to: number, Order = 1): Action {
  return {
    Type: 'forward',
    Order,
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: groups[0], Weight: from },
        { TargetGroupArn: groups[1], Weight: to }
      ]
    }
  }
}

async function createListener(
  Port: number,
  Protocol: 'HTTP' | 'HTTPS',
  DefaultActions: Action[]
): Promise<string> {
  const Certificates = [{ CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1' }]
  const made = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: balancer,
      Port,
      Protocol,
      DefaultActions,
      ...(Protocol === 'HTTPS' && { Certificates })
    })
  )
  return made.Listeners?.[0]?.ListenerArn ?? ''
}

async function shown(): Promise<Action[]> {
  const command = new DescribeListenersCommand({ ListenerArns: [listener] })
  return (await elb.send(command)).Listeners?.[0]?.DefaultActions ?? []
}

const modify = async (...DefaultActions: readonly Action[]): Promise<unknown> =>
  elb.send(
    new ModifyListenerCommand({ ListenerArn: listener, DefaultActions: [...DefaultActions] })
  )

describe('what an HTTPS listener asks of a client before it routes', () => {
  it('is shown without the client’s secret, and a write without it is refused', async () => {
    const actions = await shown()
    expect(actions.map(({ Type, Order }) => [Type, Order])).toEqual([
      ['authenticate-oidc', 1],
      ['forward', 2]
    ])
    expect(JSON.stringify(actions)).not.toContain('only-the-load-balancer-knows')
    await expect(modify(...actions)).rejects.toMatchObject({ name: 'ValidationError' })
  })

  it('survives a change of weights as the action writes it', async () => {
    const pair = { from: groups[0] ?? '', to: groups[1] ?? '' }
    await modify(...withWeights(await shown(), pair, { from: 90, to: 10 }))
    const after = await shown()
    expect(after[0]?.AuthenticateOidcConfig?.ClientId).toBe('orders')
    expect(after[1]?.ForwardConfig?.TargetGroups).toEqual([
      { TargetGroupArn: groups[0], Weight: 90 },
      { TargetGroupArn: groups[1], Weight: 10 }
    ])
    const kept = emulator.world.elb.listeners.get(listener)?.before[0]
    expect(kept?.AuthenticateOidcConfig?.ClientSecret).toBe('only-the-load-balancer-knows')
  })

  it('is gone if a write sends the forward alone, as AWS replaces the list', async () => {
    await modify(forward(100, 0))
    expect(await shown()).toMatchObject([{ Type: 'forward' }])
    await modify(oidc, forward(100, 0, 2))
  })

  it('may stand on a rule too', async () => {
    const jwt: Action = {
      Type: 'jwt-validation',
      Order: 1,
      JwtValidationConfig: {
        JwksEndpoint: 'https://login.example.com/jwks',
        Issuer: 'https://login.example.com'
      }
    }
    const { Rules } = await elb.send(
      new CreateRuleCommand({
        ListenerArn: listener,
        Priority: 1,
        Conditions: [{ Field: 'path-pattern', Values: ['/shop/*'] }],
        Actions: [jwt, forward(100, 0, 2)]
      })
    )
    const RuleArn = Rules?.[0]?.RuleArn
    await elb.send(new ModifyRuleCommand({ RuleArn, Actions: [jwt, forward(50, 50, 2)] }))
    const read = await elb.send(new DescribeRulesCommand({ RuleArns: [RuleArn ?? ''] }))
    expect(read.Rules?.[0]?.Actions).toMatchObject([
      jwt,
      { Order: 2, ForwardConfig: { TargetGroups: [{ Weight: 50 }, { Weight: 50 }] } }
    ])
  })

  it.each<[string, () => Promise<unknown>]>([
    ['an HTTP listener', () => createListener(80, 'HTTP', [oidc, forward(1, 1, 2)])],
    ['the same order twice', () => modify(oidc, forward(1, 1, 1))],
    ['no order', () => modify({ ...oidc, Order: undefined }, forward(1, 1))],
    ['the forward first', () => modify({ ...oidc, Order: 2 }, forward(1, 1, 1))],
    ['nothing that routes', () => modify(oidc)]
  ])('is refused with %s', async (_, write) => {
    await expect(write()).rejects.toMatchObject({ name: 'ValidationError' })
  })

  it('needs a certificate', async () => {
    const command = new CreateListenerCommand({
      LoadBalancerArn: balancer,
      Port: 8443,
      Protocol: 'HTTPS',
      DefaultActions: [forward(1, 1)]
    })
    await expect(elb.send(command)).rejects.toMatchObject({ name: 'ValidationError' })
  })
})
