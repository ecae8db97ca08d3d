import { fullyShifted } from './goal.ts'
import type { Evidence } from './evidence.ts'
import type { GateDecision } from './decision.ts'
import type { Followed } from './followed.ts'
import type {
  CheckResult,
  DeploymentReport,
  Diagnosis,
  OneOffTaskReport,
  TaskDefinitionReport,
  Where
} from './report.ts'
import { stageOf, type Snapshot } from './snapshot.ts'
import type { TimelineEvent } from './timeline.ts'

/**
 * The report while the release runs. Every step writes here at once what it has found, so
 * that it is in the report even if the release breaks off.
 */
export interface Draft {
  readonly warnings: string[]
  readonly timeline: TimelineEvent[]
  where: Where
  taskDefinition: TaskDefinitionReport | undefined
  /** The rendered task definition, as it was registered or compared. */
  rendered: unknown
  oneOffTask: OneOffTaskReport | undefined
  preflight: readonly CheckResult[]
  appSpec: string | undefined
  /** Undefined until there is a deployment. */
  followed: Followed | undefined
  deployment: DeploymentReport | undefined
  rollbackDeployment: DeploymentReport | undefined
  diagnosis: Diagnosis | undefined
  /** The evidence that the verification file announces. */
  announced: readonly Pick<Evidence, 'name' | 'required'>[]
  /**
   * Why this job, or the function that observes production, stopped the deployment; undefined
   * if neither did.
   */
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
    oneOffTask: undefined,
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
    targets: snapshot.targets,
    // ECS is asked for them once the deployment has completed.
    oldTasks: undefined,
    sides: snapshot.sides,
    consoleUrl
  }
}

/** Whether it is known that all production traffic is on green. */
export function fullyShiftedIn({ deployment }: Draft): boolean {
  return deployment?.trafficShiftedAt !== undefined
}
