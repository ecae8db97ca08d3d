import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  RegisterTargetsCommand
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startEmulator } from '../../../emulator/emulator.ts'
import type { Emulator } from '../../../emulator/emulator.ts'

let emulator: Emulator
let elb: ElasticLoadBalancingV2Client
let listener: string
const groups: string[] = []

beforeAll(async () => {
  emulator = await startEmulator({ proxies: false })
  elb = new ElasticLoadBalancingV2Client({
    endpoint: emulator.endpoint,
    region: emulator.world.region,
    credentials: emulator.userKeys,
    maxAttempts: 1
  })
  for (let number = 1; number <= 6; number++) groups.push(await createGroup(`group-${number}`))
  listener = await createListener(await createBalancer('shop'), groups[0] ?? '')
})

afterAll(async () => {
  elb.destroy()
  await emulator.close()
})

async function createGroup(Name: string): Promise<string> {
  const made = await elb.send(new CreateTargetGroupCommand({ Name, Port: 80, Protocol: 'HTTP' }))
  return made.TargetGroups?.[0]?.TargetGroupArn ?? ''
}

async function createBalancer(Name: string): Promise<string> {
  const made = await elb.send(new CreateLoadBalancerCommand({ Name }))
  return made.LoadBalancers?.[0]?.LoadBalancerArn ?? ''
}

async function createListener(LoadBalancerArn: string, TargetGroupArn: string): Promise<string> {
  const DefaultActions: Action[] = [{ Type: 'forward', TargetGroupArn }]
  const made = await elb.send(
    new CreateListenerCommand({ LoadBalancerArn, Port: 80, Protocol: 'HTTP', DefaultActions })
  )
  return made.Listeners?.[0]?.ListenerArn ?? ''
}

const forward = (...weights: readonly (number | undefined)[]): Action => ({
  Type: 'forward',
  ForwardConfig: {
    TargetGroups: weights.map((Weight, index) => ({ TargetGroupArn: groups[index], Weight }))
  }
})

const modify = async (...DefaultActions: Action[]): Promise<unknown> =>
  elb.send(new ModifyListenerCommand({ ListenerArn: listener, DefaultActions }))

describe('a forward action', () => {
  it('names one group at the top too, and several by their weights alone', async () => {
    const shown = async (): Promise<Action[] | undefined> => {
      const command = new DescribeListenersCommand({ ListenerArns: [listener] })
      return (await elb.send(command)).Listeners?.[0]?.DefaultActions
    }
    expect(await shown()).toMatchObject([
      {
        TargetGroupArn: groups[0],
        ForwardConfig: { TargetGroups: [{ TargetGroupArn: groups[0], Weight: 1 }] }
      }
    ])
    await modify(forward(999, 0))
    const [action] = (await shown()) ?? []
    expect(action).not.toHaveProperty('TargetGroupArn')
    expect(action?.ForwardConfig?.TargetGroups).toEqual([
      { TargetGroupArn: groups[0], Weight: 999 },
      { TargetGroupArn: groups[1], Weight: 0 }
    ])
  })

  it.each<[string, () => Action[]]>([
    ['a weight above 999', () => [forward(1000, 0)]],
    ['a negative weight', () => [forward(1, -1)]],
    ['several groups without weights', () => [forward(undefined, undefined)]],
    ['more than five groups', () => [forward(1, 1, 1, 1, 1, 1)]],
    ['two actions', () => [forward(1), forward(1)]],
    ['no action', () => []],
    ['two that disagree', () => [{ ...forward(1), TargetGroupArn: groups[1] }]]
  ])('may not have %s', async (_, actions) => {
    await expect(modify(...actions())).rejects.toMatchObject({ name: 'ValidationError' })
  })

  it('needs groups that exist and that no other load balancer has', async () => {
    const absent: Action = { Type: 'forward', TargetGroupArn: `${groups[0] ?? ''}0` }
    await expect(modify(absent)).rejects.toMatchObject({ name: 'TargetGroupNotFoundException' })
    const other = await createBalancer('other')
    await expect(createListener(other, groups[0] ?? '')).rejects.toMatchObject({
      name: 'TargetGroupAssociationLimitException'
    })
  })
})

