import { expect, it } from '@jest/globals'
import { CallLog } from '../../emulator/call-log.ts'

const call = (operation: string) => ({ at: 0, operation, accessKeyId: undefined })

it('keeps the latest calls, and says how many it has dropped', () => {
  const calls = new CallLog(20)
  for (let number = 1; number <= 50; number++) calls.open(call(`ecs:Describe${number}`))
  const kept = calls.list()
  expect(kept.length).toBeLessThanOrEqual(20)
  expect(kept.length).toBeGreaterThanOrEqual(18)
  expect(kept.at(-1)?.operation).toBe('ecs:Describe50')
  expect(calls.dropped).toBe(50 - kept.length)
  calls.clear()
  expect([calls.count(), calls.dropped]).toEqual([0, 0])
})

it('an answer is noted on a call that is no longer kept', () => {
  const calls = new CallLog(10)
  const first = calls.open(call('ecs:DescribeServices'))
  for (let number = 0; number < 10; number++) calls.open(call('ecs:ListServices'))
  first.outcome = 'OK'
  expect(calls.count('ecs:DescribeServices')).toBe(0)
})
