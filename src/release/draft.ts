import { fullyShifted } from './goal.ts'
import type { Evidence } from './evidence.ts'
import type { GateDecision } from './decision.ts'
import type { Followed } from './followed.ts'
import type {
  CheckResult,
  DeploymentReport,
  Diagnosis,
  TaskDefinitionReport,
  Where
} from './report.ts'
import { stageOf, type Snapshot } from './snapshot.ts'
import type { TimelineEvent } from './timeline.ts'

/**
 * The report as it grows. Every step writes what it has learnt, so that
 * whatever happens next, nothing that was known is lost.
 */
export interface Draft {
  readonly warnings: string[]
  readonly timeline: TimelineEvent[]
  where: Where
  taskDefinition: TaskDefinitionReport | undefined
  /** The rendered task definition as registered or compared. */
  rendered: unknown
  preflight: readonly CheckResult[]
  appSpec: string | undefined
  /** Undefined: there is no deployment yet. */
  followed: Followed | undefined
  deployment: DeploymentReport | undefined
  rollbackDeployment: DeploymentReport | undefined
  diagnosis: Diagnosis | undefined
  /** Evidence that the verification file announces. */
  announced: readonly Pick<Evidence, 'name' | 'required'>[]
  /** Set: evidence made us stop the deployment ourselves. */
  stoppedBecause: string | undefined
  /** In the order in which it came. */
  readonly evidence: Evidence[]
  /** What the ledger says of the gate, as it was last read. */
  decision: GateDecision | undefined
}

export function newDraft(cluster: string, service: string): Draft {
  return {
    warnings: [],
    timeline: [],
    where: {
      region: undefined,
      cluster,
      service,
      application: undefined,
      deploymentGroup: undefined,
      deploymentConfig: undefined,
      hasTestListener: undefined,
      allAtOnce: undefined,
      consoleLinks: []
    },
    taskDefinition: undefined,
    rendered: undefined,
    preflight: [],
    appSpec: undefined,
    followed: undefined,
    deployment: undefined,
    rollbackDeployment: undefined,
    diagnosis: undefined,
    announced: [],
    stoppedBecause: undefined,
    evidence: [],
    decision: undefined
  }
}

/** A deployment as the report shows it. */
export function reportDeployment(
  snapshot: Snapshot,
  consoleUrl: string | undefined
): DeploymentReport {
  return {
    id: snapshot.deploymentId,
    state: snapshot.state,
    status: snapshot.status,
    error: snapshot.error,
    createdAt: snapshot.createdAt,
    completedAt: snapshot.completedAt,
    steps: snapshot.steps ?? [],
    trafficShiftedAt: fullyShifted(snapshot) ? stageOf(snapshot, 'shift')?.endedAt : undefined,
    traffic: snapshot.traffic,
    consoleUrl
  }
}

/** Whether all production traffic is known to be on green. */
export function fullyShiftedIn({ deployment }: Draft): boolean {
  return deployment?.trafficShiftedAt !== undefined
}
