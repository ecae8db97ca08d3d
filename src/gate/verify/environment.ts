import { readOrigins } from '../runtime/origins.ts'
import { readVariables, type Variables } from '../runtime/variables.ts'

/** What the template (infra/vpc.yaml) sets for verification inside the VPC. */
export interface VerifyEnvironment {
  readonly region: string
  readonly table: string
  /** ARN of the gate's function. The AppSpec of a deployment with a gate names it. */
  readonly gateFunction: string
  /** Name or ARN of the secret with the values of `{{env.NAME}}`; undefined if there are none. */
  readonly secret: string | undefined
  /** Origins that may be asked besides the deployment's own. */
  readonly origins: readonly string[]
}

/** @throws EnvironmentError naming every variable that is missing or wrong. */
export function readVerifyEnvironment(env: Variables): VerifyEnvironment {
  return readVariables(env, (need, problems) => ({
    region: need('AWS_REGION', 'the region'),
    table: need('LEDGER_TABLE', 'the DynamoDB table'),
    gateFunction: need('GATE_FUNCTION', "the gate's function"),
    secret: env['VERIFY_SECRET']?.trim() || undefined,
    origins: readOrigins(env, problems)
  }))
}
