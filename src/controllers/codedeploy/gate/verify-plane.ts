import type { VerifyPlane } from '../../gate-plane.ts'
import { answeredPlane, type AnsweredPlaneOptions } from './gate-plane.ts'
import { readGating } from './read-gating.ts'
import { findGreen, type GreenReader } from './green.ts'
import { readHookFacts, whoseHook } from './own-hook.ts'

export interface VerifyPlaneOptions extends AnsweredPlaneOptions {
  readonly green: Omit<GreenReader, 'codedeploy'>
  /** ARN of the gate's function. */
  readonly gateFunction: string
}

/** CodeDeploy as the function sees it that verifies green. */
export function verifyPlane(options: VerifyPlaneOptions): VerifyPlane {
  const { client, green, gateFunction } = options
  return {
    ...answeredPlane(options),
    whose: async (deploymentId, ownFunction) =>
      whoseHook(await readHookFacts(client, deploymentId), ownFunction),
    green: (deployment) => findGreen({ ...green, codedeploy: client }, deployment),
    gating: (deploymentId) => readGating(client, gateFunction, deploymentId)
  }
}
