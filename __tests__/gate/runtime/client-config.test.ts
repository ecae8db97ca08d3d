import { afterEach, expect, test } from '@jest/globals'
import { CodeDeployClient, StopDeploymentCommand } from '@aws-sdk/client-codedeploy'
import {
  clientConfig,
  observerConfig,
  stopperConfig
} from '../../../src/gate/runtime/client-config.ts'
import { serve, type Served } from '../../verification/server.ts'

const open: Served[] = []
afterEach(async () => {
  for (const served of open.splice(0)) await served.close()
})

test.each([
  ['functions', clientConfig, 2],
  ['the one that observes', observerConfig, 2],
  ['its StopDeployment', stopperConfig, 1]
])('a call of %s that fails is sent as often as it says', async (_, config, times) => {
  let asked = 0
  const served = await serve((__, response) => {
    asked++
    response.writeHead(500).end('{}')
  })
  open.push(served)
  const client = new CodeDeployClient({
    ...config('eu-central-1'),
    endpoint: served.origin,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' }
  })
  await expect(client.send(new StopDeploymentCommand({ deploymentId: 'd-1' }))).rejects.toThrow()
  client.destroy()
  expect(asked).toBe(times)
})
