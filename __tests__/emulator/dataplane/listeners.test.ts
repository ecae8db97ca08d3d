import { request } from 'node:http'
import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { ScaledClock } from '../../../emulator/clock.ts'
import { startEmulator } from '../../../emulator/emulator.ts'
import type { Emulator } from '../../../emulator/emulator.ts'
import { demoWorld } from '../../../emulator/worlds/demo.ts'
import type { DemoOptions, DemoWorld } from '../../../emulator/worlds/demo.ts'

jest.setTimeout(30_000)

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** Real processes behind real proxies, with emulated time ten times as fast. */
async function running(
  options: DemoOptions = {}
): Promise<{ emulator: Emulator; demo: DemoWorld; url: string }> {
  const emulator = await startEmulator({ clock: new ScaledClock(10) })
  closers.push(() => emulator.close())
  const demo = await demoWorld(emulator, { healthCheckIntervalSeconds: 5, ...options })
  return { emulator, demo, url: demo.productionUrl ?? '' }
}

async function version(url: string): Promise<{ version: string; pid: number }> {
  return (await (await fetch(`${url}/version`)).json()) as { version: string; pid: number }
}

/** An order whose body is not complete: it stays open until `finish`. */
function openOrder(url: string): { finish: () => void; status: Promise<number | string> } {
  const asking = request(`${url}/orders`, { method: 'POST', agent: false })
  const status = new Promise<number | string>((resolve) => {
    asking.once('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asking.once('error', () => resolve('cut'))
  })
  asking.write('{"items":')
  return { finish: () => asking.end('[{"name":"tea","price":3,"quantity":1}]}'), status }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a listener in front of tasks', () => {
  it('runs tasks as processes behind real listeners, in turn', async () => {
    const { url } = await running()
    const answers = [await version(url), await version(url), await version(url)]
    expect(answers.map((answer) => answer.version)).toEqual(['1', '1', '1'])
    expect(new Set(answers.map((answer) => answer.pid)).size).toBe(2)
    expect(answers[0]?.pid).not.toBe(process.pid)
  })

  it('splits new requests by the weights of the listener, and answers 503 where nobody is', async () => {
    const { emulator, demo, url } = await running()
    const { operations } = emulator
    const [live, idle] = demo.targetGroupArns
    const forward = (weights: readonly [number, number]): void =>
      void operations.elasticloadbalancing.ModifyListener({
        ListenerArn: demo.productionListenerArn,
        DefaultActions: [
          {
            Type: 'forward',
            ForwardConfig: {
              TargetGroups: [
                { TargetGroupArn: live, Weight: weights[0] },
                { TargetGroupArn: idle, Weight: weights[1] }
              ]
            }
          }
        ]
      })
    forward([0, 1])
    expect((await fetch(`${url}/version`)).status).toBe(503)
    forward([1, 1])
    const statuses: number[] = []
    for (let index = 0; index < 60; index++) {
      const answer = await fetch(`${url}/version`)
      await answer.text()
      statuses.push(answer.status)
    }
    const served = statuses.filter((status) => status === 200).length
    // Sixty even throws: outside of this once in a hundred thousand runs.
    expect(served).toBeGreaterThan(12)
    expect(served).toBeLessThan(48)
  })

  it('lets an open request finish while its target drains, and sends no new one there', async () => {
    const { emulator, demo, url } = await running({ deregistrationDelaySeconds: 600 })
    const [live] = demo.targetGroupArns
    const targets = [...(emulator.world.elb.targetGroups.get(live)?.targets.values() ?? [])]
    const order = openOrder(url)
    await until(() => targets.some((target) => emulator.traffic.openRequests(target) > 0))
    const busy = targets.find((target) => emulator.traffic.openRequests(target) > 0)
    deregister(emulator, live, busy)
    expect(busy?.state).toBe('draining')
    const others = new Set<number>()
    for (let index = 0; index < 6; index++) others.add((await version(url)).pid)
    expect(others.size).toBe(1)
    order.finish()
    expect(await order.status).toBe(201)
  })

  it('cuts what is still open when the deregistration delay is over', async () => {
    const { emulator, demo, url } = await running({ deregistrationDelaySeconds: 5 })
    const [live] = demo.targetGroupArns
    const targets = [...(emulator.world.elb.targetGroups.get(live)?.targets.values() ?? [])]
    const order = openOrder(url)
    await until(() => targets.some((target) => emulator.traffic.openRequests(target) > 0))
    deregister(
      emulator,
      live,
      targets.find((target) => emulator.traffic.openRequests(target) > 0)
    )
    expect([502, 'cut']).toContain(await order.status)
  })
})

function deregister(
  { operations }: Emulator,
  group: string,
  target: { readonly id: string; readonly port: number } | undefined
): void {
  operations.elasticloadbalancing.DeregisterTargets({
    TargetGroupArn: group,
    Targets: [{ Id: target?.id ?? '', Port: target?.port }]
  })
}
