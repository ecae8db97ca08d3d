import type { Variables } from './environment.ts'

/** Where the policy document is: in an SSM parameter, by its name or ARN, or here. */
export type PolicySource = { readonly parameter: string } | { readonly document: string }

const ACCEPTED =
  'wanted exactly one of POLICY_PARAMETER, the name of the SSM parameter with the policy document, and POLICY, the document itself'

/**
 * What the variables say of it. With both nobody could tell who may approve, so
 * neither goes before the other: it is a problem, as none is.
 */
export function policySource(env: Variables, problems: string[]): PolicySource {
  const parameter = env['POLICY_PARAMETER']?.trim() ?? ''
  // As it is: YAML counts the spaces that a line begins with, and decisions keep its digest.
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

/** The document's text. Errors: those of reading the parameter. */
export async function readPolicyText(
  source: PolicySource,
  readParameter: (name: string) => Promise<string>
): Promise<string> {
  return 'document' in source ? source.document : await readParameter(source.parameter)
}
