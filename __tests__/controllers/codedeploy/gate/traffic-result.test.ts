import type { DeploymentInfo, ECSTarget } from '@aws-sdk/client-codedeploy'
import { describe, expect, test } from '@jest/globals'
import { trafficResultOf } from '../../../../src/controllers/codedeploy/gate/traffic-result.ts'

const at = (ms: number): Date => new Date(ms)
const NOW = 1_000_000
const target = (status: string, startTime?: Date, endTime?: Date): ECSTarget => ({
  lifecycleEvents: [
    { lifecycleEventName: 'BeforeAllowTraffic', status: 'Succeeded', startTime: at(1) },
    { lifecycleEventName: 'AllowTraffic', status: status as 'Succeeded', startTime, endTime }
  ]
})
const info = (status: DeploymentInfo['status'], more: DeploymentInfo = {}): DeploymentInfo => ({
  status,
  createTime: at(1),
  ...(status !== 'InProgress' && { completeTime: at(900) }),
  ...more
})

describe('what became of the traffic, as CodeDeploy says', () => {
  test.each<[string, ReturnType<typeof trafficResultOf>, object | undefined]>([
    [
      'nothing, before it moves',
      trafficResultOf(info('InProgress'), target('Pending'), undefined, NOW),
      undefined
    ],
    [
      'nothing, before the target is known',
      trafficResultOf(info('InProgress'), undefined, undefined, NOW),
      undefined
    ],
    [
      'it moves',
      trafficResultOf(info('InProgress'), target('InProgress', at(100)), undefined, NOW),
      { status: 'shifting', rollback: 'none', at: 100, startedAt: 100 }
    ],
    [
      'all of it has moved, and the deployment goes on',
      trafficResultOf(info('InProgress'), target('Succeeded', at(100), at(400)), undefined, NOW),
      { status: 'shifting', rollback: 'none', at: 100, startedAt: 100, shiftedAt: 400 }
    ],
    [
      'completed',
      trafficResultOf(info('Succeeded'), target('Succeeded', at(100), at(400)), undefined, NOW),
      { status: 'released', rollback: 'none', at: 900, startedAt: 100, shiftedAt: 400 }
    ],
    [
      'rejected: traffic never moved',
      trafficResultOf(info('Failed'), target('Skipped', at(100)), info('Succeeded'), NOW),
      { status: 'failed', rollback: 'succeeded', at: 900, rollbackEndedAt: 900 }
    ],
    [
      'stopped while it moved, its rollback goes on',
      trafficResultOf(info('Stopped'), target('Failed', at(100), at(300)), info('InProgress'), NOW),
      { status: 'stopped', rollback: 'in-progress', at: 900, startedAt: 100 }
    ],
    [
      'failed with a cause, its rollback failed too',
      trafficResultOf(
        info('Failed', { errorInformation: { code: 'ALARM_ACTIVE', message: ' an alarm \n' } }),
        target('Failed', at(100)),
        info('Stopped', { completeTime: at(950) }),
        NOW
      ),
      {
        ...{ status: 'failed', rollback: 'failed', at: 900, startedAt: 100 },
        ...{ rollbackEndedAt: 950, why: 'an alarm' }
      }
    ]
  ])('%s', (_, result, expected) => {
    expect(result).toEqual(expected)
  })
})
