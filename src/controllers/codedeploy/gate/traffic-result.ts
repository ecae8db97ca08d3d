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
  const shift = target?.lifecycleEvents?.find(
    ({ lifecycleEventName: name }) => name === 'AllowTraffic'
  )
  const times = timesOf(shift)
  if (status === 'Succeeded') return { status: 'released', rollback: 'none', at, ...times }
  if (status === 'Failed' || status === 'Stopped') {
    const rolledBackAt =
      rollback?.status === 'Succeeded' ? rollback.completeTime?.getTime() : undefined
    const why = whyOf(info)
    return {
      status: status === 'Failed' ? 'failed' : 'stopped',
      rollback: rollbackOf(rollback),
      at,
      ...times,
      ...(rolledBackAt !== undefined && { rolledBackAt }),
      ...(why !== undefined && { why })
    }
  }
  const started = shift?.status === 'InProgress' || shift?.status === 'Succeeded'
  if (!started) return undefined
  return { status: 'shifting', rollback: 'none', at: shift.startTime?.getTime() ?? now, ...times }
}

/**
 * When the traffic began to move and when all of it was on green. An event that did not run is
 * `Pending` or `Skipped`, and one that was cut off has ended without all of the traffic.
 */
function timesOf(
  shift: NonNullable<ECSTarget['lifecycleEvents']>[number] | undefined
): Pick<TrafficResult, 'beganAt' | 'shiftedAt'> {
  const ran = shift && shift.status !== 'Pending' && shift.status !== 'Skipped'
  const beganAt = ran ? shift.startTime?.getTime() : undefined
  const shiftedAt = shift?.status === 'Succeeded' ? shift.endTime?.getTime() : undefined
  return {
    ...(beganAt !== undefined && { beganAt }),
    ...(shiftedAt !== undefined && { shiftedAt })
  }
}

/** CodeDeploy's own words: its code, which alarms and limits are told apart by, and its sentence. */
function whyOf({ errorInformation }: DeploymentInfo): string | undefined {
  const { code, message } = errorInformation ?? {}
  const words = [code, message].filter((each) => each !== undefined && each !== '')
  return words.length === 0 ? undefined : words.join(': ').slice(0, LONGEST_WHY).toWellFormed()
}

/** Characters. A row is read as one line of a history. */
const LONGEST_WHY = 1_000

/** What has become of a rollback, if there is one. */
export function rollbackOf(rollback: DeploymentInfo | undefined): TrafficResult['rollback'] {
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
