import type { DeploymentInfo, ECSTarget } from '@aws-sdk/client-codedeploy'
import type { TrafficResult } from '../../../ledger/gate.ts'

/** Longer messages are cut: CodeDeploy's hold addresses and ARNs. */
const LONGEST_WHY = 300

/** What became of the traffic; undefined while it has not begun to move. */
export function trafficResultOf(
  info: DeploymentInfo,
  target: ECSTarget | undefined,
  rollback: DeploymentInfo | undefined,
  now: number
): TrafficResult | undefined {
  const moved = movedIn(target)
  const ended = (info.completeTime ?? info.createTime)?.getTime() ?? now
  switch (info.status) {
    case 'Succeeded':
      return { status: 'released', rollback: 'none', at: ended, ...moved }
    case 'Failed':
    case 'Stopped':
      return {
        status: info.status === 'Failed' ? 'failed' : 'stopped',
        at: ended,
        ...moved,
        ...rollbackOf(rollback),
        ...whyOf(info)
      }
    default:
      if (moved.startedAt === undefined) return undefined
      return { status: 'shifting', rollback: 'none', at: moved.startedAt, ...moved }
  }
}

/** When traffic moved. An event that was skipped, or that is still to come, moved none. */
function movedIn(target: ECSTarget | undefined): Pick<TrafficResult, 'startedAt' | 'shiftedAt'> {
  const shift = target?.lifecycleEvents?.find(
    ({ lifecycleEventName: name }) => name === 'AllowTraffic'
  )
  const startedAt = shift?.startTime?.getTime()
  if (startedAt === undefined || shift?.status === 'Skipped' || shift?.status === 'Pending') {
    return {}
  }
  const endedAt = shift?.status === 'Succeeded' ? shift.endTime?.getTime() : undefined
  return { startedAt, ...(endedAt !== undefined && { shiftedAt: endedAt }) }
}

function rollbackOf(
  rollback: DeploymentInfo | undefined
): Pick<TrafficResult, 'rollback' | 'rollbackEndedAt'> {
  const endedAt = rollback?.completeTime?.getTime()
  const end = endedAt === undefined ? {} : { rollbackEndedAt: endedAt }
  switch (rollback?.status) {
    case undefined:
      return { rollback: 'none' }
    case 'Succeeded':
      return { rollback: 'succeeded', ...end }
    case 'Failed':
    case 'Stopped':
      return { rollback: 'failed', ...end }
    default:
      return { rollback: 'in-progress' }
  }
}

function whyOf({ errorInformation }: DeploymentInfo): Pick<TrafficResult, 'why'> {
  const why = errorInformation?.message?.trim() ?? ''
  return why === '' ? {} : { why: why.slice(0, LONGEST_WHY) }
}
