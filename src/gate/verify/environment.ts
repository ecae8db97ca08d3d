import { EnvironmentError } from '../runtime/environment.ts'

/** What the template sets for verification inside the VPC (infra/gate.yaml). */
export interface VerifyEnvironment {
  readonly region: string
  readonly table: string
  /** ARN of the gate's function, which a gated deployment names. */
  readonly gateFunction: string
  /** Name or ARN of the secret with the values of `{{env.NAME}}`; undefined: there are none. */
  readonly secret: string | undefined
}

/** Throws an EnvironmentError that names every variable that is missing. */
export function readVerifyEnvironment(
  env: Readonly<Record<string, string | undefined>>
): VerifyEnvironment {
  const problems: string[] = []
  const need = (name: string, what: string): string => {
    const value = env[name]?.trim() ?? ''
    if (value === '') problems.push(`${name} is not set; it names ${what}`)
    return value
  }
  const environment = {
    region: need('AWS_REGION', 'the region'),
    table: need('LEDGER_TABLE', 'the DynamoDB table'),
    gateFunction: need('GATE_FUNCTION', "the gate's function"),
    secret: env['VERIFY_SECRET']?.trim() || undefined
  }
  if (problems.length > 0) throw new EnvironmentError(problems)
  return environment
}
