import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:http'
import { ManualClock } from '../../../emulator/clock.ts'
import { createElb, type Elb } from '../../../emulator/elbv2/elb.ts'

const SECONDS = 60

let clock: ManualClock
let elb: Elb
let closing: AbortController
let url: string
let listenerArn: string
let groups: readonly string[]
const servers: Server[] = []

/** A listener with two target groups of one server each, which answer with the group's name. */
beforeEach(async () => {
  clock = new ManualClock()
  closing = new AbortController()
  elb = createElb({
    partition: 'aws',
    account: '123456789012',
    region: 'eu-west-1',
    clock,
    switches: { listenerRules: 'default-action-only' },
    closing: closing.signal,
    probe: () => Promise.resolve(200),
    proxies: true
  })
  const balancer = elb.operations.CreateLoadBalancer({ Name: 'shop' }).LoadBalancers?.[0]
  groups = await Promise.all(['prod1', 'prod2'].map(groupOf))
  const made = await elb.operations.CreateListener({
    LoadBalancerArn: balancer?.LoadBalancerArn,
    Port: 80,
    DefaultActions: forward([100, 0], true)
  })
  listenerArn = made.Listeners?.[0]?.ListenerArn ?? ''
  url = `http://127.0.0.1:${elb.state.listeners.get(listenerArn)?.boundPort}`
  await clock.advance(1000)
})

afterEach(async () => {
  closing.abort()
  await elb.close()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function groupOf(Name: string): Promise<string> {
  const server = createServer((_, answer) => answer.end(Name))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const made = elb.operations.CreateTargetGroup({ Name, Port: 80, TargetType: 'ip' })
  const arn = made.TargetGroups?.[0]?.TargetGroupArn ?? ''
  elb.control.register(arn, {
    id: `10.0.0.${servers.length}`,
    port: 80,
    endpoint: { host: '127.0.0.1', port }
  })
  return arn
}

function forward(weights: readonly [number, number], isSticky: boolean): Action[] {
  return [
    {
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: groups.map((TargetGroupArn, index) => ({
          TargetGroupArn,
          Weight: weights[index]
        })),
        TargetGroupStickinessConfig: isSticky
          ? { Enabled: true, DurationSeconds: SECONDS }
          : { Enabled: false }
      }
    }
  ]
}

function modify(weights: readonly [number, number], isSticky = true): void {
  elb.operations.ModifyListener({
    ListenerArn: listenerArn,
    DefaultActions: forward(weights, isSticky)
  })
}

async function ask(cookie?: string): Promise<{ readonly by: string; readonly cookie: string }> {
  const answer = await fetch(url, { headers: cookie === undefined ? {} : { cookie } })
  const [own = ''] = answer.headers.getSetCookie()
  return { by: await answer.text(), cookie: own.split(';')[0] ?? '' }
}

describe('target group stickiness', () => {
  it('keeps a client with its group by a cookie, at weight 0 too', async () => {
    const first = await ask()
    expect(first).toMatchObject({ by: 'prod1', cookie: expect.stringMatching(/^AWSALBTG=/) })
    modify([0, 100])
    expect((await ask(first.cookie)).by).toBe('prod1')
    expect((await ask()).by).toBe('prod2')
  })

  it('lets the client go when the cookie’s time is over', async () => {
    const { cookie } = await ask()
    modify([0, 100])
    await clock.advance((SECONDS + 1) * 1000)
    expect((await ask(cookie)).by).toBe('prod2')
  })

  it('sets a second cookie for requests of other origins', async () => {
    const answer = await fetch(url)
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^AWSALBTG=[^;]+; Expires=[^;]+ GMT; Path=\/$/),
      expect.stringMatching(/^AWSALBTGCORS=[^;]+; Expires=[^;]+ GMT; Path=\/; SameSite=None$/)
    ])
  })

  it('counts for nothing if it is off, or if the cookie is not its own', async () => {
    const { cookie } = await ask()
    modify([0, 100], false)
    const answer = await ask(cookie)
    expect(answer).toEqual({ by: 'prod2', cookie: '' })
    modify([0, 100])
    expect((await ask('AWSALBTG=forged')).by).toBe('prod2')
  })
})
