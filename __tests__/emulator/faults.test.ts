import { describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { parseFaultRule } from '../../emulator/fault-rule.ts'
import { Faults } from '../../emulator/faults.ts'

const THROTTLING = { kind: 'throttling' } as const

describe('faults', () => {
  it.each([
    [{}, [1, 2, 3, 4, 5]],
    [{ to: 2 }, [1, 2]],
    [{ from: 2, to: 3 }, [2, 3]],
    [{ from: 4 }, [4, 5]]
  ])('%j hits the calls %j', (range, expected) => {
    const faults = new Faults(new ManualClock())
    faults.add({ operation: 'ecs:DescribeServices', fault: THROTTLING, ...range })
    const hit = [1, 2, 3, 4, 5].filter(() => faults.hit('ecs:DescribeServices', 'K').length > 0)
    expect(hit).toEqual(expected)
  })

  it('counts only what its pattern and its caller match', () => {
    const faults = new Faults(new ManualClock())
    const rule = faults.add({ operation: 'codedeploy:*', fault: THROTTLING, accessKeyId: 'K' })
    expect(faults.hit('ecs:DescribeServices', 'K')).toEqual([])
    expect(faults.hit('codedeploy:GetDeployment', 'OTHER')).toEqual([])
    expect(faults.hit('codedeploy:GetDeployment', 'K')).toEqual([THROTTLING])
    expect(rule.matched).toBe(1)
    rule.remove()
    expect(faults.hit('codedeploy:GetDeployment', 'K')).toEqual([])
  })

  it('can begin at a time', async () => {
    const clock = new ManualClock()
    const faults = new Faults(clock)
    faults.add({
      operation: '*',
      fault: { kind: 'expired-credentials' },
      since: clock.now() + 1000
    })
    expect(faults.hit('ecs:DescribeServices', 'K')).toEqual([])
    await clock.advance(1000)
    expect(faults.hit('ecs:DescribeServices', 'K')).toHaveLength(1)
  })
})

describe('a fault rule from another process', () => {
  it.each([
    { operation: '*', fault: { kind: 'throttling' }, from: 2, to: 3, since: 5, accessKeyId: 'K' },
    { operation: 'ecs:*', fault: { kind: 'server-error', html: true } },
    { operation: 'ecs:*', fault: { kind: 'slow', ms: 5, clock: 'emulated' } },
    { operation: 'ecs:*', fault: { kind: 'denied', resource: 'arn' } },
    { operation: 'ecs:*', fault: { kind: 'error', code: 'C', message: 'm', httpStatus: 400 } }
  ])('is taken as it is: %j', (rule) => {
    expect(parseFaultRule(rule)).toEqual(rule)
  })

  it.each([
    [{ fault: { kind: 'reset' } }, 'operation must be a pattern'],
    [{ operation: '*' }, 'fault.kind must be throttling'],
    [{ operation: '*', fault: { kind: 'slow' } }, 'a slow answer needs ms'],
    [{ operation: '*', fault: { kind: 'error' } }, 'an error needs its code'],
    [{ operation: '*', fault: { kind: 'reset' }, from: '1' }, 'from must be a number']
  ])('is refused: %j', (rule, message) => {
    expect(() => parseFaultRule(rule)).toThrow(message)
  })
})
