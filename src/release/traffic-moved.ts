import type { Report } from './report.ts'
import { stageOf } from './snapshot.ts'

/**
 * Whether any production traffic has been on green in this release; undefined if it is not
 * known. The weights at the end do not tell it alone, because a rollback may have moved the
 * traffic back before they were read.
 */
export function trafficMoved({
  deployment,
  timeline
}: Pick<Report, 'deployment' | 'timeline'>): boolean | undefined {
  if (!deployment) return undefined
  const { id, traffic, trafficShiftedAt } = deployment
  const wasSeen = timeline.some(
    (event) => event.kind === 'traffic' && event.deploymentId === id && event.green > 0
  )
  if (wasSeen || trafficShiftedAt !== undefined || (traffic?.green ?? 0) > 0) return true
  const shift = stageOf(deployment, 'shift')
  // If the step had begun, the job may have looked before and after the traffic moved.
  if (shift) return shift.startedAt === undefined ? false : undefined
  return traffic?.green === 0 ? false : undefined
}
