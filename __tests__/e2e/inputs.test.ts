import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { DOMAINS, eightDomains } from '../../emulator/worlds/eight-domains.ts'
import { runAction } from '../../runner/run-action.ts'
import { openEmulator, openStage, writes } from './stage.ts'

jest.setTimeout(60_000)

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function workspaceWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'workspace-'))
  closers.push(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}

describe('bad input', () => {
  it('is one error with every problem, before AWS is asked anything', async () => {
    const { emulator, run } = await openStage()
    const { exitCode, outputs, lines, summary } = await run({
      service: '',
      'wait-for': 'aproval',
      'on-cancel': 'explode',
      'wait-for-minutes': 'long'
    })
    expect(exitCode).toBe(1)
    expect(outputs['outcome']).toBe('refused')
    const errors = lines.filter((line) => line.startsWith('::error::'))
    expect(errors).toHaveLength(1)
    for (const name of ['service', 'wait-for', 'on-cancel', 'wait-for-minutes']) {
      expect(errors[0]).toContain(name)
      expect(summary).toContain(name)
    }
    expect(errors[0]).toContain('approval')
    expect(emulator.calls.count()).toBe(0)
  })

  it('names the input that does not exist', async () => {
    const { run } = await openStage()
    const { exitCode, lines } = await run({ servise: 'orders' })
    expect(exitCode).toBe(1)
    expect(lines.join('\n')).toMatch(/servise.*service/s)
  })

  it.each([
    ['a missing container', {}, { 'container-name': 'web' }, /container "web".*app/s],
    [
      'a malformed file, with line and column',
      { 'td.json': '{\n  "family": "orders",\n  "cpu": }\n' },
      { 'task-definition': './td.json' },
      /td\.json.*3:\d+|line 3/s
    ],
    ['a file that is not there', {}, { 'task-definition': './none.json' }, /none\.json/],
    [
      'an AppSpec with two resources',
      {
        'appspec.yaml':
          'version: 0.0\nResources:\n  - A: {Type: "AWS::ECS::Service"}\n  - B: {Type: "AWS::ECS::Service"}\n'
      },
      { 'codedeploy-appspec': 'appspec.yaml' },
      /appspec\.yaml/
    ]
  ])('%s is refused', async (_, files, inputs, message) => {
    const { emulator, run } = await openStage()
    const workspace = await workspaceWith(files)
    const { exitCode, outputs, lines } = await run(inputs, { workspace })
    expect(exitCode).toBe(1)
    expect(outputs['outcome']).toBe('refused')
    expect(lines.join('\n')).toMatch(message)
    expect(writes(emulator)).toEqual([])
  })

  it('leaves an ungated release undone unless approval is not required', async () => {
    const { emulator, run } = await openStage()
    const ungated = { 'gate-function': '', hooks: '' }
    const { outputs, lines } = await run(ungated)
    expect(outputs['outcome']).toBe('refused')
    expect(lines.join('\n')).toContain('require-approval')
    expect(writes(emulator)).toEqual([])
    const allowed = await run({ ...ungated, 'require-approval': 'false' })
    expect(allowed.outputs).toMatchObject({
      outcome: 'released',
      'approval-status': 'not-required'
    })
  })
})

describe('moving over from the official actions', () => {
  it('takes their inputs: mapped where the meaning is the same, else ignored with a warning', async () => {
    const { run } = await openStage({ gateAnswers: 'Succeeded' })
    const { exitCode, outputs, lines } = await run({
      'wait-for-service-stability': 'true',
      'desired-count': '3'
    })
    expect(exitCode).toBe(0)
    expect(outputs['outcome']).toBe('released')
    expect(lines.filter((line) => line.startsWith('::warning::')).join('\n')).toContain(
      'desired-count'
    )
  })
})

