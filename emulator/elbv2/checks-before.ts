import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import { invalid } from './refusals.ts'

/** What a listener or rule asks of a client before it routes the request: kept and shown, and never asked here, because no HTTPS listener is served. */
const KINDS: readonly (string | undefined)[] = [
  'authenticate-cognito',
  'authenticate-oidc',
  'jwt-validation'
]

export function isCheck({ Type }: Action): boolean {
  return KINDS.includes(Type)
}

/**
 * Reads the actions before the one that routes. Only HTTPS listeners may have them (ALB user guide,
 * "Authenticate users" and "Verify JWTs"). An OIDC client's secret has to be given, or
 * `UseExistingClientSecret`, where there is one (API reference, AuthenticateOidcActionConfig).
 */
export function readChecks(
  checks: readonly Action[],
  isSecure: boolean,
  existing: readonly Action[]
): readonly Action[] {
  const [first] = checks
  if (first && !isSecure)
    throw invalid(`Actions of type '${first.Type}' are supported only on HTTPS listeners`)
  return checks.map((check) => {
    const { AuthenticateOidcConfig: oidc } = check
    if (!oidc) return check
    const { UseExistingClientSecret = false, ...config } = oidc
    const kept = existing.find(
      ({ AuthenticateOidcConfig }) => AuthenticateOidcConfig?.ClientId === oidc.ClientId
    )
    const ClientSecret =
      config.ClientSecret ??
      (UseExistingClientSecret ? kept?.AuthenticateOidcConfig?.ClientSecret : undefined)
    if (ClientSecret === undefined)
      throw invalid(
        'A client secret, or UseExistingClientSecret for a rule that has one, must be specified'
      )
    return { ...check, AuthenticateOidcConfig: { ...config, ClientSecret } }
  })
}

/** As AWS shows them: without the client's secret. */
export function showChecks(checks: readonly Action[]): readonly Action[] {
  return checks.map((check) => {
    if (!check.AuthenticateOidcConfig) return check
    const { ClientSecret, ...shown } = check.AuthenticateOidcConfig
    void ClientSecret
    return { ...check, AuthenticateOidcConfig: shown }
  })
}
