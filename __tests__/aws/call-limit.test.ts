import type { Socket } from 'node:net'
import { afterEach, expect, jest, test } from '@jest/globals'
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs'
import { callLimit } from '../../src/aws/call-limit.ts'
import { withCodeDeploy } from '../../src/controllers/codedeploy/clients.ts'
import { createClients } from '../../src/aws/clients.ts'
import { oidcCredentials } from '../../src/aws/credentials.ts'
import { kindOf } from '../../src/aws/errors.ts'
import { serveRaw, type TestServer } from '../verification/availability/servers.ts'

const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n'
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\n'
const CALL = new DescribeServicesCommand({ services: ['orders'] })
const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' }

let server: TestServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function clientOf(answer: (socket: Socket) => unknown, maxAttempts = 1): Promise<ECSClient> {
  server = await serveRaw(answer)
  return new ECSClient({
    ...callLimit(200, 200),
    region: 'eu-central-1',
    endpoint: server.url.href,
    credentials,
    maxAttempts
  })
}

function drip(to: Socket): void {
  to.write(`${HEAD}transfer-encoding: chunked\r\n\r\n`)
  const more = setInterval(() => to.write('1\r\n \r\n'), 20)
  to.once('close', () => clearInterval(more))
}

test.each<[string, (socket: Socket) => unknown]>([
  ['that switches to another protocol', (to) => to.write(SWITCH)],
  ['that never comes', () => undefined],
  ['whose body never ends', drip],
  ['whose body does not go on', (to) => to.write(`${HEAD}content-length: 9\r\n\r\n{`)],
  ['that breaks off', (to) => to.end(`${HEAD}content-length: 9\r\n\r\n{`)]
])('an answer %s is a failure that may pass', async (_, answer) => {
  const client = await clientOf(answer)
  const error: unknown = await client.send(CALL).catch((reason: unknown) => reason)
  expect(kindOf(error)).toBe('transient')
})

test('such a call is repeated, and a whole answer is left alone', async () => {
  let asked = 0
  const client = await clientOf((to) => {
    asked++
    if (asked < 3) drip(to)
    else to.write(`${HEAD}content-length: 15\r\n\r\n{"services":[]}`)
  }, 3)
  expect((await client.send(CALL)).services).toEqual([])
  expect(asked).toBe(3)
})

test('the clients of a release have it, and so has what assumes a role', async () => {
  const clients = createClients({
    region: 'eu-central-1',
    credentials: () => Promise.resolve(credentials),
    maxRetries: 0
  })
  const { ecs, codedeploy, codedeployOnce } = withCodeDeploy(clients)
  for (const { config } of [ecs, codedeploy, codedeployOnce]) {
    expect(Object.hasOwn(config.requestHandler, 'handle')).toBe(true)
  }
  server = await serveRaw((to) => to.write(SWITCH))
  const before = process.env['AWS_ENDPOINT_URL_STS']
  process.env['AWS_ENDPOINT_URL_STS'] = server.url.href
  // A hundred times as fast: 20 s an attempt.
  const { setTimeout: begin } = globalThis
  const faster = (act: () => void, ms = 0): NodeJS.Timeout => begin(act, ms / 100)
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(faster)
  try {
    const provide = oidcCredentials({
      roleArn: 'arn:aws:iam::123456789012:role/release',
      sessionName: 'release',
      region: 'eu-central-1',
      idToken: () => Promise.resolve('token')
    })
    await expect(provide()).rejects.toMatchObject({ name: 'CredentialsProviderError' })
    expect(server.connections()).toBeGreaterThan(0)
  } finally {
    if (before === undefined) delete process.env['AWS_ENDPOINT_URL_STS']
    else process.env['AWS_ENDPOINT_URL_STS'] = before
  }
})