describe('target group stickiness', () => {
  const sticky = (TargetGroupStickinessConfig: object): Action => ({
    ...forward(1, 0),
    ForwardConfig: { ...forward(1, 0).ForwardConfig, TargetGroupStickinessConfig }
  })

  it('is kept and shown, and gone with the next action that does not say it', async () => {
    const shown = async (): Promise<unknown> => {
      const command = new DescribeListenersCommand({ ListenerArns: [listener] })
      const [action] = (await elb.send(command)).Listeners?.[0]?.DefaultActions ?? []
      return action?.ForwardConfig?.TargetGroupStickinessConfig
    }
    await modify(sticky({ Enabled: true, DurationSeconds: 604_800 }))
    expect(await shown()).toEqual({ Enabled: true, DurationSeconds: 604_800 })
    await modify(forward(1, 0))
    expect(await shown()).toEqual({ Enabled: false })
  })

  it.each([{ Enabled: true }, { Enabled: true, DurationSeconds: 0 }, { DurationSeconds: 604_801 }])(
    'may not be %j',
    async (stickiness) => {
      await expect(modify(sticky(stickiness))).rejects.toMatchObject({
        name: 'ValidationError',
        message: 'Target group stickiness duration must be between 1 and 604800 seconds'
      })
    }
  )
})

describe('what the emulator has not', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    [
      'a security policy of a secure listener',
      async () =>
        elb.send(
          new CreateListenerCommand({
            LoadBalancerArn: await createBalancer('secure'),
            Port: 443,
            Protocol: 'HTTPS',
            SslPolicy: 'ELBSecurityPolicy-2016-08',
            Certificates: [{ CertificateArn: 'arn:certificate' }],
            DefaultActions: [forward(1)]
          })
        ),
      `'SslPolicy'`
    ],
    [
      'a condition by a regular expression',
      () =>
        elb.send(
          new CreateRuleCommand({
            ListenerArn: listener,
            Priority: 9,
            Conditions: [{ Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/a'] } }],
            Actions: [forward(1)]
          })
        ),
      `'Conditions.1.member.PathPatternConfig.RegexValues'`
    ]
  ])('%s, is refused', async (_, asked, members) => {
    await expect(asked()).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining(`not emulated: ${members}`)
    })
  })
})

describe('lists', () => {
  it('come in pages', async () => {
    const seen: (string | undefined)[] = []
    let Marker: string | undefined
    do {
      const answer = await elb.send(new DescribeTargetGroupsCommand({ PageSize: 4, Marker }))
      expect(answer.TargetGroups?.length).toBeLessThanOrEqual(4)
      seen.push(...(answer.TargetGroups ?? []).map(({ TargetGroupName }) => TargetGroupName))
      Marker = answer.NextMarker
    } while (Marker !== undefined)
    expect(new Set(seen)).toEqual(new Set(groups.map((_, index) => `group-${index + 1}`)))
  })

  it.each([{ PageSize: 0 }, { PageSize: 401 }, { Marker: 'x' }])('not by %j', async (paging) => {
    await expect(elb.send(new DescribeTargetGroupsCommand(paging))).rejects.toMatchObject({
      name: 'ValidationError'
    })
  })

  it('take one filter, not two of which one would be ignored', async () => {
    const command = new DescribeTargetGroupsCommand({ Names: ['group-1'], TargetGroupArns: groups })
    await expect(elb.send(command)).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'You can specify only one of Names, TargetGroupArns'
    })
  })
})

it('a target group is of instances unless it says otherwise, and shows where it is', async () => {
  const command = new CreateTargetGroupCommand({ Name: 'plain', VpcId: 'vpc-1' })
  const [made] = (await elb.send(command)).TargetGroups ?? []
  expect(made).toMatchObject({ TargetType: 'instance', VpcId: 'vpc-1' })
  const register = new RegisterTargetsCommand({
    TargetGroupArn: made?.TargetGroupArn,
    Targets: [{ Id: '127.0.0.1' }]
  })
  await expect(elb.send(register)).rejects.toMatchObject({
    name: 'ValidationError',
    message: "Instance ID '127.0.0.1' is not valid"
  })
})

it('a load balancer shows its subnets and security groups', async () => {
  const command = new CreateLoadBalancerCommand({
    Name: 'placed',
    Subnets: ['subnet-1', 'subnet-2'],
    SecurityGroups: ['sg-1']
  })
  expect((await elb.send(command)).LoadBalancers).toMatchObject([
    {
      AvailabilityZones: [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }],
      SecurityGroups: ['sg-1']
    }
  ])
})

it('rules come in the order of their priority, the default one last, and none twice', async () => {
  const create = async (Priority: number): Promise<unknown> =>
    elb.send(
      new CreateRuleCommand({
        ListenerArn: listener,
        Priority,
        Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
        Actions: [forward(1)]
      })
    )
  await create(20)
  await create(3)
  await expect(create(20)).rejects.toMatchObject({ name: 'PriorityInUseException' })
  const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn: listener }))
  expect(Rules?.map(({ Priority }) => Priority)).toEqual(['3', '20', 'default'])
})

it('names are unique among load balancers and among target groups', async () => {
  await expect(createBalancer('shop')).rejects.toMatchObject({
    name: 'DuplicateLoadBalancerNameException'
  })
  await expect(createGroup('group-1')).rejects.toMatchObject({
    name: 'DuplicateTargetGroupNameException'
  })
})
