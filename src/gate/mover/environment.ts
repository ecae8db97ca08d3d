import { policySource, type PolicySource } from '../runtime/policy-source.ts'
import { readVariables, type Variables } from '../runtime/variables.ts'

/** What the template (infra/gate.yaml) sets for the function that moves weights. */
export interface MoverEnvironment {
  readonly region: string
  readonly table: string
  readonly policy: PolicySource
  /** ARN of the function that asks a person. */
  readonly gateFunction: string
  /** Name of the function that shows on the card how far a move is. */
  readonly sweepFunction: string
  /** Listeners and rules whose weights it may change, the stack's parameter `FailoverRoutes`. */
  readonly routes: readonly string[]
}

/** @throws EnvironmentError naming every variable that is missing. */
export function readMoverEnvironment(env: Variables): MoverEnvironment {
  return readVariables(env, (need, problems) => ({
    region: need('AWS_REGION', 'the region'),
    table: need('LEDGER_TABLE', 'the DynamoDB table'),
    policy: policySource(env, problems),
    gateFunction: need('GATE_FUNCTION', 'the function that asks a person'),
    sweepFunction: need('SWEEP_FUNCTION', 'the function that brings the card up to date'),
    routes: need('FAILOVER_ROUTES', 'the listeners and rules whose weights it moves')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '')
  }))
}
