import { readOrigins } from '../runtime/origins.ts'
import { readVariables, type Variables } from '../runtime/variables.ts'

/** What Lambda and the template (infra/gate.yaml) set for the function that observes production. */
export interface ObserveEnvironment {
  readonly region: string
  readonly table: string
  /** The function's own name, by which it starts its successor. */
  readonly functionName: string
  /** Origins that may be asked besides the deployment's own. */
  readonly origins: readonly string[]
}

/** @throws EnvironmentError naming every variable that is missing or wrong. */
export function readObserveEnvironment(env: Variables): ObserveEnvironment {
  return readVariables(env, (need, problems) => ({
    region: need('AWS_REGION', 'the region'),
    table: need('LEDGER_TABLE', 'the DynamoDB table'),
    functionName: need('AWS_LAMBDA_FUNCTION_NAME', 'this function'),
    origins: readOrigins(env, problems)
  }))
}
