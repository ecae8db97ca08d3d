import type { Clock } from '../release/clock.ts'
import type { TrafficResult, HealthFacts, ImageFacts } from '../ledger/gate.ts'
import type { Seal } from '../ledger/seal.ts'
import type { Table } from '../ledger/table.ts'
import type { Policy } from './policy/policy.ts'
import type { Slack } from './slack/slack.ts'

/** Everything outside that the gate's functions use. It is handed in, so that tests can replace it. */
export interface Platform {
  readonly clock: Clock
  readonly log: Log
  readonly table: Table
  readonly seal: Seal
  readonly deployments: Deployments
  readonly slack: Slack
  /** Errors: PolicyError if the document is not valid, else those of the store it is read from. */
  readonly policy: () => Promise<Policy>
}

/** Writes one line. An event, a token or a policy is never logged. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, string | number | boolean | undefined>>
) => void

/** What the gate asks of CodeDeploy, ECS and the load balancer. Errors: those of the calls. */
export interface Deployments {
  describe(deploymentId: string): Promise<Deployment>
  /** The status, in CodeDeploy's words, of the hook that the gate answers. */
  hookStatus(deploymentId: string): Promise<string | undefined>
  /**
   * Answers the hook. `completed`: the hook had been answered before. `gone`: the
   * deployment takes no answer any more.
   */
  report(
    deploymentId: string,
    executionId: string,
    verdict: 'Succeeded' | 'Failed'
  ): Promise<'accepted' | 'completed' | 'gone'>
  /** Undefined while the deployment is running and has not begun to shift traffic. */
  trafficResult(deploymentId: string): Promise<TrafficResult | undefined>
  /** Never throws: the result says what could not be read. */
  health(deployment: Deployment): Promise<HealthFacts>
  /** Old and new images and revisions. Never throws: what cannot be read is left out. */
  definitions(deployment: Deployment): Promise<Definitions>
  stop(deploymentId: string): Promise<void>
}

export interface Deployment {
  readonly deploymentId: string
  readonly application: string
  readonly deploymentGroup: string
  readonly region: string
  readonly status: string
  /** Whether CodeDeploy created it to roll back another deployment. */
  readonly isRollback: boolean
  readonly createdAt: number
  readonly cluster: string
  readonly service: string
  /** When the gate's hook began. CodeDeploy waits one hour for its answer from then on. */
  readonly hookStartedAt: number | undefined
}

export interface Definitions {
  readonly revision: { readonly before: string | undefined; readonly after: string }
  readonly images: readonly ImageFacts[]
}
