import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { InstantRuntime } from '../../emulator/dataplane/instant-runtime.ts'
import { startEmulator } from '../../emulator/emulator.ts'
import type { Emulator } from '../../emulator/emulator.ts'
import { buildNamedWorld } from '../../emulator/named-worlds.ts'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator({
    clock: new ManualClock(),
    runtime: (clock) => new InstantRuntime(clock),
    proxies: false,
    world: async (ground) => buildNamedWorld(ground, 'demo')
  })
})

afterAll(async () => emulator.close())

async function control(method: string, path: string, body?: unknown): Promise<[number, unknown]> {
  const response = await fetch(`${emulator.endpoint}/_emulator/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) })
  })
  const answer: unknown = await response.json()
  return [response.status, answer]
}

describe('the control API', () => {
  it('moves a manual clock', async () => {
    const before = emulator.world.clock.now()
    expect(await control('POST', 'clock', { advanceMs: 1500 })).toEqual([
      200,
      { now: before + 1500 }
    ])
    expect(await control('GET', 'clock')).toEqual([200, { now: before + 1500 }])
    expect(await control('POST', 'clock', { advanceMs: '1' })).toMatchObject([400, {}])
  })

  it('sets alarms', async () => {
    expect(await control('PUT', 'alarms/orders%205xx', { state: 'ALARM' })).toEqual([200, {}])
    expect(await control('GET', 'alarms')).toEqual([200, { 'orders 5xx': 'ALARM' }])
    expect(await control('PUT', 'alarms/x', { state: 'BROKEN' })).toMatchObject([400, {}])
  })

  it('sets faults, and shows what they did in the call log', async () => {
    const rule = { operation: 'ecs:*', fault: { kind: 'throttling' }, to: 1 }
    expect(await control('POST', 'faults', rule)).toEqual([200, {}])
    expect(await control('GET', 'faults')).toEqual([200, [rule]])
    const { endpoint, userKeys: credentials } = emulator
    const ecs = new ECSClient({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 })
    const asked = ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: ['orders'] }))
    await expect(asked).rejects.toMatchObject({ name: 'ThrottlingException' })
    expect(await control('GET', 'calls/ecs:*')).toMatchObject([
      200,
      [{ operation: 'ecs:DescribeServices', outcome: 'ThrottlingException' }]
    ])
    expect(await control('GET', 'calls/codedeploy:*')).toEqual([200, []])
    expect(await control('DELETE', 'faults')).toEqual([200, {}])
    expect(await control('DELETE', 'calls')).toEqual([200, {}])
    expect([emulator.faults.rules(), emulator.calls.count()]).toEqual([[], 0])
  })

  it('shows deployments, listeners, traffic and functions', async () => {
    expect(await control('GET', 'deployments')).toEqual([200, []])
    expect(await control('GET', 'listeners')).toMatchObject([200, [{ port: 80 }, { port: 8443 }]])
    const [status, traffic] = await control('GET', 'traffic')
    expect(status).toBe(200)
    expect(traffic).toMatchObject({ listeners: {}, targetGroups: {} })
    expect(Object.values((traffic as { open: Record<string, number> }).open)).toEqual([0, 0])
    expect(await control('GET', 'functions')).toMatchObject([
      200,
      [{ name: 'CodeDeployHook_gate', invocations: [] }]
    ])
  })

  it('refuses what it does not know', async () => {
    expect(await control('GET', 'nothing')).toEqual([404, { error: 'unknown' }])
    expect(await control('POST', 'faults', { operation: '*' })).toMatchObject([400, {}])
    const garbled = await fetch(`${emulator.endpoint}/_emulator/faults`, {
      method: 'POST',
      body: '{'
    })
    expect(garbled.status).toBe(400)
  })
})
