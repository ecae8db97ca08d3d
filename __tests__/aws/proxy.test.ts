import { spawnSync } from 'node:child_process'
import { Agent, get } from 'node:http'
import { Agent as HttpsAgent, get as httpsGet } from 'node:https'
import type { LookupFunction } from 'node:net'
import * as tls from 'node:tls'
import * as core from '@actions/core'
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import { GetDeploymentCommand } from '@aws-sdk/client-codedeploy'
import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs'
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from '@jest/globals'
import { openSession } from '../../src/action/session.ts'
import { triggerOf } from '../../src/action/trigger.ts'
import { callLimit } from '../../src/aws/call-limit.ts'
import { createClients } from '../../src/aws/clients.ts'
import { oidcCredentials } from '../../src/aws/credentials.ts'
import { kindOf } from '../../src/aws/errors.ts'
import { throughProxy } from '../../src/aws/proxy.ts'
import { withCodeDeploy } from '../../src/controllers/codedeploy/clients.ts'
import { clientConfig, verifierConfig } from '../../src/gate/runtime/client-config.ts'
import { openOrigin, openProxy, type ConnectProxy, type Origin } from '../helpers/connect-proxy.ts'
import { describeWith } from '../helpers/needs.ts'

const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase()
])
const before = { ...process.env }
const REGION = 'eu-central-1'
const keys = { accessKeyId: 'id', secretAccessKey: 'secret' }

afterEach(() => {
  process.env = { ...before }
  for (const name of PROXY_VARIABLES) Reflect.deleteProperty(process.env, name)
})

describe('the proxy of an environment', () => {
  it('is none where none is set', () => {
    expect(throughProxy({ NO_PROXY: 'example.com', https_proxy: ' ' })).toBeUndefined()
  })

  it.each<[Readonly<Record<string, string>>, unknown]>([
    [{ HTTPS_PROXY: 'http://a:1' }, { HTTPS_PROXY: 'http://a:1' }],
    [{ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' }, { HTTPS_PROXY: 'http://a:1' }],
    [{ https_proxy: '', HTTPS_PROXY: 'http://b:1' }, { HTTPS_PROXY: 'http://b:1' }],
    [{ http_proxy: 'a:3128' }, { HTTP_PROXY: 'http://a:3128' }],
    [
      { HTTP_PROXY: 'https://u:p@a', HTTPS_PROXY: 'http://b' },
      { HTTP_PROXY: 'https://u:p@a', HTTPS_PROXY: 'http://b' }
    ]
  ])('%j', (env, wanted) => {
    const { NO_PROXY: _, ...proxies } = throughProxy(env)?.proxyEnv ?? { NO_PROXY: '' }
    expect(proxies).toEqual(wanted)
  })

  it('is not for the addresses and ranges in NO_PROXY, as they are', () => {
    const noProxy = '169.254.170.2,10.0.0.1-10.0.0.9'
    const env = { HTTPS_PROXY: 'a', NO_PROXY: noProxy }
    expect(throughProxy(env)?.proxyEnv.NO_PROXY).toMatch(new RegExp(`,${noProxy}$`))
  })

  it('is refused where Node would go past it, and no password is shown', () => {
    expect(() =>
      throughProxy({ HTTPS_PROXY: 'socks5://user:hidden@a:1', http_proxy: 'http://' })
    ).toThrow(
      /^http_proxy names no address; wanted .*\nHTTPS_PROXY names a proxy that speaks socks5; wanted http/
    )
    expect(() => throughProxy({ HTTPS_PROXY: 'socks5://user:hidden@a:1' })).not.toThrow(/hidden/)
  })

  it('refuses a job before anything is asked', async () => {
    const io = {
      core,
      env: { AWS_REGION: REGION, HTTPS_PROXY: 'socks5://a:1' },
      clock: { now: () => 0, sleep: () => Promise.resolve() },
      random: () => 0,
      cancelled: new AbortController().signal,
      atExit: () => () => undefined
    }
    const settings = {
      region: undefined,
      roleToAssume: undefined,
      roleSessionName: 's',
      maxRetries: 0,
      cluster: 'shop',
      service: 'orders'
    }
    await expect(openSession(io, settings, () => undefined)).rejects.toMatchObject({
      name: 'Refused',
      problems: [expect.stringMatching(/^HTTPS_PROXY names a proxy that speaks socks5/)]
    })
  })
})

it('that cannot be used ends the command that verifies decisions as one that has found out nothing', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['src/gate/entries/cli.ts', 'history', '--table', 'gate'],
    { env: { ...before, AWS_REGION: REGION, HTTPS_PROXY: 'socks5://a:1' }, encoding: 'utf8' }
  )
  expect(stderr).toMatch(
    /^ProblemsError: HTTPS_PROXY names a proxy that speaks socks5; wanted .*\n$/m
  )
  expect(status).toBe(2)
})

