import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { ListenerProxy } from '../../../emulator/dataplane/proxy.ts'
import { Traffic } from '../../../emulator/dataplane/traffic.ts'
import type { Counts } from '../../../emulator/dataplane/traffic.ts'
import type {
  StoredListener,
  StoredTarget,
  StoredTargetGroup
} from '../../../emulator/elbv2/state.ts'

const LISTENER: StoredListener = {
  arn: 'listener',
  loadBalancerArn: 'lb',
  port: 80,
  protocol: 'HTTP',
  boundPort: 0,
  weights: [],
  before: [],
  stickiness: { Enabled: false }
}
const IDLE_MS = 200

let traffic: Traffic
let proxy: ListenerProxy
let url: string
let group: StoredTargetGroup | undefined
const servers: Server[] = []

beforeEach(async () => {
  traffic = new Traffic()
  group = undefined
  proxy = new ListenerProxy({
    listener: LISTENER,
    route: () => group && { group, cookies: ['AWSALBTG=pin'] },
    traffic,
    idleTimeoutMs: IDLE_MS
  })
  url = `http://127.0.0.1:${await proxy.listen()}`
})

afterEach(async () => {
  await proxy.close()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A server as the only target of the group, and the target. */
async function serve(listener: RequestListener): Promise<StoredTarget> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no TCP address')
  return targetAt(address.port)
}

function targetAt(port: number): StoredTarget {
  const target: StoredTarget = {
    id: '10.0.0.5',
    port: 8080,
    endpoint: { host: '127.0.0.1', port },
    state: 'healthy',
    reason: undefined,
    description: undefined
  }
  group = {
    arn: 'group',
    name: 'group',
    port: 8080,
    targetType: 'ip',
    vpcId: undefined,
    loadBalancerArns: new Set(),
    healthCheck: {
      path: '/',
      intervalSeconds: 5,
      timeoutSeconds: 2,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      matcher: '200'
    },
    deregistrationDelaySeconds: 0,
    targets: new Map([['only', target]])
  }
  return target
}

/** What the listener has counted, once that is something: the client knows of an end first. */
async function counted(): Promise<Counts | undefined> {
  for (let turn = 0; turn < 1000 && !traffic.listeners.has('listener'); turn++)
    await new Promise((resolve) => setImmediate(resolve))
  return traffic.listeners.get('listener')
}

describe('a listener', () => {
  it('hands on method, path, body and headers, and says who asked', async () => {
    await serve((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        response.writeHead(201, { 'x-app-version': '2', 'content-type': 'application/json' })
        const { method, url: path, headers } = request
        const body = Buffer.concat(chunks).toString('utf8')
        response.end(JSON.stringify({ method, path, headers, body }))
      })
    })
    const body = 'x'.repeat(300_000)
    const answer = await fetch(`${url}/orders?a=1`, {
      method: 'POST',
      body,
      headers: { 'x-own': 'kept', 'x-forwarded-for': '203.0.113.7' }
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('x-app-version')).toBe('2')
    expect(await answer.json()).toMatchObject({
      method: 'POST',
      path: '/orders?a=1',
      body,
      headers: {
        'x-own': 'kept',
        'x-forwarded-for': '203.0.113.7, 127.0.0.1',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '80'
      }
    })
    expect(traffic.targetGroups.get('group')).toEqual({
      requests: 1,
      statuses: { '2xx': 1 },
      aborted: 0
    })
  })

  it('answers 503 without a target, 502 for one that is not there, 504 for one that is silent', async () => {
    expect((await fetch(url)).status).toBe(503)
    targetAt(1)
    expect((await fetch(url)).status).toBe(502)
    await serve(() => undefined)
    const silent = await fetch(url)
    expect(silent.status).toBe(504)
    expect(silent.headers.get('server')).toBe('awselb/2.0')
    expect(traffic.listeners.get('listener')).toEqual({
      requests: 3,
      statuses: { '5xx': 3 },
      aborted: 0
    })
  })

  it('never makes half an answer look whole', async () => {
    await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('half')
      setImmediate(() => response.destroy())
    })
    const answer = await fetch(url)
    await expect(answer.text()).rejects.toThrow()
    expect(await counted()).toMatchObject({ requests: 1, aborted: 1 })
  })

  it('knows what a target has open, and can cut it', async () => {
    const target = await serve((_, response) => {
      response.writeHead(200)
      response.write('beginning')
    })
    const answer = await fetch(url)
    expect(traffic.openRequests(target)).toBe(1)
    traffic.cut(target)
    await expect(answer.text()).rejects.toThrow()
    expect(await counted()).toMatchObject({ aborted: 1 })
    expect(traffic.openRequests(target)).toBe(0)
  })

  it('asks again where a kept connection was closed as it was used', async () => {
    let served = 0
    await serve((request, response) => {
      served++
      // The second request on a connection finds it closed.
      if (served === 2) request.socket.destroy()
      else response.end('fine')
    })
    expect(await (await fetch(url)).text()).toBe('fine')
    expect(await (await fetch(url)).text()).toBe('fine')
    expect(served).toBe(3)
  })
})

it("adds the load balancer's cookies to those of the target", async () => {
  await serve((_, answer) => {
    answer.setHeader('set-cookie', ['session=1', 'theme=dark'])
    answer.end()
  })
  const answer = await fetch(url)
  expect(answer.headers.getSetCookie()).toEqual(['session=1', 'theme=dark', 'AWSALBTG=pin'])
})
