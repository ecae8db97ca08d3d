import type { GateDecision } from '../../src/release/decision.ts'
import type { HeadlineFacts } from '../../src/release/headline.ts'
import { OUTCOMES, type Outcome, type Rollback } from '../../src/release/outcome.ts'

/** What CodeDeploy says of a deployment whose hook has failed (aws-semantics 1.3). */
export const CODEDEPLOY_SAYS =
  'The deployment failed because one or more of the lifecycle event validation functions failed.'

const ROLLBACKS: readonly Rollback[] = ['none', 'in-progress', 'succeeded', 'failed']
const STATES = ['PENDING', 'APPROVED', 'REJECTED', 'EXPIRED', 'FAILED', 'WITHDRAWN'] as const

export function decisionOf(
  state: GateDecision['state'],
  by: GateDecision['by'] = [{ id: 'U1', name: 'Minsu' }]
): GateDecision {
  const isPersons = state === 'APPROVED' || state === 'REJECTED'
  return {
    state,
    openedAt: 0,
    decidedAt: state === 'PENDING' ? undefined : 1,
    by: isPersons ? by : [],
    reason: REASONS[state],
    breakGlass: false,
    votes: [],
    effect: 'APPLIED',
    head: undefined,
    requester: { logins: ['octocat'], verified: true, why: undefined }
  }
}

const REASONS: Readonly<Record<GateDecision['state'], string | undefined>> = {
  PENDING: undefined,
  APPROVED: undefined,
  REJECTED: 'totals are wrong',
  EXPIRED: undefined,
  FAILED: 'the card could not be posted to Slack',
  WITHDRAWN: 'superseded by d-NEWER1234'
}

const INTERRUPTS: readonly HeadlineFacts['interrupt'][] = [
  undefined,
  ...(['cancel', 'timeout'] as const).flatMap((cause) =>
    (['stopped', 'left'] as const).flatMap((done) =>
      [false, true].map((trafficFullyShifted) => ({
        cause,
        done,
        trafficFullyShifted,
        policy: done === 'left' ? ('leave' as const) : ('stop-and-rollback' as const),
        waitForMinutes: 90
      }))
    )
  )
]

/** The decisions that may stand beside an outcome: none without a ledger, and those that lead there. */
function decisionsOf(outcome: Outcome): readonly (GateDecision | undefined)[] {
  switch (outcome) {
    case 'planned':
    case 'refused':
      return [undefined]
    case 'released':
      return [undefined, decisionOf('APPROVED')]
    case 'rejected':
      return [undefined, decisionOf('PENDING'), decisionOf('REJECTED'), decisionOf('REJECTED', [])]
    default:
      return [undefined, ...STATES.map((state) => decisionOf(state))]
  }
}

/** Every way in which a release may end, as its headline is told. */
export function everyEnd(): readonly HeadlineFacts[] {
  return OUTCOMES.flatMap((outcome) =>
    decisionsOf(outcome).flatMap((decision) =>
      ROLLBACKS.flatMap((rollback) =>
        [undefined, false, true].flatMap((trafficMoved) =>
          INTERRUPTS.filter((each) => outcome !== 'timed-out' || each?.cause !== 'cancel').map(
            (interrupt): HeadlineFacts => ({
              outcome,
              rollback,
              decision,
              trafficMoved,
              interrupt,
              service: 'orders',
              cluster: 'shop',
              lookWith: 'aws deploy get-deployment --deployment-id d-1 --region eu-west-1',
              revision: 'orders:42',
              deploymentId: outcome === 'planned' || outcome === 'refused' ? undefined : 'd-1',
              rollbackDeploymentId:
                rollback === 'succeeded' || rollback === 'failed' ? 'd-2' : undefined,
              goal: 'completed',
              hasLedger: decision !== undefined,
              failedEvent: outcome === 'failed' ? 'BeforeAllowTraffic' : undefined,
              failedAtGate: true,
              reason: CODEDEPLOY_SAYS,
              problems: []
            })
          )
        )
      )
    )
  )
}