describe('an exemption', () => {
  let proxy: ConnectProxy
  beforeAll(async () => void (proxy = await openProxy(0)))
  afterAll(() => proxy.close())
  /** Every name is on loopback, on a port on which nobody listens. */
  const lookup: LookupFunction = (_, options, done) =>
    options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)

  async function goesThroughProxy(url: string, noProxy: string): Promise<boolean> {
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, no_proxy: noProxy }
    const agent = new Agent(throughProxy(env))
    return new Promise((resolve) => {
      get(url, { agent, lookup }, (response) => {
        response.resume()
        resolve(response.statusCode === 200)
      }).on('error', () => resolve(false))
    })
  }

  it.each<[string, string, boolean]>([
    ['http://ecs.example.com:1/', '', true],
    ['http://ecs.example.com:1/', 'ecs.example.com', false],
    ['http://ecs.example.com:1/', 'example.com', false],
    ['http://ecs.example.com:1/', '.example.com', false],
    ['http://ecs.example.com:1/', '*.example.com', false],
    ['http://ecs.example.com:1/', 'other.com, EXAMPLE.com', false],
    ['http://ecs.example.com:1/', 'other.com example.com', false],
    ['http://ecs.example.com:1/', 'ecs.example.com:1', false],
    ['http://ecs.example.com:1/', 'ecs.example.com:2', true],
    ['http://ecs.example.com:1/', 'ample.com', true],
    ['http://ecs.example.com:1/', '*', false],
    ['http://127.0.0.1.example.com:1/', '', true],
    // Loopback is never asked for through a proxy.
    ['http://127.0.0.1:1/', '', false],
    ['http://127.8.0.1:1/', '', false],
    ['http://localhost:1/', '', false],
    ['http://[::1]:1/', '', false]
  ])('%s with NO_PROXY "%s": through the proxy: %s', async (url, noProxy, through) => {
    expect(await goesThroughProxy(url, noProxy)).toBe(through)
  })
})

