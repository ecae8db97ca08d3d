import { describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { DEFAULT_SWITCHES } from '../../emulator/switches.ts'
import { Throttle } from '../../emulator/throttle.ts'

const admitted = (throttle: Throttle, operation: string, calls: number): number =>
  Array.from({ length: calls }, () => throttle.admit(operation)).filter(Boolean).length

describe('the throttle', () => {
  it.each([
    ['ecs:RegisterTaskDefinition', 20, 1],
    ['ecs:DescribeTaskDefinition', 50, 20],
    ['ecs:UpdateService', 50, 5],
    ['ecs:DescribeServices', 100, 20],
    ['ecs:DescribeTasks', 100, 20]
  ])('%s: a burst of %i, then %i a second', async (operation, burst, perSecond) => {
    const clock = new ManualClock()
    const throttle = new Throttle(clock, DEFAULT_SWITCHES)
    expect(admitted(throttle, operation, burst + 10)).toBe(burst)
    await clock.advance(3000)
    expect(admitted(throttle, operation, burst + 10)).toBe(Math.min(burst, 3 * perSecond))
    await clock.advance(3_600_000)
    expect(admitted(throttle, operation, burst + 10)).toBe(burst)
  })

  it('shares a bucket between related operations and with no other', () => {
    const throttle = new Throttle(new ManualClock(), DEFAULT_SWITCHES)
    expect(admitted(throttle, 'ecs:RegisterTaskDefinition', 20)).toBe(20)
    expect(throttle.admit('ecs:DeregisterTaskDefinition')).toBe(false)
    expect(throttle.admit('ecs:DescribeTaskDefinition')).toBe(true)
    expect(throttle.admit('elasticloadbalancing:DescribeListeners')).toBe(true)
  })

  it('holds CodeDeploy back only under the switch', () => {
    const free = new Throttle(new ManualClock(), { codedeployThrottle: 'none' })
    const tight = new Throttle(new ManualClock(), { codedeployThrottle: 'tight' })
    expect(admitted(free, 'codedeploy:GetDeployment', 1000)).toBe(1000)
    expect(admitted(tight, 'codedeploy:GetDeployment', 1000)).toBe(10)
    expect(tight.admit('codedeploy:ListDeployments')).toBe(false)
  })
})
