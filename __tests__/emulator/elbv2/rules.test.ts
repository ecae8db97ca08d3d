import { request } from 'node:http'
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
import type { Action, Rule, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { startEmulator } from '../../../emulator/emulator.ts'
import type { Emulator } from '../../../emulator/emulator.ts'

let emulator: Emulator
let elb: ElasticLoadBalancingV2Client
let listener: string
let group: string

const NONE: Action = {
  Type: 'fixed-response',
  FixedResponseConfig: { StatusCode: '404', ContentType: 'application/json', MessageBody: '{}' }
}

beforeAll(async () => {
  emulator = await startEmulator()
  elb = new ElasticLoadBalancingV2Client({
    endpoint: emulator.endpoint,
    region: emulator.world.region,
    credentials: emulator.userKeys,
    maxAttempts: 1
  })
  const balancer = await elb.send(new CreateLoadBalancerCommand({ Name: 'shop' }))
  const made = await elb.send(new CreateTargetGroupCommand({ Name: 'orders', Port: 80 }))
  group = made.TargetGroups?.[0]?.TargetGroupArn ?? ''
  const listened = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: balancer.LoadBalancers?.[0]?.LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [NONE]
    })
  )
  listener = listened.Listeners?.[0]?.ListenerArn ?? ''
})
afterAll(async () => {
  elb.destroy()
  await emulator.close()
})
afterEach(async () => {
  emulator.world.elb.rules.clear()
  await modify(NONE)
})

const modify = (...DefaultActions: Action[]): Promise<unknown> =>
  elb.send(new ModifyListenerCommand({ ListenerArn: listener, DefaultActions }))

async function rule(
  Priority: number,
  Conditions: RuleCondition[],
  action: Action = { Type: 'forward', TargetGroupArn: group }
): Promise<Rule | undefined> {
  const command = new CreateRuleCommand({
    ListenerArn: listener,
    Priority,
    Conditions,
    Actions: [action]
  })
  return (await elb.send(command)).Rules?.[0]
}

interface Answer {
  readonly status: number | undefined
  readonly location: string | undefined
  readonly type: string | undefined
  readonly body: string
}

