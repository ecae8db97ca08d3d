import type { TaskAddress } from '../../verification/requests/checks.ts'
import type { RunningImage } from '../../release/evidence.ts'
import type { Deployment, Deployments, Platform } from '../platform.ts'

/** All that verification inside the VPC reaches of the world, handed in. */
export interface VerifyPlatform extends Pick<Platform, 'clock' | 'log' | 'table'> {
  /** Milliseconds that only ever grow. */
  readonly monotonic: () => number
  readonly deployments: Pick<Deployments, 'describe' | 'report'>
  /** What says whose hook the function was invoked for, read afresh. Errors: CodeDeploy's. */
  readonly hooks: (deploymentId: string) => Promise<HookFacts>
  /** Where green can be asked now. Errors: those of AWS. */
  readonly green: (deployment: Deployment) => Promise<Green>
  /** Whether the deployment's AppSpec carries the gate, which then waits for a person. Errors: CodeDeploy's. */
  readonly isGated: (deploymentId: string) => Promise<boolean>
  /** The values of `{{env.NAME}}`. Errors: those of where they are kept. */
  readonly values: () => Promise<Readonly<Record<string, string>>>
}

/** A deployment's hooks at one moment. */
export interface HookFacts {
  /** The AppSpec's text; undefined where CodeDeploy does not have it (an AppSpec in S3). */
  readonly appSpec: string | undefined
  /** Status by lifecycle event, as CodeDeploy spells both; empty before the deployment has started. */
  readonly events: Readonly<Record<string, string>>
}

/** Where green can be asked, and what it runs. */
export interface Green {
  /** Origin of the test listener, once it leads to green; undefined: none does. */
  readonly listener: string | undefined
  /** Those that run, as they are reached within the VPC. */
  readonly tasks: readonly TaskAddress[]
  /** Of all running tasks. */
  readonly images: readonly RunningImage[]
}
