import type { Report } from '../../../src/release/report.ts'
import {
  at,
  decision,
  deployment,
  event,
  ID,
  OPENING,
  report,
  ROLLBACK_ID,
  seen,
  sorted
} from './sample-parts.ts'

/** Gates that a ledger tells of: a person has rejected, and nobody has decided. */
export function rejectedByPerson(): Report {
  return atTheGate('rejected', 494, decision('REJECTED'))
}

export function expiredReport(): Report {
  const rejected = decision('REJECTED')
  return atTheGate('expired', 3404, {
    ...rejected,
    state: 'EXPIRED',
    decidedAt: at(3404),
    by: [],
    reason: undefined
  })
}

function atTheGate(
  outcome: 'rejected' | 'expired',
  end: number,
  decided: NonNullable<Report['decision']>
): Report {
  const lifecycle = [
    event('BeforeInstall', 'Succeeded', 4, 4.3),
    event('Install', 'Succeeded', 5, 66),
    event('AllowTestTraffic', 'Succeeded', 67, 69),
    event('BeforeAllowTraffic', 'Failed', 103, end, 'The hook reported Failed.'),
    event('AllowTraffic', 'Skipped')
  ]
  const back = [
    event('Install', 'Succeeded', end + 4, end + 9),
    event('AllowTraffic', 'Succeeded', end + 10, end + 15)
  ]
  return report(
    { rollbackDeploymentId: ROLLBACK_ID, trafficMoved: false, reason: decided.reason },
    {
      outcome,
      rollback: 'succeeded',
      approval: outcome,
      decision: decided,
      deployment: deployment(ID, {
        status: 'Failed',
        createdAt: at(1.9),
        completedAt: at(end + 2),
        steps: lifecycle,
        traffic: { blue: 100, green: 0 }
      }),
      rollbackDeployment: deployment(ROLLBACK_ID, {
        createdAt: at(end + 3),
        completedAt: at(end + 16),
        steps: back
      }),
      timeline: sorted([...OPENING, ...seen(ID, lifecycle), ...seen(ROLLBACK_ID, back)]),
      endedAt: at(end + 18)
    }
  )
}