describeWith(['openssl'], 'every client goes through a CONNECT proxy', () => {
  let origin: Origin
  let proxy: ConnectProxy
  const trusted = tls.getCACertificates('default')

  beforeAll(async () => {
    origin = await openOrigin(
      [
        `*.${REGION}.amazonaws.com`,
        'api.github.test',
        'oidc.github.test',
        'slack.com',
        'token.github.test'
      ],
      (request, response) => {
        const name = request.headers.host ?? ''
        request.resume()
        request.on('end', () => {
          response.setHeader('content-type', 'application/json')
          if (name === 'oidc.github.test') response.end('{"value":"a.b.c"}')
          else if (name === 'slack.com') response.end('{"ok":true,"ts":"1.2"}')
          else if (name.startsWith('ecs.')) response.end('{"services":[]}')
          else response.writeHead(400).end('{"__type":"Refused","message":"by the test"}')
        })
      }
    )
    tls.setDefaultCACertificates([...trusted, origin.certificate])
  })
  afterAll(async () => {
    tls.setDefaultCACertificates(trusted)
    await origin.close()
  })
  afterEach(() => proxy.close())

  async function open(variable = 'HTTPS_PROXY', user = ''): Promise<void> {
    proxy = await openProxy(origin.port)
    process.env[variable] = `http://${user}127.0.0.1:${proxy.port}`
    // Where a developer's machine has settings of its own.
    for (const name of ['AWS_ENDPOINT_URL', 'AWS_PROFILE', 'AWS_CA_BUNDLE'])
      Reflect.deleteProperty(process.env, name)
  }
  const aws = (service: string): string => `CONNECT ${service}.${REGION}.amazonaws.com:443`
  const quietly = (call: Promise<unknown>): Promise<unknown> =>
    call.catch((error: unknown) => error)

  test.each(['HTTPS_PROXY', 'https_proxy'])('%s: AWS in the job, with an answer', async (name) => {
    await open(name, 'user:p%40ss@')
    const options = { region: REGION, credentials: () => Promise.resolve(keys), maxRetries: 0 }
    const { ecs } = createClients(options)
    expect((await ecs.send(new DescribeServicesCommand({ services: ['a'] }))).services).toEqual([])
    expect(proxy.asked).toEqual([aws('ecs')])
    expect(proxy.authorization()).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`)
  })

  test('the clients that are loaded later, and CodeDeploy', async () => {
    await open()
    const options = { region: REGION, credentials: () => Promise.resolve(keys), maxRetries: 0 }
    const clients = createClients(options)
    const { client, sdk } = await clients.loadBalancing()
    await quietly(client.send(new sdk.DescribeListenersCommand({ ListenerArns: ['a'] })))
    const table = await clients.dynamodb()
    await quietly(table.send(new GetItemCommand({ TableName: 'gate', Key: { pk: { S: 'a' } } })))
    const alarms = await clients.cloudwatch()
    await quietly(alarms.client.send(new DescribeAlarmsCommand({})))
    const { codedeploy, config } = withCodeDeploy(clients)
    await quietly(codedeploy.send(new GetDeploymentCommand({ deploymentId: 'd-1' })))
    await quietly(
      new LambdaClient(config).send(new GetFunctionConfigurationCommand({ FunctionName: 'a' }))
    )
    expect(proxy.asked).toEqual(
      ['elasticloadbalancing', 'dynamodb', 'monitoring', 'codedeploy', 'lambda'].map(aws)
    )
  })

  test("a role of GitHub's token, and the token itself", async () => {
    await open()
    process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] = 'https://oidc.github.test/token?x=1'
    process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] = 'request'
    const assume = oidcCredentials({
      roleArn: 'arn:aws:iam::123456789012:role/ci',
      sessionName: 'release',
      region: REGION,
      idToken: (audience) => core.getIDToken(audience)
    })
    await quietly(assume())
    expect(proxy.asked).toEqual(['CONNECT oidc.github.test:443', aws('sts')])
  })

  test("GitHub's API", async () => {
    await open()
    process.env['GITHUB_API_URL'] = 'https://api.github.test'
    const { gitHubDeployment } = await import('../../src/action/github-deployment.ts')
    const warnings: string[] = []
    const deployment = gitHubDeployment({
      token: 'token',
      environment: 'production',
      environmentUrl: undefined,
      trigger: triggerOf({ GITHUB_REPOSITORY: 'a/b', GITHUB_SHA: '1' }),
      task: { service: 'orders', cluster: 'shop' },
      onMade: () => undefined,
      warn: (message) => void warnings.push(message)
    })
    await deployment.queued()
    expect(proxy.asked).toEqual(['CONNECT api.github.test:443'])
    expect(warnings).toEqual([expect.stringContaining('by the test')])
  })

  test("the functions' clients, Slack, and the keys of GitHub's tokens", async () => {
    await open()
    process.env['AWS_ACCESS_KEY_ID'] = 'id'
    process.env['AWS_SECRET_ACCESS_KEY'] = 'secret'
    for (const config of [clientConfig(REGION), verifierConfig(REGION)]) {
      await new ECSClient(config).send(new DescribeServicesCommand({ services: ['a'] }))
    }
    // As in a function, whose environment is there before its code.
    const { slackClient } = await import('../../src/gate/slack/client.ts')
    const slack = slackClient({ token: 'xoxb', url: undefined })
    expect(await slack.post('C1', { text: 'hello', blocks: [] })).toBe('1.2')
    const { requesterFinder } = await import('../../src/gate/identity/requester.ts')
    const header = Buffer.from('{"alg":"RS256","kid":"1"}').toString('base64url')
    const claim = {
      token: `${header}.e30.AAAA`,
      deploymentId: 'd-1',
      deploymentCreatedAt: 0,
      repository: 'a/b',
      runId: '1',
      runAttempt: '1',
      triggeringActor: undefined,
      actors: []
    }
    const github = { issuer: 'https://token.github.test', repositories: ['a/b'], identities: {} }
    const found = await requesterFinder()(claim, { github } as never)
    expect(found).toMatchObject({ verified: false, why: 'keys-unavailable' })
    expect(proxy.asked).toEqual([
      aws('ecs'),
      aws('ecs'),
      'CONNECT slack.com:443',
      'CONNECT token.github.test:443'
    ])
  })

  test('without one nothing is asked of it, nor where the host is exempt', async () => {
    await open()
    const env = { HTTPS_PROXY: process.env['HTTPS_PROXY'], NO_PROXY: 'example.com' }
    const agent = new HttpsAgent({ ...throughProxy(env), ca: origin.certificate })
    const direct = await new Promise<unknown>((resolve) => {
      const { port } = origin
      httpsGet(`https://localhost:${port}/`, { agent, servername: 'slack.com' }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on('error', resolve)
    })
    expect(direct).toBe(400)
    expect(proxy.asked).toEqual([])
  })
})

describe('a proxy that does not connect', () => {
  it.each([
    [502, 'transient'],
    [407, 'refused'],
    ['silence', 'transient']
  ] as const)('%s is %s', async (refusal, kind) => {
    const proxy = await openProxy(0, refusal)
    process.env['HTTPS_PROXY'] = `http://user:hidden@127.0.0.1:${proxy.port}`
    const client = new ECSClient({
      ...callLimit(200, 200),
      region: REGION,
      credentials: keys,
      maxAttempts: 1
    })
    const started = performance.now()
    const error: unknown = await client
      .send(new DescribeServicesCommand({ services: ['a'] }))
      .catch((reason: unknown) => reason)
    expect(kindOf(error)).toBe(kind)
    expect(String(error)).not.toContain('hidden')
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(proxy.asked).toEqual([`CONNECT ecs.${REGION}.amazonaws.com:443`])
    await proxy.close()
  })
})
