import { afterEach, describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import type { ProbeResult } from '../../../emulator/dataplane/runtime.ts'
import { createElb } from '../../../emulator/elbv2/elb.ts'
import type { Elb } from '../../../emulator/elbv2/elb.ts'
import { matchesStatus } from '../../../emulator/elbv2/matcher.ts'

const TARGET = { id: '10.0.0.5', port: 8080, endpoint: { host: 'task.invalid', port: 1 } }
const SECOND = 1000

let clock: ManualClock
let closing: AbortController
let elb: Elb
let group: string
let result: ProbeResult = 200
afterEach(() => closing.abort())

/** One target group, behind a listener or not, whose only target answers its checks with `result`. */
async function open(used = true): Promise<void> {
  clock = new ManualClock()
  closing = new AbortController()
  result = 200
  elb = createElb({
    partition: 'aws',
    account: '123456789012',
    region: 'eu-west-1',
    clock,
    closing: closing.signal,
    switches: { listenerRules: 'default-action-only' },
    probe: () => Promise.resolve(result),
    proxies: false
  })
  const made = elb.operations.CreateTargetGroup({
    Name: 'orders',
    TargetType: 'ip',
    HealthCheckIntervalSeconds: 10,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 3,
    UnhealthyThresholdCount: 2,
    Matcher: { HttpCode: '200-299' }
  })
  group = made.TargetGroups?.[0]?.TargetGroupArn ?? ''
  if (used) await listen()
  elb.control.register(group, TARGET)
  await clock.advance(0)
}

async function listen(): Promise<void> {
  const made = elb.operations.CreateLoadBalancer({ Name: 'shop' })
  await elb.operations.CreateListener({
    LoadBalancerArn: made.LoadBalancers?.[0]?.LoadBalancerArn,
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: group }]
  })
}

function health(): [state: string | undefined, reason: string | undefined] {
  const described = elb.operations.DescribeTargetHealth({ TargetGroupArn: group })
  const { State, Reason } = described.TargetHealthDescriptions?.[0]?.TargetHealth ?? {}
  return [State, Reason]
}

describe('the health of a target', () => {
  it('is healthy after one good check, and changes only after as many as it takes', async () => {
    await open()
    expect(health()).toEqual(['healthy', undefined])
    result = 500
    await clock.advance(10 * SECOND)
    expect(health()).toEqual(['healthy', undefined])
    await clock.advance(10 * SECOND)
    expect(health()).toEqual(['unhealthy', 'Target.ResponseCodeMismatch'])
    result = 204
    await clock.advance(20 * SECOND)
    expect(health()).toEqual(['unhealthy', 'Target.ResponseCodeMismatch'])
    await clock.advance(10 * SECOND)
    expect(health()).toEqual(['healthy', undefined])
  })

  it.each<[ProbeResult, string]>([
    [503, 'Target.ResponseCodeMismatch'],
    ['timeout', 'Target.Timeout'],
    ['refused', 'Target.FailedHealthChecks']
  ])('tells what is wrong: %s', async (answer, reason) => {
    await open()
    result = answer
    await clock.advance(20 * SECOND)
    expect(health()).toEqual(['unhealthy', reason])
  })

  it('is unknown while no listener uses the group', async () => {
    await open(false)
    await clock.advance(60 * SECOND)
    expect(health()).toEqual(['unused', 'Target.NotInUse'])
    await listen()
    await clock.advance(0)
    expect(health()).toEqual(['healthy', undefined])
  })

  it('is draining for the deregistration delay, and then nothing', async () => {
    await open()
    const gone = elb.control.deregister(group, TARGET)
    expect(health()).toEqual(['draining', 'Target.DeregistrationInProgress'])
    await clock.advance(299 * SECOND)
    expect(health()).toEqual(['draining', 'Target.DeregistrationInProgress'])
    await clock.advance(SECOND)
    await gone
    expect(health()).toEqual([undefined, undefined])
    const asked = elb.operations.DescribeTargetHealth({
      TargetGroupArn: group,
      Targets: [{ Id: TARGET.id }]
    })
    expect(asked.TargetHealthDescriptions?.[0]?.TargetHealth?.Reason).toBe('Target.NotRegistered')
    expect(clock.pending).toBe(0)
  })
})

describe('a matcher', () => {
  it.each([
    ['200', 200, true],
    ['200', 204, false],
    ['200,302', 302, true],
    ['200-399', 302, true],
    ['200-299,401', 401, true],
    ['200-299', 300, false]
  ])('%s and %i: %s', (matcher, status, expected) => {
    expect(matchesStatus(matcher, status)).toBe(expected)
  })
})
