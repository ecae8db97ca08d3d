import type { DeploymentInfo, ECSTarget } from '@aws-sdk/client-codedeploy'
import type { TrafficResult } from '../../../ledger/gate.ts'

/** What became of the traffic; undefined while it has not begun to move. */
export function trafficResultOf(
  info: DeploymentInfo,
  target: ECSTarget | undefined,
  rollback: DeploymentInfo | undefined,
  now: number
): TrafficResult | undefined {
  const at = (info.completeTime ?? info.createTime)?.getTime() ?? now
  const { status } = info
  if (status === 'Succeeded') return { status: 'released', rollback: 'none', at }
  if (status === 'Failed') return { status: 'failed', rollback: rollbackOf(rollback), at }
  if (status === 'Stopped') return { status: 'stopped', rollback: rollbackOf(rollback), at }
  const shift = target?.lifecycleEvents?.find(
    ({ lifecycleEventName: name }) => name === 'AllowTraffic'
  )
  const started = shift?.status === 'InProgress' || shift?.status === 'Succeeded'
  if (!started) return undefined
  return { status: 'shifting', rollback: 'none', at: shift.startTime?.getTime() ?? now }
}

function rollbackOf(rollback: DeploymentInfo | undefined): TrafficResult['rollback'] {
  switch (rollback?.status) {
    case undefined:
      return 'none'
    case 'Succeeded':
      return 'succeeded'
    case 'Failed':
    case 'Stopped':
      return 'failed'
    default:
      return 'in-progress'
  }
}
