import type { Variables } from './variables.ts'

/** How long a policy is used before it is read again. An edit takes effect within this time. */
export const POLICY_KEPT_MS = 30_000

/** Where the policy document is: in the SSM parameter of this name or ARN, or in the variable itself. */
export type PolicySource = { readonly parameter: string } | { readonly document: string }

const ACCEPTED =
  'wanted exactly one of POLICY_PARAMETER, the name of the SSM parameter with the policy document, and POLICY, the document itself'

/**
 * Reads the source from the variables. If both variables are set, it would be
 * unclear which document decides who may approve, so that is a problem, just
 * as it is a problem if neither is set.
 */
export function policySource(env: Variables, problems: string[]): PolicySource {
  const parameter = env['POLICY_PARAMETER']?.trim() ?? ''
  // The text is not trimmed: YAML counts leading spaces, and decisions record the digest of the text.
  const document = env['POLICY'] ?? ''
  const inline = document.trim() !== ''
  if (inline && parameter !== '') {
    problems.push(
      `POLICY_PARAMETER and POLICY are both set in the function's environment; ${ACCEPTED}; remove one`
    )
  } else if (!inline && parameter === '') {
    problems.push(
      `POLICY_PARAMETER and POLICY are not set in the function's environment; ${ACCEPTED}; set one`
    )
  }
  return inline ? { document } : { parameter }
}

/** Returns the document's text. Errors: those of reading the parameter. */
export async function readPolicyText(
  source: PolicySource,
  readParameter: (name: string) => Promise<string>
): Promise<string> {
  return 'document' in source ? source.document : await readParameter(source.parameter)
}
