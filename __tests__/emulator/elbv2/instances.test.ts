import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { InstantRuntime } from '../../../emulator/dataplane/instant-runtime.ts'
import { startEmulator, type Emulator } from '../../../emulator/emulator.ts'
import type { Instance } from '../../../emulator/ec2/instances.ts'
import { failoverPair, type FailoverPair } from '../../../emulator/worlds/failover.ts'
import { drive } from '../../helpers/drive.ts'

const clock = new ManualClock()
let emulator: Emulator
let pair: FailoverPair
let instance: Instance
beforeAll(async () => {
  emulator = await startEmulator({
    clock,
    runtime: (time) =>
      new InstantRuntime(time, ({ image }) => (image === 'sick' ? { health: () => 500 } : {})),
    proxies: false
  })
  pair = await drive(clock, failoverPair(emulator, 'instances', { desiredCount: 1 }))
  instance = await emulator.world.instances.launch({ image: 'orders:1', environment: {} })
})
afterAll(async () => emulator.close())

const elb = () => emulator.operations.elasticloadbalancing

/** The states of a group by its targets' ids. */
function health(arn: string): Readonly<Record<string, string | undefined>> {
  const { TargetHealthDescriptions = [] } = elb().DescribeTargetHealth({ TargetGroupArn: arn })
  return Object.fromEntries(
    TargetHealthDescriptions.map(({ Target, TargetHealth }) => [
      `${Target?.Id}:${Target?.Port}`,
      TargetHealth?.State
    ])
  )
}

describe('a target that is an instance', () => {
  it('is registered by its id, at the port of its group, and drains when it is deregistered', async () => {
    const { targetGroupArn, instances } = pair.prod2
    const [first] = instances
    const mine = { TargetGroupArn: targetGroupArn, Targets: [{ Id: instance.id }] }
    elb().RegisterTargets(mine)
    await clock.advance(5_000)
    expect(health(targetGroupArn)).toEqual({
      [`${first?.id}:8080`]: 'healthy',
      [`${instance.id}:8080`]: 'healthy'
    })
    elb().DeregisterTargets(mine)
    await clock.advance(1_000)
    expect(health(targetGroupArn)[`${instance.id}:8080`]).toBe('draining')
    await clock.advance(5_000)
    expect(Object.keys(health(targetGroupArn))).toEqual([`${first?.id}:8080`])
  })

  it('is judged by what runs on it now', async () => {
    const { targetGroupArn, instances } = pair.prod2
    const [first] = instances
    const key = `${first?.id}:8080`
    await drive(
      clock,
      emulator.world.instances.deploy(first?.id ?? '', { image: 'sick', environment: {} })
    )
    await clock.advance(20_000)
    expect(health(targetGroupArn)[key]).toBe('unhealthy')
    await drive(
      clock,
      emulator.world.instances.deploy(first?.id ?? '', { image: 'orders:2', environment: {} })
    )
    await clock.advance(20_000)
    expect(health(targetGroupArn)[key]).toBe('healthy')
  })

  it.each([
    ['10.0.0.1', 'ValidationError', "Instance ID '10.0.0.1' is not valid"],
    [
      'i-0123456789abcdef0',
      'InvalidTarget',
      "The following targets are not in a running state and cannot be registered: 'i-0123456789abcdef0'"
    ]
  ])('%s is refused: %s', (Id, name, message) => {
    const { targetGroupArn } = pair.prod2
    const before = health(targetGroupArn)
    // One that is good does not get in beside it.
    const Targets = [{ Id: instance.id }, { Id }]
    expect(() => elb().RegisterTargets({ TargetGroupArn: targetGroupArn, Targets })).toThrow(
      expect.objectContaining({ code: name, message })
    )
    expect(health(targetGroupArn)).toEqual(before)
  })
})

describe('a target that is an address', () => {
  const group = (Name: string): string =>
    elb().CreateTargetGroup({ Name, Port: 8080, TargetType: 'ip' }).TargetGroups?.[0]
      ?.TargetGroupArn ?? ''

  it('may be that of an instance', () => {
    const arn = group('ip-1')
    elb().RegisterTargets({ TargetGroupArn: arn, Targets: [{ Id: instance.privateIp }] })
    expect(health(arn)).toEqual({ [`${instance.privateIp}:8080`]: 'unused' })
  })

  it('is refused if nobody here has it', () => {
    expect(() =>
      elb().RegisterTargets({ TargetGroupArn: group('ip-2'), Targets: [{ Id: '10.9.9.9' }] })
    ).toThrow("The IP address '10.9.9.9' is neither on loopback nor that of an instance")
  })
})
