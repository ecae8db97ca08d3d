import { describe, expect, test } from '@jest/globals'
import type { DeploymentInfo, ECSTarget, LifecycleEvent } from '@aws-sdk/client-codedeploy'
import { trafficResultOf } from '../../../../src/controllers/codedeploy/gate/traffic-result.ts'

const at = (seconds: number): Date => new Date(seconds * 1_000)
const NOW = 99_000

function target(event: Partial<LifecycleEvent>): ECSTarget {
  return { lifecycleEvents: [{ lifecycleEventName: 'AllowTraffic', ...event }] }
}

const RAN = target({ status: 'Succeeded', startTime: at(10), endTime: at(20) })
const CUT_OFF = target({ status: 'Failed', startTime: at(10), endTime: at(15) })
const NEVER = target({ status: 'Skipped', startTime: at(15), endTime: at(15) })

describe('what became of the traffic, with its times', () => {
  test.each<[string, DeploymentInfo, ECSTarget | undefined, DeploymentInfo | undefined, object]>([
    [
      'while it moves',
      { status: 'InProgress', createTime: at(1) },
      target({ status: 'InProgress', startTime: at(10) }),
      undefined,
      { status: 'shifting', rollback: 'none', at: 10_000, beganAt: 10_000 }
    ],
    [
      'while the old tasks are kept',
      { status: 'InProgress', createTime: at(1) },
      RAN,
      undefined,
      { status: 'shifting', rollback: 'none', at: 10_000, beganAt: 10_000, shiftedAt: 20_000 }
    ],
    [
      'at the end of a deployment that has succeeded',
      { status: 'Succeeded', createTime: at(1), completeTime: at(60) },
      RAN,
      undefined,
      { status: 'released', rollback: 'none', at: 60_000, beganAt: 10_000, shiftedAt: 20_000 }
    ],
    [
      'stopped in the middle and rolled back: never all on green, in the words of CodeDeploy',
      {
        status: 'Stopped',
        completeTime: at(15),
        errorInformation: {
          code: 'ALARM_ACTIVE',
          message: 'One or more alarms have been activated'
        }
      },
      CUT_OFF,
      { status: 'Succeeded', completeTime: at(18) },
      {
        ...{ status: 'stopped', rollback: 'succeeded', at: 15_000, beganAt: 10_000 },
        rolledBackAt: 18_000,
        why: 'ALARM_ACTIVE: One or more alarms have been activated'
      }
    ],
    [
      'of a hook that said no: none moved, also if the event that was skipped has times',
      {
        status: 'Failed',
        completeTime: at(15),
        errorInformation: { code: 'HOOK_EXECUTION_FAILURE' }
      },
      NEVER,
      { status: 'InProgress' },
      { status: 'failed', rollback: 'in-progress', at: 15_000, why: 'HOOK_EXECUTION_FAILURE' }
    ],
    [
      'of a deployment whose target says nothing',
      { status: 'Succeeded', completeTime: at(60) },
      undefined,
      undefined,
      { status: 'released', rollback: 'none', at: 60_000 }
    ]
  ])('%s', (_, info, found, rollback, expected) => {
    expect(trafficResultOf(info, found, rollback, NOW)).toEqual(expected)
  })

  test.each<ECSTarget | undefined>([undefined, NEVER, target({ status: 'Pending' })])(
    'is not known before it moves: %j',
    (found) => {
      expect(trafficResultOf({ status: 'InProgress' }, found, undefined, NOW)).toBeUndefined()
    }
  )
})
