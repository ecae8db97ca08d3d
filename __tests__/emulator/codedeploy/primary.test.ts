import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import type { Service } from '@aws-sdk/client-ecs'
import { afterEach, describe, expect, it } from '@jest/globals'
import { openLab } from '../lab.ts'
import type { Lab } from '../lab.ts'

let lab: Lab
afterEach(async () => lab.close())

/** What DescribeServices shows of the service itself, its task sets apart. */
async function shown(): Promise<Pick<Service, 'taskDefinition' | 'loadBalancers'>> {
  const command = new DescribeServicesCommand({ cluster: 'shop', services: ['orders'] })
  const { taskDefinition = '', loadBalancers = [] } =
    (await lab.ecs.send(command)).services?.[0] ?? {}
  return { taskDefinition: taskDefinition.replace(/^.*\//, ''), loadBalancers }
}

function behind(revision: string, group: 0 | 1): Awaited<ReturnType<typeof shown>> {
  return {
    taskDefinition: `orders:${revision}`,
    loadBalancers: [
      { targetGroupArn: lab.demo.targetGroupArns[group], containerName: 'app', containerPort: 8080 }
    ]
  }
}

/*
 * SDK, UpdateServicePrimaryTaskSet: what the PRIMARY task set has transitions to the service.
 * Seen by cloudformation-coverage-roadmap#2234, ecspresso#936 and terraform#632.
 */
describe('a service shows what its PRIMARY task set runs, and behind which target group', () => {
  it.each([
    ['after-allow-traffic', 'AfterAllowTraffic', '2', 1],
    ['after-after-allow-traffic', 'AfterAllowTraffic', '1', 0]
  ] as const)('from the switch on, which comes %s', async (primarySwitch, event, during, group) => {
    lab = await openLab({ switches: { primarySwitch } })
    const id = await lab.release({
      hooks: { BeforeAllowTraffic: lab.demo.gate.name, AfterAllowTraffic: lab.demo.gate.name }
    })
    await lab.untilEvent(id, 'BeforeAllowTraffic')
    expect(await shown()).toEqual(behind('1', 0))
    await lab.put(lab.asked(id), 'Succeeded')
    await lab.untilEvent(id, event)
    expect(await shown()).toEqual(behind(during, group))
    const second = lab.demo.gate.requests().at(-1)
    if (!second) throw new Error('the second hook was not invoked')
    await lab.put(second, 'Succeeded')
    await lab.untilEnd(id)
    expect(await shown()).toEqual(behind('2', 1))
  })

  it('alternating from one release to the next', async () => {
    lab = await openLab({ terminationWaitMinutes: 0 })
    for (const [version, group] of [
      ['2', 1],
      ['3', 0]
    ] as const) {
      await lab.untilEnd(await lab.release({ version, hooks: {} }))
      expect(await shown()).toEqual(behind(version, group))
    }
  })

  it('unchanged by a release that was rejected, and blue again after one that was rolled back', async () => {
    lab = await openLab()
    const rejected = await lab.release()
    await lab.decide(rejected, 'Failed')
    await lab.untilEnd((await lab.rollbackOf(rejected)) ?? '')
    expect(await shown()).toEqual(behind('1', 0))

    const stopped = await lab.release({ version: '3', hooks: {} })
    await lab.until(stopped, ({ green }) => green?.status === 'PRIMARY')
    expect(await shown()).toEqual(behind('3', 1))
    await lab.stop(stopped, { autoRollbackEnabled: true })
    await lab.untilEnd((await lab.rollbackOf(stopped)) ?? '')
    expect(await shown()).toEqual(behind('1', 0))
  })
})