/** Through the listener's proxy; `host` as a browser would send it. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const port = emulator.world.elb.listeners.get(listener)?.boundPort
  return new Promise((resolve, reject) => {
    const asking = request({ port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += String(chunk)))
      response.on('end', () => {
        const { location, 'content-type': type } = response.headers
        resolve({ status: response.statusCode, location, type, body })
      })
    })
    asking.on('error', reject).end()
  })
}

describe('a listener that answers by itself', () => {
  it('gives its fixed response, is shown with it, and uses no target group', async () => {
    expect(await ask('/')).toEqual({
      status: 404,
      location: undefined,
      type: 'application/json; charset=utf-8',
      body: '{}'
    })
    const command = new DescribeListenersCommand({ ListenerArns: [listener] })
    expect((await elb.send(command)).Listeners?.[0]?.DefaultActions).toEqual([
      { ...NONE, Order: 1 }
    ])
  })

  it.each<[string, NonNullable<Action['RedirectConfig']>, string, string]>([
    [
      'to https',
      { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' },
      '/a/b?c=d&e',
      'https://shop.example.com:443/a/b?c=d&e'
    ],
    [
      'elsewhere',
      {
        StatusCode: 'HTTP_302',
        Host: 'www.#{host}',
        Path: '/old/#{path}',
        Query: 'from=#{port}&#{query}'
      },
      '/x?y=1',
      'http://www.shop.example.com:80/old/x?from=80&y=1'
    ],
    [
      'without a query',
      { StatusCode: 'HTTP_302', Path: '/closed' },
      '/x',
      'http://shop.example.com:80/closed'
    ]
  ])('redirects %s', async (_, RedirectConfig, path, location) => {
    await modify({ Type: 'redirect', RedirectConfig })
    const answer = await ask(path, { host: 'shop.example.com' })
    expect(answer.status).toBe(Number(RedirectConfig.StatusCode?.slice(-3)))
    expect(answer.location).toBe(location)
  })

  it('shows what a redirect keeps', async () => {
    await modify({
      Type: 'redirect',
      RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' }
    })
    const command = new DescribeListenersCommand({ ListenerArns: [listener] })
    const [action] = (await elb.send(command)).Listeners?.[0]?.DefaultActions ?? []
    expect(action?.RedirectConfig).toEqual({
      StatusCode: 'HTTP_301',
      Protocol: 'HTTPS',
      Port: '443',
      Host: '#{host}',
      Path: '/#{path}',
      Query: '#{query}'
    })
  })

  it.each<[string, Action, string, string]>([
    [
      'a response of 3xx',
      { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '302' } },
      'ValidationError',
      "'302' must be 2XX, 4XX or 5XX"
    ],
    [
      'a body that is too long',
      {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '200', MessageBody: 'x'.repeat(1025) }
      },
      'ValidationError',
      'at most 1024'
    ],
    [
      'a redirect to where it comes from',
      { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Query: 'x=1' } },
      'InvalidLoadBalancerActionException',
      'at least one of protocol, port, hostname or path'
    ],
    [
      'a redirect to another protocol',
      { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'FTP' } },
      'ValidationError',
      'HTTP, HTTPS or #{protocol}'
    ],
    [
      'a path without its slash',
      { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Path: 'x' } },
      'ValidationError',
      "begin with '/'"
    ]
  ])('may not have %s', async (_, action, name, message) => {
    await expect(modify(action)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message)
    })
  })
})

describe('a rule', () => {
  const forwarded = 503
  const PATH: RuleCondition = { Field: 'path-pattern', Values: ['/shop/*'] }
  const CANARY: RuleCondition = {
    Field: 'http-header',
    HttpHeaderConfig: { HttpHeaderName: 'X-Canary', Values: ['yes', 'sure'] }
  }

  it('applies where all its conditions hold, and in the order of priorities', async () => {
    await rule(2, [PATH, CANARY])
    await rule(
      1,
      [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['PUT'] } }],
      {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '405' }
      }
    )
    const canary = { 'x-canary': 'Sure' }
    // No target is registered: what is forwarded ends in 503.
    expect((await ask('/shop/1', canary)).status).toBe(forwarded)
    expect((await ask('/shop/1')).status).toBe(404)
    expect((await ask('/other', canary)).status).toBe(404)
    expect((await ask('/shop/1', canary, 'PUT')).status).toBe(405)
  })

  it('goes by the host without its port, and by the query', async () => {
    const host = { Field: 'host-header', HostHeaderConfig: { Values: ['*.example.com'] } }
    const query = {
      Field: 'query-string',
      QueryStringConfig: { Values: [{ Key: 'v', Value: '2' }] }
    }
    await rule(1, [host, query])
    const asked = { host: 'shop.example.com:80' }
    expect((await ask('/?v=2', asked)).status).toBe(forwarded)
    expect((await ask('/?v=1', asked)).status).toBe(404)
    expect((await ask('/?v=2')).status).toBe(404)
  })

  it('is shown with its conditions, and changed by ModifyRule', async () => {
    const made = await rule(1, [PATH, CANARY])
    expect(made?.Conditions).toEqual([
      { ...PATH, PathPatternConfig: { Values: ['/shop/*'] } },
      CANARY
    ])
    const Conditions: RuleCondition[] = [
      { Field: 'source-ip', SourceIpConfig: { Values: ['127.0.0.0/8'] } }
    ]
    await elb.send(new ModifyRuleCommand({ RuleArn: made?.RuleArn, Conditions }))
    expect((await ask('/')).status).toBe(forwarded)
    const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn: listener }))
    expect(Rules?.map((each) => [each.Conditions, each.Actions?.[0]?.Type])).toEqual([
      [Conditions, 'forward'],
      [[], 'fixed-response']
    ])
  })

  it.each<[string, RuleCondition[], string]>([
    ['no condition', [], 'at least one condition'],
    ['two paths', [PATH, PATH], "one 'path-pattern' condition"],
    [
      'six values',
      [
        {
          Field: 'path-pattern',
          PathPatternConfig: { Values: ['/a', '/b', '/c', '/d', '/e', '/f'] }
        }
      ],
      "'5' condition values"
    ],
    ['six wildcards', [{ Field: 'path-pattern', Values: ['/*/*/*/*/*/*'] }], "'5' wildcards"],
    ['no value', [{ Field: 'path-pattern', Values: [] }], 'must be specified'],
    ['an empty value', [{ Field: 'path-pattern', Values: [''] }], "can't be empty"],
    ['a host without a dot', [{ Field: 'host-header', Values: ['shop'] }], "at least one '.'"],
    [
      'the host as a header',
      [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'Host', Values: ['x'] } }],
      "'host-header'"
    ],
    [
      'an address that is no block',
      [{ Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.1'] } }],
      'CIDR'
    ],
    [
      'a method in lower case',
      [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['get'] } }],
      'A-Z'
    ],
    [
      'values in two places',
      [{ Field: 'path-pattern', Values: ['/a'], PathPatternConfig: { Values: ['/b'] } }],
      'disagree'
    ],
    [
      'the configuration of another field',
      [{ ...PATH, HostHeaderConfig: { Values: ['a.b'] } }],
      'HostHeaderConfig can not be'
    ]
  ])('may not have %s', async (_, conditions, message) => {
    await expect(rule(9, conditions)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message)
    })
    expect(emulator.world.elb.rules.size).toBe(0)
  })
})