describe('eight domains on one load balancer', () => {
  it('releases one of them, found by itself, and warns that nothing tests green before', async () => {
    const emulator = await openEmulator()
    const domains = await eightDomains(emulator, { terminationWaitMinutes: 0 })
    const { payment } = domains
    const { exitCode, outputs, summary, lines } = await runAction({
      environment: emulator.environment,
      inputs: {
        cluster: payment.cluster,
        service: payment.service,
        images: 'payment=123456789012.dkr.ecr.eu-central-1.amazonaws.com/payment-api:2',
        'require-approval': 'false'
      }
    })
    expect(lines.at(-1)).toMatch(/^released: payment-api:2/)
    expect(exitCode).toBe(0)
    expect(summary).toMatch(/test listener/)
    const report = lines.join('\n')
    expect(report).toContain('platform-payment / payment-blue-green')
    const [deployment] = emulator.world.codedeploy.deployments.values()
    expect(deployment?.info).toMatchObject({ applicationName: 'platform-payment' })
    const shifted = (arn: string): unknown => [
      ...(emulator.world.elb.listeners.get(arn)?.weights ?? [])
    ]
    for (const domain of DOMAINS) {
      const moved = JSON.stringify(shifted(domains[domain].productionListenerArn))
      const [live, idle] = domains[domain].targetGroupArns
      expect([domain, moved.includes(domain === 'payment' ? idle : live)]).toEqual([domain, true])
    }
    expect(outputs['outcome']).toBe('released')
  })
})

describe('role-to-assume', () => {
  const ROLE = { 'role-to-assume': 'arn:aws:iam::123456789012:role/release' }
  const NO_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }

  /** Its port, once it listens on loopback. */
  async function portOf(server: Server): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()))
    return (server.address() as AddressInfo).port
  }

  it("fault: its credentials expire: signs in through GitHub's OIDC token and renews while it waits", async () => {
    let issued = 0
    const github = createServer((request, response) => {
      issued++
      const authorized = request.headers.authorization === 'Bearer runner-token'
      const audience = new URL(request.url ?? '/', 'http://github').searchParams.get('audience')
      response.writeHead(authorized ? 200 : 401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ value: `header.${audience ?? ''}.${issued}` }))
    })
    const port = await portOf(github)
    const tokens: string[] = []
    const { emulator, run } = await openStage({
      // Both sides have to agree on the time; the SDK renews what has less than 300 s to live.
      factor: 1,
      desiredCount: 1,
      healthCheckIntervalSeconds: 5,
      gateAnswers: 'Succeeded',
      sts: { maxSessionSeconds: 304, checkWebIdentity: (token) => void tokens.push(token) }
    })
    const { exitCode, outputs } = await run(ROLE, {
      environment: {
        ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?x=1`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner-token',
        ...NO_KEYS
      }
    })
    expect(outputs['outcome']).toBe('released')
    expect(exitCode).toBe(0)
    expect(tokens[0]).toContain('sts.amazonaws.com')
    const keys = new Set(emulator.calls.list('codedeploy:GetDeployment').map((c) => c.accessKeyId))
    expect(keys.size).toBeGreaterThan(1)
  })

  it("gets GitHub's token through the proxy that the job names", async () => {
    const github = createServer((_, response) => response.end('{"value":"a.token"}'))
    const port = await portOf(github)
    const asked: (string | undefined)[] = []
    const proxy = createServer()
    proxy.on('connect', ({ url }, client) => {
      asked.push(url)
      const there = connect(port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n')
        client.pipe(there).pipe(client)
      })
      client.on('error', () => there.destroy())
    })
    const tokens: string[] = []
    const { run } = await openStage({
      desiredCount: 1,
      gateAnswers: 'Succeeded',
      sts: { checkWebIdentity: (token) => void tokens.push(token) }
    })
    const { outputs } = await run(
      { ...ROLE, 'dry-run': 'true' },
      {
        environment: {
          http_proxy: `http://127.0.0.1:${await portOf(proxy)}`,
          ACTIONS_ID_TOKEN_REQUEST_URL: 'http://token.github.test/token?x=1',
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner-token',
          ...NO_KEYS
        }
      }
    )
    expect(outputs['outcome']).toBe('planned')
    expect(new Set(asked)).toEqual(new Set(['token.github.test:80']))
    expect(tokens[0]).toBe('a.token')
  })

  it('and the stand-in for its tunnel offers what the real one does', () => {
    // The job's token is at an https address, which nothing here answers.
    const require = createRequire(import.meta.url)
    const names = (module: string): string[] => Object.keys(require(module) as object)
    const real = names('tunnel').filter((name) => name !== 'debug')
    expect(names('../../build/tunnel-when-needed.cjs').sort()).toEqual(real.sort())
  })

  it('without a token to be had is refused with what to add to the workflow', async () => {
    const { emulator, run } = await openStage()
    const { outputs, lines } = await run(ROLE)
    expect(outputs['outcome']).toBe('refused')
    expect(lines.join('\n')).toContain('id-token: write')
    expect(emulator.calls.count()).toBe(0)
  })
})
